"""What search engines, feed readers and other sites read."""

import json
import re
import struct
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask import Flask

from nok.core.db import db
from nok.courses.models import Course
from nok.settings import Settings
from tests.factories.world import World
from tests.pages import Browser, check_page

Enter = Callable[[str], Browser]
EVIL = {"Host": "evil.example"}


@pytest.fixture
def home(app: Flask) -> str:
    settings: Settings = app.extensions["nok"]
    return settings.base_url


def facts(html: str) -> dict[str, dict[str, Any]]:
    """The page's structured data, by type."""
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    found = [json.loads(each) for each in scripts]
    assert all(each["@context"] == "https://schema.org" for each in found)
    return {each["@type"]: each for each in found}


def canonical(html: str) -> str:
    (link,) = [each["href"] for each in check_page(html).all("link") if each.get("rel") == "canonical"]
    return link or ""


def test_a_course_says_what_it_is(site: World, home: str, enter: Enter) -> None:
    page = enter("anonymous").get(f"/courses/{site.course}?utm=x", headers=EVIL).text
    found = facts(page)
    course = found["Course"]
    assert (course["name"], course["offers"]["category"]) == ("Needle Safety", "Free")
    assert course["hasCourseInstance"]["courseWorkload"].startswith("PT")
    assert course["hasCourseInstance"]["instructor"]["name"] == "Dr. Test Teacher"
    assert [step["name"] for step in found["BreadcrumbList"]["itemListElement"]] == ["Courses", "Needle Safety"]
    assert course["url"] == canonical(page) == f"{home}/courses/{site.course}", "one address, whatever the request said"


def test_an_article_and_a_teacher_say_what_they_are(site: World, home: str, enter: Enter) -> None:
    guest = enter("anonymous")
    article = facts(guest.get(f"/articles/{site.article}").text)["Article"]
    assert article["url"] == f"{home}/articles/{site.article}"
    assert article["author"]["@type"] == "Person"
    teacher = facts(guest.get(article["author"]["url"].removeprefix(home)).text)["Person"]
    assert teacher["name"] == article["author"]["name"]


def test_words_cannot_break_out_of_the_facts(app: Flask, site: World, enter: Enter) -> None:
    title = '</script><script>alert(1)</script> & "quotes"'
    with app.app_context():
        course = db.session.scalars(db.select(Course).where(Course.slug == site.course)).one()
        revision = course.id, course.current_number
        db.session.execute(
            db.text("UPDATE course_revision SET title = :title WHERE course_id = :course AND number = :number"),
            {"title": title, "course": revision[0], "number": revision[1]},
        )
        db.session.commit()
    page = enter("anonymous").get(f"/courses/{site.course}").text
    assert "<script>alert" not in page
    assert facts(page)["Course"]["name"] == title


@pytest.mark.parametrize("path", ["/", "/courses", "/articles"])
def test_lists_have_one_address(path: str, site: World, home: str, enter: Enter) -> None:
    assert canonical(enter("anonymous").get(f"{path}?sort=title", headers=EVIL).text) == f"{home}{path}"


def test_the_site_map_names_every_public_page_and_each_is_there(site: World, home: str, enter: Enter) -> None:
    guest = enter("anonymous")
    answer = guest.client.get("/sitemap.xml", headers=EVIL)
    assert answer.mimetype == "application/xml"
    addresses = [each.text or "" for each in ET.fromstring(answer.text).iterfind(".//{*}loc")]
    assert {f"{home}/courses/{site.course}", f"{home}/articles/{site.article}"} <= set(addresses)
    assert len(addresses) == len(set(addresses))
    for address in addresses:
        assert address.startswith(f"{home}/")
        guest.get(address.removeprefix(home))


def test_robots_are_told_where_the_site_map_is_and_what_is_private(site: World, home: str, enter: Enter) -> None:
    lines = enter("anonymous").client.get("/robots.txt").text.splitlines()
    assert f"Sitemap: {home}/sitemap.xml" in lines
    assert {"Disallow: /learn$", "Disallow: /admin/", "Disallow: /account/"} <= set(lines)
    assert "Disallow: /" not in lines


def test_the_feed_of_articles(site: World, home: str, enter: Enter) -> None:
    guest = enter("anonymous")
    assert 'type="application/atom+xml"' in guest.get("/articles").text
    answer = guest.client.get("/articles/feed.atom", headers=EVIL)
    assert answer.mimetype == "application/atom+xml"
    feed = ET.fromstring(answer.text)
    links = [each.attrib["href"] for each in feed.iterfind("{*}entry/{*}link")]
    assert links == [f"{home}/articles/{site.article}"]
    assert all(feed.findtext(f"{{*}}{name}") for name in ("title", "id", "updated"))


@pytest.mark.parametrize("kind", ["courses", "articles"])
def test_a_shared_link_has_a_picture(kind: str, site: World, home: str, enter: Enter) -> None:
    guest = enter("anonymous")
    path = f"/{kind}/{site.course if kind == 'courses' else site.article}"
    told = dict(re.findall(r'<meta property="(og:image[^"]*)" content="([^"]+)"', guest.get(path, headers=EVIL).text))
    assert told["og:image"].startswith(f"{home}{path}/cover.png?v=")  # whoever keeps pictures asks for a new one anew
    assert told["og:image:alt"]
    for _time in range(2):  # set anew, then as it was kept
        with guest.client.get(told["og:image"].removeprefix(home)) as answer:
            assert answer.mimetype == "image/png"
            width, height = struct.unpack(">II", answer.get_data()[16:24])
            assert (width, height) == (int(told["og:image:width"]), int(told["og:image:height"])) == (1200, 630)
    guest.get(f"/{kind}/no-such-thing/cover.png", expect=404)


def test_a_new_title_has_a_new_picture(app: Flask, site: World, enter: Enter) -> None:
    pictures = []
    for title in ("Moxa 艾灸", "Cupping"):
        with app.app_context():
            db.session.execute(db.text("UPDATE course_revision SET title = :title"), {"title": title})
            db.session.commit()
        with enter("anonymous").client.get(f"/courses/{site.course}/cover.png") as answer:
            pictures.append(answer.get_data())
    assert pictures[0] != pictures[1]
