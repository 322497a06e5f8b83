"""Those who hear of something (core/direitos), each in one conversation of theirs."""

from collections.abc import AsyncIterator

from core.direitos.avisados import Noticia, avisados
from dialogs.conversa.consultor import OpenTalk
from dialogs.frame.talk import Talk
from storage.contatos.contatos import contatos_of, glance
from storage.transaction import Transaction


async def ouvintes(
    tx: Transaction, open_talk: OpenTalk, noticia: Noticia, most: int, *, not_by: str | None = None
) -> AsyncIterator[Talk]:
    """One talk of each, opened when its turn comes: what is said in it is said in its language.

    `not_by`: a channel that takes nothing now.
    """
    for person in await avisados(tx.connection, noticia, most):
        for contato_id in await contatos_of(tx, [person.id]):
            if not_by is not None:
                known = await glance(tx.connection, contato_id)
                if known is None or known.channel == not_by:
                    continue
            talk = await open_talk(tx, contato_id)
            if talk is not None and talk.pessoa is not None and talk.pessoa.id == person.id:
                yield talk
                break
