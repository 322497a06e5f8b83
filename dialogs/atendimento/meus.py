"""A consultor's work, asked for in words: how many customers they took and what those said of it, and which."""

from datetime import UTC, datetime
from uuid import UUID

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.atendimento.meus import Meus, Pergunta, own_work
from core.consultor.protocolos import numero_de
from core.direitos.direitos import Direito, tem
from core.palavras import Palavra
from core.pessoa.nomes import is_called
from core.pessoa.procura import the_one_called
from core.presenca.presenca import ATENDENTES
from core.textos import CITADO, shortened
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
    """Given as `pergunta`, with the `colega` whom it names: to administrators, who care for all."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, Pergunta | tuple[UUID, str] | None]:
        pergunta = own_work(event.text or "", talk.today)
        if pergunta is None or talk.pessoa is None:
            return False
        colega = None
        if pergunta.nome and tem(talk.pessoa.perfil_usuario, Direito.ADMINISTRAR):
            colega = await the_one_called(talk.tx.connection, pergunta.nome, ATENDENTES, talk.pessoa.id)
        if pergunta.sobre is Meus.DE_COLEGA and colega is None:
            return False
        return {"pergunta": pergunta, "colega": colega}


def _of_nobody(talk: Talk, pergunta: Pergunta, colega: tuple[UUID, str] | None) -> bool:
    """An administrator, who cares for all, names somebody who attends nobody."""
    administers = talk.pessoa is not None and tem(talk.pessoa.perfil_usuario, Direito.ADMINISTRAR)
    return administers and bool(pergunta.nome) and colega is None


@router.message(Free(Palavra.PRESENCA, Palavra.FILA, Palavra.VENDAS), AsksOfOwnWork())
async def tell(event: Message, talk: Talk, pergunta: Pergunta, colega: tuple[UUID, str] | None) -> None:
    """Customers who were accepted; whom somebody else took over counts for both."""
    assert talk.pessoa is not None
    whose, nome = (talk.pessoa.id, "") if colega is None else colega
    consultor = await consultor_of_usuario(talk.tx.connection, whose)
    if consultor is None and _of_nobody(talk, pergunta, colega):
        none = _("Ninguém que atende se chama {nome}. PRESENCA mostra a equipe.")
        await talk.say(none.format(nome=shortened(pergunta.nome, CITADO)))
    elif consultor is None:
        theirs = _("{nome} ainda não atendeu ninguém por aqui.").format(nome=nome)
        await talk.say(theirs if nome else _("Você ainda não atendeu ninguém por aqui."))
    elif pergunta.sobre is Meus.PROTOCOLOS and colega is None:
        await _show_which(talk, consultor, pergunta)
    else:
        await _tell_how_many(talk, consultor, pergunta, nome)


async def _tell_how_many(talk: Talk, consultor: Consultor, pergunta: Pergunta, nome: str) -> None:
    first, last = pergunta.dias or (talk.today.replace(day=1), talk.today)
    found = await taken_by(talk.tx.connection, consultor.id, *talk.midnights(first, last))
    text = n_("{quando}: {n} cliente atendido.", "{quando}: {n} clientes atendidos.", found.clientes)
    said = text.format(quando=talk.days(first, last), n=found.clientes)
    if found.media is not None:
        rated = n_("Nota {media} de 5, de {n} cliente.", "Nota média {media} de 5, de {n} clientes.", found.notas)
        said += " " + rated.format(media=f"{found.media:.1f}".replace(".", ","), n=found.notas)
    await talk.say(f"{nome} · {said}" if nome else said)


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
