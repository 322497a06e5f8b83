"""Files of rows that somebody brings in the panel: looked at, kept for a while, and done as they were looked at."""

import asyncio
import base64
import io
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from redis.asyncio import Redis

from bot.importacao.cadastros import CADASTROS
from bot.importacao.vistas import rows_of
from bot.turn import Turns
from core.auditoria.auditoria import Autor
from core.commands.base import write_command
from core.commands.importacao import LookAtPlanilha
from core.direitos.direitos import Direito, tem
from core.planilha.abertura import open_file
from core.planilha.importacao import Importacao
from core.planilha.olhada import MAIS_LINHAS, LinhasDemais, Mudanca, Olhada, OutroResultado
from core.planilha.planilhas import Linha, Planilha
from core.prazos import IMPORTACAO_DO_PAINEL
from storage.contatos.contatos import newest_contato_of
from storage.conversa.arquivos import Arquivo, add_arquivo, close_arquivo, object_key_of
from storage.objects import ObjectStore
from storage.painel.importacoes import drop_file, keep_file, kept_file, sealed_for
from storage.pessoa.usuarios import active_perfis
from storage.secrets import SecretBox, SecretUnreadable
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ImportacoesDoPainel:
    """Small files as a whole; longer ones go on in their sender's conversation, a piece at a time."""

    turns: Turns
    redis: Redis
    secrets: SecretBox
    objects: ObjectStore

    async def levar_a_conversa(self, usuario_id: UUID, o_que: str, nome: str, content: bytes) -> bool:
        """Have the bot look at it as if it had come in chat: it asks there, grows there, gives the refused rows there.

        False for who has no conversation with the bot. Raises ObjectStoreError.
        """
        arquivo_id, now = uuid4(), self.turns.now()
        key = object_key_of(arquivo_id, now)
        await self.objects.put(key, content, "application/octet-stream")
        described = Arquivo("painel", nome or None, None, len(content), None)

        async def work(tx: Transaction) -> bool:
            contato = await newest_contato_of(tx, usuario_id)
            if contato is None:
                return False
            await add_arquivo(tx, arquivo_id, contato.id, contato.channel, described)
            kept = await close_arquivo(tx, arquivo_id, object_key=key, erro=None)
            assert kept, "this turn has just added it"
            await write_command(tx, LookAtPlanilha(arquivo_id, o_que), contato_id=contato.id)
            return True

        taken = await self.turns.write(work)
        if not taken:
            await self.objects.delete(key)
        return taken

    async def guardar(self, sessao_id: UUID, o_que: str, nome: str, content: bytes) -> str:
        """Keep a file that was looked at, sealed; its name."""
        said = json.dumps([o_que, nome[:100], base64.b64encode(content).decode()])
        sealed = self.secrets.seal(said, *sealed_for(sessao_id))
        return await keep_file(self.redis, sessao_id, sealed, IMPORTACAO_DO_PAINEL)

    async def achar(self, sessao_id: UUID, name: str) -> tuple[str, str, bytes] | None:
        """Kind, name and content of what this session kept; None when it is not there (any more)."""
        sealed = await kept_file(self.redis, sessao_id, name)
        if sealed is None:
            return None
        try:
            o_que, nome, content = json.loads(self.secrets.open(sealed, *sealed_for(sessao_id)))
        except SecretUnreadable:
            return None
        return o_que, nome, base64.b64decode(content)

    async def largar(self, sessao_id: UUID, name: str) -> None:
        """It is done, or not wanted."""
        await drop_file(self.redis, sessao_id, name)

    async def olhar(self, o_que: str, content: bytes) -> Olhada:
        """What it would change; nothing is written. Raises PlanilhaError, LinhasDemais."""
        planilha = await asyncio.to_thread(_read, o_que, content)

        async def work(tx: Transaction) -> Olhada:
            return await _outcome(tx, o_que, planilha, simular=True)

        return await self.turns.write(work)

    async def fazer(self, o_que: str, content: bytes, por: Autor, soma: str) -> Olhada | None:
        """Do what was looked at, all of it or nothing; None when whoever asks may not any more.

        Raises OutroResultado when it would do something else by now.
        """
        planilha = await asyncio.to_thread(_read, o_que, content)

        async def work(tx: Transaction) -> Olhada | None:
            assert por.usuario_id is not None
            perfis = await active_perfis(tx.connection, [por.usuario_id])
            if not tem(perfis.get(por.usuario_id), Direito.ADMINISTRAR):
                return None
            done = await _outcome(tx, o_que, planilha, por=por)
            if done.soma != soma:
                raise OutroResultado
            return done

        return await self.turns.write(work)


def _read(o_que: str, content: bytes) -> Planilha[Linha]:
    leitura = open_file(io.BytesIO(content), CADASTROS[o_que].columns)
    planilha = next(leitura.chunks(MAIS_LINHAS + 1), None)
    if planilha is None:
        return Planilha(list(leitura.cabecalho))
    if len(planilha.linhas) + len(planilha.recusadas) > MAIS_LINHAS:
        raise LinhasDemais
    return planilha


async def _outcome(tx: Transaction, o_que: str, planilha: Planilha[Linha], **how: Any) -> Olhada:
    cadastro = CADASTROS[o_que]
    rows = [cadastro.row(linha.numero, **linha.valores) for linha in planilha.linhas]
    part = await cadastro.import_rows(tx, rows, Importacao(), **how)
    # A turn may be made again: what was read stays as it is.
    whole = planilha.apart()
    for numero, motivo in part.recusadas:
        whole.refuse(numero, motivo)
    changed = [row for row in rows_of(whole, part) if row.colunas is not None]
    return Olhada(
        o_que,
        part.criados,
        part.alterados,
        part.sem_mudanca,
        [Mudanca(row.numero, row.nome, row.colunas or "") for row in changed],
        planilha.cabecalho,
        whole.recusadas_cells(),
        len(part.desativadas),
        planilha.ocultas,
    )
