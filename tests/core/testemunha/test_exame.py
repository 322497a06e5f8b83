"""A bill held against what we know of its client: which witnesses agree, and what gives a wrong one away."""

import binascii
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.testemunha.boleto import Boleto, boleto_of_bars
from core.testemunha.conhecido import Conhecido, Documento, Titular
from core.testemunha.exame import DitoDoRobo, Exame, examine
from core.testemunha.lido import Lido
from core.testemunha.meses import Mes
from core.testemunha.nfcom import key_of
from core.testemunha.nota.xml import NotaXml
from core.testemunha.parecer import Campo, Fonte, Motivo, Parecer, Veredito
from sandbox.faturas import codigos

NOVEMBRO = Mes(2026, 11)
VENCE = date(2026, 12, 10)
NOSSO = Titular("c1", "33000118000179", "Padaria Três Irmãos Ltda", "899123456_24", "(11) 4002-8922")
FILIAL = Titular("c2", "33000118000250", "Padaria Três Irmãos Ltda", "899123777", "")
ROBO = DitoDoRobo(Decimal("123.45"), VENCE)
TRINTA = Decimal(30)


def slip(cents: int = 12345, conta: str = "3381260007827139500006330", vence: date = VENCE) -> Boleto:
    fator = 1000 + (vence - date(2025, 2, 22)).days
    for digit in range(1, 10):
        if made := boleto_of_bars(f"2379{digit}{fator}{cents:010}{conta}"):
            return made
    raise AssertionError("one of the nine digits is the right one")


def printed(code: Boleto) -> str:
    line = code.linha
    fields = (f"{line[:5]}.{line[5:10]}", f"{line[10:15]}.{line[15:21]}", f"{line[21:26]}.{line[26:32]}")
    return " ".join((*fields, line[32], line[33:]))


def pix(amount: str = "123.45", key: str = "pix@vivo.br") -> str:
    account = f"0014br.gov.bcb.pix01{len(key):02}{key}"
    body = f"00020126{len(account):02}{account}52040000530398654{len(amount):02}{amount}5802BR5904VIVO6009SAO PAULO"
    body += "62070503***6304"
    return f"{body}{binascii.crc_hqx(body.encode(), 0xFFFF):04X}"


def bill(**changes: str) -> str:
    said = {
        "conta": "899.123.456",
        "cnpj": "33.000.118/0001-79",
        "referencia": "11/2026",
        "vencimento": "10/12/2026",
        "valor": "123,45",
        "linha": printed(slip()),
    } | changes
    return (
        "VIVO S.A. CNPJ 02.558.157/0001-62\nPADARIA TRES IRMAOS LTDA\nCNPJ: {cnpj}\nNúmero da conta: {conta}\n"
        "Mês de referência Vencimento Total a pagar\n{referencia} {vencimento} R$ {valor}\n"
        "Data de emissão: 20/11/2026\nValor total da NF R$ 99,99\n{linha}\n"
    ).format(**said)


def read(text: str | None = None, *, barras: str = slip().barras, qr: str = pix()) -> Lido:
    return Lido("a" * 64, (bill() if text is None else text,), (barras,), (qr,))


def known(*anteriores: Documento, outros: tuple[Titular, ...] = ()) -> Conhecido:
    return Conhecido(NOSSO, "p11", NOVEMBRO, date(2026, 11, 25), outros, anteriores)


def month(number: int, **fields: object) -> Documento:
    """What came for this client in that month of 2026, due on the tenth of the next."""
    mes = Mes(2026, number)
    due = mes.plus(1).primeiro_dia.replace(day=10)
    slipped = slip(12000 + number, vence=due)
    document = Documento(
        f"p{number}", NOSSO.cliente_id, mes, f"{number:064}", frozenset({slipped.barras}), valor=slipped.valor,
        vencimento=due, favorecidos=frozenset({slipped.favorecido}),
    )  # fmt: skip
    return replace(document, **fields)  # type: ignore[arg-type]


PASSADO = (month(8), month(9), month(10))


def judged(lido: Lido, conhecido: Conhecido | None = None, robo: DitoDoRobo = ROBO) -> Exame:
    return examine(lido, conhecido or known(*PASSADO), robo)


class TestASoundBill:
    def test_every_field_holds_and_names_its_witnesses(self) -> None:
        exame = judged(read())
        assert {one.campo: one.veredito for one in exame.campos} == dict.fromkeys(Campo, Veredito.CONFERE)
        assert {one.fonte for one in exame[Campo.VALOR].testemunhas} == set(Fonte) - {Fonte.NFCOM}
        assert (exame.valor, exame.vencimento, exame.linha) == (Decimal("123.45"), VENCE, slip().linha)
        assert exame.verde(TRINTA)

    def test_what_is_kept_of_a_field_is_read_back(self) -> None:
        for parecer in judged(read()).campos:
            assert Parecer.of_json(parecer.as_json()) == parecer

    def test_debito_automatico_has_no_bars_and_that_is_no_error(self) -> None:
        exame = examine(Lido("a" * 64, (bill(linha="DÉBITO AUTOMÁTICO"),)), known(*PASSADO), ROBO)
        assert exame[Campo.BOLETO].veredito == Veredito.SEM_TESTEMUNHA
        assert exame.verde(TRINTA)

    def test_nobody_but_the_print_says_the_value_so_nothing_holds_it(self) -> None:
        exame = examine(Lido("a" * 64, (bill(linha=""),)), known(*PASSADO), DitoDoRobo())
        assert exame[Campo.VALOR].motivos == (Motivo.UMA_TESTEMUNHA,)
        assert exame.veredito == Veredito.INCOMPLETO

    def test_an_old_month_is_judged_by_its_own_dates(self) -> None:
        text = bill(referencia="11/2024", vencimento="10/12/2024", linha="").replace("20/11/2026", "20/11/2024")
        old = replace(known(), mes=Mes(2024, 11))
        exame = examine(Lido("a" * 64, (text,)), old, DitoDoRobo(Decimal("123.45"), date(2024, 12, 10)))
        assert exame.verde(TRINTA)

    def test_a_bill_whose_value_is_unusual_is_marked_and_says_by_how_much(self) -> None:
        exame = judged(read(bill(valor="323,45", linha=""), barras="", qr=""), robo=DitoDoRobo(Decimal("323.45")))
        assert (exame.veredito, exame.variacao) == (Veredito.CONFERE, Decimal("169.3"))
        assert exame.marcada(TRINTA)
        assert not exame.verde(TRINTA)


class TestValue:
    def test_codes_outrank_print_and_the_difference_is_said(self) -> None:
        exame = judged(read(bill(valor="100,00")), robo=DitoDoRobo())
        assert exame[Campo.VALOR].veredito == Veredito.DIVERGE
        assert exame.valor == Decimal("123.45")

    def test_the_robots_word_against_the_slip(self) -> None:
        assert judged(read(), robo=DitoDoRobo(Decimal("99.99"))).veredito == Veredito.DIVERGE

    def test_two_slips_in_one_file_are_no_answer(self) -> None:
        text = bill(linha=f"{printed(slip())}\n{printed(slip(999))}")
        exame = judged(replace(read(text), barras=(slip().barras, slip(999).barras)))
        assert exame.valor is None
        assert not exame.verde(TRINTA)


class TestDueDate:
    def test_before_the_issue_date_is_refused(self) -> None:
        exame = judged(read(bill().replace("20/11/2026", "12/12/2026")))
        assert Motivo.ANTES_DA_EMISSAO in exame[Campo.VENCIMENTO].motivos

    @pytest.mark.parametrize("anteriores", [(), PASSADO])
    def test_last_years_slip_is_another_months(self, anteriores: tuple[Documento, ...]) -> None:
        old = slip(vence=date(2025, 12, 10))
        text = bill(vencimento="10/12/2025", linha=printed(old)).replace("20/11/2026", "20/11/2025")
        exame = judged(read(text, barras=old.barras), known(*anteriores), DitoDoRobo(Decimal("123.45")))
        assert Motivo.FORA_DO_MES in exame[Campo.VENCIMENTO].motivos


class TestMonth:
    def test_a_bill_of_another_month(self) -> None:
        assert judged(read(bill(referencia="Outubro/2026")))[Campo.MES].motivos == (Motivo.OUTRO_MES,)

    def test_competencia_of_the_note_counts_beside_the_print(self) -> None:
        lido = replace(read(), nota=NotaXml(None, teste=False, competencia=Mes(2026, 10)))
        assert judged(lido)[Campo.MES].veredito == Veredito.DIVERGE

    def test_without_a_printed_month_the_usual_distance_to_the_due_date_says_it(self) -> None:
        assert judged(read(bill(referencia="")))[Campo.MES].valor == "11/2026"

    def test_without_any_past_nothing_says_it_and_the_bill_is_not_approved_among_others(self) -> None:
        exame = judged(read(bill(referencia="")), known())
        assert (exame[Campo.MES].veredito, exame.verde(TRINTA)) == (Veredito.SEM_TESTEMUNHA, False)

    def test_a_client_whose_bills_always_print_the_month_before(self) -> None:
        past = [month(number, referencia=Mes(2026, number - 1)) for number in (8, 9, 10)]
        assert judged(read(bill(referencia="10/2026")), known(*past))[Campo.MES].veredito == Veredito.CONFERE


class TestClient:
    def test_account_service_and_cnpj_name_it(self) -> None:
        exame = judged(read(bill() + "Telefone (11) 4002-8922"))
        assert exame[Campo.CLIENTE].motivos == (Motivo.CONTA, Motivo.SERVICO, Motivo.CNPJ)

    def test_the_account_of_another_client_says_whose_it_is(self) -> None:
        text = bill(conta="899.123.777", cnpj="33.000.118/0002-50")
        parecer = judged(read(text), known(*PASSADO, outros=(FILIAL,)))[Campo.CLIENTE]
        assert (parecer.motivos, parecer.refere) == ((Motivo.PERTENCE_A_OUTRO,), ("c2",))

    def test_a_brother_under_the_same_cnpj_is_told_by_the_account(self) -> None:
        brother = replace(FILIAL, cnpj=NOSSO.cnpj)
        parecer = judged(read(bill(conta="899123777")), known(*PASSADO, outros=(brother,)))[Campo.CLIENTE]
        assert parecer.refere == ("c2",)

    def test_a_cnpj_that_several_clients_have_names_none_of_them(self) -> None:
        brother = replace(FILIAL, cnpj=NOSSO.cnpj)
        parecer = judged(read(bill(conta="")), known(*PASSADO, outros=(brother,)))[Campo.CLIENTE]
        assert (parecer.veredito, parecer.motivos) == (Veredito.SEM_TESTEMUNHA, (Motivo.CNPJ_DE_VARIOS,))

    def test_only_the_root_of_its_cnpj_is_another_branch(self) -> None:
        parecer = judged(read(bill(conta="", cnpj="33.000.118/0002-50")))[Campo.CLIENTE]
        assert parecer.motivos == (Motivo.OUTRA_FILIAL,)

    def test_its_cnpj_beside_an_account_that_we_do_not_know_is_no_proof(self) -> None:
        parecer = judged(read(bill(conta="777.123.456")))[Campo.CLIENTE]
        assert (parecer.veredito, parecer.motivos[0]) == (Veredito.SEM_TESTEMUNHA, Motivo.OUTRA_CONTA)

    def test_a_name_alone_proves_nothing(self) -> None:
        parecer = judged(read(bill(conta="", cnpj="")))[Campo.CLIENTE]
        assert (parecer.veredito, parecer.motivos) == (Veredito.SEM_TESTEMUNHA, (Motivo.NOME,))

    def test_digits_inside_a_longer_number_are_not_the_account(self) -> None:
        parecer = judged(read(bill(conta="1899123456", cnpj="")))[Campo.CLIENTE]
        assert parecer.veredito == Veredito.SEM_TESTEMUNHA


class TestTwin:
    @pytest.mark.parametrize(
        ("twin", "motivo"),
        [
            (month(10, sha256="a" * 64), Motivo.MESMO_ARQUIVO),
            (month(10, codigos=frozenset({slip().barras}), cliente_id="c9"), Motivo.MESMO_CODIGO),
            (month(10, valor=Decimal("123.45"), vencimento=VENCE), Motivo.MESMO_VALOR_E_VENCIMENTO),
        ],
    )
    def test_it_came_before_and_the_way_to_it_is_kept(self, twin: Documento, motivo: Motivo) -> None:
        parecer = judged(read(), known(twin))[Campo.DUPLICADA]
        assert (parecer.motivos, parecer.refere) == ((motivo,), ("p10",))

    def test_the_slip_and_the_detailed_bill_of_one_processo_are_no_twins(self) -> None:
        own = replace(month(11), processo_id="p11", codigos=frozenset({slip().barras}))
        assert judged(read(), known(own))[Campo.DUPLICADA].veredito == Veredito.CONFERE


class TestAdulteratedSlip:
    def found(self, lido: Lido) -> tuple[Motivo, ...]:
        exame = judged(lido)
        assert exame.marcada(TRINTA)
        return exame[Campo.BOLETO].motivos

    def test_the_line_is_another_slip_than_the_bars(self) -> None:
        other = slip(conta="3381260007827139500007440")
        assert Motivo.LINHA_NAO_E_BARRAS in self.found(read(bill(linha=printed(other))))

    def test_a_digit_of_the_line_was_changed(self) -> None:
        line = printed(slip())
        wrong = line[:-1] + str((int(line[-1]) + 1) % 10)
        assert Motivo.LINHA_ERRADA in self.found(read(bill(linha=wrong)))

    def test_several_digits_of_a_bare_line_were_changed(self) -> None:
        line = slip().linha
        wrong = line[:3] + "777" + line[6:24] + "444" + line[27:]
        assert self.found(read(bill(linha=wrong))) == (Motivo.LINHA_ERRADA,)

    def test_a_digit_of_the_bars_was_changed(self) -> None:
        bars = slip().barras
        assert self.found(read(barras=bars[:-1] + str((int(bars[-1]) + 1) % 10))) == (Motivo.BARRAS_ERRADAS,)

    def test_the_pix_asks_for_another_amount(self) -> None:
        assert Motivo.PIX_NAO_E_BOLETO in self.found(read(qr=pix("999.00")))

    def test_a_pix_whose_crc_is_wrong(self) -> None:
        assert self.found(read(qr=pix().replace("123.45", "923.45"))) == (Motivo.PIX_ERRADO,)

    def test_everything_fits_and_somebody_else_is_paid(self) -> None:
        thief = slip(conta="9999260007827139500001110")
        assert self.found(read(bill(linha=printed(thief)), barras=thief.barras)) == (Motivo.OUTRO_FAVORECIDO,)

    def test_a_note_of_the_test_environment(self) -> None:
        lido = replace(read(), nota=NotaXml(key_of(codigos.nfcom(NOSSO.cnpj, VENCE, 1)), teste=True))
        assert self.found(lido) == (Motivo.NOTA_DE_TESTE,)
