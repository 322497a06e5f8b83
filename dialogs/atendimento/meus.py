"""A consultor's work, asked for in words: how many customers they took and what those said of it, and which."""

from datetime import UTC, datetime
from uuid import UUID

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.atendimento.consultas import Consulta, consulted
from core.atendimento.distribuicao import AtendimentoLimits
from core.atendimento.meus import Meus, Pergunta, own_work
from core.consultor.protocolos import numero_de
from core.direitos.direitos import Direito, tem
from core.palavras import Palavra, folded
from core.pessoa.nomes import is_called
from core.pessoa.procura import the_one_called
from core.presenca.presenca import ATENDENTES, PresenceLimits, effective, is_available
from core.textos import CITADO, shortened
from dialogs.conversa.buttons import ShowTranscricao
from dialogs.conversa.consultor import name_or_customer
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Free, WordButton
from dialogs.presenca.presenca import Attendant, signs_of
from storage.atendimento.atendimentos import customers_of, queue
from storage.atendimento.ofertas import taken_by, taken_lately
from storage.consultor.consultores import Consultor, consultor_of_usuario
from storage.presenca.presenca import presenca_of

router = Router(name="meus")
router.message.filter(Attendant())

SHOWN = 8
# What such a question may have been taken for.
_TAKEN_FOR = (Palavra.PRESENCA, Palavra.FILA, Palavra.VENDAS, Palavra.STATUS, Palavra.PROCESSO)
# Of so many of the newest one is found by its customer's name.
_LOOKED_THROUGH = 500
_OF_COMMENT = 120
# Behind those with stars.
_NO_STARS = 6


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


def _of_nobody(talk: Talk, text: str, pergunta: Pergunta, colega: tuple[UUID, str] | None) -> bool:
    """An administrator, who cares for all, names somebody who attends nobody."""
    administers = talk.pessoa is not None and tem(talk.pessoa.perfil_usuario, Direito.ADMINISTRAR)
    # Of a protocolo it names the customer.
    of_customer = "protocolo" in folded(text)
    return administers and not of_customer and bool(pergunta.nome) and colega is None


class Consults(Filter):
    """Given as `consulta`."""

    async def __call__(self, event: Message) -> bool | dict[str, Consulta]:
        found = consulted(event.text or "")
        return False if found is None else {"consulta": found}


@router.message(
    Free(Palavra.PRESENCA, Palavra.FILA, Palavra.TRANSFERIR, Palavra.ENCERRAR, Palavra.ONLINE, Palavra.OCUPADO),
    Consults(),
)
async def tell_of_attending(
    event: Message,
    talk: Talk,
    consulta: Consulta,
    atendimento_limits: AtendimentoLimits,
    presence_limits: PresenceLimits,
) -> None:
    """What is known of it, or the way that there is."""
    assert talk.pessoa is not None
    if consulta is Consulta.SEM_CLIENTES:
        await _tell_why_nobody_comes(talk, atendimento_limits, presence_limits)
    elif consulta is Consulta.AVALIACOES:
        await _show_ratings(talk)
    else:
        await talk.say(_ways()[consulta])


@router.message(Free(*_TAKEN_FOR), AsksOfOwnWork())
async def tell(event: Message, talk: Talk, pergunta: Pergunta, colega: tuple[UUID, str] | None) -> None:
    """Customers who were accepted; whom somebody else took over counts for both."""
    assert talk.pessoa is not None
    whose, nome = (talk.pessoa.id, "") if colega is None else colega
    consultor = await consultor_of_usuario(talk.tx.connection, whose)
    if consultor is None and _of_nobody(talk, event.text or "", pergunta, colega):
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


def _ways() -> dict[Consulta, str]:
    return {
        Consulta.CHAMAR: _(
            "Daqui só se escreve a quem está com você, e um atendimento encerrado não reabre: quando o cliente "
            "escolher CONSULTOR, ele volta para a fila. O que foi dito está em /historico e o telefone."
        ),
        Consulta.QUEM_ATENDEU: _(
            "Escreva /historico e o telefone do cliente, ou /protocolo e o número: "
            "mostram o que foi dito e quem atendeu."
        ),
        Consulta.SUMIU: _(
            "Se o cliente não responde mais, ENCERRAR termina o atendimento. Quando ele voltar a escrever, pode chamar "
            "de novo, e quem atender lê o que foi dito."
        ),
    }


async def _tell_why_nobody_comes(talk: Talk, limits: AtendimentoLimits, presence_limits: PresenceLimits) -> None:
    """The first reason that holds; a way out of it a tap away."""
    assert talk.pessoa is not None
    connection = talk.tx.connection
    consultor = await consultor_of_usuario(connection, talk.pessoa.id)
    presenca = await presenca_of(connection, talk.pessoa.id)
    known = await signs_of(talk, [talk.pessoa.id])
    signs = known.get(talk.pessoa.id) if known is not None else None
    estado = effective(presenca, signs, talk.tx.now, presence_limits) if presenca is not None else None
    if estado is None or not is_available(estado.status):
        text = _("Você não está online, e só quem está online recebe clientes.")
        await talk.offer(text, (_("Atender clientes"), WordButton(palavra=Palavra.ONLINE)))
        return
    customers = await customers_of(connection, consultor.id) if consultor is not None else []
    if len(customers) >= limits.por_consultor:
        count = len(customers)
        text = n_(
            "Você já tem {n} cliente, o máximo de uma vez.", "Você já tem {n} clientes, o máximo de uma vez.", count
        )
        await talk.say(text.format(n=count), (_("Quem espera e quem está com você"), WordButton(palavra=Palavra.FILA)))
        return
    _rows, total = await queue(connection, 1)
    if total:
        text = n_(
            "{n} cliente espera: pode ser de outro idioma, ou ter sido oferecido a quem está antes de você na vez.",
            "{n} clientes esperam: podem ser de outro idioma, ou ter sido oferecidos a quem está antes de você na vez.",
            total,
        )
        await talk.say(text.format(n=total), (_("Quem espera e quem está com você"), WordButton(palavra=Palavra.FILA)))
        return
    await talk.say(_("Está tudo certo: você está online, e ninguém espera agora. O próximo chega pela ordem da vez."))


async def _show_ratings(talk: Talk) -> None:
    """The lowest first, each with what was said in it a tap away."""
    assert talk.pessoa is not None
    consultor = await consultor_of_usuario(talk.tx.connection, talk.pessoa.id)
    since = datetime.min.replace(tzinfo=UTC)
    found = []
    if consultor is not None:
        found = await taken_lately(talk.tx.connection, consultor.id, since, talk.tx.now, _LOOKED_THROUGH)
    said = [one for one in found if one.avaliacao or one.comentario]
    rated = sorted(said, key=lambda one: (one.avaliacao or _NO_STARS, -one.id))
    if not rated:
        await talk.say(_("Nenhum cliente seu deixou nota ou comentário ainda."))
        return
    lines, choices = [_("O que os seus clientes disseram, as notas mais baixas primeiro:")], list[Choice]()
    for one in rated[:SHOWN]:
        numero, criado = numero_de(one.protocolo_id), one.criado_em.astimezone(talk.zone)
        stars = f" · ⭐ {one.avaliacao}" if one.avaliacao else ""
        words = f" · “{shortened(' '.join(one.comentario.split()), _OF_COMMENT)}”" if one.comentario else ""
        lines.append(f"{numero} · {criado:%d/%m/%Y} · {name_or_customer(one.nome)}{stars}{words}")
        choices.append((f"{numero} · {criado:%d/%m/%y}", ShowTranscricao(atendimento_id=one.id)))
    await talk.say("\n".join(lines), *choices)


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
