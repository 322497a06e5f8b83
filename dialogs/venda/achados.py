"""Answers a seller gives before they are asked: kept with the conversation, forgotten when the sale ends."""

import re
from datetime import timedelta
from typing import Any

from core.fala.achados import TURNO, Achado, amendment, answer_from, extract_answers, plan_or_turn, with_later
from core.fala.entende import understand
from core.fala.espera import Espera
from core.fala.lexico.texto import cleaned, plain
from core.fala.recuos import Recuo, retreat_of
from core.fala.respostas.ditado import dictated_digits
from core.venda.respostas import Pergunta, TipoResposta
from core.venda.venda import answer_question
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from storage.pessoa.perfil import Perfil
from storage.venda.vendas import Venda

# In the conversation's data, which is cleared when the sale ends; what is not confirmed is used for nothing.
_FOUND, _CONFIRMED = "achados", "achados_confirmados"
_SHORTEST = 3
_MERELY_SAID = frozenset({TipoResposta.NUMERO, TipoResposta.TEXTO})
# "Não pera, esse é o CPF do marido", "sim mas antes": talk, and no answer.
_TALKS = re.compile(
    r"\b(?:nao|n|sim|mas|pera|perai|espera|antes|ess[ae]|iss?o|qual|quanto|quando|quem|como|porque|pq)\b"
)
_SELLER = Espera.of(Perfil.VENDEDOR)


def found_in(talk: Talk, text: str | None) -> list[Achado]:
    """What a text holds that may answer a robot; nothing unless one value at least is more than a word."""
    if not text or retreat_of(text) is Recuo.DEPOIS:
        return []
    if (alone := plan_or_turn(text)) is not None:
        return [alone]
    if not (any(char.isdecimal() or char == "@" for char in text) or any(dictated_digits(cleaned(text)))):
        return []
    asked = _asked_from(text)
    found = [one for one in extract_answers(text, talk.today) if not _is_a_wish(talk, one)]
    # "Qual a diferença do de 500 pro de 700?" chooses none.
    found = [one for one in found if one.inicio < asked or one.tipo not in _MERELY_SAID]
    return found if values_of(found) else []


def _asked_from(text: str) -> int:
    """Where a question begins that ends the text; its length where there is none."""
    clean = cleaned(text).rstrip()
    return max(clean.rfind(mark) for mark in ",;.!\n") + 1 if clean.endswith("?") else len(clean)


def values_of(found: list[Achado]) -> list[Achado]:
    """Those that are a number, a document, a date, a turn of the day: no mere words."""
    return [one for one in found if one.tipo is not TipoResposta.TEXTO or one.chave == TURNO]


def _is_a_wish(talk: Talk, achado: Achado) -> bool:
    """ "Vender, CEP …", "ta, CEP …": the first piece is no answer."""
    if achado.tipo is TipoResposta.TEXTO and not achado.chave and len(achado.texto) < _SHORTEST:
        return True
    if achado.tipo is TipoResposta.TEXTO and _TALKS.search(plain(achado.chave or achado.texto)) is not None:
        return True
    return achado.tipo is TipoResposta.TEXTO and understand(achado.texto, _SELLER, today=talk.today).certo


async def keep_found(talk: Talk, found: list[Achado], *, confirmed: bool) -> str:
    """Keep what was found beside what is kept already; the sentence that shows it, and what is not confirmed yet."""
    data = await talk.state.get_data()
    kept = data.get(_FOUND, [])
    whole = with_later([_as_achado(row) for row in kept], found)
    await talk.state.update_data({_FOUND: [_as_row(one) for one in whole], _CONFIRMED: confirmed})
    if not data.get(_CONFIRMED):
        found = whole
    names = {
        TipoResposta.CPF: "CPF",
        TipoResposta.CNPJ: "CNPJ",
        TipoResposta.CEP: "CEP",
        TipoResposta.TELEFONE: _("telefone"),
        TipoResposta.EMAIL: _("e-mail"),
        TipoResposta.DATA: _("data"),
    }
    lines = [": ".join(filter(None, (names.get(one.tipo, one.chave), one.texto))) for one in found]
    return "\n".join([_("Encontrei no que você mandou:"), *(f"• {line}" for line in lines)])


async def amended(talk: Talk, text: str) -> Achado | None:
    """What takes the place of a value that nobody has confirmed yet, said without its name."""
    data = await talk.state.get_data()
    kept = [_as_achado(row) for row in data.get(_FOUND, [])] if not data.get(_CONFIRMED) else []
    return amendment(text, kept, talk.today)


async def corrected_ahead(talk: Talk, text: str) -> str | None:
    """A value takes the place of the one of its tipo that waits for its question; as typed, None where none waits."""
    data = await talk.state.get_data()
    kept = [_as_achado(row) for row in data.get(_FOUND, [])] if data.get(_CONFIRMED) else []
    for new in values_of(found_in(talk, text)):
        same = [one for one in kept if one.tipo is new.tipo]
        old = same[0] if len(same) == 1 else next((one for one in same if one.chave == new.chave), None)
        if old is not None:
            await talk.state.update_data({_FOUND: [_as_row(new if one is old else one) for one in kept]})
            return new.texto
    return None


async def confirm_found(talk: Talk, *, use: bool) -> None:
    """The seller has read it: it answers what the robot asks from now on, or is forgotten."""
    await talk.state.update_data({_CONFIRMED: True} if use else {_FOUND: [], _CONFIRMED: False})


async def found_unconfirmed(talk: Talk, venda: Venda) -> str | None:
    """What answers the open question, of what nobody has said yes or no to: to be read back, and found only once."""
    data = await talk.state.get_data()
    if venda.pergunta is None or data.get(_CONFIRMED) or not data.get(_FOUND):
        return None
    found = [_as_achado(row) for row in data[_FOUND]]
    hit = answer_from(found, Pergunta.parse(venda.pergunta), talk.today)
    if hit is None:
        return None
    await talk.state.update_data({_FOUND: [_as_row(one) for one in found if one is not hit[0]]})
    return hit[1]


async def answered_ahead(talk: Talk, venda: Venda, ttl: timedelta) -> bool:
    """Answer the open question from what was given before it, and say so; each value answers once."""
    data = await talk.state.get_data()
    if venda.pergunta is None or not data.get(_CONFIRMED) or not data.get(_FOUND):
        return False
    pergunta = Pergunta.parse(venda.pergunta)
    found = [_as_achado(row) for row in data[_FOUND]]
    hit = answer_from(found, pergunta, talk.today)
    if hit is None:
        return False
    used, resposta = hit
    await talk.state.update_data({_FOUND: [_as_row(one) for one in found if one is not used]})
    if not await answer_question(talk.tx, venda, resposta, ttl=ttl, por=talk.autor):
        return False
    text = _("{pergunta}\n✅ {resposta} (você já tinha mandado)")
    await talk.say(text.format(pergunta=pergunta.texto, resposta=used.texto))
    return True


def _as_row(one: Achado) -> list[Any]:
    return [one.tipo.value, one.valor, one.texto, one.inicio, one.fim, one.chave]


def _as_achado(row: list[Any]) -> Achado:
    return Achado(TipoResposta(row[0]), *row[1:])
