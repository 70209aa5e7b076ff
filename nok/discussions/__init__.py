"""Questions to the teacher of a text, and their answers.

Five words: *asker* (who read something and asks), *asked* (who is asked: the author of the article, the teacher of the
course), *thread* (a question and its replies, seen by the two and by operators), *waiting* (the asker had the last
word), *shared* (shown to every reader of the text, without the asker's name). Publishes `QuestionAsked` and
`QuestionReplied`.
"""
