"""The Spanish catalogues speak as one person does: tú, as Latin America writes it, everywhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted(ROOT.glob("*/**/locales/es/LC_MESSAGES/*.po"))
# What only usted, vos or vosotros is told, wherever in a sentence.
_OTHERS = re.compile(
    r"\b(?:usted(?:es)?|vos|vosotr[oa]s|ordenador|m[óo]vil|vale,"
    r"|su (?:matr[íi]cula|perfil|panel|pregunta|respuesta|pedido|fila|turno)"
    r"|(?:env[íi]e|m[áa]nde|gu[áa]rde|c[óo]pie|t[óo]que|rev[íi]se|reactíve|gr[áa]be|ci[ée]rre|b[úu]sque)l[oa]s?"
    r"|(?:escríba|p[íi]da|ábra|corríja|elíja|responda|hága|díga|agrégue)(?:l[oa]s?|me))\b",
    re.IGNORECASE,
)
# What a part of a sentence begins with: behind "que", "quien" or "cuando" the same letters are somebody else's.
_ASKED = """
abra acceda agregue apruebe avise baje busque cambie comience complete compruebe confirme copie corrija cree deje
descargue diga elija empiece envíe escoja escriba espere guarde haga indique intente lea mande pida ponga pregunte
pruebe pulse quite rechace registre repita responda revise seleccione toque vea verifique vuelva
"""
_BEGINS = re.compile(rf"(?:^|[.:;?!\n] ?|, o )(?:{'|'.join(_ASKED.split())})\b|¿(?:quiere|necesita)\b", re.IGNORECASE)


def _sentences(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        for message in read_po(file, locale="es"):
            if message.id:
                yield from message.string if isinstance(message.string, tuple | list) else [message.string]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_nobody_is_called_usted(path: Path) -> None:
    assert [text for text in _sentences(path) if _OTHERS.search(text) or _BEGINS.search(text)] == []


def test_all_of_them_are_read() -> None:
    assert {path.stem for path in CATALOGUES} >= {"balcao", "painel", "motivos"}
