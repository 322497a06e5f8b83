"""A pooler between us and PostgreSQL (PgBouncer), which gives each transaction whichever connection is free.

It does where it keeps our prepared statements with us, takes what a connection of ours begins with, and the database's
user has of that what no transaction could do without.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from enum import StrEnum

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.driver import LOST_STATEMENT

_PROTOCOL_VIOLATION = "08P01"
_WHO = text("SELECT pg_backend_pid()")
_PATIENCE = text("SHOW lock_timeout")


class Pooler(StrEnum):
    """Why one does not do."""

    PARAMETERS = "parameters"  # it refuses what a connection of ours begins with
    STATEMENTS = "statements"  # what was prepared is not there in the next transaction
    LOCKS = "locks"  # what a connection of ours begins with came to nothing: locks would be waited for without end


async def changes_servers(
    reading: AsyncConnection, in_transaction: Callable[[], AbstractAsyncContextManager[AsyncConnection]]
) -> bool:
    """Whether what one connection asks, outside of transactions, reaches different ones of the server."""
    before = await reading.scalar(_WHO)
    async with in_transaction() as another:
        # This holds what was free, so that the same statement has to go by another way now.
        await another.scalar(_WHO)
        return bool(before != await reading.scalar(_WHO))


async def is_pooled(
    reading: Callable[[], AbstractAsyncContextManager[AsyncConnection]],
    in_transaction: Callable[[], AbstractAsyncContextManager[AsyncConnection]],
) -> bool:
    """Whether a pooler is there that keeps nothing of a session's for whoever set it, or does not take ours at all."""
    try:
        async with reading() as outside:
            return await changes_servers(outside, in_transaction)
    except DBAPIError as error:
        if why(error) is None:
            raise
        return True


async def lock_timeout_of(connection: AsyncConnection) -> str:
    """How long it waits for a lock, as PostgreSQL shows it."""
    return str(await connection.scalar(_PATIENCE))


def why(error: DBAPIError) -> Pooler | None:
    """What such an error of the database's says of a pooler; None where it says nothing."""
    code = getattr(error.orig, "sqlstate", None)
    if code == _PROTOCOL_VIOLATION and "startup parameter" in str(error.orig):
        return Pooler.PARAMETERS
    return Pooler.STATEMENTS if code in LOST_STATEMENT else None
