"""Bills drawn as PDF, sound and damaged in every way we know: no damaged one is green, hardly a sound one is marked.

A few with the suite; the long run is `FATURAS=300 python -m pytest tests/bot/faturas/test_estragos.py`.
"""

import io
import os
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pikepdf
import pytest

from core.testemunha.exame import Exame, examine
from core.testemunha.leitura import Recusa
from core.testemunha.lido import Lido
from core.testemunha.nota.xml import read_xml
from sandbox.faturas.estragos import Estrago, pdf_of
from sandbox.faturas.xml import EstragoDaNota, xml_of
from tests.support.testemunhas import caso, damaged, file_of, judge, look

BILLS = int(os.environ.get("FATURAS", "4"))
SOUND = max(BILLS, 12)
TRINTA = Decimal(30)
REFUSED = {
    Estrago.CRIPTOGRAFADA: Recusa.COM_SENHA,
    Estrago.CORTADA: Recusa.CORTADO,
    Estrago.SCRIPT: Recusa.COM_SCRIPT,
    Estrago.ENORME: Recusa.MUITAS_PAGINAS,
    Estrago.PAGINA_HTML: Recusa.PAGINA_HTML,
}
LET_THROUGH = {Estrago.OUTRO_CLIENTE}  # not marked, but not green: a stranger whose client we do not know


def test_no_damaged_bill_is_green() -> None:
    wrong = []
    for number in range(BILLS):
        for estrago, found in damaged(number):
            if isinstance(found, Recusa):
                right = REFUSED.get(estrago) == found
            else:
                marked = found.marcada(TRINTA) or estrago in LET_THROUGH
                right = estrago not in REFUSED and marked and not found.verde(TRINTA)
            if not right:
                wrong.append((number, estrago, _told(found)))
    assert wrong == []


def test_at_most_one_sound_bill_in_a_hundred_is_marked() -> None:
    found = {number: judge(caso(number), None, robo=True) for number in range(SOUND)}
    marked = {number: _told(one) for number, one in found.items() if isinstance(one, Recusa) or one.marcada(TRINTA)}
    assert len(marked) <= SOUND // 100, marked
    green = [one for one in found.values() if isinstance(one, Exame) and one.verde(TRINTA)]
    assert len(green) >= SOUND - SOUND // 100


def _told(found: Exame | Recusa) -> object:
    if isinstance(found, Recusa):
        return found
    return {one.campo.value: (one.veredito.value, one.motivos, one.testemunhas) for one in found.campos}


def test_a_note_that_says_otherwise_is_never_green_and_one_that_agrees_changes_nothing() -> None:
    wrong: list[object] = []
    for number in range(BILLS):
        one = caso(number)
        pdf = look(file_of(one, None)[0])
        assert isinstance(pdf, Lido)
        sound = examine(replace(pdf, nota=read_xml(xml_of(one.fatura))), one.known, one.dito)
        if sound.marcada(TRINTA) or not sound.verde(TRINTA):
            wrong.append((number, None, _told(sound)))
        for estrago in EstragoDaNota:
            found = examine(replace(pdf, nota=read_xml(xml_of(one.fatura, estrago))), one.known, one.dito)
            unseen = estrago is EstragoDaNota.OUTRA_NOTA and not one.fatura.chave  # the bill prints no key
            # The total of a note is not always what is to pay: a look, and no mark.
            right = unseen or (not found.verde(TRINTA) and found.marcada(TRINTA) is (estrago != EstragoDaNota.TOTAL))
            if not right:
                wrong.append((number, estrago, _told(found)))
    assert wrong == []


@pytest.mark.falha(541)
@pytest.mark.parametrize("number", range(4))
def test_two_bills_saved_as_one_pdf_are_never_green(number: int) -> None:
    one = caso(number)
    content = file_of(one, None)[0]
    before = replace(
        one.fatura, mes_ano="10/2026", valor=Decimal("77.10"), vencimento=date(2026, 11, 10), boleto=False,
        numero=one.fatura.numero + 7,
    )  # fmt: skip
    stranger = replace(one.alheia, valor=one.fatura.valor + 1, boleto=False)
    for second in (before, stranger):
        found = look(_together(content, pdf_of(second)))
        assert isinstance(found, Lido)
        exame = examine(found, one.known, one.dito)
        assert not exame.verde(TRINTA), _told(exame)
    twice = look(_together(content, content))
    assert isinstance(twice, Lido)
    assert examine(twice, one.known, one.dito).verde(TRINTA), "the same bill twice is one bill"


def _together(first: bytes, second: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(first)) as pdf, pikepdf.open(io.BytesIO(second)) as other:
        pdf.pages.extend(other.pages)
        pdf.save(out)
    return out.getvalue()
