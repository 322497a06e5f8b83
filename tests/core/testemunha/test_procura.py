"""A PDF that a person sends finds its processo: by caption, else screen, else by what the bill says."""

from dataclasses import replace

import pytest

from core.testemunha.conhecido import Titular
from core.testemunha.lido import Lido
from core.testemunha.meses import Mes
from core.testemunha.procura import Achado, Candidato, Razao, clues, find_processo

PADARIA = Titular("c1", "33000118000179", "Padaria Três Irmãos Ltda", "899123456_24", "(11) 4002-8922")
FILIAL = replace(PADARIA, cliente_id="c2", filtro="899123777", servico="")
OFICINA = Titular("c3", "11222333000181", "Oficina do Zé S.A.", "55667788", "SPO/IP/00123")
OUTUBRO, NOVEMBRO = Mes(2026, 10), Mes(2026, 11)
UUID = "0190a0c0-aaaa-7bbb-8ccc-1234567890ab"
CANDIDATOS = (
    Candidato("padaria-10", PADARIA, OUTUBRO, espera=False),
    Candidato("padaria-11", PADARIA, NOVEMBRO),
    Candidato("filial-11", FILIAL, NOVEMBRO),
    Candidato(UUID, OFICINA, NOVEMBRO),
)
BILL = "PADARIA TRES IRMAOS LTDA CNPJ 33.000.118/0001-79\nConta: 899.123.456\nMês de referência: 11/2026"


def found(text: str = BILL, legenda: str = "", na_tela: str | None = None) -> Achado:
    return find_processo(Lido("", (text,)), CANDIDATOS, legenda, na_tela)


def order(achado: Achado) -> list[str]:
    return [one.candidato.processo_id for one in achado.sugestoes]


class TestWhatTheBillSays:
    def test_the_account_comes_before_the_cnpj_that_branches_share(self) -> None:
        achado = found()
        assert order(achado) == ["padaria-11", "padaria-10", "filial-11"]
        assert achado.sugestoes[0].razoes == (Razao.CONTA, Razao.CNPJ, Razao.NOME, Razao.MES)

    def test_nothing_is_certain_by_that_alone(self) -> None:
        assert found().certo is None

    def test_the_month_decides_between_two_of_one_client(self) -> None:
        assert order(found(BILL.replace("11/2026", "Outubro/2026")))[0] == "padaria-10"

    def test_without_a_month_the_one_that_waits_for_its_file(self) -> None:
        assert order(found(BILL.replace("11/2026", "")))[:2] == ["padaria-11", "padaria-10"]

    def test_a_circuit_by_its_name(self) -> None:
        assert found("Circuito SPO/IP/00123").sugestoes[0].razoes == (Razao.SERVICO,)

    def test_a_file_that_names_nobody_suggests_nobody(self) -> None:
        assert order(found("Comprovante de pagamento 11/2026")) == []

    def test_several_bills_in_one_file_are_told(self) -> None:
        achado = found(f"{BILL}\nCódigo do cliente: 55667788")
        assert achado.varios
        assert set(achado.clientes) == {"c1", "c3"}

    def test_two_months_of_one_client_are_one_client(self) -> None:
        assert found().clientes == ("c1",)


class TestCaption:
    @pytest.mark.parametrize(
        ("legenda", "processo"),
        [
            (UUID, UUID),
            (f"fatura do processo {UUID.replace('-', '').upper()}", UUID),
            ("conta 55667788", UUID),
            ("oficina do zé", UUID),
            ("899123777", "filial-11"),
            ("conta 899123456 mês 10/2026", "padaria-10"),
            ("conta 899123456", "padaria-11"),
        ],
    )
    def test_it_decides_against_whatever_is_on_the_screen(self, legenda: str, processo: str) -> None:
        achado = found(legenda=legenda, na_tela="padaria-10")
        assert achado.certo is not None
        assert achado.certo.candidato.processo_id == processo

    def test_a_name_that_two_branches_have_leaves_it_to_the_person(self) -> None:
        achado = found(text="", legenda="padaria três irmãos")
        assert (achado.certo, set(order(achado))) == (None, {"padaria-11", "filial-11"})

    def test_that_the_file_is_another_clients_is_told(self) -> None:
        assert found(legenda="oficina do ze").contradiz
        assert not found(legenda="conta 899123456").contradiz

    def test_small_talk_names_nobody(self) -> None:
        assert found(legenda="segue a fatura, obrigado", na_tela="padaria-10").certo is not None


class TestScreen:
    def test_it_decides_when_the_caption_names_nobody(self) -> None:
        achado = found(na_tela="filial-11")
        assert achado.certo is not None
        assert achado.certo.candidato.processo_id == "filial-11"
        assert achado.contradiz

    def test_a_screen_that_is_no_candidate_is_nobodys(self) -> None:
        assert found(na_tela="gone").certo is None


class TestClues:
    def test_what_to_look_candidates_up_by(self) -> None:
        pistas = clues(Lido("", (f"Chamada (11) 98888-7777\n{BILL}",)), f"processo {UUID} conta 0055667788")
        assert pistas.processos == {UUID.replace("-", "")}
        assert pistas.numeros[:2] == ("55667788", "899123456")
        assert "11988887777" in pistas.numeros
        assert (pistas.cnpjs, pistas.meses) == ({"33000118000179"}, {NOVEMBRO})

    def test_the_month_of_the_caption_counts_before_the_bills(self) -> None:
        assert clues(Lido("", (BILL,)), "10/2026").meses == {OUTUBRO}
