"""Column types and conditions that mean the same on SQLite and on PostgreSQL."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    ColumnElement,
    DateTime,
    Dialect,
    Executable,
    Integer,
    Select,
    Text,
    TypeDecorator,
    any_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

# A moment that far ahead was written before the clock was set back.
_AHEAD = timedelta(minutes=1)


def long_ago(column: ColumnElement[datetime], before: datetime, now: datetime) -> ColumnElement[bool]:
    """Of a moment that has been when it was written: whether it is before that, or the clock was set back since."""
    return or_(column <= before, column > now + _AHEAD)


# That a column is one of a list, given as one parameter of this name.
Among = Callable[[ColumnElement[Any], str], ColumnElement[bool]]
# The statement that it is part of.
Of = TypeVar("Of", bound=Executable)


def by_dialect(build: Callable[[Among], Of]) -> Mapping[str, Of]:
    """The statement for each database. `build` is given what makes the condition of a column and a parameter's name.

    It is one text, prepared once, however long the list is: `IN` has another one for each length.
    """
    return {
        "postgresql": build(lambda column, name: column == any_(bindparam(name, type_=ARRAY(column.type)))),
        "sqlite": build(lambda column, name: column.in_(_listed(bindparam(name, type_=JsonList(column.type))))),
    }


def _listed(given: BindParameter[Any]) -> Select[Any]:
    return select(func.json_each(given).table_valued("value").c.value)


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


class JsonList(TypeDecorator[Sequence[Any]]):
    """Values of one type as a list of JSON, each in the form that SQLite keeps it in."""

    impl = Text
    cache_ok = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self.of = of

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> str:
        kept = self.of.dialect_impl(dialect).bind_processor(dialect)
        return json.dumps(list(value or ()) if kept is None else [kept(one) for one in value or ()])


# SQLite gives out row numbers only to a column spelled INTEGER.
BigId = BigInteger().with_variant(Integer, "sqlite")
