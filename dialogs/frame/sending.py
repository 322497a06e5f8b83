"""What is said becomes a call of the turn: written down for the conversation's channel, and made after the commit."""

import re
from collections.abc import Sequence
from typing import Any

from dialogs.frame.i18n import _
from dialogs.frame.speaking import Speaking
from storage.contatos.contatos import Contato
from storage.outbox.written import write_down

# What a person is shown anew, under which the choices stand that may be typed.
SENDS = frozenset({
    "sendMessage", "sendPhoto", "sendDocument", "sendVoice", "sendAudio", "sendVideo", "sendSticker", "sendLocation",
    "sendVenue", "sendContact",
})  # fmt: skip
# `1. Padaria`: a number is this line's name.
_NUMBERED_LINE = re.compile(r"^\d{1,3}\. ", re.MULTILINE)
# A month is no place in a list, and "1" may be one, too.
_MONTH = re.compile(r"\d{2}/\d{4}")
# Of a choice that is on no such line: only its label names it, for "1" is the first of what is listed.
BY_LABEL = "so pelo nome"


async def send(
    turn: Speaking,
    contato: Contato,
    method: str,
    params: dict[str, Any],
    choices: Sequence[tuple[str, str]] = (),
    *,
    asks: bool = False,
    beneath: Sequence[tuple[str, str]] = (),
) -> int:
    """Write down a call of the Bot API to somebody whose conversation is open, with the choices that it shows.

    `asks`: whether it is one of them that they want (`Talk.offer`). `beneath`: choices that stand further up, and may
    still be named.

    Returns the id that its message has until it is sent, the number of its row, negated; 0 when it is nobody's.
    """
    if contato.unreachable_at is not None:
        return 0
    params["to"] = contato.external_id
    if "reply_markup" in params and contato.channel == "whatsapp":
        # What opens a list of choices, where they are hidden: only the turn knows the person's language.
        params["list_button"] = _("Escolher")
    call = await write_down(turn.tx, contato.lane, contato.channel, method, params, contato.id, secret=turn.secret)
    if method in SENDS:
        offer = [str(params.get("message_thread_id", 0)), str(call.id)] if asks else []
        text = params.get("text") or params.get("caption") or ""
        other = len(choices) == 1 and _MONTH.fullmatch(choices[0][0]) is not None
        listed = not asks and (other or _NUMBERED_LINE.search(text) is not None)
        _remember(contato, choices, [turn.tx.now.isoformat(), *offer], beneath, listed=listed)
    return -call.id


def _remember(
    contato: Contato,
    choices: Sequence[tuple[str, str]],
    shown: list[str],
    beneath: Sequence[tuple[str, str]],
    *,
    listed: bool,
) -> None:
    """Labels with what a tap on them says, and when they were shown: typed later, they stand for it no more.

    Of an offer, also the topic in which it was asked (0 where there is none), and its call. `listed`: the text numbers
    its lines, or says a month; a choice that is on none of them is named by its label alone, as those `beneath` are.
    """
    remembered = [
        [label, data, *shown, *([BY_LABEL] if listed and not label.startswith(f"{place}. ") else [])]
        for place, (label, data) in enumerate(choices, 1)
    ]
    if remembered or not choices:
        remembered += [[label, data, shown[0], BY_LABEL] for label, data in beneath]
    if contato.choices != (remembered or None):
        contato.choices = remembered or None
        contato.changed = True
