""" "E ontem?", "e a de agosto?": the question before, asked of another time."""

from datetime import datetime

from core.fala.leitura.elipse import continued, may_be_continued
from core.prazos import CONTINUACAO, is_over
from dialogs.frame.talk import Talk
from dialogs.venda.venda import Vender

# In the conversation's data: the last question that may go on so, and when it was written.
_ULTIMA = "ultima_pergunta"
# In a sale people ask of others ("quantas vendi hoje?", "e ontem?"); its own questions are answered by no such thing.
_STATES = frozenset({None, Vender.robo.state, Vender.resposta.state, Vender.lugar_na_fila.state})


async def carried_on(talk: Talk, text: str) -> str:
    """What is asked, with what was asked before in place of what is left out; most texts as they are."""
    if talk.pessoa is None or talk.contato.state not in _STATES or talk.is_attended:
        return text
    written = talk.escrita_em or talk.tx.now
    kept = talk.contato.state_data.get(_ULTIMA)
    last = _alive(kept, written)
    # In a sale only what asks may go on with a question: the rest answers the robot.
    asks = talk.contato.state is None or text.rstrip().endswith("?")
    whole = (continued(last, text, talk.today) if last is not None and asks else None) or text
    now = [whole, written.isoformat()] if may_be_continued(whole, talk.today) else None
    if now != kept:
        data = {key: value for key, value in talk.contato.state_data.items() if key != _ULTIMA}
        talk.contato.state_data = data if now is None else data | {_ULTIMA: now}
        talk.contato.changed = True
    return whole


def _alive(kept: object, written: datetime) -> str | None:
    """The question that was kept, if it was asked not long before this was written (core/prazos.py)."""
    # An older release kept the text alone: nobody knows since when.
    if not isinstance(kept, list):
        return None
    asked, since = kept
    return None if is_over(datetime.fromisoformat(since), CONTINUACAO, written) else str(asked)
