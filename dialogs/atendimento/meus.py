"""A consultor's own work, asked for in words: how many customers they took and what those said of it, and which."""

from datetime import UTC, datetime

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.atendimento.meus import Meus, Pergunta, own_work
from core.consultor.protocolos import numero_de
from core.palavras import Palavra
from core.pessoa.nomes import is_called
from dialogs.conversa.buttons import ShowTranscricao
from dialogs.conversa.consultor import name_or_customer
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Free
from dialogs.presenca.presenca import Attendant
from storage.atendimento.ofertas import taken_by, taken_lately
from storage.consultor.consultores import Consultor, consultor_of_usuario

router = Router(name="meus")
router.message.filter(Attendant())

SHOWN = 8
# Of so many of the newest one is found by its customer's name.
_LOOKED_THROUGH = 500


class AsksOfOwnWork(Filter):
    """Given as `pergunta`."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, Pergunta]:
        pergunta = own_work(event.text or "", talk.today)
        return False if pergunta is None else {"pergunta": pergunta}


@router.message(Free(Palavra.PRESENCA, Palavra.FILA), AsksOfOwnWork())
async def tell(event: Message, talk: Talk, pergunta: Pergunta) -> None:
    """Customers who were accepted; whom somebody else took over counts for both."""
    assert talk.pessoa is not None
    consultor = await consultor_of_usuario(talk.tx.connection, talk.pessoa.id)
    if consultor is None:
        await talk.say(_("Você ainda não atendeu ninguém por aqui."))
    elif pergunta.sobre is Meus.PROTOCOLOS:
        await _show_which(talk, consultor, pergunta)
    else:
        await _tell_how_many(talk, consultor, pergunta)


async def _tell_how_many(talk: Talk, consultor: Consultor, pergunta: Pergunta) -> None:
    first, last = pergunta.dias or (talk.today, talk.today)
    found = await taken_by(talk.tx.connection, consultor.id, *talk.midnights(first, last))
    text = n_("{quando}: {n} cliente atendido.", "{quando}: {n} clientes atendidos.", found.clientes)
    said = text.format(quando=talk.days(first, last), n=found.clientes)
    if found.media is not None:
        rated = n_("Nota {media} de 5, de {n} cliente.", "Nota média {media} de 5, de {n} clientes.", found.notas)
        said += " " + rated.format(media=f"{found.media:.1f}".replace(".", ","), n=found.notas)
    await talk.say(said)


async def _show_which(talk: Talk, consultor: Consultor, pergunta: Pergunta) -> None:
    """The newest of those they took, each with what was said in it a tap away."""
    since, until = datetime.min.replace(tzinfo=UTC), talk.tx.now
    if pergunta.dias is not None:
        since, until = talk.midnights(*pergunta.dias)
    found = await taken_lately(talk.tx.connection, consultor.id, since, until, _LOOKED_THROUGH)
    meant = [one for one in found if not pergunta.nome or is_called(one.nome or "", pergunta.nome)][:SHOWN]
    if not meant:
        await talk.say(_("Não encontrei atendimento seu assim. /historico e o telefone mostram os de um cliente."))
        return
    lines, choices = [_("Atendimentos seus, os mais novos primeiro:")], list[Choice]()
    for one in meant:
        numero, criado = numero_de(one.protocolo_id), one.criado_em.astimezone(talk.zone)
        rated = f" · ⭐ {one.avaliacao}" if one.avaliacao is not None else ""
        lines.append(f"{numero} · {criado:%d/%m/%Y %H:%M} · {name_or_customer(one.nome)}{rated}")
        choices.append((f"{numero} · {criado:%d/%m/%y}", ShowTranscricao(atendimento_id=one.id)))
    await talk.say("\n".join(lines), *choices)
