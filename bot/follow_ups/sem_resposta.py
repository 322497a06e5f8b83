"""What nobody could answer: who wrote hears it, and who can have it done again."""

from bot.follow_ups.ouvintes import ouvintes
from core.commands.reprocesso import TellUnanswered
from core.direitos.avisados import Noticia
from core.reprocesso.reprocesso import pendencias
from dialogs.conversa.consultor import OpenTalk
from dialogs.reprocesso.reprocesso import offer_again, say_unanswered
from storage.contatos.contatos import contato_by_external
from storage.contatos.conversas import mark_event
from storage.failed_events import dead_letter
from storage.transaction import Transaction

ADMINISTRATORS = 10
_CHANNEL = "sem_resposta"


class SemRespostaFollowUps:
    """One turn. A fault that meets everybody is told once an hour: to each person, and to the administrators."""

    def __init__(self, open_talk: OpenTalk) -> None:
        self._open_talk = open_talk

    async def tell(self, tx: Transaction, wanted: TellUnanswered) -> None:
        """Nothing when it was answered meanwhile."""
        row = await dead_letter(tx, wanted.canal, wanted.evento)
        if row is None:
            return
        hour = f"{tx.now:%Y%m%dT%H}"
        external_id = (row.payload or {}).get("external_id")
        contato_id = await contato_by_external(tx, wanted.canal, external_id) if external_id else None
        if contato_id is not None and await mark_event(tx, _CHANNEL, f"{contato_id}:{hour}"):
            talk = await self._open_talk(tx, contato_id)
            if talk is not None:
                await say_unanswered(talk)
        if await mark_event(tx, _CHANNEL, hour):
            await self._tell_administrators(tx, f"{wanted.canal}:{wanted.evento}")

    async def _tell_administrators(self, tx: Transaction, id_: str) -> None:
        found = next((one for one in await pendencias(tx.connection) if one.id == id_), None)
        if found is None:
            return
        async for talk in ouvintes(tx, self._open_talk, Noticia.SEM_RESPOSTA, ADMINISTRATORS):
            await offer_again(talk, found)
