"""Fetches the files that robots found, after the commit."""

import re
from typing import Any

from bot.senders.faturas.guarded import BLOCKED, GuardedDownloads
from bot.turn import Turns
from core.commands.processo import FetchFatura
from core.delivery_errors import Again, Refused
from core.processo.limites import ProcessoLimits
from core.processo.pdf import defeito_of
from core.processo.robo import file_arrived, file_refused
from storage.database import Database
from storage.objects import ObjectMissing, ObjectStore, ObjectStoreError
from storage.processo.execucoes import execucao_by_id
from storage.transaction import Call

# Keys of ours that no robot has to name.
_NOT_THEIRS = ("arquivos/", "backups/", "transcricoes/")
_NO_NAME = re.compile("[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class FaturaSender:
    """Fetches files of robots."""

    max_attempts = 4
    first_wait = 2.0

    def __init__(
        self,
        downloads: GuardedDownloads,
        turns: Turns,
        database: Database,
        objects: ObjectStore,
        limits: ProcessoLimits,
    ) -> None:
        self._downloads = downloads
        self._turns = turns
        self._database = database
        self._objects = objects
        self._limits = limits

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
            await self._refuse(wanted, codigo, str(refused))
            return None
        if (defeito := defeito_of(conteudo)) is not None:
            await self._refuse(wanted, "ARQUIVO_INVALIDO", defeito)
            return None
        await self._turns.run(lambda tx: file_arrived(tx, wanted.execucao_id, conteudo, shown_name(said), self._limits))
        return None

    async def fetch_failed(self, wanted: FetchFatura, reason: str) -> None:
        """The file could not be had for a while: another attempt of the robot may find it."""
        limits, execucao_id = self._limits, wanted.execucao_id
        await self._turns.run(
            lambda tx: file_refused(tx, execucao_id, "ARQUIVO_INDISPONIVEL", reason, limits, tecnica=True)
        )

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
            return await self._objects.get(key)
        except ValueError:
            raise Refused("not an object key", BLOCKED) from None
        except ObjectMissing:
            raise Refused("no object has this key", "missing") from None
        except ObjectStoreError as error:
            raise Again(str(error), "objects") from None

    async def _refuse(self, wanted: FetchFatura, codigo: str, mensagem: str) -> None:
        limits = self._limits
        await self._turns.run(lambda tx: file_refused(tx, wanted.execucao_id, codigo, mensagem, limits, tecnica=False))


def shown_name(said: dict[str, Any]) -> str:
    """The name that people are shown: the last part of it, without what turns text around; never part of a key."""
    name = _NO_NAME.sub("", str(said.get("nome_arquivo") or "")).replace("\\", "/").rpartition("/")[2].strip()
    return name[:200] or "fatura.pdf"
