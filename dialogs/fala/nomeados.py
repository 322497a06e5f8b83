"""A sentence that was not understood otherwise, and names somebody: whose invoices are shown."""

import re

from core.fala.decisoes import words_of
from core.fala.lexico.texto import LIMIT
from core.fala.tela import asks_what_a_card_says
from core.processo.consulta.nomeados import named, of_operadora
from core.processo.consulta.pedido import Pedido
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.processo.avisos import name_of
from dialogs.processo.buttons import SeeFatura, WhyProcesso
from dialogs.processo.cartao import looked_at
from dialogs.processo.ficha import show_ficha
from dialogs.processo.frases import taps
from dialogs.processo.processos import answer
from storage.processo.processos import processo_by_id

# A list on WhatsApp holds ten.
SHOWN = 9
# Of an account, a CNPJ or a processo: shorter ones are days, values and places in a list.
_NUMBER = re.compile(r"(?<![\w,.])[0-9][0-9./_-]{6,24}(?![\w,])")


async def show_named(talk: Talk, text: str) -> bool:
    """Show the one card, or ask which; False where the sentence names nobody."""
    words = words_of(text) if len(text) <= LIMIT else []
    if words and (number := _NUMBER.search(text)) is not None:
        # "Conta 3134440404 de quem é?"
        await answer(talk, Pedido(palavras=(number[0].strip(".-/"),)))
        return True
    if not (found := await named(talk.tx.connection, words)):
        if len(words) != 1 or await of_operadora(talk.tx.connection, words) is None:
            return False
        # "Embratel", and nothing else.
        await answer(talk, Pedido(palavras=tuple(words)))
        return True
    if len({one.cliente_id for one in found}) == 1:
        # "Que dia vence a do hotel?": the card says it.
        if not asks_what_a_card_says(text):
            await talk.say(_("Não entendi tudo. É sobre esta fatura?"))
        await show_ficha(talk, found[0])
        return True
    lines = [_("Não entendi tudo. É sobre uma destas?")]
    lines += [f"{place}. {name_of(one)}" for place, one in enumerate(found[:SHOWN], 1)]
    await talk.offer("\n".join(lines), *taps(found[:SHOWN]))
    return True


async def keep_screen(talk: Talk) -> bool:
    """Show the choices of a card or a list of invoices again; False without one."""
    kept = looked_at(talk)
    # One that has no invoice yet shows no file, and is a card all the same.
    card = next((button for _label, button in kept if isinstance(button, (SeeFatura, WhyProcesso))), None)
    processo = await processo_by_id(talk.tx.connection, card.processo_id) if card is not None else None
    if processo is not None:
        text = _("Não entendi. O cartão de {processo} continua aberto: toque, ou diga com outras palavras.")
        await talk.say(text.format(processo=name_of(processo)), *kept)
    elif kept:
        await talk.say(_("Não entendi. Diga o número ou o nome de uma da lista."), *kept)
    else:
        return False
    return True
