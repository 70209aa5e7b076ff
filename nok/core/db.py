"""The database: one base class, a small vocabulary of column types, and who may write when."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, Integer, MetaData, Select, String, Text, event, insert
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from nok.core.clock import now
from nok.core.sqlite import QueuingConnection

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. Naive datetimes are refused: they are how clocks get lost."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Store as UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a datetime without a time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give back UTC; SQLite keeps no zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Statement = TypeVar("Statement", bound=Select[Any])
BigId = BigInteger().with_variant(Integer, "sqlite")  # SQLite only counts up an INTEGER

Id = Annotated[int, mapped_column(BigId, primary_key=True)]
Slug = Annotated[str, mapped_column(String(120))]
Title = Annotated[str, mapped_column(String(300))]
Prose = Annotated[str, mapped_column(Text)]
Data = Annotated[dict[str, Any], mapped_column(JSON)]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]
Created = Annotated[datetime, mapped_column(UtcDateTime, default=now)]


class _Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={list[Any]: JSON, dict[str, Any]: JSON, datetime: UtcDateTime},
    )


db = SQLAlchemy(
    model_class=_Base,
    disable_autonaming=True,
    # What a service returned can still be shown after the edge has committed, without another query.
    # A test hands the session a connection inside a transaction of its own: then a commit is only a savepoint.
    session_options={"expire_on_commit": False, "join_transaction_mode": "create_savepoint"},
)

if TYPE_CHECKING:

    class Model(_Base):
        """Base of every table (for the type checker; at run time Flask-SQLAlchemy makes it)."""

        __abstract__ = True

else:
    Model = db.Model


def words_of(kind: type[StrEnum]) -> Enum:
    """Return the column type of an enumeration, stored as its words."""
    return Enum(kind, native_enum=False, length=20, values_callable=lambda kind: [item.value for item in kind])


def locked(statement: Statement) -> Statement:
    """Return the SELECT so that it locks its rows until the commit and shows them as they are then.

    Without the second part a row that the session knows already would keep the values of before the wait.
    """
    return statement.with_for_update().execution_options(populate_existing=True)


def add_once(row: Model) -> bool:
    """Add `row`; return False when a unique constraint says that someone else was faster. Nothing else is undone."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return False
    return True


def insert_once(table: type[Model], **values: Any) -> bool:
    """As `add_once`, for a row that the session need not know."""
    try:
        with db.session.begin_nested():
            db.session.execute(insert(table).values(**values))
    except IntegrityError:
        return False
    return True


_reading: ContextVar[bool] = ContextVar("nok_reading", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """Promise that the transactions begun inside only read, so that SQLite need not take its write lock."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def begin_reading() -> None:
    """As `reading`, for the length of the current request's context."""
    _reading.set(True)


def begin_writing() -> None:
    """Undo `begin_reading`: the server may reuse a thread and with it the context of the request before."""
    _reading.set(False)


@event.listens_for(Engine, "do_connect")
def _queue_on_sqlite(dialect: Dialect, _record: Any, _args: Any, options: dict[str, Any]) -> None:
    if dialect.name == "sqlite":
        options["factory"] = QueuingConnection


@event.listens_for(Engine, "begin")
def _begin_on_sqlite(connection: Connection) -> None:
    plain: object = connection.connection.dbapi_connection
    if isinstance(plain, QueuingConnection):
        if _reading.get():
            plain.execute("BEGIN")
        else:
            plain.begin_writing()
