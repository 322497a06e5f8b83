"""Statements of every turn: compiled once, their values handed to the driver in their order, its rows taken as given.

SQLAlchemy's own way asks for each value of each row by its name, which costs more than the statement does.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Executable
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import UpdateBase

from storage.engines.driver import ask, way_past
from storage.types import Among, by_dialect

Values = Mapping[str, Any]
# A row: its values in their order, and by the names of their columns.
Row = Any
# Its names are the statement's, which no type checker reads.
_named: Any = namedtuple


@dataclass(frozen=True, slots=True)
class _Compiled:
    """One database's text of a statement, and what its values go through."""

    text: str
    values_of: Callable[[Values], tuple[Any, ...]]
    row_of: Callable[[Sequence[Any]], Row]


class Prepared:
    """A statement whose values are parameters by name; each time brings all of them."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    async def rows(self, connection: AsyncConnection, values: Values) -> Sequence[Row]:
        """All rows that it answers."""
        watch = way_past(connection)
        if watch is None:
            return (await connection.execute(self._statement, values)).all()
        compiled = self._for(connection.dialect)
        found = await ask(connection, watch, compiled.text, [compiled.values_of(values)])
        return [compiled.row_of(row) for row in found]

    async def first(self, connection: AsyncConnection, values: Values) -> Row | None:
        """The first of them, or None."""
        found = await self.rows(connection, values)
        return found[0] if found else None

    def _for(self, dialect: Dialect) -> _Compiled:
        if dialect.name not in self._compiled:
            self._compiled[dialect.name] = _compiled(self._statement, dialect)
        return self._compiled[dialect.name]


def prepared(build: Callable[[Among], Executable]) -> Mapping[str, Prepared]:
    """As `by_dialect`."""
    return {dialect: Prepared(statement) for dialect, statement in by_dialect(build).items()}


class ForMany(Prepared):
    """An `INSERT` or `UPDATE` that answers nothing, for many rows at once."""

    def __init__(self, statement: UpdateBase) -> None:
        super().__init__(statement)

    async def execute(self, connection: AsyncConnection, rows: Sequence[Values]) -> None:
        """Execute it for each of the rows; there is one at least."""
        compiled = self._for(connection.dialect)
        values = [compiled.values_of(row) for row in rows]
        watch = way_past(connection)
        if watch is None:
            await connection.exec_driver_sql(compiled.text, values if len(values) > 1 else values[0])
        else:
            await ask(connection, watch, compiled.text, values)


def _compiled(statement: Any, dialect: Dialect) -> _Compiled:
    compiled: Any = statement.compile(dialect=dialect)
    if compiled.literal_execute_params or compiled.post_compile_params:
        raise TypeError(f"no text of its own, but one for each list: {compiled}")
    names: list[str] = compiled.positiontup
    constant = {name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required}
    # Where the driver wants another form than ours: JSON as text, on SQLite moments too.
    given = [(place, process) for place, name in enumerate(names) if (process := compiled._bind_processors.get(name))]

    def values_of(row: Values) -> tuple[Any, ...]:
        named = {**constant, **row} if constant else row
        values = [named[name] for name in names]
        for place, process in given:
            values[place] = process(values[place])
        return tuple(values)

    return _Compiled(compiled.string, values_of, _row_of(statement, dialect))


def _row_of(statement: Any, dialect: Dialect) -> Callable[[Sequence[Any]], Row]:
    columns = list(statement.exported_columns)
    # And what the driver gives in another form.
    given = [
        (place, process)
        for place, column in enumerate(columns)
        if (process := column.type.dialect_impl(dialect).result_processor(dialect, None))
    ]
    named = _named("Row", [column.key for column in columns])

    def row_of(found: Sequence[Any]) -> Row:
        values = list(found)
        for place, process in given:
            values[place] = process(values[place])
        return named._make(values)

    return row_of
