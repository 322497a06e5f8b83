"""`balcao doctor`: one line for each thing the service needs, and what to do about the one that fails."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from bot.doctor.disks import check_disks
from bot.doctor.engines import (
    check_approvers,
    check_audit,
    check_backup,
    check_database,
    check_objects,
    check_phones,
    check_redis,
    check_schedules,
    check_secrets,
    check_settings,
)
from bot.doctor.neighbours import check_pipedrive, check_rpa, check_telegram, check_whatsapp
from bot.doctor.unfit import Beware, NotInUse, Unfit
from bot.settings import Settings, SettingsError, load_settings
from storage.schema import SchemaOutdated

PATIENCE_SECONDS = 15.0
# The whole chain is read: a minute for a million rows.
_PATIENT = {"auditoria": 300.0}


@dataclass(frozen=True, slots=True)
class Achado:
    """What was found of one thing. `bem`: None where it is not in use.

    `detalhe`: instead of `texto` for a terminal, where a library's own words help. `cuidado`: it does, and somebody
    should look after it all the same.
    """

    nome: str
    bem: bool | None
    texto: str
    detalhe: str = ""

    @property
    def cuidado(self) -> bool:
        return isinstance(self.texto, Beware)

    def __str__(self) -> str:
        said = {True: "ok: ", False: "falhou: ", None: ""}[self.bem]
        return f"{self.nome:<13} {said}{self.detalhe or self.texto}"


async def examine(say: Callable[[str], None]) -> bool:
    """Say one line for each thing checked; whether none failed."""
    try:
        settings = load_settings("doctor")
    except SettingsError as error:
        for problem in error.problems:
            say(str(Achado("configuração", False, problem)))
        return False
    fine = True
    for check in _CHECKS:
        achado = await _found(settings, *check)
        say(str(achado))
        fine = fine and achado.bem is not False
    return fine


async def examine_at_once(settings: Settings, without: Collection[str] = ()) -> list[Achado]:
    """The same of a process that runs with these settings, all things at the same time but those of these names."""
    return await asyncio.gather(*(_found(settings, *check) for check in _CHECKS if check[0] not in without))


async def _found(settings: Settings, nome: str, check: Callable[[Settings], Awaitable[str]], advice: str) -> Achado:
    return Achado(nome, *await _result(check(settings), advice, _PATIENT.get(nome, PATIENCE_SECONDS)))


async def _result(check: Awaitable[str], advice: str, patience: float) -> tuple[bool | None, str, str]:
    try:
        async with asyncio.timeout(patience):
            return True, await check, ""
    except NotInUse as reason:
        return None, str(reason), ""
    except (Unfit, SchemaOutdated, SettingsError) as reason:
        return False, str(reason), ""
    except TimeoutError:
        return False, f"não respondeu a tempo; {advice}", ""
    except Exception as error:
        # Whatever a client library raises is what this command is for.
        said = str(error.orig if isinstance(error, DBAPIError) else error).strip() or type(error).__name__
        return False, f"não respondeu como devia; {advice}", f"{said.splitlines()[0][:200]}; {advice}"


_CHECKS: tuple[tuple[str, Callable[[Settings], Awaitable[str]], str], ...] = (
    ("configuração", check_settings, ""),
    ("banco", check_database, "confira DATABASE_URL"),
    ("disco", check_disks, "confira DATA_DIR"),
    ("auditoria", check_audit, "confira DATABASE_URL"),
    ("agendamentos", check_schedules, "confira DATABASE_URL"),
    ("aprovadores", check_approvers, "confira DATABASE_URL"),
    ("telefones", check_phones, "confira DATABASE_URL"),
    ("senhas", check_secrets, "confira SECRET_KEYS"),
    ("redis", check_redis, "confira REDIS_URL"),
    ("objetos", check_objects, "confira MINIO_ENDPOINT, MINIO_ACCESS_KEY e MINIO_SECRET_KEY"),
    ("backup", check_backup, "confira MINIO_ENDPOINT e DATA_DIR"),
    ("telegram", check_telegram, "confira TELEGRAM_BOT_TOKEN e TELEGRAM_API_URL"),
    ("whatsapp", check_whatsapp, "confira WHATSAPP_ACCESS_TOKEN, WHATSAPP_PHONE_NUMBER_ID e WHATSAPP_API_URL"),
    ("rpa", check_rpa, "confira RPA_API_URL e RPA_API_TOKEN"),
    ("pipedrive", check_pipedrive, "confira PIPEDRIVE_API_URL e PIPEDRIVE_API_TOKEN"),
)
