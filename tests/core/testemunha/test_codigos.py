"""The codes of a bill: what they say, and that a changed digit never passes (BCB, FEBRABAN, Manual do Pix)."""

import binascii
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.testemunha.arrecadacao import arrecadacao_of_bars, arrecadacao_of_line
from core.testemunha.boleto import Boleto, boleto_of_bars, boleto_of_line
from core.testemunha.codigos import lines_in
from core.testemunha.digitos import weighted11
from core.testemunha.nfcom import consulta_of, key_of, keys_in
from core.testemunha.nota.xml import XmlRecusado, read_xml
from core.testemunha.pix import pix_in, read_pix
from sandbox.faturas.estragos import HTML
from sandbox.faturas.xml import xml_of
from tests.support.faturas import conta

NO_NOTE = {
    "other": b"<nfeProc/>",
    "cut": b"<a",
    "page": HTML,
    "no text": bytes([0xFF, 0xFE]),
    "doctype": b"<!DOCTYPE x><a/>",
    "entities": b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>',
    "utf-16": b'<?xml version="1.0" encoding="UTF-16"?>' + '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'.encode("utf-16"),
    "deep": b"<a>" * 200_000,
    "two": xml_of(conta()).replace(b"<NFCom>", b'<NFCom><infNFCom Id="NFCom"/>'),
}
TELECOM = "846100000005246100291102005460339004695895061080"
BANK = "23793381286000782713695000063305975520000370000"


def changed(code: str, place: int, by: int) -> str:
    return code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]


def pix(amount: str = "24.61") -> str:
    account = "0014br.gov.bcb.pix0111pix@vivo.br"
    body = f"00020126{len(account):02}{account}52040000530398654{len(amount):02}{amount}5802BR5904VIVO6009SAO PAULO"
    body += "62070503***6304"
    return f"{body}{binascii.crc_hqx(body.encode(), 0xFFFF):04X}"


def boleto(fator: str) -> Boleto:
    for digit in range(1, 10):
        if made := boleto_of_bars(f"2379{digit}{fator}0000037000" + "3381260007827139500006330"):
            return made
    raise AssertionError("one of the nine digits is the right one")


class TestArrecadacao:
    def test_a_telecom_slip_says_its_value_and_company(self) -> None:
        slip = arrecadacao_of_line(TELECOM)
        assert slip is not None
        assert (slip.valor, slip.favorecido, slip.linha) == (Decimal("24.61"), "arrecadacao:4:0029", TELECOM)

    @given(place=st.integers(0, 47), by=st.integers(1, 9))
    def test_no_changed_digit_of_the_line_passes(self, place: int, by: int) -> None:
        assert arrecadacao_of_line(changed(TELECOM, place, by)) is None

    @given(place=st.integers(0, 43), by=st.integers(1, 9))
    def test_no_changed_digit_of_the_bars_passes(self, place: int, by: int) -> None:
        slip = arrecadacao_of_line(TELECOM)
        assert slip is not None
        assert arrecadacao_of_bars(changed(slip.barras, place, by)) is None


class TestBoleto:
    def test_line_and_bars_are_the_same_slip(self) -> None:
        slip = boleto_of_line(BANK)
        assert slip is not None
        assert (slip.banco, slip.valor, slip.linha) == ("237", Decimal("3700.00"), BANK)
        assert boleto_of_bars(slip.barras) == slip

    @given(place=st.integers(0, 46), by=st.integers(1, 9))
    def test_no_changed_digit_of_the_line_passes(self, place: int, by: int) -> None:
        assert boleto_of_line(changed(BANK, place, by)) is None

    @pytest.mark.parametrize(
        ("fator", "issued", "due"),
        [
            ("9999", date(2025, 2, 1), date(2025, 2, 21)),
            ("1000", date(2025, 2, 1), date(2025, 2, 22)),
            ("1001", date(2026, 11, 29), date(2025, 2, 23)),
            ("1000", date(2000, 7, 1), date(2000, 7, 3)),
            ("5000", date(2026, 11, 29), None),
            ("0000", date(2026, 11, 29), None),
        ],
    )
    def test_the_fator_began_again_and_only_a_near_day_counts(self, fator: str, issued: date, due: date | None) -> None:
        assert boleto(fator).vencimento(issued) == due


class TestPix:
    def test_a_charge_says_who_is_paid_and_how_much(self) -> None:
        charge = read_pix(pix())
        assert charge is not None
        assert (charge.valor, charge.nome) == (Decimal("24.61"), "VIVO")

    def test_a_changed_amount_is_no_charge(self) -> None:
        assert read_pix(pix().replace("24.61", "94.61")) is None

    def test_it_is_found_when_the_print_breaks_it_into_lines(self) -> None:
        text = pix()
        assert [one.valor for one in pix_in(f"Pague com Pix:\n{text[:50]}\n{text[50:]}\nobrigado")] == [
            Decimal("24.61")
        ]


def nfcom_key(cnpj: str = "12ABC34501DE35", emissao: str = "2611", modelo: str = "62") -> str:
    body = f"35{emissao}{cnpj}{modelo}001000012345101234567"
    rest = weighted11(body)
    return body + str(0 if rest < 2 else 11 - rest)


class TestNFCom:
    def test_a_key_whose_cnpj_holds_letters_says_the_month_of_emission(self) -> None:
        key = key_of(nfcom_key())
        assert key is not None
        assert (key.emissao.ano, key.emissao.mes) == (2026, 11)

    def test_another_document_and_a_changed_digit_are_no_key(self) -> None:
        assert key_of(nfcom_key(modelo="55")) is None
        assert key_of(changed(nfcom_key("33000118000179"), 30, 1)) is None

    def test_it_is_found_printed_in_fours(self) -> None:
        key = nfcom_key()
        printed = " ".join(key[place : place + 4] for place in range(0, 44, 4))
        assert [one.texto for one in keys_in(f"Chave de acesso: {printed}")] == [key]

    def test_a_note_of_the_test_environment_is_told(self) -> None:
        note = consulta_of(f"https://dfe-portal.svrs.rs.gov.br/NFCom/QRCode?chNFCom={nfcom_key()}&tpAmb=2")
        assert note is not None
        assert note.teste

    @pytest.mark.falha(215)
    @pytest.mark.parametrize("name", NO_NOTE)
    def test_what_is_no_note_is_refused(self, name: str) -> None:
        with pytest.raises(XmlRecusado):
            read_xml(NO_NOTE[name])


class TestLinesInAText:
    def test_a_printed_line_is_found(self) -> None:
        printed = "84610000000-5 24610029110-2 00546033900-4 69589506108-0"
        assert [code.linha for code in lines_in(f"Pagar até 10/12\n{printed}\n").codigos] == [TELECOM]

    def test_digits_that_merely_follow_each_other_are_none(self) -> None:
        assert lines_in("Conta 8461000 00005 2461 0029 1102 0054 60339004 695895061080").codigos == frozenset()

    def test_a_line_with_a_changed_digit_is_told(self) -> None:
        found = lines_in("84610000000-5 24610029110-2 00546033900-4 69589506109-0")
        assert (found.codigos, len(found.errados)) == (frozenset(), 1)
