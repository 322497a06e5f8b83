"""FILA: who waits, and whom the consultor has. For consultores and supervisors."""

from datetime import timedelta

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from core.atendimento import atendimento as use
from core.atendimento.distribuicao import TURNS, AtendimentoLimits, askable
from core.atendimento.vez import asks_whose_turn
from core.consultor.protocolos import numero_de
from core.palavras import Palavra
from core.presenca.presenca import PresenceLimits
from dialogs.atendimento.atendimento import switches
from dialogs.conversa.consultor import name_or_customer
from dialogs.conversa.janela import window_text
from dialogs.frame.i18n import LANGUAGE_NAMES, _, n_
from dialogs.frame.talk import Talk
from dialogs.frame.words import Free, WordButton, on_word
from dialogs.presenca.presenca import Attendant
from storage.atendimento.atendimentos import Atendimento, customers_of, queue
from storage.consultor.consultores import consultor_of_usuario, in_turns
from storage.contatos.contatos import glance

router = Router(name="fila")
router.message.filter(Attendant())
router.callback_query.filter(Attendant())

SHOWN = 15
_LANGUAGES = {code: name for name, code in use.IDIOMAS.items()}
# Of those whose turn is next.
NEXT = 3


@on_word(router, Palavra.FILA)
async def show_queue(event: Message | CallbackQuery, talk: Talk) -> None:
    assert talk.pessoa is not None
    rows, total = await queue(talk.tx.connection, SHOWN)
    lines = [n_("{n} cliente na fila:", "{n} clientes na fila:", total).format(n=total)] if total else []
    for place, row in enumerate(rows, 1):
        waited = (talk.tx.now - row.na_fila_desde) // timedelta(minutes=1)
        lines.append(
            _("{lugar}. {nome} · {numero} · {idioma} · há {n} min").format(
                lugar=place,
                nome=name_or_customer(row.nome),
                numero=numero_de(row.protocolo_id),
                idioma=row.idioma,
                n=waited,
            )
        )
    if total > len(rows):
        lines.append(_("… e mais {n}").format(n=total - len(rows)))
    consultor = await consultor_of_usuario(talk.tx.connection, talk.pessoa.id)
    customers = await customers_of(talk.tx.connection, consultor.id) if consultor is not None else []
    if customers:
        lines.append(_("Com você:"))
        lines += [await _own(talk, one, nome) for one, nome in customers]
    choices = switches(customers, talk.contato.atendimento_id)
    if customers:
        choices += [
            (_("Encerrar atendimento"), WordButton(palavra=Palavra.ENCERRAR)),
            (_("Transferir cliente"), WordButton(palavra=Palavra.TRANSFERIR)),
        ]
    await talk.say("\n".join(lines or [_("Ninguém na fila.")]), *choices)


class AsksWhoseTurn(Filter):
    """ "Quem tá na vez?": of those who attend, and not of those who wait."""

    async def __call__(self, event: Message) -> bool:
        return asks_whose_turn(event.text or "")


@router.message(Free(Palavra.FILA, Palavra.PRESENCA), AsksWhoseTurn())
async def tell_turn(
    event: Message, talk: Talk, atendimento_limits: AtendimentoLimits, presence_limits: PresenceLimits
) -> None:
    """Who would be asked about the next customer, in this order; whoever has as many as they may is not asked."""
    connection, idiomas = talk.tx.connection, sorted(use.IDIOMAS.values())
    turns = await in_turns(connection, idiomas, TURNS)
    everybody = list({one.id: one for turn in turns.values() for one in turn}.values())
    free = await askable(connection, talk.tx.redis, everybody, talk.tx.now, atendimento_limits, presence_limits)
    of: dict[str, list[str]] = {}
    for idioma in idiomas:
        if following := [one.nome for one in turns[idioma] if one.id in free][:NEXT]:
            of.setdefault(" → ".join(following), []).append(LANGUAGE_NAMES[_LANGUAGES[idioma]])
    lines = [f"{', '.join(languages)}: {names}" for names, languages in of.items()]
    await talk.say("\n".join([_("Na vez agora:"), *lines]) if lines else _("Ninguém está livre para atender agora."))


async def _own(talk: Talk, atendimento: Atendimento, nome: str) -> str:
    mark = "▶" if atendimento.id == talk.contato.atendimento_id else "•"
    customer = await glance(talk.tx.connection, atendimento.contato_id)
    window = window_text(talk, customer.channel, customer.last_inbound_at) if customer is not None else ""
    parts = [f"{mark} {name_or_customer(nome)}", numero_de(atendimento.protocolo_id), window]
    return " · ".join(filter(None, parts))
