"""Every address of the product, one a line. `python -m tests.architecture.route_list` prints the list anew."""

import sys
from pathlib import Path

from flask import Flask

from nok.app import create_app
from nok.settings import Settings
from nok.web.access import access_of

KEPT = Path(__file__).with_name("routes.txt")
SILENT = {"HEAD", "OPTIONS"}


def lines(app: Flask) -> list[str]:
    """Return method, address, endpoint and access mark of every route, in order of address."""
    found = []
    for rule in app.url_map.iter_rules():
        mark = access_of(app.view_functions[rule.endpoint]) or "files"
        found += [
            (rule.rule, method, f"{method:<4} {rule.rule}  {rule.endpoint}  {mark}")
            for method in (rule.methods or set()) - SILENT
        ]
    return [line for _, _, line in sorted(found)]


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines(create_app(Settings.from_env()))) + "\n")
