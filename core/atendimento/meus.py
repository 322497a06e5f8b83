"""What a consultor asks of their own work: "quantos atendi hoje?", "qual minha nota?"."""

import re
from datetime import date

from core.fala.leitura.tempo import days_said
from core.fala.lexico.texto import in_a_line

_LONGEST = 70
_ASKS = re.compile(
    r"(?:(?:e|oi|bom dia|boa tarde|entao|me diz|me fala|sabe)[ ,]+)*"
    r"(?:(?:quant[oa]s?|qts|qtos|qnts)(?: (?:clientes?|atendimentos?|pessoas?|conversas?|chats?))?(?: (?:eu|ja))*"
    r" (?:atendi|peguei|aceitei|encerrei)(?: (?:clientes?|atendimentos?))?"
    r"|(?:quais |qual |como (?:ta|esta|tao|estao) )?(?:e |sao |foi |foram )?(?:a |as |o |os )?"
    r"(?:minhas?|meus?) (?:atendimentos?|numeros?|notas?|media|avaliac\w+|desempenho|resultados?))"
    r"(?P<when>(?: [a-z]+| \d{1,2}/\d{4})*)[ ?!.]*"
)
_WHOSE = re.compile(r"\b(?:da|do|pro|pra|para|com) (?!semana|mes|dia|hoje|ontem)[a-z]{3,}")


def own_days(text: str, today: date) -> tuple[date, date] | None:
    """The first and the last day it is about; this month so far where it says none. None for any other text."""
    found = _ASKS.fullmatch(said := in_a_line(text, _LONGEST))
    return None if found is None or _WHOSE.search(found["when"]) else days_said(said, today)
