"""Who is not answered each time: a customer who writes in many short messages, of whom nobody reads twenty greetings,
and a program that answers each of our answers with the same words."""

import re
import zlib
from datetime import datetime, timedelta

from aiogram.filters import Filter
from aiogram.types import Message

from core.palavras import folded
from dialogs.frame.talk import Talk

# Of what comes within so long so many are answered; all of it is kept for whoever attends them.
AT_ONCE = timedelta(seconds=3)
MOST = 3
# In the conversation's data: when the last of them were answered.
_ANSWERED = "respondido_em"
# The same sentence is answered so often in so long: "estamos fora do horário" comes for ever, and a person finds other
# words. A program that hears nothing more has nothing to answer.
AGAIN = timedelta(minutes=30)
TIMES = 5
_SENTENCE_WORDS = 4
_REMEMBERED = 20
_DIGITS = re.compile(r"\d+")
# In the conversation's data: the sums of what was answered, and when.
_SAID = "repetido"


class OneOfMany(Filter):
    """Several were answered just now. Asked of each message that no dialog takes; it counts them."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        now = talk.tx.now
        known = (await talk.state.get_data()).get(_ANSWERED, [])
        lately = [moment for moment in known if now - datetime.fromisoformat(moment) <= AT_ONCE]
        if len(lately) < MOST:
            await talk.state.update_data({_ANSWERED: [*lately, now.isoformat()]})
            return False
        return True


class SaidAgain(Filter):
    """The same sentence was answered again and again. Asked of each message that no dialog takes; it counts them."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        text = folded(event.text or "")
        if talk.is_attended or len(text.split()) < _SENTENCE_WORDS:
            return False
        now, said = talk.tx.now, zlib.crc32(_DIGITS.sub("", text).encode())
        known = (await talk.state.get_data()).get(_SAID, [])
        lately = [one for one in known if now - datetime.fromisoformat(one[1]) <= AGAIN]
        if [one for one, _when in lately].count(said) >= TIMES:
            return True
        await talk.state.update_data({_SAID: [*lately, [said, now.isoformat()]][-_REMEMBERED:]})
        return False
