"""A schedule that is spoken of: "pausa o primeiro", "muda o das 8 pras 9". Its card is shown; a tap does it."""

import re
from collections.abc import Sequence

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.direitos.direitos import Direito
from core.fala.lexico.texto import cleaned, plain
from core.palavras import folded
from dialogs.agendamento.agendamentos import SHOWN, show, show_all
from dialogs.agendamento.buttons import AskToRemove, ShowAgendamento
from dialogs.frame.i18n import _
from dialogs.frame.prazos import choices_of
from dialogs.frame.talk import Talk
from dialogs.frame.words import Free
from dialogs.pessoa.administracao import Administrator
from storage.agendamento.agendamentos import Agendamento, list_agendamentos

router = Router(name="agendamentos_falados")
router.message.filter(Administrator(Direito.AGENDAR))

_LONGEST = 100
_SAYS = re.compile(
    r"(?:(?:por favor|pf|pode|quero|preciso|da pra|tem como|consegue|vamos|bora|e|entao|agora|nao|opa|vc|voce"
    r"|please)[ ,]+)*"
    r"(?P<verb>paus|par|suspend|retom|reativ|despaus|exclu|apag|delet|remov|tir|mud|troc|alter|adiant|atras|pass"
    r"|rod|execut"
    r"|cancel|dispar|desativ|deslig|desliga|muda|pause|stop|run|change)(?:a|e|i|ar|er|ir|ue|uem)?"
    r" (?P<which>.+)"
)
_SPOKEN_OF = re.compile(r"\b(?:agendamentos?|rotinas?|agendad[ao]s?|horarios?|schedules?)\b")
_AT = re.compile(
    r"\b(?:d?[ao]s|as|at) (?P<hour>[01]?[0-9]|2[0-3])(?: ?h(?:oras?)?\b|:| e )?(?P<minute>[0-5][0-9]|meia)?\b"
)
_PLACES = {"primeir": 0, "segund": 1, "terceir": 2, "quart": 3, "quint": 4, "sext": 5, "ultim": -1}
_PLACED = re.compile(
    rf"(?:o |a |os |as )?(?:(?P<ordinal>{'|'.join(_PLACES)})[oa]|(?:numero |n )?(?P<number>[1-9][0-9]?))"
    r"(?: (?:agendamento|da lista|ai|deles|rotina|por favor|pf|agora|hoje))*\W*"
)
_OTHER_TIME = frozenset(("mud", "muda", "troc", "alter", "adiant", "atras", "pass", "change"))
# The one whose card is on the screen.
_THIS = re.compile(r"(?:[oa] )?(?:ess[ea]|est[ea]|isso|el[ea]|mesm[oa]|dele|dela)\b")
_PAUSES = frozenset(("paus", "retom", "suspend", "reativ", "despaus", "pause"))
_RUNS = frozenset(("rod", "execut", "dispar", "run"))
_SHORTEST = 4


class SpeaksOfAgendamento(Filter):
    """Where the schedules are on the screen, or are named; given as `falado`, with those that may be meant."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, object]:
        said = plain(cleaned(event.text or "")).strip()
        if len(said) > _LONGEST or (found := _SAYS.fullmatch(said)) is None:
            return False
        on_screen = [button.agendamento_id for button in map(_shown_by, choices_of(talk)) if button is not None]
        runs = found["verb"] in _RUNS | _PAUSES
        if not on_screen and not runs and _SPOKEN_OF.search(said) is None:
            return False
        every, _total = await list_agendamentos(talk.tx.connection, {}, limit=SHOWN)
        listed = [one for key in dict.fromkeys(on_screen) for one in every if one.id == key] or list(every)
        meant = meant_of(found["which"], listed, by_place=len(listed) > 1 and bool(on_screen))
        by_name = len(meant) == 1 and (found["verb"] in _PAUSES or named_whole(found["which"], meant[0]))
        if _SPOKEN_OF.search(said) is None and (not meant or (not on_screen and not by_name)):
            return False
        return {"falados": meant, "verbo": found["verb"]}


def _shown_by(choice: tuple[str, str]) -> ShowAgendamento | AskToRemove | None:
    return ShowAgendamento.read(choice[1]) or AskToRemove.read(choice[1])


@router.message(Free(), SpeaksOfAgendamento())
async def named(event: Message, talk: Talk, falados: list[Agendamento], verbo: str) -> None:
    """One is shown with its buttons; of several the list."""
    if len(falados) != 1:
        await show_all(event, talk)
        return
    before = _("Ainda não mudei nada. É este? Toque no que quer fazer.")
    if verbo in _OTHER_TIME:
        before = _(
            "O horário de um agendamento não muda por aqui, e nada mudou: crie o novo (“todo dia às 9 …”) e exclua "
            "este."
        )
    await show(talk, falados[0], before)


def named_whole(which: str, agendamento: Agendamento) -> bool:
    """Whether every long word of its name is said: "roda os processos do mês"."""
    words = [word for word in re.findall(r"[a-z]+", folded(agendamento.nome_agendamento)) if len(word) >= _SHORTEST]
    return len(words) > 1 and all(word in which for word in words[:2])


def meant_of(which: str, listed: Sequence[Agendamento], *, by_place: bool) -> list[Agendamento]:
    """By its place in the list, else by its hour, else by the words of its name."""
    placed = _PLACED.fullmatch(which) if by_place else None
    if placed is not None:
        place = _PLACES[placed["ordinal"]] if placed["ordinal"] else int(placed["number"]) - 1
        return [listed[place]] if -1 <= place < len(listed) else []
    if len(listed) == 1 and _THIS.match(which):
        return list(listed)
    if (at := _AT.search(which)) is not None:
        minute = 30 if at["minute"] == "meia" else int(at["minute"] or 0)
        found = [one for one in listed if one.cron_expressao.split()[:2] == [str(minute), str(int(at["hour"]))]]
        if found:
            return found
    words = [word for word in re.findall(r"[a-z]+", which) if len(word) >= _SHORTEST and not _SPOKEN_OF.search(word)]
    hits = [sum(word in folded(one.nome_agendamento) for word in words) for one in listed]
    most = max(hits, default=0)
    return [one for one, hit in zip(listed, hits, strict=True) if most and hit == most]
