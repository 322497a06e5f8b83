"""Chat words: which message is one, and whose it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.palavras import Palavra, folded, match_word, may_use, trimmed, words_for
from storage.pessoa.perfil import Perfil

P = Palavra


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("VENDER", "vender"),
        ("  Não \n", "nao"),
        ("\u200bEXECUÇÕES\ufeff", "execucoes"),
        ("Relato\u0301rio   10/2026", "relatorio 10/2026"),
        ("nota ligar   amanhã", "nota ligar amanha"),
        ("maria@exemplo.com.br", "maria@exemplo.com.br"),
        ("/etc/passwd", "/etc/passwd"),
        ("", ""),
    ],
)
def test_case_accents_and_spaces_do_not_count(text: str, normal: str) -> None:
    assert folded(text) == normal


@pytest.mark.parametrize("palavra", list(Palavra))
def test_every_word_counts_alone_in_any_case_and_with_a_slash(palavra: Palavra) -> None:
    for typed in (
        palavra.value,
        palavra.value.lower(),
        f"/{palavra.value.title()}",
        f" {palavra.value}\u200b ",
    ):
        assert match_word(typed) == (palavra, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("não", (P.NAO, "")),
        ("Início", (P.INICIO, "")),
        ("/start", (P.INICIO, "")),
        ("/help", (P.AJUDA, "")),
        ("/start convite_AbC-1", (P.INICIO, "convite_AbC-1")),
        ("Ocupado volto às 15h", (P.OCUPADO, "volto às 15h")),
        ("ausente   almoço ", (P.AUSENTE, "almoço")),
        ("nota Cliente pediu\nsegunda via", (P.NOTA, "Cliente pediu\nsegunda via")),
        ("NOTA", (P.NOTA, "")),
        ("processos 10/2026", (P.PROCESSOS, "10/2026")),
        ("Processo 3F2A", (P.PROCESSO, "3F2A")),
        ("relatório 10/2026", (P.RELATORIO, "10/2026")),
        ("vender tudo", None),
        ("sim, pode", None),
        ("processos do mês passado", None),
        ("o processo 12", None),
        ("status?", None),
        ("fila\nstatus", None),
        ("", None),
        ("/", None),
        ("/desconhecido", None),
        ("ｖｅｎｄｅｒ", None),
    ],
)
def test_a_word_takes_an_argument_only_where_it_has_one(text: str, expected: tuple[Palavra, str] | None) -> None:
    assert match_word(text) == expected


@pytest.mark.falha(15)
@pytest.mark.parametrize(
    ("text", "username", "expected"),
    [
        ("/vender@BalcaoBot", "BalcaoBot", (P.VENDER, "")),
        ("/vender@balcaobot", "@BalcaoBot", (P.VENDER, "")),
        ("/nota@BalcaoBot ligar", "BalcaoBot", (P.NOTA, "ligar")),
        ("/vender@OtherBot", "BalcaoBot", None),
        ("/vender@OtherBot", None, None),
        ("/vender@", "BalcaoBot", None),
    ],
)
def test_a_command_for_another_bot_is_not_for_us(
    text: str, username: str | None, expected: tuple[Palavra, str] | None
) -> None:
    assert match_word(text, username) == expected


@pytest.mark.parametrize(
    ("perfil", "may", "may_not"),
    [
        (
            Perfil.VENDEDOR,
            {P.VENDER, P.STATUS, P.VENDAS, P.CANCELAR, P.MENU},
            {P.POOL, P.ONLINE, P.CONSULTOR},
        ),
        (Perfil.CONSULTOR, {P.ONLINE, P.NOTA, P.TRANSFERIR, P.SIM}, {P.VENDER, P.PENDENTES}),
        (Perfil.APROVADOR, {P.PENDENTES, P.CANCELAR, P.PROCESSOS}, {P.EXECUCOES, P.BACKUP}),
        (Perfil.OPERADOR, {P.PROCESSOS, P.PROCESSO, P.EXECUCOES, P.NAO}, {P.PENDENTES, P.RELATORIO}),
        (Perfil.BACKOFFICE, {P.AJUDA, P.IDIOMA}, {P.VENDER, P.POOL}),
        (None, {P.CONSULTOR, P.AJUDA, P.INICIO}, {P.VENDER, P.SIM, P.TOKEN}),
    ],
)
def test_each_perfil_has_its_words(perfil: Perfil | None, may: set[Palavra], may_not: set[Palavra]) -> None:
    allowed = set(words_for(perfil))
    assert may <= allowed
    assert not may_not & allowed
    assert all(may_use(palavra, perfil) for palavra in may)
    assert not any(may_use(palavra, perfil) for palavra in may_not)


def test_an_administrator_has_every_word_of_the_house() -> None:
    assert set(words_for(Perfil.ADMINISTRADOR)) == set(Palavra) - {P.CONSULTOR}


def test_words_come_in_menu_order() -> None:
    assert words_for(Perfil.VENDEDOR)[:6] == (P.VENDER, P.SIM, P.NAO, P.CANCELAR, P.STATUS, P.VENDAS)


@given(st.text())
@settings(database=None, deadline=None)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert trimmed(trimmed(text)) == trimmed(text)


@given(st.sampled_from(list(Palavra)), st.text())
@settings(database=None, deadline=None)
def test_a_word_with_anything_after_it_never_breaks(palavra: Palavra, text: str) -> None:
    found = match_word(f"{palavra.value} {text}")
    assert found is None or found[0] is palavra
