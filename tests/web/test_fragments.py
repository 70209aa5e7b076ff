"""Pieces of pages that were written before are the same for the same values, and for nothing else."""

from typing import Any

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale

from nok.web import fragments

PAGE = "{% from 'components/bell.html' import bell %}{{ kept(bell, count) }}"


@pytest.fixture
def write(app: Flask) -> Flask:
    """The application with nothing kept."""
    fragments.init(app)
    return app


def test_the_same_values_give_the_same_piece_and_others_another(write: Flask) -> None:
    with write.test_request_context("/"):
        first, second, other = (render_template_string(PAGE, count=count) for count in (2, 2, 3))
    assert first == second
    assert "2 unread" in first
    assert "3 unread" in other


def test_each_language_has_its_own(write: Flask) -> None:
    page = "{% macro place() %}{{ language() }}{% endmacro %}{{ kept(place) }}"
    spoken = iter(["en", "zh"])
    write.jinja_env.globals["language"] = lambda: next(spoken)
    try:
        template = write.jinja_env.from_string(page)
        with write.test_request_context("/"):
            macro: Any = template.make_module({}).place  # type: ignore[attr-defined]  # one component, asked for twice
            asked = write.jinja_env.from_string("{{ kept(place) }}")
            with force_locale("en"):
                assert asked.render(place=macro) == asked.render(place=macro) == "en"
            with force_locale("zh"):
                assert asked.render(place=macro) == "zh"
    finally:
        del write.jinja_env.globals["language"]


def test_what_is_written_into_a_piece_is_escaped(write: Flask) -> None:
    page = "{% from 'components/account_menu.html' import account_menu %}{{ kept(account_menu, name, false, false) }}"
    with write.test_request_context("/"):
        assert "&lt;script&gt;" in render_template_string(page, name="<script>")


def test_it_does_not_grow_without_end(write: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fragments, "MOST", 3)
    with write.test_request_context("/"):
        for count in range(9):
            assert f"{count} unread" in render_template_string(PAGE, count=count) or count == 0
    kept: Any = write.jinja_env.globals["kept"]
    assert len(kept.__self__._written) <= 3
