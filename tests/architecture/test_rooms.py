"""Every domain has the same rooms, says what it is, and calls go down."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.source import GROUND, NOK, ROOT, SURFACES, domains, name, parse

ROOMS = {"views", "api", "forms", "service", "policy", "queries", "models", "rules", "messages"}
SURFACE_ROOMS = {"views", "api", "forms", "queries"}


def contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    found: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return found


def test_the_import_contracts_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_package_has_its_place_in_the_layers() -> None:
    layers = next(contract["layers"] for contract in contracts() if contract["name"] == "Calls go down")
    placed = {word for layer in layers for word in layer.split(" | ")}
    there = {f"nok.{path.stem}" for path in NOK.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert there - {"nok.__init__", "nok.demo"} <= placed, "say in pyproject.toml where these stand"


def test_the_contract_of_rooms_names_every_domain() -> None:
    rooms = next(contract for contract in contracts() if contract["name"] == "Every domain has the same rooms")
    assert set(rooms["containers"]) == {f"nok.{domain}" for domain in domains()}
    assert rooms["exhaustive"] is True


@pytest.mark.parametrize("domain", domains())
def test_a_domain_has_no_other_rooms(domain: str) -> None:
    allowed = SURFACE_ROOMS if domain in SURFACES else ROOMS
    inside = [path for path in (NOK / domain).iterdir() if path.name != "__pycache__"]
    strange = [
        name(path)
        for path in inside
        if path.stem not in allowed | {"__init__"} or not (path.suffix == ".py" or (path / "__init__.py").exists())
    ]
    assert not strange, f"the rooms of {domain} are {sorted(allowed)}; these are none of them: {strange}"


@pytest.mark.parametrize("domain", domains())
def test_a_domain_says_what_it_is_and_holds_no_code_of_its_own(domain: str) -> None:
    tree = parse(NOK / domain / "__init__.py")
    words = ast.get_docstring(tree)
    assert words, f"nok/{domain}/__init__.py needs a docstring: what the domain is, its five words, what it publishes"
    assert len(tree.body) == 1, f"nok/{domain}/__init__.py holds its docstring only"
    if domain not in SURFACES:
        assert "Five words:" in words
        assert len(re.findall(r"(?<!\*)\*[^*\n]+\*(?!\*)", words)) == 5, f"{domain} has five words, in *stars*"


def test_every_domain_stands_in_the_map_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    missing = [package for package in (*domains(), *(GROUND - {"demo"})) if f"`nok/{package}/`" not in readme]
    assert not missing, f"give each a line in the README's map: {missing}"
