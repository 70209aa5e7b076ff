"""The small parts everything stands on: moments, memory, mail, logs."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import structlog
from flask import Flask

from nok.core import cache, logs, mail
from nok.core.db import UtcDateTime, db
from nok.core.mail import OutboxMailer, SmtpMailer
from nok.core.pagination import Page
from nok.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_env({"NOK_DATA_DIR": str(tmp_path)})


def test_a_moment_is_stored_in_utc_and_a_naive_one_is_refused(app: Flask) -> None:
    with app.app_context():
        dialect = db.engine.dialect
    column = UtcDateTime()
    taipei = datetime(2026, 3, 1, 8, tzinfo=timezone(timedelta(hours=8)))
    assert column.process_bind_param(taipei, dialect) == datetime(2026, 3, 1, 0, tzinfo=UTC)
    assert column.process_result_value(datetime(2026, 3, 1), dialect) == datetime(2026, 3, 1, tzinfo=UTC)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        column.process_bind_param(datetime(2026, 3, 1), dialect)  # noqa: DTZ001


def test_an_answer_is_remembered_for_its_seconds_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    moment, asked = [100.0], []
    monkeypatch.setattr("nok.core.cache.time.monotonic", lambda: moment[0])
    kept: cache.BriefCache[int] = cache.BriefCache(5, most=2)

    def ask() -> int:
        asked.append(1)
        return len(asked)

    assert [kept.get("a", ask), kept.get("a", ask)] == [1, 1]
    moment[0] += 4.9
    assert kept.get("a", ask) == 1
    moment[0] += 0.2
    assert kept.get("a", ask) == 2
    assert [kept.get("b", ask), kept.get("c", ask), len(kept._kept)] == [3, 4, 1], "it does not grow without end"


@pytest.mark.parametrize(("total", "pages"), [(0, 1), (1, 1), (24, 1), (25, 2), (48, 2), (49, 3)])
def test_pages_are_counted(total: int, pages: int) -> None:
    assert Page([], total, 1, 24).pages == pages


@pytest.mark.parametrize("bad", ["a@b.example\r\nBcc: c@d.example", "a@b.example\nX: y"])
def test_a_line_break_never_becomes_a_header(bad: str, settings: Settings) -> None:
    with pytest.raises(ValueError, match=r"(?i)header|newline|linefeed|return"):
        mail.compose(settings, bad, "Subject", "Text")
    with pytest.raises(ValueError, match=r"(?i)header|newline|linefeed|return"):
        mail.compose(settings, "a@b.example", bad, "Text")


def test_mail_is_kept_as_it_would_be_sent(settings: Settings) -> None:
    way = mail.mailer(settings)
    assert isinstance(way, OutboxMailer)
    way.send(mail.compose(settings, "mei@clinic.example", "Für 周美琳", "Grüße, 你好\n"))
    (kept,) = way.kept()
    assert (kept.to, kept.subject, kept.text.strip()) == ("mei@clinic.example", "Für 周美琳", "Grüße, 你好")
    assert way.find(kept.key) == kept
    assert way.find("none") is None
    raw = (settings.data_dir / "mail" / f"{kept.key}.eml").read_text()
    assert "Auto-Submitted: auto-generated" in raw
    assert "Message-ID:" in raw


def test_a_mail_server_is_used_when_one_is_named(settings: Settings) -> None:
    assert isinstance(mail.mailer(replace(settings, mail_url="smtp://mail.example")), SmtpMailer)


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    logs.configure(json_lines=True)
    yield capsys
    root.handlers, root.level = handlers, level
    logs.configure(json_lines=False)
    root.handlers = handlers


def test_a_log_line_is_json_with_its_request_and_without_secrets(lines: pytest.CaptureFixture[str]) -> None:
    structlog.reset_defaults()
    logs.configure(json_lines=True)
    logs.bind(request_id="r-1")
    structlog.get_logger().info("signed_in", password="hunter2", token="t-1", person=7)
    logging.getLogger("other").warning("plain")
    first, second = (json.loads(line) for line in lines.readouterr().err.strip().splitlines())
    assert (first["event"], first["request_id"], first["person"], first["level"]) == ("signed_in", "r-1", 7, "info")
    assert (first["password"], first["token"]) == ("[hidden]", "[hidden]")
    assert (second["event"], second["request_id"]) == ("plain", "r-1")
    assert logs.current_request_id() == "r-1"
