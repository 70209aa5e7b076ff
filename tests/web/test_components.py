"""The page of all components: made, and complete."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, TEMPLATES
from tests.pages import Browser, check_page

STYLES = ROOT / "static" / "css"
# In the frame of every page, so that they stand around the specimens.
FRAME = {"account_menu", "bell", "footer", "icon", "main_nav", "mark", "notice", "theme_switch", "toast"}
# Parts of one page each, of that page's own data: they are looked at there.
OF_ONE_PAGE = {
    "acts", "article_facts", "blocks", "certificate_rows", "certificate_sheet", "console_nav", "course_act",
    "course_bar", "course_facts", "course_panel", "enrollment_rows", "evaluation_form", "filters", "for_others",
    "hits", "lesson_file", "lesson_side", "license_form", "marker", "member_state", "no_courses", "note_panel",
    "other_courses", "palette", "player", "player_controls", "player_keys", "preview_panel", "scope_notice",
    "teacher_facts", "test_intro", "transcript_reader", "verdict", "verify_form", "video", "worksheet_form",
    "written_answers",
}  # fmt: skip


def shown() -> set[str]:
    text = (TEMPLATES / "dev" / "components.html").read_text("utf-8")
    return set(re.findall(r"from 'components/(\w+)\.html' import", text))


def test_the_page_of_components_is_well_made(guest: Browser) -> None:
    page = guest.get("/dev/components").text
    check_page(page)
    body = (TEMPLATES / "dev" / "components.html").read_text("utf-8")
    names = re.findall(r"import (?:\w+ as )?(\w+) %}", body)
    assert [name for name in names if f"{name}(" not in body] == [], "brought along and not shown"


@pytest.mark.parametrize("path", sorted((TEMPLATES / "components").glob("*.html")), ids=lambda path: path.stem)
def test_every_component_is_shown_or_belongs_to_one_page(path: Path) -> None:
    places = [path.stem in names for names in (shown() - FRAME, FRAME, OF_ONE_PAGE)]
    assert places.count(True) == 1, f"show {path.stem} on /dev/components, or say in this test where it stands"


@pytest.mark.parametrize("folder", ["components", "pages"])
def test_every_style_sheet_is_in_the_page(folder: str) -> None:
    there = sorted(path.name for path in (STYLES / folder).glob("*.css") if path.name != "index.css")
    imported = re.findall(r'@import "\./([\w.]+)";', (STYLES / folder / "index.css").read_text("utf-8"))
    assert imported == there, "import each once, in their order"
