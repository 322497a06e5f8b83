"""What nobody could answer: who wrote hears it, and who can have it done again."""

from core.commands.reprocesso import TellUnanswered
from core.direitos.avisados import Noticia, avisados
from core.reprocesso.reprocesso import Pendencia, pendencias
from dialogs.conversa.consultor import OpenTalk
from dialogs.reprocesso.reprocesso import offer_again, say_unanswered
from storage.contatos.contatos import contato_by_external, contatos_of
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
        found: Pendencia | None = next((one for one in await pendencias(tx.connection) if one.id == id_), None)
        for person in await avisados(tx.connection, Noticia.SEM_RESPOSTA, ADMINISTRATORS) if found else ():
            for contato_id in await contatos_of(tx, [person.id]):
                talk = await self._open_talk(tx, contato_id)
                if found is not None and talk is not None and talk.pessoa is not None and talk.pessoa.id == person.id:
                    await offer_again(talk, found)
                    break
