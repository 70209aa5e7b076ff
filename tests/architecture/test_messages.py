"""Messages go up: each is published somewhere, routed, and its queue is consumed."""

import ast
import dataclasses
import importlib
import inspect
import re
from dataclasses import replace
from pathlib import Path

import pytest

from nok.cli import processes
from nok.cli.supervisor import Supervisor
from nok.settings import Settings
from tests.architecture.source import NOK, ROOT, calls, parse, python_files
from worker import queues
from worker.routes import HANDLERS, MESSAGES, ROUTES
from worker.schedule import SCHEDULE


def messages() -> list[type]:
    found = []
    for path in sorted(NOK.glob("*/messages.py")):
        module = importlib.import_module(f"nok.{path.parent.name}.messages")
        found += [item for _, item in inspect.getmembers(module, inspect.isclass) if item.__module__ == module.__name__]
    assert found, "there are no messages"
    return found


def consumed(command: list[str] | str) -> set[str]:
    """Return the queues that a worker's command line names."""
    text = command if isinstance(command, str) else " ".join(command)
    found = re.search(r"--queues[= ](\S+)", text)
    return set(found.group(1).split(",")) if found else set()


@pytest.mark.parametrize("message", messages(), ids=lambda message: message.__name__)
def test_a_message_is_a_frozen_set_of_ids(message: type) -> None:
    assert dataclasses.is_dataclass(message)
    assert message.__dataclass_params__.frozen  # type: ignore[attr-defined]
    wrong = [item.name for item in dataclasses.fields(message) if item.type not in {int, str, "int", "str"}]
    assert not wrong, f"a message travels as JSON and may arrive late: it holds ids only, not {wrong}"


def test_every_message_is_published() -> None:
    published = {
        argument.func.id
        for path in python_files("nok", "worker")
        for call in calls(parse(path), "publish")
        for argument in call.args
        if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Name)
    }
    unpublished = {message.__name__ for message in messages()} - published
    assert not unpublished, f"nobody publishes {unpublished}: delete the class, or publish it"


def test_every_message_is_routed() -> None:
    missing = set(messages()) - set(ROUTES)
    assert not missing, f"say in worker/routes.py who hears {missing}; () when nobody does"
    assert set(ROUTES) == set(messages()), "worker/routes.py routes what is no message of a domain"
    assert len(MESSAGES) == len(ROUTES), "two messages have the same name"
    assert len(HANDLERS) == sum(len(routes) for routes in ROUTES.values()), "a handler hears two messages"


@pytest.mark.parametrize("message", messages(), ids=lambda message: message.__name__)
def test_a_domain_says_what_it_publishes(message: type) -> None:
    domain = importlib.import_module(message.__module__.rpartition(".")[0])
    assert f"`{message.__name__}`" in (domain.__doc__ or ""), f"name {message.__name__} in the docstring of {domain}"


def test_every_queue_that_is_named_exists() -> None:
    named = {route.queue for routes in ROUTES.values() for route in routes}
    named |= {entry["options"]["queue"] for entry in SCHEDULE.values()}
    assert named <= set(queues.ALL)
    assert set(queues.ALL) <= named, "nothing is ever put into this queue"


def test_every_queue_is_consumed_under_the_supervisor() -> None:
    settings = replace(Settings.from_env(), broker_url="redis://127.0.0.1:1/0")
    parts = Supervisor(settings, demo=False)._services()
    assert set().union(*(consumed(part.command) for part in parts)) == set(queues.ALL)


def test_every_queue_is_consumed_by_a_worker_started_alone() -> None:
    default = next(option.default for option in processes.worker.params if option.name == "queues")
    assert set(str(default).split(",")) == set(queues.ALL)


@pytest.mark.skipif(not (ROOT / "Procfile").exists(), reason="there is no Procfile")
def test_every_queue_is_consumed_by_the_processes_of_the_procfile() -> None:
    lines = [line for line in Path(ROOT / "Procfile").read_text().splitlines() if "nok worker" in line]
    found = set().union(*(consumed(line) or set(queues.ALL) for line in lines))
    assert found == set(queues.ALL), "a queue is left to nobody in the Procfile"
