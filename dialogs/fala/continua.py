""" "E ontem?", "e a de agosto?": the question before, asked of another time."""

from core.fala.leitura.elipse import continued, may_be_continued
from dialogs.frame.talk import Talk

# In the conversation's data: the last question that may go on so.
_ULTIMA = "ultima_pergunta"


async def carried_on(talk: Talk, text: str) -> str:
    """What is asked, with what was asked before in place of what is left out; most texts as they are."""
    if talk.pessoa is None or talk.contato.state is not None or talk.is_attended:
        return text
    last = talk.contato.state_data.get(_ULTIMA)
    whole = (continued(last, text, talk.today) if isinstance(last, str) else None) or text
    kept = whole if may_be_continued(whole, talk.today) else None
    if kept != last:
        data = {key: value for key, value in talk.contato.state_data.items() if key != _ULTIMA}
        talk.contato.state_data = data if kept is None else data | {_ULTIMA: kept}
        talk.contato.changed = True
    return whole
