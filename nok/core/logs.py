"""Structured logs: one event a line, with the request's or the task's id on each."""

import logging
import sys
from typing import Any

import structlog

_SECRETS = frozenset({"password", "token", "csrf_token", "authorization", "cookie", "secret_key"})


def configure(*, json_lines: bool, level: int = logging.INFO) -> None:
    """Send structlog and the standard library's loggers to standard error, as JSON lines or as text for people."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_secrets,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json_lines
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for chatty in ("celery", "kombu", "alembic", "fontTools", "pyhanko"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def bind(**fields: Any) -> None:
    """Put `fields` on every line of this request or task, dropping those of the one before."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(**fields)


def current_request_id() -> str:
    """Return the id of the request or task being served, or ''."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def _without_secrets(_logger: Any, _method: str, event: Any) -> Any:
    return {key: "[hidden]" if key in _SECRETS else value for key, value in event.items()}
