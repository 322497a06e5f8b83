"""Processo and execucao under everything at once: callbacks lost, doubled, late and in any order, people in between.

By default a short run on SQLite, whose turns come one after the other as PostgreSQL's locks make them; a longer one:

    PROCESSO_MACHINE_STEPS=5000 pytest tests/core/processo/test_processo_machine.py
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.processo import robo
from core.processo.execucoes import baixar, cancelar, enviar
from core.processo.faturas import receber
from core.processo.limites import SILENCIO, ProcessoLimits
from core.processo.processos import aprovar, desfazer, rejeitar
from core.processo.quem import O_RELOGIO, O_ROBO, Quem
from core.processo.robo import file_refused, find_execucao
from core.reexame.reexame import ouvir_de_novo
from core.testemunha.leitura import Leitura
from core.testemunha.lido import Lido
from core.testemunha.nota.xml import NotaXml
from core.venda.robo import RobotEvent
from storage.pessoa.perfil import Perfil
from storage.processo.documentos import documento_by_id
from storage.processo.execucoes import Execucao, execucao_by_id, last_execucoes_of, open_execucao_of
from storage.processo.historico import passos_of
from storage.processo.processos import Processo, processo_by_id
from storage.processo.status import StatusExecucao, StatusProcesso, TipoDocumento
from storage.transaction import Transaction
from tests.support.faturas import fatura, nova_pessoa, novo_processo
from tests.support.turning import World, open_world

STEPS = int(os.environ.get("PROCESSO_MACHINE_STEPS", "300"))
STEPS_PER_RUN = 25
LIMITS = ProcessoLimits(por_operadora=50, sat_automatico=True, sat_espera=timedelta(seconds=60))
# Each of these makes another version; an approval that waits for another person does not.
_STEPS = {"RECEBER", "CORRIGIR", "APROVAR", "REJEITAR", "DESFAZER", "CONCLUIR"}
# Where nobody waits for a decision a note is history only.
_HEARD_AGAIN = ("REEXAMINAR", "AGUARDANDO_APROVACAO")
ENDINGS = ("job.completed", "job.failed", "job.cancelled")

Answer = TypeVar("Answer")
numbers = st.integers(0, 99)
events = st.sampled_from([*ENDINGS, "job.completed", "job.completed", "job.progress", "job.log", "job.heartbeat"])
codes = st.sampled_from(["PORTAL_FORA", "NEGADO", "DADOS_INVALIDOS"])


class Way(RuleBasedStateMachine):
    """One invoice, from its download to SAT and back, as often as it takes."""

    database_url: str
    reached: set[str]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.world: World = self.do(self.stack.enter_async_context(open_world(self.database_url)))
        # How each execucao ended: an ending is for good.
        self.ended: dict[UUID, str] = {}
        self.known: list[UUID] = []

    def do(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return self.runner.run(work)

    def turn(self, work: Callable[[Transaction], Awaitable[Any]]) -> Any:
        self.world.clock.move(milliseconds=7)
        return self.do(self.world.turns.run(work))

    def teardown(self) -> None:
        self.do(self.stack.aclose())
        self.runner.close()

    @initialize()
    def the_month_begins(self) -> None:
        self.processo: UUID = self.turn(novo_processo).id
        self.hugo: Quem = self.turn(lambda tx: nova_pessoa(tx, Perfil.OPERADOR, "Hugo"))
        self.people: list[Quem] = [
            self.turn(lambda tx, nome=nome: nova_pessoa(tx, Perfil.APROVADOR, nome)) for nome in ("Gil", "Ivo")
        ]
        self.cards = [1]

    # --- people

    @rule(by_hand=st.booleans())
    def a_download_is_asked_for(self, by_hand: bool) -> None:
        self.turn(lambda tx: baixar(tx, self.processo, self.hugo if by_hand else O_RELOGIO, LIMITS))

    @rule(number=numbers, of_a_person=st.booleans())
    def a_file_is_brought(self, number: int, of_a_person: bool) -> None:
        """`of_a_person`: in the place of what is there, or beside a robot that is at work."""
        file = fatura(b"%PDF" + bytes([number % 7]), valor_centavos=1000 + number)
        self.turn(lambda tx: receber(tx, self.processo, file, self.hugo if of_a_person else O_ROBO, LIMITS))

    @rule(number=numbers, teste=st.booleans())
    def a_note_comes(self, number: int, teste: bool) -> None:
        """Beside whatever is there, which is then examined again, as bot/senders/faturas/notas.py has it done."""
        nota = NotaXml(None, teste=teste, total=Decimal(number))
        leitura = Leitura(Lido("0" * 64, nota=nota))
        file = fatura(b"<nota>" + bytes([number % 7]), tipo=TipoDocumento.XML, leitura=leitura)

        async def comes(tx: Transaction) -> None:
            await receber(tx, self.processo, file, self.hugo, LIMITS)
            processo = await processo_by_id(tx.connection, self.processo)
            which = processo.documento_id if processo is not None else None
            if which is not None and (documento := await documento_by_id(tx.connection, which)) is not None:
                lido = Lido(documento.sha256)
                await ouvir_de_novo(tx, which, self.processo, lido, date(2026, 11, 25), LIMITS)

        self.turn(comes)

    @rule(who=st.integers(0, 1), number=numbers, is_old=st.booleans(), rejects=st.booleans())
    def a_card_is_tapped(self, who: int, number: int, is_old: bool, rejects: bool) -> None:
        """`is_old`: any of the cards that were ever shown."""
        versao = self.cards[number % len(self.cards)] if is_old else self.cards[-1]
        quem = self.people[who]
        if rejects:
            self.turn(lambda tx: rejeitar(tx, self.processo, quem, "valor errado", versao=versao))
        else:
            self.turn(lambda tx: aprovar(tx, self.processo, quem, LIMITS, versao=versao))

    @rule(who=st.integers(0, 1))
    def an_approval_is_taken_back(self, who: int) -> None:
        self.turn(lambda tx: desfazer(tx, self.processo, self.people[who]))

    @rule(by_hand=st.booleans())
    def it_goes_to_sat(self, by_hand: bool) -> None:
        self.turn(lambda tx: enviar(tx, self.processo, self.hugo if by_hand else O_RELOGIO, LIMITS))

    @precondition(lambda self: self.known)
    @rule(number=numbers)
    def somebody_stops_the_robot(self, number: int) -> None:
        execucao_id = self.known[number % len(self.known)]
        self.turn(lambda tx: cancelar(tx, execucao_id, self.hugo, LIMITS))

    # --- robots

    @precondition(lambda self: self.known)
    @rule(number=numbers)
    def a_start_is_answered(self, number: int) -> None:
        """Before, after or without the callbacks of its job; once more, too."""
        execucao_id = self.known[number % len(self.known)]
        self.turn(lambda tx: robo.started(tx, execucao_id, f"job-{execucao_id.hex}"))

    @precondition(lambda self: self.known)
    @rule(number=numbers, event=events, codigo=codes, seq=st.integers(0, 9), times=st.integers(1, 3))
    def a_callback_comes(self, number: int, event: str, codigo: str, seq: int, times: int) -> None:
        """Of any job that there ever was, in any order, so often; what is never drawn was lost."""
        execucao_id = self.known[number % len(self.known)]
        data = {
            "job.completed": {"resultado": {"url": "https://portal.example/f.pdf", "valor": "10.00"}},
            "job.failed": {"codigo": codigo, "mensagem": "não deu", "definitivo": False},
            "job.progress": {"percentual": seq * 10, "etapa": f"etapa {seq}"},
            "job.log": {"message": "linha", "level": "INFO"},
        }.get(event, {})
        callback = RobotEvent(event, f"job-{execucao_id.hex}", data, seq, execucao_id=execucao_id)

        async def applied(tx: Transaction) -> None:
            found = await find_execucao(tx, callback)
            if found is not None:
                await robo.apply(tx, found.id, callback, LIMITS)

        for _ in range(times):
            self.turn(applied)

    @precondition(lambda self: self.known)
    @rule(number=numbers, is_fine=st.booleans(), times=st.integers(1, 2))
    def its_file_is_fetched(self, number: int, is_fine: bool, times: int) -> None:
        execucao_id = self.known[number % len(self.known)]

        async def came(tx: Transaction) -> None:
            execucao = await execucao_by_id(tx.connection, execucao_id)
            assert execucao is not None
            if execucao.resultado_saida is None or execucao.tipo_execucao != "DOWNLOAD_FATURA":
                # Nobody fetches what no robot has named.
                return
            if is_fine:
                await _arrived(tx, execucao)
            else:
                await file_refused(tx, execucao_id, "ARQUIVO_INVALIDO", "cortado", LIMITS, tecnica=False)

        for _ in range(times):
            self.turn(came)

    @rule(minutes=st.sampled_from([0, 1, 31, 600]))
    def time_goes_by(self, minutes: int) -> None:
        """Robots that say nothing are given up; what is due is sent."""
        self.world.clock.move(minutes=minutes)

        async def late(tx: Transaction) -> None:
            execucao = await open_execucao_of(tx.connection, self.processo)
            if execucao is not None and execucao.enviada_em is not None:
                await robo.give_up_silent(tx, execucao.id, tx.now - SILENCIO, LIMITS)

        self.turn(late)

    @rule(steps=st.integers(1, 5), who=st.integers(0, 1))
    def for_a_while_all_goes_well(self, steps: int, who: int) -> None:
        """What should come next comes next, so that the far end of the way is reached too."""
        for _ in range(steps):
            self.turn(lambda tx: self._next(tx, self.people[who]))

    async def _next(self, tx: Transaction, approver: Quem) -> None:
        processo = await processo_by_id(tx.connection, self.processo)
        execucao = await open_execucao_of(tx.connection, self.processo)
        assert processo is not None
        if execucao is not None and execucao.resultado_saida is not None:
            await _arrived(tx, execucao)
        elif execucao is not None and execucao.enviada_em is not None:
            done = RobotEvent("job.completed", f"job-{execucao.id.hex}", {"resultado": {"url": "x"}}, 99)
            await robo.apply(tx, execucao.id, done, LIMITS)
        elif processo.status_processo == StatusProcesso.AGUARDANDO_DOWNLOAD:
            await baixar(tx, self.processo, self.hugo, LIMITS)
        elif processo.status_processo == StatusProcesso.AGUARDANDO_APROVACAO:
            await aprovar(tx, self.processo, approver, LIMITS, versao=processo.versao)
        elif processo.status_processo == StatusProcesso.AGUARDANDO_ENVIO_SAT:
            await enviar(tx, self.processo, self.hugo, LIMITS)

    # --- what is true after every step

    @invariant()
    def the_row_and_its_history_say_the_same(self) -> None:
        if not hasattr(self, "processo"):
            return
        processo, steps = self.do(self._state())
        changed = [one for one in steps if one.acao in _STEPS or (one.acao, one.de) == _HEARD_AGAIN]
        assert processo.versao == 1 + len(changed), [one.acao for one in steps]
        status = str(StatusProcesso.AGUARDANDO_DOWNLOAD)
        for step in steps[1:]:
            assert step.de == status, (step, status)
            status = step.para or status
        assert processo.status_processo == status
        if processo.versao != self.cards[-1]:
            self.cards.append(processo.versao)

    @invariant()
    def nothing_is_in_sat_that_nobody_approved(self) -> None:
        if not hasattr(self, "processo"):
            return
        processo, steps = self.do(self._state())
        in_sat = processo.status_processo == StatusProcesso.UPLOAD_REALIZADO
        assert processo.enviado_para_sat is in_sat
        approved = processo.status_processo in (StatusProcesso.AGUARDANDO_ENVIO_SAT, StatusProcesso.UPLOAD_REALIZADO)
        assert (processo.aprovado_por_usuario_id is not None) is approved
        assert [one.acao for one in steps].count("CONCLUIR") == in_sat
        self.reached.add(processo.status_processo)
        if approved:
            assert processo.documento_id is not None

    @invariant()
    def an_execucao_ends_once_and_one_is_open_at_most(self) -> None:
        if not hasattr(self, "processo"):
            return
        several = self.do(self._execucoes())
        self.known = sorted(one.id for one in several)
        assert len([one for one in several if one.data_fim is None]) <= 1
        for one in several:
            if one.data_fim is None:
                assert one.id not in self.ended, "what has ended is open again"
                assert one.status_execucao in (StatusExecucao.EXECUTANDO, StatusExecucao.TENTANDO_NOVAMENTE)
            else:
                assert self.ended.setdefault(one.id, one.status_execucao) == one.status_execucao
        assert max((one.numero_tentativa for one in several), default=1) <= LIMITS.tentativas

    async def _state(self) -> tuple[Processo, list[Any]]:
        async with self.world.database.read() as connection:
            processo = await processo_by_id(connection, self.processo)
            assert processo is not None
            return processo, await passos_of(connection, self.processo)

    async def _execucoes(self) -> list[Execucao]:
        async with self.world.database.read() as connection:
            return await last_execucoes_of(connection, self.processo, 1000)


async def _arrived(tx: Transaction, execucao: Execucao) -> None:
    """As bot/senders/faturas/sender.py hands a file over; what a reader makes of it is tested with real ones."""
    content = b"%PDF" + execucao.id.bytes
    leitura = Leitura(Lido("0" * 64))
    await robo.file_arrived(
        tx, execucao.id, content, "fatura.pdf", LIMITS, leitura=leitura, recebido=date(2026, 11, 25)
    )


@pytest.mark.falha(45)
@pytest.mark.falha(46)
@pytest.mark.falha(53)
def test_callbacks_lost_doubled_late_and_reordered(sqlite_url: str) -> None:
    machine = type("WayOnSqlite", (Way,), {"database_url": sqlite_url, "reached": set()})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=max(STEPS // STEPS_PER_RUN, 1),
            stateful_step_count=STEPS_PER_RUN,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert machine.reached == set(StatusProcesso), "the run has seen the whole way"  # type: ignore[attr-defined]
