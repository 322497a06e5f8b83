"""Makes the calls that were written down for robots of invoices (contract, section 5)."""

from typing import Any
from uuid import UUID

from bot.robots.api import RobotsApi, is_refusal
from bot.turn import Turns
from core.cliente.senhas import entregar
from core.commands.processo import AnswerExecucao, StartExecucao, StopExecucao
from core.delivery_errors import Again, Refused, StoreAway
from core.processo.execucoes import falhar
from core.processo.limites import ProcessoLimits
from core.processo.robo import start_delayed, started
from storage.cliente.clientes import Cliente, cliente_by_id
from storage.database import Database
from storage.objects import LINK_SECONDS, ObjectMissing, ObjectStore, ObjectStoreError
from storage.processo.documentos import Documento, conteudo_of, documento_by_id
from storage.processo.execucoes import Execucao, execucao_by_id
from storage.processo.processos import Processo, lock_processo, processo_by_id
from storage.processo.status import TipoExecucao
from storage.robo.perguntas import forget_answer, mark_delivered
from storage.secrets import SecretUnreadable
from storage.transaction import Call, Transaction


class ExecucaoSender:
    """Starts and stops robots of execucoes; the lane of an execucao keeps both in order."""

    def __init__(
        self,
        api: RobotsApi,
        turns: Turns,
        database: Database,
        objects: ObjectStore,
        limits: ProcessoLimits,
        *,
        callback_url: str,
    ) -> None:
        self._api = api
        self._turns = turns
        self._database = database
        self._objects = objects
        self._limits = limits
        self._callback_url = callback_url

    async def start(self, wanted: StartExecucao, call: Call) -> str | None:
        """Start the execucao's job; its id. One that has ended meanwhile is not started."""
        execucao = await self._execucao(wanted.execucao_id)
        if execucao.job_id is not None or execucao.data_fim is not None:
            return execucao.job_id
        try:
            job_id = await self._start(execucao, call.attempts + 1)
        except Again:
            if call.attempts == 0:
                await self._turns.run(lambda tx: start_delayed(tx, execucao.id))
            raise
        await self._turns.run(lambda tx: started(tx, execucao.id, job_id))
        return job_id

    async def start_failed(self, wanted: StartExecucao, reason: str) -> None:
        """A start that failed for good ends the execucao; a person hears of it."""
        refused = is_refusal(reason)
        codigo = "INICIO_RECUSADO" if refused else "ROBO_INDISPONIVEL"
        if reason in ("senha", "objects", "missing"):
            codigo = "SENHA_ILEGIVEL" if reason == "senha" else "ARQUIVO_INDISPONIVEL"
        erro = {"codigo": codigo, "mensagem": f"start failed: {reason}", "definitivo": True}
        await self._turns.run(lambda tx: self._fail(tx, wanted.execucao_id, erro))

    async def stop(self, wanted: StopExecucao, call: Call) -> None:
        """Stop the job, if there is one."""
        execucao = await self._execucao(wanted.execucao_id)
        if execucao.job_id is not None:
            await self._api.stop(execucao.job_id, str(call.id))

    async def answer(self, wanted: AnswerExecucao, call: Call) -> None:
        """Hand over somebody's answer."""
        execucao = await self._execucao(wanted.execucao_id)
        if execucao.job_id is None:
            raise Refused("no job asked this", "no_job")
        await self._api.answer(execucao.job_id, wanted.pergunta_id, wanted.text, str(call.id))
        await self._turns.run(lambda tx: mark_delivered(tx, wanted.pergunta))

    async def answer_failed(self, wanted: AnswerExecucao, reason: str) -> None:
        """A question whose answer failed is asked again, if the robot still has it open."""
        await self._turns.run(lambda tx: forget_answer(tx, wanted.pergunta))

    async def _fail(self, tx: Transaction, execucao_id: UUID, erro: dict[str, Any]) -> None:
        execucao = await execucao_by_id(tx.connection, execucao_id)
        if execucao is not None:
            await lock_processo(tx, execucao.processo_id)
            await falhar(tx, execucao, erro, self._limits, tecnica=False)

    async def _execucao(self, execucao_id: UUID) -> Execucao:
        async with self._database.read() as connection:
            execucao = await execucao_by_id(connection, execucao_id)
        if execucao is None:
            raise Refused("the execucao is gone", "no_execucao")
        return execucao

    async def _start(self, execucao: Execucao, tentativa: int) -> str:
        if tentativa > 1 and (known := await self._api.known(str(execucao.id))) is not None:
            return known
        async with self._database.read() as connection:
            processo = await processo_by_id(connection, execucao.processo_id)
            assert processo is not None
            cliente = await cliente_by_id(connection, processo.cliente_id)
        assert cliente is not None
        common = {
            "processo_id": str(processo.id),
            "callback_url": f"{self._callback_url}?execucao={execucao.id}",
        }
        if execucao.tipo_execucao == TipoExecucao.UPLOAD_SAT:
            body = common | (execucao.parametros_entrada or {}) | {"url_arquivo": await self._link(processo)}
            return await self._api.start("sat", str(execucao.id), body)
        senha = await self._password(execucao, cliente, tentativa)
        body = common | _download_body(processo, cliente, senha)
        return await self._api.start(processo.operadora.lower(), str(execucao.id), body)

    async def _password(self, execucao: Execucao, cliente: Cliente, tentativa: int) -> str:
        async def work(tx: Transaction) -> str:
            return await entregar(tx, cliente.id, execucao.id, execucao.executado_por_usuario_id, tentativa)

        try:
            return await self._turns.run(work)
        except SecretUnreadable:
            raise Refused("the portal password cannot be read", "senha") from None

    async def _link(self, processo: Processo) -> str:
        """A link of five minutes to the file, which is put into the store first if it is not there yet."""
        async with self._database.read() as connection:
            documento = await documento_by_id(connection, processo.documento_id) if processo.documento_id else None
            conteudo = await conteudo_of(connection, documento.id) if documento is not None else None
        if documento is None:
            raise Refused("the processo has no file", "objects")
        await self._in_store(documento, conteudo)
        return self._objects.presigned_url(documento.object_key, documento.nome_arquivo, LINK_SECONDS)

    async def _in_store(self, documento: Documento, conteudo: bytes | None) -> None:
        """A robot that cannot fetch what its link names fails for good: none is sent while the store is away."""
        try:
            if conteudo is not None:
                await self._objects.put(documento.object_key, conteudo, documento.content_type)
            else:
                await self._objects.find(documento.object_key)
        except ObjectMissing:
            raise Refused("no object has this key", "missing") from None
        except ObjectStoreError as error:
            raise StoreAway(str(error)) from None


def _download_body(processo: Processo, cliente: Cliente, senha: str) -> dict[str, str]:
    return {
        "mes_ano": processo.mes_ano,
        "cnpj": cliente.cnpj,
        "razao": cliente.razao_social,
        "operadora": processo.operadora,
        "nome_filtro": cliente.filtro,
        "unidade": cliente.unidade,
        "servico": cliente.servico,
        "login": cliente.login_portal or "",
        "senha": senha,
        "cpf": cliente.cpf or "",
    }
