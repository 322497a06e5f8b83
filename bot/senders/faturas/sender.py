"""Fetches the files that robots found, after the commit, and has them read."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.faturas.leitor import Leitor
from bot.senders.faturas.guarded import BLOCKED, GuardedDownloads
from bot.senders.store_errors import store_errors
from bot.turn import Turns
from core.commands.processo import FetchFatura
from core.delivery_errors import Refused, Throttled
from core.exame.senhas import senhas_of
from core.processo.arquivos import shown_name
from core.processo.limites import ProcessoLimits
from core.processo.robo import file_arrived, file_refused
from core.robo.trancadas import guardar_trancada
from core.testemunha.leitura import Leitura, LeituraAdiada, Recusa, Recusado
from storage.database import Database
from storage.objects import ObjectStore
from storage.processo.execucoes import Execucao, execucao_by_id
from storage.transaction import Call

# The reader was killed, or is slow: the file is fetched and read again this often, for so long; then a person is told.
READ_AGAIN_SECONDS = 15.0
READ_AGAIN_FOR = timedelta(hours=1)
# Keys of ours that no robot has to name.
_NOT_THEIRS = ("arquivos/", "backups/", "transcricoes/")


class FaturaSender:
    """Fetches files of robots, and has them read."""

    max_attempts = 4
    first_wait = 2.0

    def __init__(
        self,
        downloads: GuardedDownloads,
        turns: Turns,
        database: Database,
        objects: ObjectStore,
        limits: ProcessoLimits,
        leitor: Leitor,
        zone: ZoneInfo,
    ) -> None:
        self._downloads = downloads
        self._turns = turns
        self._database = database
        self._objects = objects
        self._limits = limits
        self._leitor = leitor
        self._zone = zone

    async def fetch(self, wanted: FetchFatura, call: Call) -> str | None:
        """Bring the robot's file in, check it, and hand it to its processo."""
        async with self._database.read() as connection:
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
        nome = shown_name(str(said.get("nome_arquivo") or ""))
        if isinstance(leitura, Recusado):
            if leitura.motivo is Recusa.COM_SENHA:
                await self._turns.run(lambda tx: guardar_trancada(tx, execucao.id, conteudo, nome, self._limits))
                return None
            await self._refuse(wanted, "ARQUIVO_INVALIDO", leitura.motivo)
            return None
        today = self._turns.now().astimezone(self._zone).date()
        await self._turns.run(
            lambda tx: file_arrived(tx, execucao.id, conteudo, nome, self._limits, leitura=leitura, recebido=today)
        )
        return None

    async def fetch_failed(self, wanted: FetchFatura, reason: str) -> None:
        """The file could not be had for a while: another attempt of the robot may find it."""
        limits, execucao_id = self._limits, wanted.execucao_id
        await self._turns.run(
            lambda tx: file_refused(tx, execucao_id, "ARQUIVO_INDISPONIVEL", reason, limits, tecnica=True)
        )

    async def _read(self, execucao: Execucao, conteudo: bytes) -> Leitura | Recusado:
        """What stands in the file. A reader that is not there, or was killed, is no fault of the file's."""
        senhas = await self._turns.run(lambda tx: senhas_of(tx, execucao.processo_id))
        try:
            return await self._leitor.read(conteudo, senhas)
        except LeituraAdiada as adiada:
            if self._turns.now() - execucao.sinal_em < READ_AGAIN_FOR:
                raise Throttled(f"the reader: {adiada}", "leitor", READ_AGAIN_SECONDS) from None
            return Recusado(Recusa.DEMOROU)

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
                return await self._objects.get(key)
        except ValueError:
            raise Refused("not an object key", BLOCKED) from None

    async def _refuse(self, wanted: FetchFatura, codigo: str, mensagem: str) -> None:
        limits = self._limits
        await self._turns.run(lambda tx: file_refused(tx, wanted.execucao_id, codigo, mensagem, limits, tecnica=False))
