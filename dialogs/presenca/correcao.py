""" "Não, é 14h", behind an absence that said 13h: the same one, until then."""

import re
from datetime import timedelta

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.fala.leitura.curtas import spelt
from core.fala.leitura.tempo import find_time
from core.fala.lexico.texto import cleaned, in_a_line, plain
from core.presenca.ausencias import with_time
from dialogs.frame.talk import Talk
from dialogs.frame.words import Free
from dialogs.presenca.presenca import Attendant, away, busy, online
from storage.presenca.presenca import presenca_of
from storage.presenca.status import StatusPresenca

router = Router(name="presenca_corrigida")
router.message.filter(Attendant())

_LONGEST = 40
# Later it is news, and not a correction.
_LATELY = timedelta(minutes=15)
_LEADS_TO_IT = re.compile(
    r"(?:(?:nao|n|nn|opa|ops|pera|alias|na verdade|quis dizer|quero dizer|quer dizer|digo|melhor|corrigindo|errei"
    r"|desculpa"
    r"|e|eh|era|so|volto|retorno|ate|as|a|la pelas|pelas|pras|para as|mudou para|mudou pra|agora e|vai ser)\b[ ,.!:]*)*"
)
_SAYS_AN_HOUR = re.compile(r"\b(?:ate|as|pelas|pras|para as|volto|retorno)\b")
_DOES = {StatusPresenca.AWAY: away, StatusPresenca.BUSY: busy}
# "Opa, ainda não, volta", "era brincadeira, tô aqui": what was done a moment ago was not meant.
_NOT_YET = r"(?:nao|n|opa|ops|pera|perai|calma|ainda|eita|xi|errei|foi sem querer|sem querer|era brincadeira|mentira)"
_BACK = (
    r"(?:volta|volta ai|me volta|volta la|desfaz|desfaz isso|ainda (?:to|estou|tou) (?:aqui|online|on)"
    r"|(?:to|estou|tou) (?:aqui )?ainda|(?:to|estou|tou) aqui|ainda nao (?:sai|fui|vou|acabei)|nao (?:sai|fui) ainda)"
)
_TAKEN_BACK = re.compile(rf"(?:{_NOT_YET}[ ,.!]*)+{_BACK}[ .!]*")


class TakenBack(Filter):
    """ "Opa, ainda não, volta" of whoever has just gone away, or off."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        if talk.pessoa is None or _TAKEN_BACK.fullmatch(in_a_line(event.text or "", _LONGEST)) is None:
            return False
        presenca = await presenca_of(talk.tx.connection, talk.pessoa.id)
        lately = presenca is not None and talk.tx.now - presenca.status_changed_at <= _LATELY
        return lately and presenca is not None and StatusPresenca(presenca.status) is not StatusPresenca.ONLINE


@router.message(Free(), TakenBack())
async def back_again(event: Message, talk: Talk) -> None:
    await online(event, talk)


class OtherTime(Filter):
    """Nothing but a time, of whoever has just gone away; given as `recado`, what they said with that time in it."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, str | StatusPresenca]:
        said = event.text or ""
        if talk.pessoa is None or (time_alone(said) or number_alone(said)) is None:
            return False
        presenca = await presenca_of(talk.tx.connection, talk.pessoa.id)
        if presenca is None or talk.tx.now - presenca.status_changed_at > _LATELY:
            return False
        status = StatusPresenca(presenca.status)
        recado = corrected(presenca.status_message or "", said)
        return {"recado": recado, "status": status} if status in _DOES and recado is not None else False


@router.message(Free(), OtherTime())
async def put_right(event: Message, talk: Talk, recado: str, status: StatusPresenca) -> None:
    await _DOES[status](event, talk, recado)


def corrected(recado: str, text: str) -> str | None:
    """What was said of the absence, with the time that the text says; a bare number has the unit that was said."""
    number, before = number_alone(text), find_time(plain(cleaned(recado)))
    if number is None:
        ate = time_alone(text)
        return None if ate is None else with_time(recado, ate)
    if before is None or before.ate is None:
        return None
    lasts = before.ate.startswith("por ")
    return with_time(recado, f"por {number} min" if lasts else f"até {number}h") if lasts or number <= 24 else None


def number_alone(text: str) -> int | None:
    """Of "na verdade 20", "não, 15": the number; None for any other text, and for a number with nothing before it."""
    said = spelt(plain(cleaned(text))).strip(" .!")
    lead = _LEADS_TO_IT.match(said) if len(text) <= _LONGEST else None
    if lead is None or _SAYS_AN_HOUR.search(lead[0]):
        return None
    rest = said[lead.end() :]
    return int(rest) if rest.isdecimal() and rest != said and len(rest) <= 3 else None


def time_alone(text: str) -> str | None:
    """`até 14h`, `por 30 min`, of a text that says only this; None for any other."""
    if len(text) > _LONGEST or number_alone(text) is not None:
        return None
    said = spelt(plain(cleaned(text))).strip(" .!")
    lead = _LEADS_TO_IT.match(said)
    rest = said[lead.end() :] if lead is not None else said
    if said.isdecimal():
        return None
    for written in (f"ate {rest}", rest):
        found = find_time(written)
        if (
            found is not None
            and found.ate is not None
            and not written[: found.start].strip()
            and found.end == len(written)
        ):
            return found.ate
    return None
