"""What is said of a pooler (PgBouncer) between us and PostgreSQL, and what has to be set in it."""

from sqlalchemy.exc import DBAPIError

from bot.doctor.unfit import Unfit
from storage.database import LOCK_TIMEOUT, Database
from storage.engines.pooler import Pooler, changes_servers, lock_timeout_of, why

_GUIDE = "veja docs/operators.md, “PgBouncer”"
_SENTENCES = {
    Pooler.PARAMETERS: "o pooler recusa lock_timeout e statement_timeout: no PgBouncer, "
    f"ignore_startup_parameters = lock_timeout, statement_timeout ({_GUIDE})",
    Pooler.STATEMENTS: "o pooler perde os comandos preparados: PgBouncer 1.21 ou mais novo com "
    f"max_prepared_statements = 500, ou pool_mode = session ({_GUIDE})",
    Pooler.LOCKS: "o pooler não leva lock_timeout ao PostgreSQL: "
    f"ALTER ROLE … SET lock_timeout = '{LOCK_TIMEOUT}' ao usuário de DATABASE_URL ({_GUIDE})",
}


def sentence(pooler: Pooler) -> str:
    """Why it does not do, and what makes it do."""
    return _SENTENCES[pooler]


async def check_pooler(database: Database) -> str:
    """What to say beside the database; "" where there is none, or one that gives each session its own connection.

    Raises `Unfit` where one does not do.
    """
    if database.is_sqlite:
        return ""
    try:
        async with database.read() as reading:
            pooled = await changes_servers(reading, lambda: database.read(patient=True))
            patience = await lock_timeout_of(reading)
    except DBAPIError as error:
        if (pooler := why(error)) is None:
            raise
        raise Unfit(sentence(pooler)) from None
    if patience != LOCK_TIMEOUT:
        raise Unfit(sentence(Pooler.LOCKS))
    return ", por um pooler de transações" if pooled else ""
