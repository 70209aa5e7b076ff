"""Installations that are broken on purpose, over both databases."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from nok.accounts.models import Role
from tests.factories import courses, people
from tests.factories.films import film
from tests.faults.product import Product, inside, running
from tests.servers import postgresql

SLUG = "needle-safety"
__all__ = ["SLUG", "film", "install"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/faults/" in item.path.as_posix():
            item.add_marker(pytest.mark.faults)


@pytest.fixture
def install(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Product]]:
    """Start an installation with a course in it: `install("postgresql", NOK_BROKER_URL=…)`. It must stop cleanly."""
    with ExitStack() as stack:

        def start(database: str = "sqlite", **environment: str) -> Product:
            folder = tmp_path_factory.mktemp("installation")
            if database == "postgresql":
                environment["NOK_DATABASE_URL"] = stack.enter_context(postgresql())
            product = stack.enter_context(running(folder / "data", environment=environment))
            with inside(product.settings):
                people.person(courses.TEACHER, Role.TEACHER, "Dr. Test Teacher")
                courses.published(folder, SLUG, product.settings, texts=2, questions=10)
            return product

        yield start
