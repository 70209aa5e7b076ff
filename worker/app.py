"""The Celery application and the Flask application its handlers run in."""

import gc
import warnings
from functools import cache
from importlib import import_module
from typing import Any

from celery import Celery
from celery.platforms import SecurityWarning
from celery.signals import setup_logging, worker_init, worker_process_init
from flask import Flask

from nok.core import logs
from nok.core.broker import broker_url, transport_options
from nok.settings import Settings
from worker.queues import ALL, DEFAULT
from worker.schedule import SCHEDULE

# Celery warns of running as root because pickled tasks could do anything; ours are JSON and only name a row.
warnings.filterwarnings("ignore", category=SecurityWarning)

settings = Settings.from_env()
# The tasks are not included here: the clock uses this application, too, and needs none of what they import.
celery = Celery("worker", broker=broker_url(settings))
celery.conf.update(
    accept_content=["json"],
    beat_schedule=SCHEDULE,
    beat_schedule_filename=str(settings.data_dir / "schedule"),
    broker_connection_retry=True,
    broker_connection_retry_on_startup=True,
    broker_transport_options=transport_options(),
    task_acks_late=True,
    task_default_queue=DEFAULT,
    task_ignore_result=True,
    task_queues={name: {} for name in ALL},
    task_serializer="json",
    worker_cancel_long_running_tasks_on_connection_loss=False,
    worker_prefetch_multiplier=1,
    worker_send_task_events=False,
    timezone="UTC",
)


@cache
def flask_app() -> Flask:
    """Return the Flask application, made once in each process tree."""
    from nok.app import create_app  # here: the schedule imports this module, too, and needs none of it

    return create_app(settings)


@setup_logging.connect
def _log_our_way(**_: Any) -> None:
    logs.configure(json_lines=settings.json_logs)


@worker_init.connect
def _load_before_forking(**_: Any) -> None:
    """Load what handlers need, so that the children share its memory: modules only, no connection and no thread."""
    for heavy in ("nok.formats.certificate_pdf", "nok.formats.pdf_signature"):
        import_module(heavy)
    flask_app()
    gc.collect()
    gc.freeze()


@worker_process_init.connect
def _own_connections(**_: Any) -> None:
    """Connections do not survive a fork."""
    from nok.core.db import db

    with flask_app().app_context():
        db.engine.dispose(close=False)
