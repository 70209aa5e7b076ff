"""Measure what the product promises: `python -m bench`, or `python -m bench start memory` for some of it."""

import sys
import tempfile
import time
from pathlib import Path

from bench import ALL
from bench.figure import Figure


def main(names: list[str]) -> int:
    """Run the figures named, or all of them, and print a table."""
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"bench: no figure is called {', '.join(unknown)}; there are {', '.join(ALL)}.", file=sys.stderr)
        return 2
    rows: list[tuple[str, Figure]] = []
    for name in names or list(ALL):
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="nok-bench-") as folder:
            Path(folder).chmod(0o755)
            rows += [(name, figure) for figure in ALL[name](Path(folder))]
        print(f"… {name}: {time.monotonic() - begun:.0f} s", file=sys.stderr)
    show(rows)
    return 1 if any(figure.failed for _, figure in rows) else 0


def show(rows: list[tuple[str, Figure]]) -> None:
    print(f"{'figure':<52} {'measured':>14}  {'promised':<12} again with")
    for name, figure in rows:
        mark = "  BROKEN" if figure.failed else ""
        print(f"{figure.what:<52} {figure.shown:>14}  {figure.promise:<12} python -m bench {name}{mark}")


sys.exit(main(sys.argv[1:]))
