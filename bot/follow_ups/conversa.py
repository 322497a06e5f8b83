"""Turns about messages and files that follow from turns."""

from typing import Any

from sqlalchemy import Row

from core.commands.base import write_command
from core.commands.conversa import BringLateFile, FollowFailedDelivery, TellFetched, TellRefusal
from core.commands.processo import IdentifyFatura
from core.conversa.entregas import follow_failed_delivery
from core.importacao.importacoes import is_planilha
from dialogs.arquivos import fetched, sent_together
from dialogs.conversa.consultor import OpenTalk
from dialogs.conversa.recusa import tell_refusal
from dialogs.conversa.tardio import bring
from dialogs.frame.talk import Talk
from dialogs.importacao.importacao import received
from dialogs.processo.trazida import may_be_invoice, may_bring, no_pdf, on_screen
from storage.conversa.arquivos import arquivo_by_id
from storage.conversa.mensagens import mensagem_by_id
from storage.transaction import Transaction


class ConversaFollowUps:
    """Every method is one turn."""

    def __init__(self, open_talk: OpenTalk) -> None:
        self._open_talk = open_talk

    async def tell_fetched(self, tx: Transaction, wanted: TellFetched) -> None:
        """Who sent the file hears what became of it."""
        arquivo = await arquivo_by_id(tx, wanted.arquivo_id)
        if arquivo is not None and (talk := await self._open_talk(tx, arquivo.contato_id)):
            if arquivo.erro is None and may_be_invoice(talk, arquivo):
                command = IdentifyFatura(arquivo.id, on_screen(talk))
                await write_command(tx, command, contato_id=arquivo.contato_id)
            elif arquivo.erro is None and talk.pessoa and is_planilha(arquivo.nome, arquivo.mime_type):
                await received(talk, arquivo.id, arquivo.nome)
            elif arquivo.erro is not None:
                await fetched(talk, arquivo.nome, arquivo.erro)
            else:
                await self._kept(talk, arquivo)

    async def _kept(self, talk: Talk, arquivo: Row[Any]) -> None:
        """There is nothing to do with it. Of several that were sent at once the last one speaks for all."""
        together = await sent_together(talk, arquivo.id)
        if together[-1] != str(arquivo.id):
            return
        if may_bring(talk):
            await no_pdf(talk, arquivo)
        else:
            photo = (arquivo.mime_type or "").startswith("image/")
            await fetched(talk, arquivo.nome, None, len(together), photo=photo)

    async def bring_late_file(self, tx: Transaction, wanted: BringLateFile) -> None:
        """The file of a message is there now, or never will be: the other side has had only a line in its place."""
        mensagem = await mensagem_by_id(tx.connection, wanted.mensagem_id)
        if mensagem is not None:
            await bring(tx, mensagem, wanted.erro, wanted.contato_id)

    async def tell_refusal(self, tx: Transaction, wanted: TellRefusal) -> None:
        """A message did not reach the other side: its author hears of it where they wrote it."""
        mensagem = await mensagem_by_id(tx.connection, wanted.mensagem_id)
        if mensagem is None or mensagem.contato_id is None:
            return
        if talk := await self._open_talk(tx, mensagem.contato_id):
            await tell_refusal(talk, mensagem, wanted.codigo)

    async def follow_failed_delivery(self, tx: Transaction, wanted: FollowFailedDelivery) -> None:
        """Find out whose message it was that a channel did not deliver."""
        await follow_failed_delivery(tx, wanted.provider_id, wanted.codigo)
