"""What lesson pages say is true with scripts and without, and stands where it is looked for."""

import re
from collections.abc import Callable

import pytest

from tests.pages import Browser

Learner = Callable[[str], Browser]
_SHOWN_BY_SCRIPTS = re.compile(r"<(\w+)[^>]* data-scripted hidden>.*?</\1>", re.DOTALL)
_WITHOUT_SCRIPTS = re.compile(r"<noscript>(.*?)</noscript>", re.DOTALL)


@pytest.mark.parametrize(
    ("lesson", "with_scripts", "without"),
    [
        ("watching", "Counts each part", "the seat time of video lessons need"),
        ("watching", "It counts for the same seat time", "the seat time of video lessons need"),
        ("watching/transcript", "Reading earns the same seat time", "reading earns no seat time"),
        ("watching/transcript", "Counts each part", "reading earns no seat time"),
    ],
)
def test_what_only_scripts_do_is_said_only_where_they_run(
    lesson: str, with_scripts: str, without: str, closed: str, learner: Learner
) -> None:
    page = learner(closed).get(f"/learn/{closed}/{lesson}").text
    assert with_scripts in page
    assert with_scripts not in _SHOWN_BY_SCRIPTS.sub("", page)
    assert without in " ".join(_WITHOUT_SCRIPTS.findall(page))


@pytest.mark.parametrize("enrolled", ["enrolled", ""])
def test_a_video_comes_before_the_scope_notice_and_a_link_leads_to_it(
    enrolled: str, shown: str, learner: Learner, guest: Browser
) -> None:
    page = (learner(shown) if enrolled else guest).get(f"/learn/{shown}/watching").text
    assert page.index("<video") < page.index('id="scope-notice"')
    assert page.index('href="#scope-notice"') < page.index("<video")
    assert page.count("Theory only. Ask your board.") == 1


def test_the_scope_notice_stands_on_the_first_lesson_only(closed: str, learner: Learner) -> None:
    assert "scope-notice" not in learner(closed).get(f"/learn/{closed}/reading-1").text


def test_a_file_lesson_has_headings_in_words(closed: str, learner: Learner) -> None:
    page = learner(closed).get(f"/learn/{closed}/handout").text
    assert not re.search(r"<h\d[^>]*>[^<]*\.pdf", page)
    assert re.search(r'<h2[^>]* id="file-title">The file</h2>', page)


def test_what_counts_tests_as_well_says_steps(closed: str, learner: Learner) -> None:
    browser = learner(closed)
    assert "Step 1 of 5" in browser.get(f"/learn/{closed}/watching").text
    assert "0 of 5 steps done" in browser.get("/learn").text
