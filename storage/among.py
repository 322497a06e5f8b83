"""`column` is one of a list: on PostgreSQL one text, prepared once, however long the list is.

`IN` has a placeholder for each value, and so another text for each length.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Select, any_, bindparam

Among = Callable[[ColumnElement[Any], str], ColumnElement[bool]]


def by_dialect(build: Callable[[Among], Select[Any]]) -> Mapping[str, Select[Any]]:
    """The statement for each database. `build` is given what makes the condition of a column and a parameter's name."""
    return {"postgresql": build(_any), "sqlite": build(_in)}


def _any(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    return column == any_(bindparam(name, type_=ARRAY(column.type)))


def _in(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    return column.in_(bindparam(name, expanding=True))
