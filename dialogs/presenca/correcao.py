""" "Não, é 14h", behind an absence that said 13h: the same one, until then."""

import re
from datetime import timedelta

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.fala.leitura.tempo import find_time
from core.fala.lexico.texto import cleaned, plain
from core.palavras import Palavra
from dialogs.frame.talk import Talk
from dialogs.presenca.presenca import Attendant, away, busy
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
_DOES = {StatusPresenca.AWAY: away, StatusPresenca.BUSY: busy}


class OtherTime(Filter):
    """Nothing but a time, of whoever has just gone away; given as `recado`, what they said with that time in it."""

    async def __call__(
        self, event: Message, talk: Talk, palavra: Palavra | None = None, raw_state: str | None = None
    ) -> bool | dict[str, str | StatusPresenca]:
        free = palavra is None and raw_state is None and not talk.is_attended and talk.pessoa is not None
        ate = time_alone(event.text or "") if free else None
        if ate is None or talk.pessoa is None:
            return False
        presenca = await presenca_of(talk.tx.connection, talk.pessoa.id)
        if presenca is None or talk.tx.now - presenca.status_changed_at > _LATELY:
            return False
        status = StatusPresenca(presenca.status)
        return {"recado": with_time(presenca.status_message or "", ate), "status": status} if status in _DOES else False


@router.message(OtherTime())
async def put_right(event: Message, talk: Talk, recado: str, status: StatusPresenca) -> None:
    await _DOES[status](event, talk, recado)


def time_alone(text: str) -> str | None:
    """`até 14h`, `por 30 min`, of a text that says only this; None for any other."""
    if len(text) > _LONGEST:
        return None
    said = plain(cleaned(text)).strip(" .!")
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


def with_time(recado: str, ate: str) -> str:
    """What was said of the absence, with this time in the place of the one in it."""
    clean = cleaned(recado)
    found = find_time(plain(clean))
    if found is None:
        return f"{clean} {ate}".strip()
    return f"{clean[: found.start]}{ate}{clean[found.end :]}".strip()
