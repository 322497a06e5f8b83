"""What nobody could answer, and what was given up: who wrote hears it, and who can have it done again."""

from collections.abc import Awaitable, Callable

from bot.follow_ups.ouvintes import ouvintes
from core.commands.reprocesso import TellGivenUp, TellUnanswered
from core.direitos.avisados import Noticia
from core.heard import PAST_US, Heard
from core.reprocesso.avisos import anotar_avisados, por_avisar
from core.reprocesso.reprocesso import pendencias
from dialogs.conversa.consultor import OpenTalk
from dialogs.reprocesso.reprocesso import offer_again, say_unanswered
from storage.contatos.contatos import Contato, contato_by_external
from storage.contatos.conversas import mark_event
from storage.failed_events import dead_letter
from storage.transaction import Transaction

# Somebody who writes for the first time has no conversation yet: theirs is opened with what the channel said of them.
Meet = Callable[[Transaction, Heard], Awaitable[Contato]]

ADMINISTRATORS = 10
_CHANNEL = "sem_resposta"


class SemRespostaFollowUps:
    """Every method is one turn."""

    def __init__(self, open_talk: OpenTalk, meet: Meet) -> None:
        self._open_talk = open_talk
        self._meet = meet

    async def tell(self, tx: Transaction, wanted: TellUnanswered) -> None:
        """To whoever wrote it, once an hour: a fault may meet all that they write. Nothing when it was answered."""
        row = await dead_letter(tx, wanted.canal, wanted.evento)
        if row is None or not (row.payload or {}).get("external_id"):
            return
        heard = Heard.of_payload(wanted.canal, wanted.evento, row.payload, row.last_at)
        if PAST_US in heard.update:
            # It was written to them; who wrote it is not there.
            return
        contato_id = await contato_by_external(tx, wanted.canal, heard.external_id)
        if contato_id is None:
            contato_id = (await self._meet(tx, heard)).id
        if await mark_event(tx, _CHANNEL, f"{contato_id}:{tx.now:%Y%m%dT%H}"):
            talk = await self._open_talk(tx, contato_id)
            if talk is not None:
                await say_unanswered(talk)

    async def tell_given_up(self, tx: Transaction, wanted: TellGivenUp) -> None:
        """The administrators, of everything that is to be told by now, in one message that counts."""
        found = await por_avisar(tx.connection, tx.now)
        told = False
        async for talk in ouvintes(tx, self._open_talk, Noticia.SEM_RESPOSTA, ADMINISTRATORS):
            if not told:
                # Only when somebody hears it: else it is told when somebody can.
                found, told = await anotar_avisados(tx, found), True
                kinds = {one.o_que for one in found}
                # The newest that can be done again, for a button of its own where there is nothing else.
                alike = [one for one in await pendencias(tx.connection) if one.o_que in kinds and one.pode]
            if found:
                await offer_again(talk, found, alike)
