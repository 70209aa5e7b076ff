"""Nothing grows until nobody reads it."""

import re

from tests.architecture.source import ROOT, functions, name, parse, python_files, templates

FILE_LINES = 300
FUNCTION_LINES = 40
TEMPLATE_LINES = 150
CODE = ("nok", "worker", "tests", "bench")
LATER = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in python_files(*CODE)}
    long = {path: lines for path, lines in lengths.items() if lines > FILE_LINES}
    assert not long, f"divide these files by what they do, or make the room a package: {long}"


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{name(path)}:{node.lineno} {node.name} ({length} lines)"
        for path in python_files(*CODE)
        for node in functions(parse(path))
        if (length := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    ]
    assert not long, f"give each step of these functions a name of its own: {long}"


def test_no_template_is_longer_than_150_lines() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in templates()}
    long = {path: lines for path, lines in lengths.items() if lines > TEMPLATE_LINES}
    assert not long, f"move parts of these templates to templates/components: {long}"


def test_nothing_is_put_off_in_a_comment() -> None:
    texts = [*python_files(*CODE), *templates()]
    texts += [path for kind in ("js", "css", "mjs") for path in (ROOT / "static").rglob(f"*.{kind}")]
    put_off = [
        f"{name(path)}:{number}"
        for path in texts
        if "build" not in path.relative_to(ROOT).parts
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if LATER.search(line)
    ]
    assert not put_off, f"do it now, or write an issue: {put_off}"


def test_no_file_is_named_for_having_no_place() -> None:
    nameless = re.compile(r"(?:utils?|helpers?|misc|common|[a-z]+\d+)\.py")
    found = [name(path) for path in python_files(*CODE) if nameless.fullmatch(path.name)]
    assert not found, f"name these files for what they hold: {found}"
