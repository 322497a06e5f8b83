"""Errors that a command ends with in one line, because the person at the terminal can do something about them."""

from sqlalchemy.exc import DBAPIError

from bot.settings import SettingsError
from storage.engines.lock import DataDirBusy
from storage.engines.process import EngineError
from storage.schema import SchemaOutdated


class CommandError(Exception):
    """The work failed; the text says what and what to do."""


def expected_errors() -> tuple[type[BaseException], ...]:
    return (CommandError, SettingsError, DataDirBusy, EngineError, SchemaOutdated, DBAPIError, OSError)
