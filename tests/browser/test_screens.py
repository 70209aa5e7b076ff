"""Every main page at four widths, light and dark: nothing sticks out, nothing complains."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.windows import Window

WIDTHS = (320, 390, 820, 1440)
GUEST = ["/", "/courses", "/courses?q=nothing-matches-this", "/articles", "/verify",
         "/account/login", "/account/register", "/account/forgot", "/courses/microneedling-for-acupuncturists",
         "/articles/how-acupuncture-creates-collagen", "/dev/mail", "/search?q=zu+san+li", "/search",
         "/courses?category=Safety&price=free", "/courses/law-ethics-and-your-renewal", "/teachers/naomi-halloran",
         "/learn/st-36-zu-san-li/where-it-lies"]  # fmt: skip
MEMBER = ["/learn", "/certificates", "/notifications", "/account/profile", "/account/license-name",
          "/account/security", "/account/security/password", "/account/security/address", "/licenses", "/licenses/add",
          "/courses/clean-field-and-sharps",
          "/learn/clean-field-and-sharps/the-clean-field", "/learn/clean-field-and-sharps/final-test",
          "/learn/clean-field-and-sharps/final-test/attempts/1", "/learn/st-36-zu-san-li/evaluation",
          "/courses/st-36-zu-san-li/leave"]  # fmt: skip
ABOUT_TO_END = ["/learn", "/certificates", "/courses/law-ethics-and-your-renewal",
                "/learn/consent-and-the-chart/worksheet",
                "/learn/consent-and-the-chart/one-page-checklist"]  # fmt: skip
TEACHER = ["/studio/worksheets", "/studio",
           "/studio/courses/microneedling-for-acupuncturists/evaluations",
           "/studio/courses/microneedling-for-acupuncturists/people"]  # fmt: skip
OPERATOR = ["/admin", "/admin/people", "/admin/courses", "/admin/enrollments", "/admin/certificates",
            "/admin/failed-work", "/admin/audit", "/admin/audit?q=rosa@demo.example",
            "/studio/courses/consent-and-the-chart/evaluations"]  # fmt: skip
WIDEST = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return "";
  const sticksOut = (each) => each.getBoundingClientRect().right > width + 1;
  const wide = [...document.body.querySelectorAll("*")].filter(sticksOut).slice(-3);
  const named = wide.map((each) => each.outerHTML.slice(0, 120)).join(" | ");
  return `${document.documentElement.scrollWidth} > ${width}: ${named}`;
}"""


def look(page: Page, paths: list[str]) -> list[str]:
    """Open each page and turn the screen through every width; return what sticks out."""
    found = []
    for path in paths:
        page.goto(path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate(WIDEST)
            if wide:
                found.append(f"{path} at {width}: {wide}")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_for_a_guest(window: Callable[..., Window], scheme: str) -> None:
    one = window(color_scheme=scheme)
    one.expect_complaint("status of 404")
    assert look(one.tab(), [*GUEST, "/no-such-page", "/verify/NK-0000-0000-0000-0000-0"]) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_for_a_member(window: Callable[..., Window], scheme: str) -> None:
    page = window(color_scheme=scheme).sign_in("student@demo.example")
    verify = page.goto("/certificates")
    assert verify is not None
    link = page.get_by_role("link", name="Verify page").first.get_attribute("href")
    assert link is not None
    assert look(page, [*MEMBER, link]) == []


def test_nothing_sticks_out_for_a_teacher_and_an_operator(window: Callable[..., Window]) -> None:
    teacher = window().sign_in("teacher@demo.example", then="/studio/worksheets")
    waiting = str(teacher.locator(".review-queue a").last.get_attribute("href"))
    found = look(teacher, [*TEACHER, waiting, first_link(teacher, TEACHER[-1], "/people/")])
    operator = window().sign_in("admin@demo.example", then="/admin")
    one_of_each = [first_link(operator, f"/admin/{each}", f"/admin/{each}/") for each in ("people", "certificates")]
    assert found + look(operator, [*OPERATOR, *one_of_each]) == []


def first_link(page: Page, path: str, to: str) -> str:
    """The first link in the main part of a page that leads somewhere there."""
    page.goto(path)
    return str(page.locator(f"main a[href*='{to}']").first.get_attribute("href"))


def test_nothing_sticks_out_where_access_ends_soon(window: Callable[..., Window]) -> None:
    assert look(window().sign_in("deborah@demo.example"), ABOUT_TO_END) == []


def test_nothing_sticks_out_of_lessons_and_a_running_test(window: Callable[..., Window], learner: str) -> None:
    page = window().sign_in(learner, then="/courses/microneedling-for-acupuncturists")
    page.get_by_role("button", name="Enroll").click()
    page.wait_for_url("**/learn/**")
    outline = page.locator("#progress-panel nav a")
    lessons = [str(outline.nth(at).get_attribute("href")) for at in range(outline.count())]
    assert len(lessons) == 16
    found = look(page, lessons)
    page.goto("/courses/clean-field-and-sharps")
    page.get_by_role("button", name="Enroll").click()
    page.wait_for_url("**/learn/**")
    while page.get_by_role("button", name="Mark as complete").count():
        page.get_by_role("button", name="Mark as complete").click()
        page.wait_for_load_state()
    page.get_by_role("button", name="Begin the test").click()
    page.wait_for_url("**/attempts/1")
    assert found + look(page, [page.url]) == []
