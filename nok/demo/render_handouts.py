"""Set the handouts of the demo courses: ``python -m nok.demo.render_handouts``.

The PDFs are committed; this is how to make them again after a change to ``nok/demo/handouts``. Typst's own fonts
only, and no date inside: every machine gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst

HERE = Path(__file__).resolve().parent
HANDOUTS = {
    "aftercare-sheet": "courses/microneedling-for-acupuncturists/files/aftercare-sheet.pdf",
    "consent-and-chart-checklist": "courses/consent-and-the-chart/files/consent-and-chart-checklist.pdf",
}


def main() -> int:
    """Write every handout as a tagged PDF; returns the exit status."""
    for name, output in HANDOUTS.items():
        target = HERE / output
        target.parent.mkdir(parents=True, exist_ok=True)
        # The palette lies beside the videos, so typst may read all of the demo's folder.
        source = HERE / "handouts" / f"{name}.typ"
        typst.compile(source, output=target, root=HERE, ignore_system_fonts=True)
        print(f"{output}: {target.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
