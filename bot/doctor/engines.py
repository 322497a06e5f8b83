"""Checks of what is ours: settings, database and what lies in it, Redis, object store, backups."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.backup.copies import Backups, left_too_long
from bot.backup.places import object_store, warnings
from bot.doctor.pooler import check_pooler
from bot.doctor.unfit import Beware, NotInUse, Unfit
from bot.own_secrets import OWN_SECRETS
from bot.runtime.agreed_clock import WORTH_SAYING, time_of
from bot.runtime.redis_client import connect_redis, refuse_eviction
from bot.settings import Process, Settings, needed
from core.agendamento.vencidos import late_agendamentos
from core.backup.retencao import is_overdue
from core.processo.pendentes import sem_aprovador
from core.time import utc_now
from dialogs.auditoria.frases import broken
from dialogs.backup import frases
from storage.agendamento.agendamentos import active_agendamentos
from storage.auditoria.cadeia import check_chain
from storage.backup.keys import BackupKeys
from storage.chaves.rotacao import keys_in_use
from storage.database import Database, OnlyReads, sqlite_file
from storage.engines.lock import is_held
from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3
from storage.failed_events import dead_letter_count
from storage.objects import ObjectStore, ObjectStoreError
from storage.outbox.claims import depth
from storage.pessoa.repetidos import phones_of_several
from storage.reprocesso.desistidos import given_up_count
from storage.schema import check_schema, newest
from storage.secrets import SecretBox

# So many phones are named.
_NAMED = 5


async def check_settings(settings: Settings) -> str:
    """What the processes of this installation need beside what was read."""
    processes: tuple[Process, ...] = ("up",) if _is_embedded(settings) else ("web", "worker", "clock")
    names = dict.fromkeys(name for process in processes for name in needed(process, settings))
    made = OWN_SECRETS if _is_embedded(settings) else frozenset[str]()
    settings.require(*(name for name in names if name not in made))
    complete = f"completa para {', '.join(processes)}"
    # We speak no TLS ourselves: somebody does it for us.
    if settings.public_url.startswith("https://") and not settings.trusted_proxies:
        return f"{complete}; TRUSTED_PROXIES vazio: quem vem pelo proxy de PUBLIC_URL conta como um endereço só"
    return complete


def _is_embedded(settings: Settings) -> bool:
    """Whether this is for `balcao up` alone: an engine of its own can be used by nobody else."""
    return not (settings.redis_url and settings.minio_endpoint)


async def check_database(settings: Settings) -> str:
    url = make_url(settings.database_url)
    _refuse_missing_file(settings.database_url, _is_embedded(settings))
    database = Database(settings.database_url)
    try:
        pooler = await check_pooler(database)
        esquema = await check_schema(database)
        await _refuse_one_that_only_reads(database)
        async with database.read() as connection:
            dead = await dead_letter_count(connection)
            given_up = await given_up_count(connection)
            waiting = await depth(connection)
        ahead = timedelta() if database.is_sqlite else utc_now() - await time_of(database)
    finally:
        await database.close()
    failed = f"{dead} eventos mortos, {given_up} envios desistidos"
    if esquema > newest():
        esquema += f" (de uma versão mais nova: esta conhece até {newest()})"
    said = f"{url.get_backend_name()}{pooler}, esquema {esquema}, {failed}, {waiting.calls} à espera"
    if abs(ahead) < WORTH_SAYING:
        return said
    how = f"{abs(ahead.total_seconds()):.0f} s {'adiantado' if ahead > timedelta() else 'atrasado'}"
    return Beware(f"{said}; o relógio desta máquina está {how} em relação ao do banco, que é o que vale: acerte-o")


async def _refuse_one_that_only_reads(database: Database) -> None:
    try:
        await database.ping()
    except OnlyReads:
        why = "DATABASE_URL leva a uma réplica, ou o provedor fechou o banco (disco quase cheio?)"
        if database.is_sqlite:
            why = "este usuário não pode gravar no arquivo ou na pasta dele (de quem são?)"
        raise Unfit(f"só lê, não grava nada: {why}") from None


def _refuse_missing_file(url: str, embedded: bool) -> None:
    """Only to connect would make an empty SQLite file."""
    if make_url(url).get_backend_name() != "sqlite" or sqlite_file(url).exists():
        return
    if embedded:
        raise NotInUse("ainda não existe: nasce com `balcao up`")
    raise Unfit(f"{sqlite_file(url)} não existe; rode `balcao migrate`")


@asynccontextmanager
async def _reading(settings: Settings) -> AsyncIterator[AsyncConnection]:
    """The rows, for what is to be said of them; that the database is away is said in its own line."""
    _refuse_missing_file(settings.database_url, _is_embedded(settings))
    database = Database(settings.database_url)
    try:
        async with database.read() as connection:
            yield connection
    except (DBAPIError, OSError):
        raise NotInUse("não se sabe: veja o banco") from None
    finally:
        await database.close()


async def check_schedules(settings: Settings) -> str:
    """Every active schedule has run when it should have."""
    async with _reading(settings) as connection:
        active = await active_agendamentos(connection)
        late = await late_agendamentos(connection, utc_now(), settings.zone)
    if late:
        names = ", ".join(one.nome_agendamento for one in late)
        raise Unfit(f"não rodou quando devia: {names}; confira se `balcao clock` e `balcao worker` estão no ar")
    return f"{len(active)} ativos" if active else "nenhum: `balcao agendamentos padrao` cria os usuais"


async def check_approvers(settings: Settings) -> str:
    """Somebody can approve whatever waits for it."""
    async with _reading(settings) as connection:
        people, stuck = await sem_aprovador(connection, utc_now())
    able = "1 pessoa pode aprovar" if people == 1 else f"{people} pessoas podem aprovar"
    if stuck:
        first = f"{stuck[0].razao_social} · {stuck[0].operadora} · {stuck[0].mes_ano}"
        raise Unfit(
            f"{able}, e ninguém pode aprovar {_invoices(len(stuck))} à espera, como {first}:"
            " quem enviou o arquivo não aprova sozinho, e algumas pedem dois; cadastre outro APROVADOR, ou use DELEGAR"
        )
    if people < 2 and settings.aprovacao_dois_acima is not None:
        raise Unfit(f"{able}, e APROVACAO_DOIS_ACIMA pede dois; cadastre outro APROVADOR")
    return able if people else "nenhum ainda: cadastre um APROVADOR antes da primeira fatura"


async def check_phones(settings: Settings) -> str:
    """No phone, a mobile with its ninth digit or without, is two active people's: nobody knows who writes from it."""
    async with _reading(settings) as connection:
        found = await phones_of_several(connection)
    wrong = [donos for donos in found if sum(one.ativo for one in donos) > 1]
    if wrong:
        named = "; ".join(" e ".join(f"{one.nome} ({one.telefone})" for one in donos) for donos in wrong[:_NAMED])
        more = f" e mais {len(wrong) - _NAMED}" if len(wrong) > _NAMED else ""
        raise Unfit(f"o mesmo telefone, com ou sem o nono dígito, é de mais de uma pessoa: {named}{more}; desative uma")
    left = f"; {len(found)} também de quem está desativado" if found else ""
    return f"cada um de uma pessoa só{left}"


async def check_secrets(settings: Settings) -> str:
    """Every password that is kept can be opened, so that no robot fails for it."""
    if not settings.fernet_keys:
        raise NotInUse("SECRET_KEYS vazio")
    box = SecretBox(settings.fernet_keys)
    async with _reading(settings) as connection:
        used = await keys_in_use(connection)
    for key, count in used.items():
        if key not in box.key_ids:
            kept = "1 senha guardada" if count == 1 else f"{count} senhas guardadas"
            raise Unfit(
                f"{kept} com a chave {key}, que não está em SECRET_KEYS: acrescente-a, ou cadastre as senhas de novo"
            )
    said = f"{used.total()} guardadas, todas se abrem"
    if old := used.total() - used[box.newest_key_id]:
        return f"{said}; {old} com uma chave antiga: `balcao rotacionar-chaves` antes de tirá-la"
    return said


def _invoices(number: int) -> str:
    return "1 fatura" if number == 1 else f"{number} faturas"


async def check_audit(settings: Settings) -> str:
    """No row of the audit was changed or removed by hand."""
    async with _reading(settings) as connection:
        found = await check_chain(connection)
    if found.quebras:
        raise Unfit(f"{'; '.join(map(broken, found.quebras))}; veja docs/operators.md, “A auditoria”")
    return f"{found.linhas} linhas, nenhuma mudada nem apagada"


async def check_redis(settings: Settings) -> str:
    redis = connect_redis(settings.redis_url or EmbeddedRedis(_running_up(settings)).url)
    try:
        await refuse_eviction(redis)
    finally:
        await redis.aclose()
    return "noeviction"


async def check_objects(settings: Settings) -> str:
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


async def check_backup(settings: Settings) -> str:
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
    found_wanting = [frases.warning(one) for one in warnings(settings)]
    if old := left_too_long(found, settings.zone, utc_now()):
        found_wanting.append(frases.not_let_go(len(old)))
    said = " ".join([said, *found_wanting])
    return Beware(said) if found_wanting or not proved else said
