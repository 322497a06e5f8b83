"""Whoever is asked to confirm, and looks at something first: "qual o vencimento da oficina?", "mostra a da clínica"."""

import re
from datetime import date

from core.palavras import folded
from core.processo.consulta.pedido import is_search
from core.processo.consulta.valores import decididas_of, read_valores

_LOOKS = re.compile(
    r"(?:(?:e|mas|antes|pera|perai|calma|hum+|opa|primeiro|entao|deixa)[ ,.!]+)*"
    r"(?:qual|quais|quant[oa]s?|quem|quando|cade|kd|onde|(?:me )?mostr(?:a|e)|quero ver|(?:eu )?ver|abre|abrir|o que|oq"
    r"|como (?:esta|estao|ta|tao|anda|andam)|tem|teve|procura|busca|acha|show|which|what|how)\b"
)


def begins_to_look(text: str) -> bool:
    """Whether it begins as a question or a look does; what it is about says the rest."""
    return _LOOKS.match(folded(text)) is not None


def asks_of_invoices(text: str, today: date) -> bool:
    """Whether it looks for some, asks what they come to, or what one has decided."""
    return is_search(folded(text)) or read_valores(text, today) is not None or decididas_of(text, today) is not None
