"""A history of edits with known truth: every word remembers which word of the first version it is."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from nok.annotations.rules import Words

OTHER_WORDS = ["slowly", "gently", "always", "rarely", "deeper", "shallow", "patient", "clean", "tissue", "response"]


@dataclass
class Word:
    """A word, which may be a mark, with what stands before it; `origin` is its number in the first version."""

    text: str
    before: str
    origin: int | None


@dataclass
class Edited:
    """A text as paragraphs of sentences of words."""

    paragraphs: list[list[list[Word]]]
    chance: random.Random
    _extra: Iterator[int] = field(default_factory=count)

    @classmethod
    def of(cls, text: str, seed: int) -> "Edited":
        """Take a text apart."""
        words, numbers = Words(text), count()
        paragraphs: list[list[list[Word]]] = [[]]
        end = 0
        for first, after in words.sentences:
            sentence = []
            for start, stop in words.spans[first:after]:
                before = text[end:start]
                if "\n" in before:
                    paragraphs.append([])
                sentence.append(Word(text[start:stop], before.replace("\n", " "), next(numbers)))
                end = stop
            paragraphs[-1].append(sentence)
        return cls(paragraphs, random.Random(seed))

    def edit(self) -> None:
        """Make one edit, of a kind that authors make."""
        kinds = [self.reword] * 6 + [self.move_sentence, self.move_paragraph, self.split, self.merge]
        kinds += [self.delete_sentence, self.add_sentence] * 2 + [self.delete_paragraph]
        self.chance.choice(kinds)()

    def reword(self) -> None:
        """Replace, take out or put in up to a third of a sentence's words."""
        sentence = self._sentence()
        for _ in range(max(1, self.chance.randint(1, max(1, len(sentence) // 3)))):
            at = self.chance.randrange(len(sentence))
            kind = self.chance.random()
            if kind < 0.5:
                sentence[at] = self._word(sentence[at].before)
            elif kind < 0.75:
                sentence.insert(at, self._word(" "))
            elif len(sentence) > 2:
                del sentence[at]

    def move_sentence(self) -> None:
        """Put a sentence elsewhere."""
        sentence = self._taken()
        if sentence:
            self._put(sentence)

    def move_paragraph(self) -> None:
        """Put a paragraph elsewhere."""
        paragraph = self.paragraphs.pop(self.chance.randrange(len(self.paragraphs)))
        self.paragraphs.insert(self.chance.randint(0, len(self.paragraphs)), paragraph)

    def split(self) -> None:
        """Make two paragraphs of one."""
        at = self.chance.randrange(len(self.paragraphs))
        if len(self.paragraphs[at]) > 1:
            cut = self.chance.randint(1, len(self.paragraphs[at]) - 1)
            self.paragraphs[at : at + 1] = [self.paragraphs[at][:cut], self.paragraphs[at][cut:]]

    def merge(self) -> None:
        """Make one paragraph of two."""
        if len(self.paragraphs) > 1:
            at = self.chance.randrange(len(self.paragraphs) - 1)
            self.paragraphs[at : at + 2] = [self.paragraphs[at] + self.paragraphs[at + 1]]

    def delete_sentence(self) -> None:
        """Take a sentence out."""
        self._taken()

    def delete_paragraph(self) -> None:
        """Take a paragraph out."""
        if len(self.paragraphs) > 1:
            self.paragraphs.pop(self.chance.randrange(len(self.paragraphs)))

    def add_sentence(self) -> None:
        """Write a sentence, of words that stand elsewhere, too."""
        self._put([*(self._word(" ") for _ in range(self.chance.randint(4, 14))), Word(".", "", None)])

    def _sentence(self) -> list[Word]:
        return self.chance.choice([sentence for paragraph in self.paragraphs for sentence in paragraph if sentence])

    def _taken(self) -> list[Word]:
        at = self.chance.randrange(len(self.paragraphs))
        if len(self.paragraphs[at]) < 2:
            return []
        return self.paragraphs[at].pop(self.chance.randrange(len(self.paragraphs[at])))

    def _put(self, sentence: list[Word]) -> None:
        paragraph = self.chance.choice(self.paragraphs)
        paragraph.insert(self.chance.randint(0, len(paragraph)), sentence)

    def _word(self, before: str) -> Word:
        known = [word.text for word in self._sentence() if word.text.isalnum()]
        return Word(self.chance.choice(known + OTHER_WORDS), before, None)

    def version(self) -> "Version":
        """Return the text as it is now."""
        parts: list[str] = []
        words: list[tuple[int, int, int | None]] = []
        at = 0
        for place, paragraph in enumerate(self.paragraphs):
            for number, word in enumerate(word for sentence in paragraph for word in sentence):
                before = ("\n" if place and parts else "") if number == 0 else word.before
                parts += [before, word.text]
                at += len(before)
                words.append((at, at + len(word.text), word.origin))
                at += len(word.text)
        return Version("".join(parts), words)


@dataclass(frozen=True)
class Version:
    """A text, and for each word its characters and its number in the first version."""

    text: str
    words: list[tuple[int, int, int | None]]

    @cached_property
    def where(self) -> dict[int, tuple[int, int]]:
        """Return the characters of the words of the first version."""
        return {origin: (start, end) for start, end, origin in self.words if origin is not None}

    def origins(self, start: int, end: int) -> set[int | None]:
        """Return the numbers of the words in a stretch of characters."""
        return {origin for begin, stop, origin in self.words if begin < end and stop > start}

    def characters(self, passage: tuple[int, int]) -> tuple[int, int]:
        """Return the characters of a stretch of words."""
        return self.words[passage[0]][0], self.words[passage[1] - 1][1]

    def passages(self, chance: random.Random, most: int) -> Iterator[tuple[int, int]]:
        """Return stretches of words such as people highlight: a sentence, some words, a few sentences."""
        sentences, count = Words(self.text).sentences, len(self.words)
        for _ in range(most):
            start = chance.randrange(count)
            passage = chance.choice(
                [
                    chance.choice(sentences),
                    (start, min(count, start + chance.randint(1, 12))),
                    (chance.choice(sentences)[0], 0),
                ]
            )
            if not passage[1]:
                passage = (passage[0], min(count, passage[0] + chance.randint(10, 60)))
            first, after = self.characters(passage)
            if any(letter.isalnum() for letter in self.text[first:after]):
                yield passage


def with_twins(text: str, seed: int) -> str:
    """Return the text with some paragraphs that stand in it twice, as a step does that each of several points needs."""
    chance, lines = random.Random(seed), text.split("\n")
    for _ in range(3):
        first = chance.randrange(len(lines))
        said = lines[first : first + chance.randint(1, 3)]
        at = chance.randint(0, len(lines))
        lines[at:at] = said
    return "\n".join(lines)
