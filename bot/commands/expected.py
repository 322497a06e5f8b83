"""Errors that a command ends with in one line, because the person at the terminal can do something about them."""

from redis.exceptions import RedisError
from sqlalchemy.exc import DBAPIError

from bot.doctor.pooler import sentence
from bot.own_secrets import OWN_SECRETS, SECRETS_FILE, find_data_dir
from bot.runtime.redis_client import EvictingRedis
from bot.settings import SettingsError
from storage.database import FULL_DISK
from storage.engines.lock import DataDirBusy
from storage.engines.pooler import why
from storage.engines.process import EngineError
from storage.schema import SchemaOutdated, SchemaPooled


class CommandError(Exception):
    """The work failed; the text says what and what to do."""


def expected_errors() -> tuple[type[BaseException], ...]:
    ours = (CommandError, SettingsError, DataDirBusy, EngineError, EvictingRedis, SchemaOutdated, SchemaPooled)
    return (*ours, DBAPIError, RedisError, OSError)


def in_one_line(error: BaseException) -> str:
    """What is wrong. Of a database's error the driver's own words only: the rest quotes statements and values."""
    if isinstance(error, SettingsError) and _is_elsewhere(error):
        return f"{_first_line(error)}; `balcao up` faz um, e nunca rodou em {find_data_dir()}"
    if isinstance(error, DBAPIError) and (pooler := why(error)) is not None:
        return sentence(pooler)
    if isinstance(error, DBAPIError):
        return f"o banco recusou: {_first_line(error.orig)}; confira DATABASE_URL, `balcao doctor` diz mais"
    if isinstance(error, RedisError):
        return f"o Redis não respondeu: {_first_line(error)}; confira REDIS_URL, `balcao doctor` diz mais"
    if isinstance(error, OSError) and error.errno in FULL_DISK:
        return f"disco cheio: {_first_line(error)}; libere espaço em DATA_DIR e na pasta temporária"
    if isinstance(error, OSError) and error.filename is None:
        return f"sem conexão: {_first_line(error)}; `balcao doctor` diz com quê"
    return _first_line(error)


def _is_elsewhere(error: SettingsError) -> bool:
    """Whether nothing is wrong but that `balcao up` never ran in this folder."""
    return str(error).partition(" ")[0] in OWN_SECRETS and not (find_data_dir() / SECRETS_FILE).exists()


def _first_line(error: BaseException | None) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:300] if lines else type(error).__name__
