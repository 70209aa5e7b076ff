"""Lighthouse on a throttled phone: the median of three runs of the pages that are opened most."""

import json
import os
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figure import Figure
from bench.films import wait_for_films
from bench.pages import CATALOG, COURSE, LESSON
from nok.cli import demonstration
from tests.browser.windows import CHROMIUM
from tests.faults.product import running
from tests.faults.visitor import Visitor

PROGRAM = Path(__file__).resolve().parents[1] / "node_modules" / ".bin" / "lighthouse"
RUNS = 3
MOST_TRIES = 3
ASKS_AGAIN = "Please run Lighthouse again."
"""What it says when the browser recorded no beginning of the page, which tells nothing about the page."""
ARTICLE = "/articles/how-acupuncture-creates-collagen"
CATEGORIES = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
LATEST_PAINT_SECONDS, MOST_SHIFT = 1.8, 0.02


def measure(folder: Path) -> Iterator[Figure]:
    with running(folder / "data", demo=True) as product:
        wait_for_films(product)
        student = Visitor(product.address)
        student.sign_in(demonstration.STUDENT)
        for what, path, cookie in (
            ("catalog", CATALOG, ""),
            ("course", COURSE, ""),
            ("article", ARTICLE, ""),
            ("lesson", LESSON, student.cookie),
        ):
            runs = [run(product.address + path, cookie) for _ in range(RUNS)]
            for category, least in CATEGORIES.items():
                score = statistics.median(each["categories"][category]["score"] or 0 for each in runs) * 100
                yield Figure(f"Lighthouse, {what}, {category}", round(score), "", least=least)
            yield Figure(
                f"largest contentful paint, {what}",
                audited(runs, "largest-contentful-paint") / 1000,
                "s",
                most=LATEST_PAINT_SECONDS,
            )
            yield Figure(f"layout shift, {what}", audited(runs, "cumulative-layout-shift"), "", most=MOST_SHIFT)


def audited(runs: list[dict[str, Any]], audit: str) -> float:
    return statistics.median(each["audits"][audit]["numericValue"] for each in runs)


def run(address: str, cookie: str) -> dict[str, Any]:
    """Return Lighthouse's report on one page, as it emulates a phone on a slow line by default."""
    more = ["--extra-headers", json.dumps({"Cookie": cookie})] if cookie else []
    flags = "--headless=new --disable-dev-shm-usage" + (" --no-sandbox" if os.geteuid() == 0 else "")
    command = [str(PROGRAM), address, "--quiet", "--output=json", f"--chrome-flags={flags}", *more]
    for _ in range(MOST_TRIES):
        done = subprocess.run(
            command, env=os.environ | {"CHROME_PATH": CHROMIUM}, capture_output=True, text=True, check=False
        )
        if ASKS_AGAIN not in done.stderr:
            break
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["finalDisplayedUrl"] == address, report["finalDisplayedUrl"]
    return report
