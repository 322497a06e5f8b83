"""A statement without an answer, for many rows: compiled once, its values handed to the driver in their order.

SQLAlchemy's own way asks for each value of each row by its name, which costs more than the statement does.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.sql.dml import UpdateBase

from storage.transaction import Transaction

Row = Mapping[str, Any]


class ForMany:
    """An `INSERT` or `UPDATE` whose values are parameters by name. Each row brings all of them."""

    def __init__(self, statement: UpdateBase) -> None:
        self._statement = statement
        self._compiled: dict[str, tuple[str, Callable[[Row], tuple[Any, ...]]]] = {}

    async def execute(self, tx: Transaction, rows: Sequence[Row]) -> None:
        """Execute it for each of the rows; there is one at least."""
        dialect = tx.connection.dialect
        if dialect.name not in self._compiled:
            self._compiled[dialect.name] = self._compile(dialect)
        text, values_of = self._compiled[dialect.name]
        values = [values_of(row) for row in rows]
        await tx.connection.exec_driver_sql(text, values if len(values) > 1 else values[0])

    def _compile(self, dialect: Dialect) -> tuple[str, Callable[[Row], tuple[Any, ...]]]:
        compiled: Any = self._statement.compile(dialect=dialect)
        names: list[str] = compiled.positiontup
        constant = {name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required}
        # Where the driver wants another form than ours: JSON as text, on SQLite moments too.
        processors = [
            (place, process) for place, name in enumerate(names) if (process := compiled._bind_processors.get(name))
        ]

        def values_of(row: Row) -> tuple[Any, ...]:
            given = {**constant, **row}
            values = [given[name] for name in names]
            for place, process in processors:
                values[place] = process(values[place])
            return tuple(values)

        return compiled.string, values_of
