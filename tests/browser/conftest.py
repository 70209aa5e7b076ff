"""The whole product, and a browser in front of it, once for all browser tests."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.windows import CHROMIUM, SWITCHES, Window
from tests.factories import people
from tests.factories.films import film
from tests.faults.product import Product, inside, running

__all__ = ["film"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """`nok serve --demo`; its stop is a test, too: nothing may be left behind."""
    with running(tmp_path_factory.mktemp("product") / "data", demo=True) as started:
        yield started


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def window(product: Product, chromium: Browser) -> Iterator[Callable[..., Window]]:
    """Open windows, `window(java_script_enabled=False, …)`; what their pages complain of fails the test."""
    opened: list[Window] = []

    def new(**options: Any) -> Window:
        opened.append(Window(chromium, product.address, **options))
        return opened[-1]

    yield new
    problems = [problem for each in opened for problem in each.close()]
    assert not problems, "the pages complained:\n" + "\n".join(problems)


_numbers = itertools.count(1)


@pytest.fixture
def learner(product: Product) -> str:
    """The address of someone new, who has done nothing yet."""
    email = f"learner-{next(_numbers)}@test.example"
    with inside(product.settings):
        people.person(email)
    return email


@pytest.fixture
def newcomer(product: Product) -> str:
    """As `learner`, of someone who has not confirmed the name on their license yet."""
    email = f"newcomer-{next(_numbers)}@test.example"
    with inside(product.settings):
        people.person(email, confirmed=False)
    return email
