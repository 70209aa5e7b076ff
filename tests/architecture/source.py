"""The repository as text and as syntax, for the tests of the house rules."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOK = ROOT / "nok"
TEMPLATES = ROOT / "templates"

GROUND = {"core", "web", "formats", "cli", "demo"}  # packages that are no domain
SURFACES = {"home", "catalog", "classroom", "studio", "reports", "admin"}


def name(path: Path) -> str:
    """Return a path as people write it."""
    return path.relative_to(ROOT).as_posix()


def python_files(*tops: str) -> list[Path]:
    """Return our Python files under these folders of the repository."""
    found = [path for top in tops for path in sorted((ROOT / top).rglob("*.py"))]
    assert found, f"there is no Python file under {tops}"
    return found


def templates() -> list[Path]:
    """Return every template."""
    found = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
    assert found, "there are no templates"
    return found


def parse(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(tree: ast.AST, called: str) -> Iterator[ast.Call]:
    """Yield the calls of a function or method of this name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            target = node.func
            if (isinstance(target, ast.Name) and target.id == called) or (
                isinstance(target, ast.Attribute) and target.attr == called
            ):
                yield node


def domains() -> list[str]:
    """Return the packages of `nok` that are domains or surfaces."""
    found = [path.name for path in sorted(NOK.iterdir()) if (path / "__init__.py").exists()]
    return [package for package in found if package not in GROUND]
