"""FILA: who waits, and whom the consultor has. For consultores and supervisors."""

from datetime import timedelta

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from core.consultor.protocolos import numero_de
from core.palavras import Palavra
from dialogs.atendimento.atendimento import switches
from dialogs.conversa.consultor import name_or_customer
from dialogs.conversa.janela import window_text
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Talk
from dialogs.frame.words import WordButton, on_word
from dialogs.presenca.presenca import Attendant
from storage.atendimento.atendimentos import Atendimento, customers_of, queue
from storage.consultor.consultores import consultor_of_usuario
from storage.contatos.contatos import glance

router = Router(name="fila")
router.message.filter(Attendant())
router.callback_query.filter(Attendant())

SHOWN = 15


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


async def _own(talk: Talk, atendimento: Atendimento, nome: str) -> str:
    mark = "▶" if atendimento.id == talk.contato.atendimento_id else "•"
    customer = await glance(talk.tx.connection, atendimento.contato_id)
    window = window_text(talk, customer.channel, customer.last_inbound_at) if customer is not None else ""
    parts = [f"{mark} {name_or_customer(nome)}", numero_de(atendimento.protocolo_id), window]
    return " · ".join(filter(None, parts))
