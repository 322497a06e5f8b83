"""Turns about presences that follow from turns."""

from core.commands.presenca import FollowUpPresenca
from core.presenca.presenca import PresenceLimits
from dialogs.conversa.consultor import OpenTalk
from dialogs.presenca.presenca import follow_up
from storage.contatos.contatos import contatos_of
from storage.transaction import Transaction


class PresencaFollowUps:
    """Every method is one turn."""

    def __init__(self, open_talk: OpenTalk, limits: PresenceLimits) -> None:
        self._open_talk = open_talk
        self._limits = limits

    async def follow_up(self, tx: Transaction, wanted: FollowUpPresenca) -> None:
        """Said where the attendant was last seen."""
        newest = (await contatos_of(tx, [wanted.usuario_id]))[:1]
        talk = await self._open_talk(tx, newest[0]) if newest else None
        if talk is not None and talk.pessoa is not None and talk.pessoa.id == wanted.usuario_id:
            await follow_up(talk, wanted.motivo, wanted.quando, self._limits)
