"""The fonts that typst sets with: those of the installed font packages."""

from importlib.util import find_spec
from pathlib import Path

_PACKAGES = (
    "fontpkg_source_serif_4",
    "fontpkg_onest",
    "pylopdf_fonts_zh_cn",
    "pylopdf_fonts_jp",
    "pylopdf_fonts_ko",
)


def installed_fonts() -> list[Path]:
    """Return their folders."""
    specs = [find_spec(package) for package in _PACKAGES]
    return [Path(spec.origin).parent for spec in specs if spec and spec.origin]
