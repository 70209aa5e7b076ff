"""A small course folder that is right, so that each test can make one thing wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from nok.formats import course_folder
from nok.formats.problems import FolderProblems, Problem

COURSE = {
    "course.toml": """format = 1
slug = "needle-depth"
title = "Needle depth"
summary = "How deep, and where never."
language = "en"
teacher = "teacher@demo.example"
topics = ["safety"]
objectives = ["Name the layers of the skin"]
scope_notice = "scope-notice.md"

[certificate]
statement = "Completion, theory"

[requirements]
pass_mark = 80
attempts = 0

[[sections]]
id = "start"
title = "Start"
lessons = [
  "layers",
  "depth",
  "final",
]

[[references]]
text = "An atlas of skin. 2020."
url = "https://example.org/atlas"

[[approvals]]
board = "US-CA-CAB"
board_name = "California Acupuncture Board"
number = "DEMO-NOT-REAL-0001"
hours = 1.5
category = "Category 1"
valid_from = 2026-01-01
valid_until = 2027-12-31
""",
    "scope-notice.md": "Theory **only**.\n\nMore for the course page.\n",
    "lessons/layers.md": """+++
title = "Layers"
kind = "text"
minutes = 4
+++
# The layers

Three of them.
{#b-aaaaaaa1}

> [!caution]
> Count from outside.

![Three layers, drawn](pictures/layers.svg "Not to scale")
""",
    "lessons/depth.md": """+++
title = "Depth"
kind = "video"
minutes = 2
video = "videos/depth.mp4"
captions = [{language = "en", label = "English", file = "videos/depth.en.vtt"}]
+++
""",
    "lessons/final.md": """+++
title = "Final test"
kind = "test"
minutes = 5
questions = "questions/final.txt"
+++
""",
    "pictures/layers.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>\n',
    "videos/depth.en.vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\nHow deep?\n",
    "videos/depth.mp4": "\0\0\0\x18ftypisom",
    "questions/final.txt": "## q-layers\nHow many?\n\n- ( ) two\n- (x) three\n> Count again.\n",
}


class CourseOnDisk:
    """A course folder whose files a test may change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in COURSE.items():
            self.write(name, text)

    def write(self, name: str, content: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text()
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def read(self) -> course_folder.CourseFolder:
        return course_folder.read(self.root)

    def problems(self) -> tuple[Problem, ...]:
        with pytest.raises(FolderProblems) as caught:
            self.read()
        return caught.value.problems

    def problem(self) -> Problem:
        (one,) = self.problems()
        return one

    def with_every_kind(self, teacher: str = "teacher@demo.example") -> None:
        """Use every field of the format, and every kind of lesson."""
        for name, text in EVERY_KIND.items():
            self.write(name, text)
        self.change("course.toml", '"depth",', '"depth",\n  "chart",\n  "consent",')
        self.change("course.toml", '"final",', '"final",\n  "word",')
        self.change("course.toml", "teacher@demo.example", teacher)
        self.change("course.toml", 'summary = "How', f'{HEAD_FIELDS}summary = "How')
        self.change("course.toml", 'category = "Category 1"', 'category = "Category 1"\ndelivery = "online, on demand"')
        self.change("lessons/layers.md", "minutes = 4", "minutes = 4\npreview = true")
        self.change("lessons/depth.md", "minutes = 2", f"minutes = 2\n{CHAPTERS}")
        self.change("lessons/final.md", "minutes = 5", "minutes = 5\ndraw = 1\nshuffle = true")
        self.change("questions/final.txt", "How many?", "How many?\n\n![Layers, drawn](pictures/item.svg)")
        self.change("questions/final.txt", "> Count again.", "> Count again. ![Three](pictures/layers.svg)")


HEAD_FIELDS = """category = "Safety"
price = "49.50"
currency = "EUR"
access_days = 365
about = "about.md"
"""
CHAPTERS = """chapters = [
  { at = "0:00", title = "What the skin is" },
  { at = "1:05", title = 'A "second" part' },
]"""
EVERY_KIND = {
    "about.md": "For people who needle.\n\nAll of them.\n",
    "lessons/chart.md": """+++
title = "The chart"
kind = "file"
minutes = 3
file = "files/chart.pdf"
+++
Read it to the end.
""",
    "lessons/consent.md": """+++
title = "Consent"
kind = "worksheet"
minutes = 20
summary = "In your own words."
worksheet = "worksheets/consent.txt"
+++
""",
    "lessons/word.md": """+++
title = "Your word"
kind = "evaluation"
minutes = 2
+++
""",
    "files/chart.pdf": "%PDF-1.4\n",
    "pictures/item.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0v9"/></svg>\n',
    "worksheets/consent.txt": """// For a first visit.
## w-first-visit
Write the talk.

As you would **say** it.
> at least 60 words

## w-stop
When do you stop?
""",
}


def tree(root: Path) -> dict[str, bytes]:
    """Return every file under a folder by its name."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
