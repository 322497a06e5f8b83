"""The demonstration staff of the sandbox: people with phones on its page, and logins to lend."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from bot.clock import ClockWork, take_every_step
from bot.demonstration.faturas import keep_waiting, seed_month
from bot.demonstration.order import consultores_among, end_what_is_open
from bot.wiring.wiring import Wiring
from core.agendamento.agendamentos import PADRAO, criar_padrao
from core.agendamento.cron import next_runs
from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.consultor.consultores import create_consultor
from core.presenca.mudancas import choose
from core.telefones import same_person_forms
from core.time import MovableClock
from core.venda.pool import EmUso, pool_status
from sandbox import Corrida, Hooks, Person, Pool, Uso
from storage.agendamento.agendamentos import active_agendamentos
from storage.agendamento.tipos import TipoAgendamento
from storage.consultor.consultores import consultor_of_usuario
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import add_usuario_if_new, change_usuario, usuario_by_id
from storage.presenca.status import StatusPresenca, Via
from storage.transaction import Transaction

# What Meta would have approved: by name, in Portuguese.
TEMPLATES = {"retomar": "Olá! Temos novidades sobre o seu atendimento. Podemos continuar por aqui?"}
# Their order is the order of their Telegram ids: a new one goes to the end.
PEOPLE = (
    Person("Ana Souza", "whatsapp", "5531988804000", "vendedora", ("VENDER", "STATUS", "VENDAS")),
    Person("Bruno Lima", "telegram", "5531988804001", "vendedor", ("VENDER", "STATUS", "VENDAS")),
    Person("Carla Dias", "telegram", "5531988804002", "administradora", ("POOL", "USUARIOS", "MENU")),
    Person("Davi Alves", "whatsapp", "5531988804003", "consultor", ("ONLINE", "FILA", "ENCERRAR")),
    Person("Elisa Costa", "telegram", "5531988804004", "consultora", ("ONLINE", "FILA", "ENCERRAR")),
    Person("Caio Reis", "whatsapp", "5531988804005", "vendedor", ("VENDER", "STATUS", "VENDAS")),
    Person("Marina Castro", "whatsapp", "5511988804006", "cliente", ("Oi", "CONSULTOR")),
    Person("Flávia Melo", "telegram", "5531988804007", "aprovadora", ("PENDENTES", "MENU", "AJUDA")),
    Person("Gil Nunes", "whatsapp", "5531988804008", "aprovador", ("PENDENTES", "MENU", "AJUDA")),
    Person("Hugo Prado", "whatsapp", "5531988804009", "operador", ("PROCESSOS", "EXECUCOES", "MENU")),
)
# How far ahead the clock is, in seconds; in DATA_DIR.
CLOCK = "sandbox-clock"
# Next runs that the page shows.
RUNS = 6
_SELLER = {"perfil_usuario": Perfil.VENDEDOR, "autorizar_venda_sem_auditoria": True}
_STAFF: tuple[dict[str, Any], ...] = (
    {"nome_completo": "Ana Souza", "telefone": "5531988804000", "matricula_pap": "V1001", **_SELLER},
    {"nome_completo": "Bruno Lima", "telefone": "5531988804001", "matricula_pap": "V1002", **_SELLER},
    {"nome_completo": "Carla Dias", "telefone": "5531988804002", "perfil_usuario": Perfil.ADMINISTRADOR},
    {"nome_completo": "Davi Alves", "telefone": "5531988804003", "perfil_usuario": Perfil.CONSULTOR},
    {"nome_completo": "Elisa Costa", "telefone": "5531988804004", "perfil_usuario": Perfil.CONSULTOR},
    {"nome_completo": "Caio Reis", "telefone": "5531988804005", "matricula_pap": "V1003", **_SELLER},
    {"nome_completo": "Flávia Melo", "telefone": "5531988804007", "perfil_usuario": Perfil.APROVADOR},
    {"nome_completo": "Gil Nunes", "telefone": "5531988804008", "perfil_usuario": Perfil.APROVADOR},
    {"nome_completo": "Hugo Prado", "telefone": "5531988804009", "perfil_usuario": Perfil.OPERADOR},
    {"nome_completo": "Acesso BackOffice 1", "telefone": "5531988804101", "matricula_pap": "BO2001"},
    {"nome_completo": "Acesso BackOffice 2", "telefone": "5531988804102", "matricula_pap": "BO2002"},
)
_BACK_OFFICE = frozenset(
    person["telefone"] for person in _STAFF if person.get("perfil_usuario") in (Perfil.APROVADOR, Perfil.OPERADOR)
)

_ADMINISTRATORS = frozenset(
    person["telefone"] for person in _STAFF if person.get("perfil_usuario") is Perfil.ADMINISTRADOR
)
_MONTHLY = frozenset(nome for nome, _cron, tipo, _ in PADRAO if tipo is TipoAgendamento.CRIAR_PROCESSOS_MENSAIS)
# What a moved clock had done is waited for no longer.
DONE_SECONDS = 10.0


async def seed(wiring: Wiring) -> None:
    """Register the demonstration staff, once."""
    await wiring.turns.run(_seed)


async def seed_invoices(wiring: Wiring) -> None:
    """The demonstration month, once: what the approvers of the staff decide about."""
    await seed_month(wiring, next(_id_of(one) for one in _STAFF if one.get("perfil_usuario") is Perfil.APROVADOR))


async def seed_schedules(wiring: Wiring) -> None:
    """The usual schedules, once; whoever removes one has it no more until the next start."""
    await wiring.turns.run(criar_padrao)


def kept_clock(data_dir: Path) -> MovableClock:
    """The clock of the sandbox, as far ahead as somebody left it: what is written down is never of tomorrow."""
    clock = MovableClock()
    with suppress(OSError, ValueError, OverflowError):
        clock.move(seconds=max(0.0, float((data_dir / CLOCK).read_text(encoding="ascii"))))
    return clock


class Stage:
    """What the sandbox's page may do with the service around it, beside talking to it (`sandbox/hooks.py`)."""

    def __init__(self, wiring: Wiring, clock: MovableClock, work: ClockWork) -> None:
        self._wiring = wiring
        self._clock = clock
        self._work = work

    def hooks(self, restart_redis: Callable[[], Awaitable[None]] | None = None) -> Hooks:
        """`restart_redis` only where the engine is our own."""
        return Hooks(self.now, self.move, self.pool, self.prepare, self.tidy, restart_redis, self.runs)

    def now(self) -> datetime:
        return self._clock().astimezone(self._wiring.settings.zone)

    async def move(self, by: timedelta) -> None:
        """Forward only; what is due by then is done when this returns."""
        self._clock.ahead += max(by, timedelta())
        seconds = str(self._clock.ahead.total_seconds())
        await asyncio.to_thread((self._wiring.settings.data_dir / CLOCK).write_text, seconds)
        await take_every_step(self._work)
        with suppress(TimeoutError):
            async with asyncio.timeout(DONE_SECONDS):
                # A schedule's work is a command, made like any call.
                while self._wiring.courier.busy:  # noqa: ASYNC110 - the courier tells nobody
                    await asyncio.sleep(0.02)

    async def pool(self) -> Pool:
        """The pool of logins now."""
        async with self._wiring.database.read() as connection:
            status = await pool_status(connection, self._clock())
            uses = []
            for uso in status.em_uso:
                login = await usuario_by_id(connection, uso.bo_usuario_id)
                uses.append(_use(uso, login.matricula_pap if login else ""))
        return Pool(status.livres, status.na_fila, status.afastados, tuple(uses))

    async def runs(self) -> list[Corrida]:
        """What the active schedules do next, each once, the nearest first."""
        async with self._wiring.database.read() as connection:
            active = await active_agendamentos(connection)
        zone, now = self._wiring.settings.zone, self._clock()
        found = [(one.nome_agendamento, next_runs(one.cron_expressao, now, zone, 1)) for one in active]
        runs = [Corrida(nome, moments[0].timestamp()) for nome, moments in found if moments]
        return sorted(runs, key=lambda run: run.em)[:RUNS]

    async def prepare(self, telefones: Sequence[str]) -> None:
        """A story with these people begins: nothing of theirs is open, no right is gone, no consultor is online yet."""
        await self._wiring.turns.run(lambda tx: self._prepare(tx, telefones))

    async def tidy(self, telefones: Sequence[str]) -> None:
        """It is over: what it left open ends."""
        await self._wiring.turns.run(lambda tx: self._tidy(tx, telefones))

    async def _prepare(self, tx: Transaction, telefones: Sequence[str]) -> None:
        await self._tidy(tx, telefones)
        if _BACK_OFFICE.intersection(telefones):
            await keep_waiting(tx, self.now().date())
        if _ADMINISTRATORS.intersection(telefones):
            await criar_padrao(tx, _MONTHLY)
        for person in _STAFF:
            if person["telefone"] in telefones or "perfil_usuario" not in person:
                rights = _registration(person)
                await change_usuario(tx, _id_of(person), login_recusado_em=None, status_ativo=True, **rights)
        ids = [_id_of(person) for person in _STAFF if person["telefone"] in telefones]
        for consultor in await consultores_among(tx, ids):
            assert consultor.usuario_id is not None, "found by it"
            zone = self._wiring.settings.zone
            await choose(tx, consultor.usuario_id, StatusPresenca.OFFLINE, "", Via.CHAT, zone=zone)

    async def _tidy(self, tx: Transaction, telefones: Sequence[str]) -> None:
        await end_what_is_open(tx, self._wiring.conversations.open, telefones)


def _use(uso: EmUso, login: str) -> Uso:
    return Uso(login, uso.telefone, uso.desde.timestamp(), uso.expira_em.timestamp())


async def _seed(tx: Transaction) -> None:
    for person in _STAFF:
        usuario_id = _id_of(person)
        row = {"id": usuario_id, **_registration(person)}
        if row["perfil_usuario"] is Perfil.BACKOFFICE:
            row["senha_pap"] = tx.secrets.seal("demonstracao", "usuarios", "senha_pap", usuario_id)
        known = await usuario_by_id(tx.connection, usuario_id) is not None
        if not known and not await add_usuario_if_new(tx, row, same_person_forms(row["telefone"])):
            # Somebody has this phone already.
            continue
        attends = row["perfil_usuario"] is Perfil.CONSULTOR
        if attends and await consultor_of_usuario(tx.connection, usuario_id) is None:
            nome, telefone = person["nome_completo"], person["telefone"]
            values = {"nome": nome, "idiomas": ["pt", "en", "es"], "telefone": telefone}
            await create_consultor(tx, values, LINHA_DE_COMANDO)


def _registration(person: dict[str, Any]) -> dict[str, Any]:
    return {"perfil_usuario": Perfil.BACKOFFICE, **person}


def _id_of(person: dict[str, Any]) -> UUID:
    """The same id on every start."""
    return uuid5(NAMESPACE_URL, f"balcao:demonstracao:{person['telefone']}")
