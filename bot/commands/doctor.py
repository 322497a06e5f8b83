"""`balcao doctor`: one line for each thing the service needs, and what to do about the one that fails."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from bot.backup.copies import Backups
from bot.backup.places import object_store, warnings
from bot.channels.telegram.api import TelegramApi
from bot.channels.whatsapp.api import CloudApi
from bot.own_secrets import OWN_SECRETS
from bot.robots.api import RobotsApi
from bot.runtime.redis_client import connect_redis, refuse_eviction
from bot.senders.pipedrive import PipedriveApi
from bot.settings import Process, Settings, SettingsError, load_settings, needed
from core.agendamento.vencidos import late_agendamentos
from core.backup.retencao import is_overdue
from core.processo.pendentes import sem_aprovador
from core.time import utc_now
from dialogs.auditoria.frases import broken
from dialogs.backup import frases
from storage.agendamento.agendamentos import active_agendamentos
from storage.auditoria.cadeia import check_chain
from storage.backup.keys import BackupKeys
from storage.database import Database, sqlite_file
from storage.engines.lock import is_held
from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3
from storage.failed_events import dead_letter_count
from storage.objects import ObjectStore, ObjectStoreError
from storage.outbox import depth
from storage.reprocesso.desistidos import given_up_count
from storage.schema import SchemaOutdated, check_schema, newest

PATIENCE_SECONDS = 15.0
# The whole chain is read: a minute for a million rows.
_PATIENT = {"auditoria": 300.0}

# Telegram keeps its last error for ever; one this old is over when nothing waits.
_FRESH_ERROR = timedelta(minutes=10)


class NotInUse(Exception):
    """Nothing to check here, and nothing wrong with that; the text says why."""


class Unfit(Exception):
    """It answers, but it will not do; the text says why and what to do."""


async def examine(say: Callable[[str], None]) -> bool:
    """Say one line for each thing checked; whether none failed."""
    try:
        settings = load_settings("doctor")
    except SettingsError as error:
        for problem in error.problems:
            say(_line("configuração", f"falhou: {problem}"))
        return False
    fine = True
    for name, check, advice in _CHECKS:
        passed, text = await _result(check(settings), advice, _PATIENT.get(name, PATIENCE_SECONDS))
        say(_line(name, text))
        fine = fine and passed
    return fine


async def _result(check: Awaitable[str], advice: str, patience: float) -> tuple[bool, str]:
    try:
        async with asyncio.timeout(patience):
            return True, f"ok: {await check}"
    except NotInUse as reason:
        return True, str(reason)
    except (Unfit, SchemaOutdated, SettingsError) as reason:
        return False, f"falhou: {reason}"
    except TimeoutError:
        return False, f"falhou: não respondeu a tempo; {advice}"
    except Exception as error:
        # Whatever a client library raises is what this command is for.
        said = str(error.orig if isinstance(error, DBAPIError) else error).strip() or type(error).__name__
        return False, f"falhou: {said.splitlines()[0][:200]}; {advice}"


def _line(name: str, text: str) -> str:
    return f"{name:<13} {text}"


async def _settings(settings: Settings) -> str:
    """What the processes of this installation need beside what was read."""
    processes: tuple[Process, ...] = ("up",) if _is_embedded(settings) else ("web", "worker", "clock")
    names = dict.fromkeys(name for process in processes for name in needed(process, settings))
    made = OWN_SECRETS if _is_embedded(settings) else frozenset[str]()
    settings.require(*(name for name in names if name not in made))
    return f"completa para {', '.join(processes)}"


def _is_embedded(settings: Settings) -> bool:
    """Whether this is for `balcao up` alone: an engine of its own can be used by nobody else."""
    return not (settings.redis_url and settings.minio_endpoint)


async def _database(settings: Settings) -> str:
    url = make_url(settings.database_url)
    _refuse_missing_file(settings.database_url, _is_embedded(settings))
    database = Database(settings.database_url)
    try:
        await check_schema(database)
        async with database.read() as connection:
            dead = await dead_letter_count(connection)
            given_up = await given_up_count(connection)
            waiting = await depth(connection)
    finally:
        await database.close()
    failed = f"{dead} eventos mortos, {given_up} envios desistidos"
    return f"{url.get_backend_name()}, esquema {newest()}, {failed}, {waiting.calls} à espera"


def _refuse_missing_file(url: str, embedded: bool) -> None:
    """Only to connect would make an empty SQLite file."""
    if make_url(url).get_backend_name() != "sqlite" or sqlite_file(url).exists():
        return
    if embedded:
        raise NotInUse("ainda não existe: nasce com `balcao up`")
    raise Unfit(f"{sqlite_file(url)} não existe; rode `balcao migrate`")


async def _schedules(settings: Settings) -> str:
    """Every active schedule has run when it should have."""
    _refuse_missing_file(settings.database_url, _is_embedded(settings))
    database = Database(settings.database_url)
    try:
        async with database.read() as connection:
            active = await active_agendamentos(connection)
            late = await late_agendamentos(connection, utc_now(), settings.zone)
    except (DBAPIError, OSError):
        raise NotInUse("não se sabe: veja o banco") from None
    finally:
        await database.close()
    if late:
        names = ", ".join(one.nome_agendamento for one in late)
        raise Unfit(f"não rodou quando devia: {names}; confira se `balcao clock` e `balcao worker` estão no ar")
    return f"{len(active)} ativos" if active else "nenhum: `balcao agendamentos padrao` cria os usuais"


async def _approvers(settings: Settings) -> str:
    """Somebody can approve whatever waits for it."""
    _refuse_missing_file(settings.database_url, _is_embedded(settings))
    database = Database(settings.database_url)
    try:
        async with database.read() as connection:
            people, stuck = await sem_aprovador(connection, utc_now())
    except (DBAPIError, OSError):
        raise NotInUse("não se sabe: veja o banco") from None
    finally:
        await database.close()
    if stuck:
        first = f"{stuck[0].razao_social} · {stuck[0].operadora} · {stuck[0].mes_ano}"
        raise Unfit(
            f"{people} pode(m) aprovar, e ninguém pode aprovar {len(stuck)} fatura(s) à espera, como {first}:"
            " quem enviou o arquivo não aprova sozinho, e algumas pedem dois; cadastre outro APROVADOR, ou use DELEGAR"
        )
    if people < 2 and settings.aprovacao_dois_acima is not None:
        raise Unfit(f"{people} pode(m) aprovar, e APROVACAO_DOIS_ACIMA pede dois; cadastre outro APROVADOR")
    return f"{people} podem aprovar" if people else "nenhum ainda: cadastre um APROVADOR antes da primeira fatura"


async def _audit(settings: Settings) -> str:
    """No row of the audit was changed or removed by hand."""
    _refuse_missing_file(settings.database_url, _is_embedded(settings))
    database = Database(settings.database_url)
    try:
        async with database.read() as connection:
            found = await check_chain(connection)
    except (DBAPIError, OSError):
        raise NotInUse("não se sabe: veja o banco") from None
    finally:
        await database.close()
    if found.quebras:
        raise Unfit(f"{'; '.join(map(broken, found.quebras))}; veja docs/operators.md, “A auditoria”")
    return f"{found.linhas} linhas, nenhuma mudada nem apagada"


async def _redis(settings: Settings) -> str:
    redis = connect_redis(settings.redis_url or EmbeddedRedis(_running_up(settings)).url)
    try:
        await refuse_eviction(redis)
    finally:
        await redis.aclose()
    return "noeviction"


async def _objects(settings: Settings) -> str:
    endpoint, access = settings.minio_endpoint, settings.minio_access_key.get_secret_value()
    secret, secure = settings.minio_secret_key.get_secret_value(), settings.minio_secure
    if not endpoint:
        s3 = EmbeddedS3(_running_up(settings))
        endpoint, access, secret, secure = s3.endpoint, s3.access_key, s3.secret_key, False
    objects = ObjectStore(endpoint, access, secret, settings.minio_bucket, secure=secure)
    try:
        await objects.check()
    finally:
        objects.close()
    return f"bucket {settings.minio_bucket}"


def _running_up(settings: Settings) -> Path:
    """The DATA_DIR whose embedded engines run now."""
    if not is_held(settings.data_dir):
        raise NotInUse("embutido: sobe com `balcao up`")
    return settings.data_dir


async def _backup(settings: Settings) -> str:
    """The newest proved backup is not too old, and no key is lost together with the disk that is backed up."""
    if not settings.minio_endpoint:
        _running_up(settings)
    async with object_store(settings) as objects:
        keys = BackupKeys(settings.fernet_keys, settings.backup_destinatarios)
        backups = Backups(settings.database_url, settings.data_dir, keys, objects, utc_now, settings.zone)
        try:
            found = await backups.all()
        except ObjectStoreError:
            raise NotInUse("não se sabe: o armazenamento de objetos não responde") from None
    proved = [manifest for manifest in found if manifest.prova is not None]
    if is_overdue([manifest.feito_em for manifest in found], [manifest.feito_em for manifest in proved], utc_now()):
        newest = (
            f"o último é de {proved[0].feito_em.astimezone(settings.zone):%d/%m %H:%M}" if proved else "não há nenhum"
        )
        raise Unfit(f"nenhum backup provado nas últimas 26 h ({newest}); rode `balcao backup`, que diz o que falta")
    said = frases.line(proved[0], settings.zone) if proved else "nenhum ainda: rode `balcao backup`"
    return " ".join([said, *map(frases.warning, warnings(settings))])


async def _telegram(settings: Settings) -> str:
    if not settings.telegram_enabled:
        raise NotInUse("desligado: TELEGRAM_BOT_TOKEN vazio")
    async with aiohttp.ClientSession() as http:
        api = TelegramApi(http, settings.telegram_api_url, settings.telegram_bot_token.get_secret_value())
        me = await api.call("getMe", {})
        webhook = await api.call("getWebhookInfo", {})
    _refuse_webhook(webhook, f"{settings.public_url}/webhooks/telegram", utc_now())
    return f"@{me.get('username')}, webhook {webhook['url']}, {_webhook_state(webhook)}"


def _refuse_webhook(webhook: dict[str, Any], ours: str, now: datetime) -> None:
    """Raises `Unfit` when what people write does not reach us."""
    url = webhook.get("url") or "lugar nenhum"
    if url != ours:
        raise Unfit(f"o webhook leva a {url}, não a {ours}; suba `balcao web` (ou `balcao up`), que o registra")
    failed_at = datetime.fromtimestamp(webhook.get("last_error_date", 0), UTC)
    if webhook.get("pending_update_count") and now - failed_at < _FRESH_ERROR:
        raise Unfit(f"o Telegram não consegue entregar ({_webhook_state(webhook)}); confira PUBLIC_URL")


def _webhook_state(webhook: dict[str, Any]) -> str:
    error = webhook.get("last_error_message")
    return f"{webhook.get('pending_update_count', 0)} pendentes, último erro: {error or 'nenhum'}"


async def _whatsapp(settings: Settings) -> str:
    if not settings.whatsapp_enabled:
        raise NotInUse("desligado: WHATSAPP_PHONE_NUMBER_ID vazio")
    settings.require("WHATSAPP_ACCESS_TOKEN")
    base = f"{settings.whatsapp_api_url}/{settings.whatsapp_api_version}"
    token = settings.whatsapp_access_token.get_secret_value()
    async with aiohttp.ClientSession() as http:
        number = await CloudApi(http, base, settings.whatsapp_phone_number_id, token).number()
    return f"{number.get('verified_name', 'sem nome')}, qualidade {number.get('quality_rating', 'desconhecida')}"


async def _rpa(settings: Settings) -> str:
    if not settings.rpa_enabled:
        raise NotInUse("desligado: RPA_API_URL vazio")
    async with aiohttp.ClientSession() as http:
        await RobotsApi(http, settings.rpa_api_url, settings.rpa_api_token.get_secret_value()).health()
    return settings.rpa_api_url


async def _pipedrive(settings: Settings) -> str:
    if not settings.pipedrive_enabled:
        raise NotInUse("desligado: PIPEDRIVE_API_URL ou PIPEDRIVE_API_TOKEN vazio")
    async with aiohttp.ClientSession() as http:
        await PipedriveApi(http, settings.pipedrive_api_url, settings.pipedrive_api_token.get_secret_value()).check()
    return settings.pipedrive_api_url


_CHECKS: tuple[tuple[str, Callable[[Settings], Awaitable[str]], str], ...] = (
    ("configuração", _settings, ""),
    ("banco", _database, "confira DATABASE_URL"),
    ("auditoria", _audit, "confira DATABASE_URL"),
    ("agendamentos", _schedules, "confira DATABASE_URL"),
    ("aprovadores", _approvers, "confira DATABASE_URL"),
    ("redis", _redis, "confira REDIS_URL"),
    ("objetos", _objects, "confira MINIO_ENDPOINT, MINIO_ACCESS_KEY e MINIO_SECRET_KEY"),
    ("backup", _backup, "confira MINIO_ENDPOINT e DATA_DIR"),
    ("telegram", _telegram, "confira TELEGRAM_BOT_TOKEN e TELEGRAM_API_URL"),
    ("whatsapp", _whatsapp, "confira WHATSAPP_ACCESS_TOKEN, WHATSAPP_PHONE_NUMBER_ID e WHATSAPP_API_URL"),
    ("rpa", _rpa, "confira RPA_API_URL e RPA_API_TOKEN"),
    ("pipedrive", _pipedrive, "confira PIPEDRIVE_API_URL e PIPEDRIVE_API_TOKEN"),
)
