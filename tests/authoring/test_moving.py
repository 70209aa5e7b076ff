"""Courses move between installations by the commands."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nok.accounts.models import Role
from nok.cli import cli
from nok.cli.application import in_application
from tests.factories import courses, people
from tests.formats.course_on_disk import CourseOnDisk, tree

SLUG = "needle-depth"
Nok = Callable[..., Result]


@pytest.fixture
def nok(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Nok]:
    """Give the command line of an installation of its own, with the test teacher in it."""

    def installation(name: str) -> Nok:
        def run(*words: object) -> Result:
            monkeypatch.setenv("NOK_DATA_DIR", str(tmp_path / name))
            return CliRunner().invoke(cli, [str(word) for word in words])

        (tmp_path / name).mkdir()
        assert run("migrate").exit_code == 0
        with in_application():
            people.person(courses.TEACHER, Role.TEACHER)
        return run

    return installation


def test_a_course_moves_to_another_installation_and_back(
    nok: Callable[[str], Nok], course: CourseOnDisk, tmp_path: Path
) -> None:
    here, there = nok("here"), nok("there")
    here("import-course", course.root)
    out, back = tmp_path / "out", tmp_path / "back"
    assert here("export-course", SLUG, out).output == f"{SLUG}: revision 1, exported to {out}.\n"
    assert there("import-course", out).output == f"{SLUG}: revision 1, published.\n"
    there("export-course", SLUG, back)
    assert tree(out) == tree(back)
    assert here("import-course", back).output == f"{SLUG}: revision 1, unchanged.\n"


def test_export_says_what_is_in_the_way(nok: Callable[[str], Nok], course: CourseOnDisk, tmp_path: Path) -> None:
    here = nok("here")
    assert "no such course" in here("export-course", SLUG, tmp_path / "out").output
    here("import-course", course.root)
    assert "no such revision" in here("export-course", SLUG, tmp_path / "out", "--revision", 7).output
    assert "empty folder" in here("export-course", SLUG, tmp_path / "here").output
    assert here("export-article", "nothing", tmp_path / "out").exit_code == 1
    assert not (tmp_path / "out").exists()


def test_a_plain_folder_becomes_a_course_of_its_teacher(nok: Callable[[str], Nok], tmp_path: Path) -> None:
    here, folder = nok("here"), tmp_path / "My notes"
    folder.mkdir()
    (folder / "1-one.md").write_text("# One\n\nWords, and [a link](two.md).\n")
    assert "--teacher EMAIL" in here("import-course", folder).output
    shown = here("import-course", folder, "--teacher", courses.TEACHER, "--dry-run").output
    assert '1-one.md:3: The link to "two.md" is left out' in shown
    assert "one (text, 1 min): One" in shown
    assert "no such course" in here("export-course", "my-notes", tmp_path / "out").output, "a dry run imports nothing"
    done = here("import-course", folder, "--teacher", courses.TEACHER)
    assert "my-notes: revision 1, published." in done.output
    assert "revision 1, unchanged" in here("import-course", folder, "--teacher", courses.TEACHER).output
    assert here("export-course", "my-notes", tmp_path / "out").exit_code == 0
    assert "unchanged" in here("import-course", tmp_path / "out").output
    assert here("import-course", folder, "--teacher", "nobody@test.example").exit_code == 1
