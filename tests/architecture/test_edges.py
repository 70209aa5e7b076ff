"""Services decide, the edge commits."""

import ast
import re

from tests.architecture.source import calls, name, parse, python_files

# SQLite's connection passes its driver's verb on.
EDGES = re.compile(
    r"nok/[a-z]+/(?:views|api)(?:\.py|/.+\.py)|nok/cli/.+\.py|worker/(?:task|outbox)\.py|nok/core/sqlite\.py"
)
# The demo asks whether the database is empty; the worker's envelope asks for its own rows.
ASKING = re.compile(r"nok/[a-z]+/queries(?:\.py|/.+\.py)|nok/core/.+\.py|nok/cli/.+\.py|worker/(?:task|outbox)\.py")


def uses(word: str) -> list[str]:
    """Return where an attribute of this name is used, as path:line."""
    return [
        f"{name(path)}:{node.lineno}"
        for path in python_files("nok", "worker")
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Attribute) and node.attr == word
    ]


def test_only_the_edges_commit() -> None:
    found = uses("commit")
    assert any(place.startswith("nok/enrollments/views.py") for place in found), "the search finds nothing"
    inside = [place for place in found if not EDGES.fullmatch(place.partition(":")[0])]
    assert not inside, f"views, api, cli and the task's envelope commit, once, last; these do, too: {inside}"


def test_only_settings_read_the_environment() -> None:
    readers = {
        name(path)
        for path in python_files("nok", "worker")
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv"}
    }
    assert readers, "the search finds nothing"
    # The supervisor passes the environment on to the processes it starts.
    assert readers <= {"nok/settings.py", "nok/cli/supervisor.py", "nok/cli/web_server.py"}, (
        "ask Settings instead of os.environ"
    )


def test_every_select_stands_where_selects_stand() -> None:
    found = [
        f"{name(path)}:{call.lineno}"
        for path in python_files("nok", "worker")
        for call in calls(parse(path), "select")
        if not ASKING.fullmatch(name(path))
    ]
    assert not found, f"move these to the domain's queries.py: {found}"
