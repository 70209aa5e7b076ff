"""Other people's bytes to our dataclasses and back: course folders, captions, questions, certificates."""
