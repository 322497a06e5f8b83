"""What an administrator asks about what somebody did: "o Hugo mexeu em algo hoje?", "o que a Ana fez ontem?"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.fala.leitura.tempo import days_named
from core.fala.lexico.texto import in_a_line

_LONGEST = 90
_LEAD = r"(?:(?:e|me|diz|mostra|ve|ver|sabe|quero|queria|saber|preciso|se|por favor|pf|ai|ja|hoje|ontem)[ ,]+)*"
_WHO = r"(?:o |a )?(?P<nome>[a-z]{2,}(?: (?!(?:ja|ainda|tambem|mais)\b)[a-z]{2,})?)"
_DID = (
    r"(?:(?:ja|ainda|tambem|mais) )?(?:fez|fizeram|mexeu|alterou|mudou|aprontou|trabalhou|decidiu|aprovou|rejeitou"
    r"|apagou|excluiu|exportou|liberou|cadastrou|(?:andou|anda|ta|tava|esteve) (?:fazendo|mexendo|aprontando))"
)
_WHEN = (
    r"(?:[ ,]+(?:hoje|hj|ontem|anteontem|(?:n?ess[ae]|n?est[ae]) (?:semana|mes)|(?:semana|mes) passad[ao]"
    r"|(?:no )?dia [0-9/]+|no sistema|por aqui|aqui|ai|de manha|a tarde|a noite|cedo))*"
)
_SOMETHING = r"(?:algo|alguma coisa|alguma|algum|coisa|oque|oq|o que|o q|qual|quais|que|nada|alguma fatura|fatura)"
_ASKS = (
    re.compile(rf"{_LEAD}(?:o que|oque|oq|o q|que) (?:(?:foi que|e que|que) )?{_WHO} {_DID}{_WHEN}[ ?!.]*"),
    re.compile(rf"{_LEAD}{_WHO} {_DID} (?:(?:em|no|na|com) )?{_SOMETHING}{_WHEN}[ ]*\?[ ?!.]*"),
    re.compile(rf"{_LEAD}{_WHO} {_DID} (?:oque|oq|o que|o q){_WHEN}[ ?!.]*"),
)
_DECIDES = re.compile(r"\b(?:(?P<sim>aprovou|autorizou)|(?P<nao>rejeitou|recusou|reprovou))\b")
_DECIDED = re.compile(
    rf"{_LEAD}{_WHO} (?:ja |ainda )?(?:aprovou|autorizou|rejeitou|recusou|reprovou){_WHEN} ?\?[ ?!.]*"
)
# Nobody is called so.
_NOBODY = frozenset(
    ("ele", "ela", "eu", "alguem", "ninguem", "quem", "robo", "sistema", "cliente", "voce", "vc", "gente")
)


@dataclass(frozen=True, slots=True)
class DeQuem:
    """`dias`: the first and the last of them; None where none is said."""

    nome: str
    dias: tuple[date, date] | None


def asks_what_somebody_decided(text: str, today: date) -> tuple[DeQuem, bool] | None:
    """ "A Flávia aprovou o que ontem?", "o Hugo já aprovou hoje?": of whom, and whether what they rejected is asked."""
    decides = _DECIDES.search(in_a_line(text, _LONGEST))
    found = _of_whom(text, today, (*_ASKS, _DECIDED)) if decides is not None else None
    return None if found is None or decides is None else (found, decides["nao"] is not None)


def asks_what_somebody_did(text: str, today: date) -> DeQuem | None:
    """Whose acts are asked for, and of which days; None for any other text."""
    return _of_whom(text, today, _ASKS)


def _of_whom(text: str, today: date, asks: Sequence[re.Pattern[str]]) -> DeQuem | None:
    said = in_a_line(text, _LONGEST)
    found = next((match for one in asks if (match := one.fullmatch(said)) is not None), None)
    if found is None or found["nome"].split()[0] in _NOBODY:
        return None
    return DeQuem(found["nome"], days_named(said, today))
