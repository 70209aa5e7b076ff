"""`nok import-course`: what a teacher sees at the keyboard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nok.accounts.models import Role
from nok.cli import cli
from nok.cli.application import in_application
from tests.factories import courses, people, world

Nok = Callable[..., Result]


@pytest.fixture
def nok(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nok:
    """Run a command over a database of its own, with the test teacher in it."""
    monkeypatch.setenv("NOK_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    runner = CliRunner()
    assert runner.invoke(cli, ["migrate"]).exit_code == 0
    with in_application():
        people.person(courses.TEACHER, Role.TEACHER)
    return lambda *words: runner.invoke(cli, [str(word) for word in words])


def test_a_folder_is_published_and_a_second_time_unchanged(nok: Nok, tmp_path: Path) -> None:
    folder = courses.write_folder(tmp_path)
    assert nok("import-course", folder).output == "needle-safety: revision 1, published.\n"
    assert nok("import-course", folder).output == "needle-safety: revision 1, unchanged.\n"


def test_what_changed_beside_the_revision_is_said(nok: Nok, tmp_path: Path) -> None:
    folder = courses.write_folder(tmp_path)
    text = (folder / "course.toml").read_text() + world.APPROVAL
    (folder / "course.toml").write_text(text)
    assert nok("import-course", folder).output == "needle-safety: revision 1, published.\n"
    priced = text.replace("topics", 'price = "49"\ntopics').replace("hours = 1.5", "hours = 2")
    (folder / "course.toml").write_text(priced)
    changed = "needle-safety: revision 1, unchanged; price and approvals changed.\n"
    assert nok("import-course", folder).output == changed


def test_plain_markdown_over_a_course_that_is_more_is_refused_with_what_to_do(nok: Nok, tmp_path: Path) -> None:
    nok("import-course", courses.write_folder(tmp_path, more='price = "49"'))
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "one.md").write_text("# One\n\nWords.\n")
    done = nok("import-course", notes, "--teacher", courses.TEACHER, "--slug", "needle-safety")
    assert done.exit_code == 1
    assert "nothing was imported: The course needle-safety has what plain Markdown cannot say" in done.output
    assert "nok export-course" in done.output
    assert "--slug" in done.output


def test_every_problem_is_told_with_file_and_line_and_nothing_is_imported(nok: Nok, tmp_path: Path) -> None:
    folder = courses.write_folder(tmp_path)
    text = (folder / "course.toml").read_text()
    (folder / "course.toml").write_text(text.replace("pass_mark = 75", "pass_mark = 175"))
    (folder / "lessons" / "reading-1.md").unlink()
    done = nok("import-course", folder)
    assert done.exit_code == 1
    assert "nothing was imported" in done.output
    line = text.splitlines().index("pass_mark = 75") + 1
    assert f"course.toml:{line}: pass_mark" in done.output
    assert "reading-1" in done.output
    (folder / "course.toml").write_text(text)
    courses.write_folder(tmp_path)
    assert "revision 1, published" in nok("import-course", folder).output, "the broken try left nothing behind"


@pytest.mark.parametrize("where", ["nowhere", "course.toml"])
def test_a_place_that_is_no_folder_is_named(where: str, nok: Nok, tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_text("")
    done = nok("import-course", tmp_path / where)
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_a_teacher_who_is_not_there_is_named(nok: Nok, tmp_path: Path) -> None:
    done = nok("import-course", courses.write_folder(tmp_path, teacher="nobody@test.example"))
    assert (done.exit_code, "nobody@test.example" in done.output) == (1, True)


def test_an_operator_is_made_by_address(nok: Nok) -> None:
    assert nok("make-operator", courses.TEACHER.upper()).output == f"{courses.TEACHER} is an operator now.\n"
    assert nok("make-operator", "nobody@test.example").exit_code == 1
