"""Templates: found where their endpoint says, used, titled, and without queries."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask

from tests.architecture.source import ROOT, TEMPLATES, calls, functions, name, parse, python_files, templates

# Endpoints that show a page named otherwise, because two of them show the same page, or one shows two.
SHARED = {
    "certificates.verify_form": {"certificates/verify.html"},
    "notifications.turn_off": {"notifications/mail_off.html"},
    "dev.message": {"dev/mail_message.html"},
}
PARTS = {"layouts", "components", "emails"}
IMPORT = re.compile(r"{%-? from '(?P<file>[^']+)' import (?P<macro>\w+)(?: as (?P<alias>\w+))?")
QUERY = re.compile(r"\bdb\.|\.query\b|\bsession\.|\.(?:execute|scalars?|filter_by)\(")


def rendered(tree: ast.AST) -> list[str]:
    """Return the names of the templates that are rendered by their literal name."""
    found = [call.args[0] for call in calls(tree, "render_template") if call.args]
    assert all(isinstance(item, ast.Constant) for item in found), "write the template's name out, so that it is found"
    return [str(item.value) for item in found if isinstance(item, ast.Constant)]


def pages() -> list[Path]:
    return [path for path in templates() if path.relative_to(TEMPLATES).parts[0] not in PARTS]


def test_every_template_that_is_rendered_exists_and_every_page_is_rendered() -> None:
    asked = {template for path in python_files("nok", "worker") for template in rendered(parse(path))}
    there = {path.relative_to(TEMPLATES).as_posix() for path in pages()}
    assert not asked - there, "these templates are rendered and do not exist"
    assert not there - asked, "these templates are rendered by nobody: delete them"


def test_an_endpoint_shows_the_page_that_has_its_name(house: Flask) -> None:
    by_place = {(view.__module__, view.__name__): endpoint for endpoint, view in house.view_functions.items()}
    wrong = []
    for path in python_files("nok"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in functions(parse(path)):
            endpoint = by_place.get((module, node.name))
            if endpoint is None:
                continue
            plain = endpoint.replace(".", "/")
            allowed = SHARED.get(endpoint, {plain + suffix for suffix in (".html", ".xml", ".txt")})
            wrong += [f"{endpoint} shows {found}" for found in rendered(node) if found not in allowed]
    assert not wrong, f"name the template templates/<blueprint>/<endpoint>.html: {wrong}"


def test_a_blueprint_shows_pages_of_its_own_folder(house: Flask) -> None:
    folders = {
        house.view_functions[end].__module__: end.partition(".")[0] for end in house.view_functions if "." in end
    }
    wrong = [
        f"{module} shows {found}"
        for module, folder in folders.items()
        for found in rendered(parse(ROOT / (module.replace(".", "/") + ".py")))
        if not found.startswith(f"{folder}/")
    ]
    assert not wrong, f"a page stands in the folder of the blueprint that shows it: {wrong}"


def imports() -> list[tuple[Path, str, str, str]]:
    """Return every import of a macro: the template, the file it is from, the macro, and its name in the template."""
    found = [(path, match) for path in templates() for match in IMPORT.finditer(path.read_text("utf-8"))]
    return [(path, match["file"], match["macro"], match["alias"] or match["macro"]) for path, match in found]


def test_every_component_is_used() -> None:
    there = {path.relative_to(TEMPLATES).as_posix() for path in (TEMPLATES / "components").glob("*.html")}
    assert there, "there are no components"
    assert not there - {file for _, file, _, _ in imports()}, "these components are used by nobody: delete them"


def test_every_import_is_there_and_used() -> None:
    missing = [
        f"{name(path)}: {file} has no {macro}"
        for path, file, macro, _ in imports()
        if f"macro {macro}(" not in (TEMPLATES / file).read_text("utf-8")
    ]
    assert not missing
    idle = [
        f"{name(path)}: {word}"
        for path, _, _, word in imports()
        if not re.search(rf"\b(?:kept\()?{word}(?:\(|,|\))", IMPORT.sub("", path.read_text("utf-8")))
    ]
    assert not idle, f"these templates import what they do not use: {idle}"


@pytest.mark.parametrize("path", sorted((TEMPLATES / "components").glob("*.html")), ids=lambda path: path.stem)
def test_a_component_has_one_name(path: Path) -> None:
    assert f"macro {path.stem}(" in path.read_text("utf-8"), f"{name(path)} defines no macro {path.stem}"


@pytest.mark.parametrize("path", [path for path in pages() if path.suffix == ".html"], ids=name)
def test_every_page_has_a_layout_and_a_title(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "{% extends 'layouts/" in text, f"{name(path)} extends no layout"
    assert "{% block title %}" in text, f"{name(path)} sets no title"


@pytest.mark.parametrize("path", templates(), ids=name)
def test_a_template_never_queries(path: Path) -> None:
    found = QUERY.search(path.read_text("utf-8"))
    assert found is None, f"{name(path)} asks the database ({found.group()}): let a query hand it over"
