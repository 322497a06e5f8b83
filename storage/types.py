"""Column types and conditions that mean the same on SQLite and on PostgreSQL."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    Executable,
    Integer,
    Text,
    TypeDecorator,
    any_,
    bindparam,
    or_,
)
from sqlalchemy.dialects.postgresql import JSONB

# A moment that far ahead was written before the clock was set back.
_AHEAD = timedelta(minutes=1)
# So often a job is asked how it is whatever signs of life it gives.
ASKED_ALL_THE_SAME = timedelta(minutes=1)


def long_ago(column: ColumnElement[datetime], before: datetime, now: datetime) -> ColumnElement[bool]:
    """Of a moment that has been when it was written: whether it is before that, or the clock was set back since."""
    return or_(column <= before, column > now + _AHEAD)


# That a column is one of a list, given as one parameter of this name.
Among = Callable[[ColumnElement[Any], str], ColumnElement[bool]]
# The statement that it is part of.
Of = TypeVar("Of", bound=Executable)


def by_dialect(build: Callable[[Among], Of]) -> Mapping[str, Of]:
    """The statement for each database. `build` is given what makes the condition of a column and a parameter's name.

    On PostgreSQL it is one text, prepared once, however long the list is: `IN` has another one for each length.
    """
    return {
        "postgresql": build(lambda column, name: column == any_(bindparam(name, type_=ARRAY(column.type)))),
        "sqlite": build(lambda column, name: column.in_(bindparam(name, expanding=True))),
    }


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. A naive one is a programming error and raises `ValueError`."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a datetime without time zone: {value!r}")
        if value.tzinfo is not UTC:
            value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is UTC:
            return value
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """JSON: `JSONB` on PostgreSQL, text on SQLite. Python's None is SQL NULL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(JSONB(none_as_null=True) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return json.loads(value)


# SQLite gives out row numbers only to a column spelled INTEGER.
BigId = BigInteger().with_variant(Integer, "sqlite")
