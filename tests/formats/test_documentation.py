"""The folders printed in docs/course-folder.md are right, as a reader would type them."""

from __future__ import annotations

import re
from pathlib import Path

from nok.formats import article_folder, course_folder

DOCS = Path(__file__).parents[2] / "docs" / "course-folder.md"
_FILE = re.compile(r"^`([\w./-]+)`\n\n```\w*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FILM = b"\0\0\0\x18ftypisom"


def folder(part: str, root: Path) -> Path:
    for name, text in _FILE.findall(part):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def test_the_course_in_the_documentation_can_be_imported(tmp_path: Path) -> None:
    root = folder(DOCS.read_text().partition("## course.toml")[0], tmp_path)
    (root / "videos" / "hand.mp4").write_bytes(FILM)
    (root / "files").mkdir()
    (root / "files" / "chart.pdf").write_bytes(b"%PDF-1.7\n")
    course = course_folder.read(root)
    kinds = [lesson.kind for section in course.sections for lesson in section.lessons]
    assert kinds == ["text", "video", "file", "worksheet", "test", "evaluation"]
    listed = set(re.findall(r"^      (\S+)$", DOCS.read_text().partition("`course.toml`\n\n")[0], re.MULTILINE))
    assert listed == {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def test_the_article_in_the_documentation_can_be_imported(tmp_path: Path) -> None:
    text = DOCS.read_text()
    root = folder(text.partition("## An article folder")[2], tmp_path)
    folder("".join(match[0] for match in _FILE.finditer(text) if match[1] == "pictures/hand.svg"), root)
    assert article_folder.read(root).slug == "the-hand-in-three-layers"


def test_every_key_that_is_known_is_documented() -> None:
    text = DOCS.read_text()
    source = Path(course_folder.__file__).parent
    files = [source / "course_folder.py", source / "article_folder.py", *(source / "folders").glob("*.py")]
    reads = re.compile(r"\.(?:text|texts|integer|decimal|flag|slug|matching|day|tables?)\(\"(\w+)\"")
    known = {key for file in files for key in reads.findall(file.read_text())}
    assert len(known) > 40
    assert [key for key in sorted(known) if f"`{key}`" not in text and f"[{key}]" not in text] == []
