"""Makes the calls that were written down for robots (contract, section 5)."""

from typing import Any
from uuid import UUID

from bot.robots.api import RobotsApi, is_refusal
from bot.turn import Turns
from core.commands.venda import AnswerRobot, StartRobot, StopRobot
from core.delivery_errors import Again, Refused
from core.venda.emprestimo import Acesso, entregar
from core.venda.pool import SENHA_ILEGIVEL
from core.venda.robo import started
from core.venda.venda import answer_lost, start_delayed, start_refused
from core.venda.vendedor import SEM_DIREITO, goes_on
from storage.database import Database
from storage.secrets import SecretUnreadable
from storage.transaction import Call, Transaction
from storage.venda.status import AT_WORK, StatusVenda
from storage.venda.vendas import Venda, venda_by_id


class RobotSender:
    """Makes the calls to robots. The lane of a venda keeps start, answers and cancel in order."""

    def __init__(
        self,
        api: RobotsApi,
        turns: Turns,
        database: Database,
        *,
        callback_url: str,
        max_attempts: int,
        first_wait: float,
    ) -> None:
        self._api = api
        self._turns = turns
        self._database = database
        self._callback_url = callback_url
        self.max_attempts = max_attempts
        self.first_wait = first_wait

    async def start(self, wanted: StartRobot, call: Call) -> str | None:
        """Start the sale's job; its id."""
        venda = await self._venda(wanted.venda_id)
        if venda.job_id is not None:
            # An earlier try was accepted, only its answer was lost: a callback told us the job.
            return venda.job_id
        # A first try may have started it unheard: asked once more, the cancellation behind it has a job to stop.
        startable = AT_WORK if call.attempts == 0 else (*AT_WORK, StatusVenda.CANCELANDO)
        if venda.status_venda not in startable:
            await self._turns.run(lambda tx: _refuse_start(tx, venda.id, {"codigo": "CANCELADO", "mensagem": ""}))
            return None
        if call.attempts > 0 and (known := await self._api.known(str(venda.id))) is not None:
            return await self._started(venda, known)
        acesso = await self._acesso(venda, call.attempts + 1)
        if acesso is None:
            # Since they were given the login the seller went out of service, or blocked us.
            erro = {"codigo": SEM_DIREITO, "mensagem": "the seller may not sell, or cannot be reached"}
            await self._turns.run(lambda tx: _refuse_start(tx, venda.id, erro))
            return None
        try:
            job_id = await self._api.start_pap(str(venda.id), self._body(venda, acesso))
        except Again:
            if call.attempts == 0:
                await self._turns.run(lambda tx: start_delayed(tx, venda))
            raise
        return await self._started(venda, job_id)

    async def start_failed(self, wanted: StartRobot, reason: str) -> None:
        """A start that failed for good ends the sale."""
        refused = is_refusal(reason)
        codigo = "INICIO_RECUSADO" if refused or reason == SENHA_ILEGIVEL else "ROBO_INDISPONIVEL"
        erro = {"codigo": codigo, "mensagem": f"start failed: {reason}", "definitivo": True}
        await self._turns.run(lambda tx: _refuse_start(tx, wanted.venda_id, erro))

    async def answer(self, wanted: AnswerRobot, call: Call) -> None:
        """Hand over the seller's answer. A job that never started, or that nobody knows, has no question."""
        venda = await self._venda(wanted.venda_id)
        if venda.job_id is not None:
            await self._api.answer(venda.job_id, wanted.pergunta_id, wanted.text or wanted.resposta, str(call.id))

    async def answer_failed(self, wanted: AnswerRobot, reason: str) -> None:
        """A question whose answer failed is asked again."""
        await self._turns.run(lambda tx: answer_lost(tx, wanted.venda_id, wanted.pergunta_id))

    async def stop(self, wanted: StopRobot, call: Call) -> None:
        """Stop the job, if there is one."""
        venda = await self._venda(wanted.venda_id)
        if venda.job_id is not None:
            await self._api.stop(venda.job_id, str(call.id))

    async def _venda(self, venda_id: UUID) -> Venda:
        async with self._database.read() as connection:
            venda = await venda_by_id(connection, venda_id)
        if venda is None:
            raise Refused("the venda is gone", "no_venda")
        return venda

    async def _started(self, venda: Venda, job_id: str) -> str:
        await self._turns.run(lambda tx: started(tx, venda.id, job_id))
        return job_id

    async def _acesso(self, venda: Venda, tentativa: int) -> Acesso | None:
        """The login with its password, read at the last moment; None when the seller may not go on by now."""

        async def work(tx: Transaction) -> Acesso | None:
            if tentativa == 1 and not await goes_on(tx, venda):
                return None
            return await entregar(tx, venda, tentativa)

        try:
            return await self._turns.run(work)
        except SecretUnreadable:
            # The key was lost since the login was given out: no later try finds it.
            raise Refused("the password cannot be read", SENHA_ILEGIVEL) from None

    def _body(self, venda: Venda, acesso: Acesso) -> dict[str, Any]:
        return {
            "venda_id": str(venda.id),
            "login": acesso.matricula_pap,
            "senha": acesso.senha,
            "matricula_vendedor": acesso.matricula_vendedor,
            "callback_url": f"{self._callback_url}?venda={venda.id}",
        }


async def _refuse_start(tx: Transaction, venda_id: UUID, erro: dict[str, Any]) -> None:
    venda = await venda_by_id(tx.connection, venda_id)
    if venda is not None:
        await start_refused(tx, venda, erro)
