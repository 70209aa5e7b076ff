"""My learning says what a course waits for, also when it waits for the learner."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask

from tests.factories.certificates import EMAIL, completed, issued
from tests.pages import Browser

ON_ITS_WAY = "Your certificate is on its way"


def test_a_certificate_that_waits_for_the_name_says_so_and_leads_there(
    app: Flask, tmp_path: Path, sign_in: Callable[[str], Browser]
) -> None:
    completed(app, tmp_path, confirmed=False)
    page = sign_in(EMAIL).get("/learn").text
    assert ON_ITS_WAY not in page
    assert "waits until you have confirmed the name" in page
    assert 'href="/account/license-name"' in page


def test_one_that_waits_for_nobody_is_on_its_way_and_then_there(
    app: Flask, tmp_path: Path, sign_in: Callable[[str], Browser]
) -> None:
    enrollment_id = completed(app, tmp_path)
    learner = sign_in(EMAIL)
    page = learner.get("/learn").text
    assert ON_ITS_WAY in page
    assert "/account/license-name" not in page
    certificate = issued(app, enrollment_id)
    assert f"/certificates/{certificate.serial}.pdf" in learner.get("/learn").text
