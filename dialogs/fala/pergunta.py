"""A question that buttons ask: which of the choices shown last is its yes, and which its no."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.palavras import Palavra
from dialogs.frame.buttons import button_of
from dialogs.frame.words import WordButton

_NO_WORDS = frozenset(WordButton(palavra=palavra).pack() for palavra in (Palavra.NAO, Palavra.CANCELAR))


@dataclass(frozen=True, slots=True)
class PerguntaDeBotoes:
    """What a tap on each says, and what stands on it. No `nao`: the question has several other choices."""

    sim: str
    rotulo_sim: str
    nao: str | None = None
    rotulo_nao: str | None = None


def asked_by(choices: Sequence[tuple[str, str]]) -> PerguntaDeBotoes | None:
    """The question of these choices; None where no button of them is a yes, or several are."""
    yes = [(label, data) for label, data in choices if _answers(data) is True]
    if len(yes) != 1:
        return None
    others = [(label, data) for label, data in choices if data != yes[0][1]]
    no = [(label, data) for label, data in others if _answers(data) is False] or others
    (rotulo_sim, sim), (rotulo_nao, nao) = yes[0], no[0] if len(no) == 1 else (None, None)
    return PerguntaDeBotoes(sim, rotulo_sim, nao, rotulo_nao)


def _answers(data: str) -> bool | None:
    if data in _NO_WORDS:
        return False
    button = button_of(data)
    return None if button is None else button.answers
