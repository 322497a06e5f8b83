"""A customer who writes in many short messages is not answered each of them: nobody reads twenty greetings."""

from datetime import datetime, timedelta

from aiogram.filters import Filter
from aiogram.types import Message

from dialogs.frame.talk import Talk

# Of what comes within so long so many are answered; all of it is kept for whoever attends them.
AT_ONCE = timedelta(seconds=3)
MOST = 3
# In the conversation's data: when the last of them were answered.
_ANSWERED = "respondido_em"


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
