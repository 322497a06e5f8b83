"""Filters for what comes after its time (core/prazos.py): a question that is over, an old button, a late arrival."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from aiogram.filters import Filter
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from core.palavras import Palavra
from core.prazos import BOTOES, ESCOLHAS, OFERTA, came_late, is_over
from dialogs.frame.buttons import Button, button_of
from dialogs.frame.kept import OF_ANOTHER_RELEASE
from dialogs.frame.sending import BY_LABEL
from dialogs.frame.talk import Choice, Talk
from storage.outbox.sent import is_newest, sent_at

_ANSWERS = (Palavra.SIM, Palavra.NAO)
# Its label, what it says, and when it was shown.
_OF_A_CHOICE = 3


class Lapsed(Filter):
    """One of these was asked, and its time was over before this was written."""

    def __init__(self, *states: State) -> None:
        self._states = frozenset(state.state for state in states)

    async def __call__(self, event: Message | CallbackQuery, vencida: str | None = None) -> bool:
        return vencida in self._states


class Unasked(Filter):
    """A question is open that never reached whom it was asked, and this would answer it; given as `nao_chegou`."""

    async def __call__(
        self, event: Message, nao_chegou: str | None = None, palavra: Palavra | None = None
    ) -> bool | dict[str, str]:
        return {"nao_chegou": nao_chegou} if nao_chegou and (palavra is None or palavra in _ANSWERS) else False


class OfAnotherRelease(Filter):
    """The question that was open is one that this release does not know, and this would answer it."""

    async def __call__(self, event: Message, vencida: str | None = None, palavra: Palavra | None = None) -> bool:
        return vencida == OF_ANOTHER_RELEASE and (palavra is None or palavra in _ANSWERS)


class CameLate(Filter):
    """It was written so long ago that nothing of it is done; given as `escrita_em`."""

    async def __call__(self, event: Message | CallbackQuery, talk: Talk) -> bool | dict[str, datetime]:
        written = talk.escrita_em
        return {"escrita_em": written} if written is not None and came_late(written, talk.tx.now) else False


class OldButton(Filter):
    """A tap on a button whose time is over; given as `velho`, with the moment in which it was shown."""

    async def __call__(self, event: CallbackQuery, talk: Talk) -> bool | dict[str, Any]:
        button = button_of(event.data)
        life = _life_of(button)
        if button is None or life is None:
            return False
        shown = await shown_at(talk, event.data)
        if not is_over(shown, life, talk.escrita_em or talk.tx.now):
            return False
        return {"velho": button, "mostrado_em": shown}


async def shown_at(talk: Talk, data: str | None) -> datetime | None:
    """When the button that is tapped was shown; None when nobody knows any more."""
    shown = _shown_last(talk, data)
    if shown is None and talk.quoted_id is not None:
        shown = await sent_at(talk.tx.connection, talk.contato.id, talk.quoted_id)
    return shown


def _shown_last(talk: Talk, data: str | None) -> datetime | None:
    """When this choice was shown, if it is among those shown last: asked again, an old button is the new one."""
    since = [choice[2] for choice in talk.contato.choices or [] if choice[1] == data and len(choice) > 2]
    return datetime.fromisoformat(since[0]) if since else None


def choices_of(talk: Talk) -> list[tuple[str, str]]:
    """The choices shown last whose label or number may still be typed, each with what a tap on it says.

    One that an older release showed says no time, and is not over.
    """
    written = talk.escrita_em or talk.tx.now
    alive = []
    for label, data, *since in talk.contato.choices or []:
        shown = datetime.fromisoformat(since[0]) if since else None
        if not is_over(shown, _life_of(button_of(data)) or ESCOLHAS, written):
            alive.append((label, data))
    return alive


def as_choices(shown: Sequence[tuple[str, str]]) -> list[Choice]:
    """What was shown, to be shown again: but for the buttons that this release does not know."""
    return [(label, button) for label, data in shown if (button := button_of(data)) is not None]


def buttons_shown(talk: Talk) -> list[Button]:
    """The buttons of `choices_of`."""
    return [button for _label, button in as_choices(choices_of(talk))]


def is_named_by_number(talk: Talk, data: str) -> bool:
    """Whether the number of this choice on the screen names it: not where the numbers are those of a list above it."""
    return not any(row[1] == data and row[-1] == BY_LABEL for row in talk.contato.choices or [])


async def nobody_wrote_since(talk: Talk) -> bool:
    """Whether the offer of `offered_last` is what they read last: a copy of somebody's message is no choice."""
    call = (talk.contato.choices or [[""]])[0][-1]
    return await is_newest(talk.tx.connection, talk.contato.lane, int(call))


def offered_last(talk: Talk) -> list[tuple[str, str]]:
    """The choices of the message shown last, where it asked for a yes (`Talk.offer`), here and not long ago."""
    written = talk.escrita_em or talk.tx.now
    asked = {
        data
        for _label, data, *more in talk.contato.choices or []
        if len(more) > 1 and more[1] == (talk.topic or "0")
        if not is_over(datetime.fromisoformat(more[0]), OFERTA, written)
    }
    return [(label, data) for label, data in choices_of(talk) if data in asked]


def let_offer_go(talk: Talk) -> None:
    """They wrote to somebody else since: a yes or a no is to that one now. A label still names its choice."""
    if offered_last(talk):
        talk.contato.choices = [row[:_OF_A_CHOICE] for row in talk.contato.choices or []]
        talk.contato.changed = True


class Offered(Filter):
    """The message shown last has a button of this kind that may still be tapped: what is typed now answers it."""

    def __init__(self, kind: type[Button]) -> None:
        self._kind = kind

    async def __call__(self, event: Message, talk: Talk) -> bool:
        return any(self._kind.read(data) is not None for _label, data in choices_of(talk))


def _life_of(button: Button | None) -> timedelta | None:
    return BOTOES.get(type(button).__name__)
