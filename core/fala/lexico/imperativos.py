"""The forms in which a verb asks for something: "apaga", "apague", "apagar". For patterns, of its infinitive."""

import re

from core.fala.lexico.texto import listed

# Behind the stem, without accents: the imperatives of tu and você, and the infinitive.
_ENDINGS = {"ar": "a e ar", "ear": "eia eie ear", "gar": "ga gue gar", "car": "ca que ce car", "er": "e a er"}
_ENDINGS |= {"ir": "e a ir", "uir": "ui ua uir", "gir": "ge ja gir"}
_INFINITIVE = re.compile(r"(?P<stem>[a-z]+?)(?P<ending>ear|[gc]ar|ar|er|[ug]ir|ir)")


def asked(infinitives: str) -> str:
    """A pattern of every such form of these verbs."""
    return "|".join(map(_forms, listed(infinitives)))


def _forms(infinitive: str) -> str:
    found = _INFINITIVE.fullmatch(infinitive)
    assert found is not None, infinitive
    return f"{found['stem']}(?:{'|'.join(_ENDINGS[found['ending']].split())})"
