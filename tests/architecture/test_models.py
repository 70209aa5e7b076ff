"""Tables: relationships never load by themselves, and every moment is in UTC."""

import pytest
from flask import Flask
from sqlalchemy import DateTime
from sqlalchemy.orm import Mapper, configure_mappers

from nok.core.db import Model, db


@pytest.fixture
def mappers(house: Flask) -> list[Mapper[Model]]:
    configure_mappers()
    found = list(Model.registry.mappers)
    assert found, "there are no models"
    return found


def test_relationships_raise_instead_of_loading(mappers: list[Mapper[Model]]) -> None:
    loading = [str(item) for mapper in mappers for item in mapper.relationships if item.lazy != "raise_on_sql"]
    assert not loading, f'set lazy="raise_on_sql" and load in queries.py: {loading}'


def test_relationships_go_one_way(mappers: list[Mapper[Model]]) -> None:
    both = [str(item) for mapper in mappers for item in mapper.relationships if item.back_populates or item.backref]
    assert not both, f"the lower domain must not know the higher one: {both}"


def test_every_moment_has_a_time_zone(house: Flask) -> None:
    naive = [
        str(column)
        for table in db.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, DateTime)
    ]
    assert not naive, f"use UtcDateTime: {naive}"


def test_every_constraint_has_a_name(house: Flask) -> None:
    nameless = [
        f"{table.name}: {constraint}"
        for table in db.metadata.sorted_tables
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert not nameless, f"without a name a migration cannot drop it: {nameless}"
