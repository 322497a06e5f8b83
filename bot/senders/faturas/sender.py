"""Fetches the files that robots found, after the commit, and has them read."""

from typing import Any

from bot.senders.faturas.guarded import BLOCKED, GuardedDownloads
from bot.senders.faturas.reading import Reading
from bot.senders.store_errors import store_errors
from core.commands.processo import FetchFatura
from core.delivery_errors import Refused
from core.exame.senhas import senhas_of
from core.processo.arquivos import shown_name
from core.processo.robo import file_arrived, file_refused
from core.robo.trancadas import guardar_trancada
from core.testemunha.leitura import Leitura, Recusa, Recusado
from storage.processo.execucoes import Execucao, execucao_by_id
from storage.transaction import Call

# Keys of ours that no robot has to name.
_NOT_THEIRS = ("arquivos/", "backups/", "transcricoes/")


class FaturaSender:
    """Fetches files of robots, and has them read."""

    max_attempts = 4
    first_wait = 2.0

    def __init__(self, reading: Reading, downloads: GuardedDownloads) -> None:
        self._reading = reading
        self._turns = reading.turns
        self._downloads = downloads

    async def fetch(self, wanted: FetchFatura, call: Call) -> str | None:
        """Bring the robot's file in, check it, and hand it to its processo."""
        async with self._reading.database.read() as connection:
            execucao = await execucao_by_id(connection, wanted.execucao_id)
        if execucao is None or execucao.data_fim is not None or execucao.resultado_saida is None:
            return None
        said = execucao.resultado_saida
        try:
            conteudo = await self._content(said)
        except Refused as refused:
            codigo = "ARQUIVO_BLOQUEADO" if refused.code == BLOCKED else "ARQUIVO_INVALIDO"
            await self._refuse(wanted, codigo, Recusa.GRANDE if refused.code == "too_large" else refused.code)
            return None
        leitura = await self._read(execucao, conteudo)
        limits, nome = self._reading.limits, shown_name(str(said.get("nome_arquivo") or ""))
        if isinstance(leitura, Recusado):
            if leitura.motivo is Recusa.COM_SENHA:
                await self._turns.run(lambda tx: guardar_trancada(tx, execucao.id, conteudo, nome, limits))
                return None
            await self._refuse(wanted, "ARQUIVO_INVALIDO", leitura.motivo)
            return None
        today = self._reading.today()
        await self._turns.run(
            lambda tx: file_arrived(tx, execucao.id, conteudo, nome, limits, leitura=leitura, recebido=today)
        )
        return None

    async def fetch_failed(self, wanted: FetchFatura, reason: str) -> None:
        """The file could not be had for a while: another attempt of the robot may find it."""
        limits, execucao_id = self._reading.limits, wanted.execucao_id
        await self._turns.run(
            lambda tx: file_refused(tx, execucao_id, "ARQUIVO_INDISPONIVEL", reason, limits, tecnica=True)
        )

    async def _read(self, execucao: Execucao, conteudo: bytes) -> Leitura | Recusado:
        senhas = await self._turns.run(lambda tx: senhas_of(tx, execucao.processo_id))
        return await self._reading.of(self._reading.leitor.read(conteudo, senhas), execucao.sinal_em)

    async def _content(self, said: dict[str, Any]) -> bytes:
        if (key := said.get("s3_key")) is not None:
            return await self._of_key(str(key))
        if (url := said.get("url")) is not None:
            return await self._downloads.get(str(url))
        raise Refused("the result names neither url nor s3_key", "no_file")

    async def _of_key(self, key: str) -> bytes:
        if key.startswith(_NOT_THEIRS):
            raise Refused("not a robot's key", BLOCKED)
        try:
            with store_errors():
                return await self._reading.objects.get(key)
        except ValueError:
            raise Refused("not an object key", BLOCKED) from None

    async def _refuse(self, wanted: FetchFatura, codigo: str, mensagem: str) -> None:
        limits = self._reading.limits
        await self._turns.run(lambda tx: file_refused(tx, wanted.execucao_id, codigo, mensagem, limits, tecnica=False))
