"""Scores, draws, counted words and ratings, as pure arithmetic; and what is rated, in words."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from flask_babel import gettext

Item = TypeVar("Item")
Offered = tuple[int, Sequence[int]]  # a question and its choices
Drawn = list[tuple[int, list[int]]]

LOWEST_RATING = 1
HIGHEST_RATING = 5
GENERAL_TOPICS = ("knowledge", "methods", "usefulness")
# Hanzi and kana are written without spaces: each counts as a word. All else is a run of letters and digits.
_ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(f"[{_ALONE}]|[^\\W{_ALONE}]+(?:['\u2019-][^\\W{_ALONE}]+)*")


class Chance(Protocol):
    """What draws: `random.Random`, or in earnest `random.SystemRandom`."""

    def sample(self, population: Sequence[Item], k: int) -> list[Item]:
        """Return `k` different items in random order."""


@dataclass(frozen=True)
class Score:
    """The outcome of an attempt. `percent` is rounded down: 74.9 does not pass a mark of 75."""

    right: int
    total: int
    percent: int
    passed: bool


def score(key: Mapping[int, Collection[int]], answers: Mapping[int, Collection[int]], pass_mark: int) -> Score:
    """Compare chosen with right choices, by question. A question counts only when exactly the right ones are chosen."""
    right = sum(1 for question, wanted in key.items() if set(answers.get(question, ())) == set(wanted))
    total = len(key)
    percent = right * 100 // total if total else 0
    return Score(right, total, percent, right * 100 >= pass_mark * total)


def attempts_left(allowed: int, extra: int, used: int) -> int | None:
    """Return how many more attempts may be started; None when any number may (allowed = 0).

    `extra` are those that the teacher has allowed one person besides.
    """
    return None if allowed == 0 else max(0, allowed + extra - used)


def key_is_shown(*, passed: bool, left: int | None, running: bool) -> bool:
    """Whether the right answers of a test may be seen: nothing can be gained by them any more.

    They stay hidden while an attempt runs, even the last one: another attempt may have asked the same questions.
    """
    return not running and (passed or left == 0)


def draw(offered: Sequence[Offered], count: int, *, shuffle: bool, chance: Chance) -> Drawn:
    """Return what an attempt asks: `count` of the questions (0: all), each with its choices in the order shown.

    Without `shuffle`, questions and choices keep the order they were written in.
    """
    most = min(count or len(offered), len(offered))
    picked = chance.sample(range(len(offered)), most)
    places = picked if shuffle else sorted(picked)
    return [
        (offered[at][0], chance.sample(offered[at][1], len(offered[at][1])) if shuffle else list(offered[at][1]))
        for at in places
    ]


def count_words(text: str) -> int:
    """Return the number of words; a hanzi or kana counts as one."""
    return len(_WORD.findall(text))


def words_missing(least: Mapping[str, int], answers: Mapping[str, str]) -> dict[str, int]:
    """Return by prompt how many words are missing; a prompt without a least number asks for one word."""
    short = {key: max(words, 1) - count_words(answers.get(key, "")) for key, words in least.items()}
    return {key: missing for key, missing in short.items() if missing > 0}


def topics(objectives: int) -> list[str]:
    """Return what an evaluation rates: each objective, counted from 1, then the teacher, the methods, the use.

    Source: 16 CCR 1399.483 asks a course to be rated by these four.
    """
    return [*(f"objective-{number}" for number in range(1, objectives + 1)), *GENERAL_TOPICS]


def general_questions() -> dict[str, str]:
    """Return the topics that every course is rated by, each with its words, which learner and teacher read alike."""
    knowledge, methods, usefulness = GENERAL_TOPICS
    return {
        knowledge: gettext("The teacher's knowledge of the subject"),
        methods: gettext("The teaching methods"),
        usefulness: gettext("Usefulness for your practice"),
    }


def unrated(wanted: Collection[str], ratings: Mapping[str, int]) -> list[str]:
    """Return the topics without a rating from 1 to 5."""
    return [topic for topic in wanted if not LOWEST_RATING <= ratings.get(topic, 0) <= HIGHEST_RATING]
