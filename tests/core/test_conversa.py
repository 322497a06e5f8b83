"""Whom a consultor's message is for, and how a message reads in a line or a heading."""

from datetime import UTC, datetime
from typing import Any

import pytest

from core.conversa.conversa import Onde, Rumo, as_line, closed_topic_name, heading, topic_name, whom_for
from storage.conversa.mensagens import Mensagem
from storage.conversa.tipos import Autor, TipoMensagem

# Two customers: one with a topic, one without.
MARIA, PEDRO, TOPIC = 1, 2, 70
BOTH = {MARIA: TOPIC, PEDRO: None}


class TestWhomAMessageIsFor:
    @pytest.mark.parametrize(
        ("onde", "wanted"),
        [
            (Onde(na_tela=PEDRO), (Rumo.PARA, PEDRO)),
            (Onde(na_tela=PEDRO, citado=MARIA), (Rumo.PARA, MARIA)),
            (Onde(na_tela=PEDRO, citou=True), (Rumo.ESCOLHER, None)),
            (Onde(na_tela=PEDRO, topico=TOPIC, citou=True), (Rumo.PARA, MARIA)),
            (Onde(na_tela=PEDRO, topico=TOPIC), (Rumo.PARA, MARIA)),
            (Onde(na_tela=PEDRO, topico=TOPIC, citado=PEDRO), (Rumo.PARA, MARIA)),
        ],
    )
    def test_the_topic_then_the_quote_then_the_screen_say_it(self, onde: Onde, wanted: tuple[Rumo, int]) -> None:
        assert whom_for(BOTH, onde) == wanted

    @pytest.mark.parametrize("onde", [Onde(na_tela=99), Onde(citado=99, na_tela=PEDRO), Onde(topico=99, na_tela=PEDRO)])
    def test_what_was_meant_for_somebody_who_is_gone_is_for_nobody_else(self, onde: Onde) -> None:
        assert whom_for(BOTH, onde) == (Rumo.ENCERRADO, None)
        assert whom_for({}, onde) == (Rumo.ENCERRADO, None)

    def test_with_nobody_on_the_screen_the_only_customer_is_meant_and_of_several_none(self) -> None:
        assert whom_for({PEDRO: None}, Onde()) == (Rumo.PARA, PEDRO)
        assert whom_for(BOTH, Onde()) == (Rumo.ESCOLHER, None)
        assert whom_for({}, Onde()) == (Rumo.NINGUEM, None)

    def test_an_answer_to_the_bot_is_for_the_bot_unless_it_is_given_in_a_topic_or_quotes_a_customer(self) -> None:
        assert whom_for(BOTH, Onde(na_tela=PEDRO, perguntado=True)) == (Rumo.NINGUEM, None)
        assert whom_for(BOTH, Onde(na_tela=PEDRO, citado=MARIA, perguntado=True)) == (Rumo.PARA, MARIA)
        assert whom_for(BOTH, Onde(topico=TOPIC, perguntado=True)) == (Rumo.PARA, MARIA)

    def test_what_stands_in_a_topic_of_the_consultors_own_is_for_nobody_who_has_a_topic(self) -> None:
        assert whom_for(BOTH, Onde(proprio=True, na_tela=MARIA)) == (Rumo.ESCOLHER, None)
        assert whom_for(BOTH, Onde(proprio=True, citado=MARIA)) == (Rumo.PARA, MARIA)
        assert whom_for({PEDRO: None}, Onde(proprio=True, na_tela=PEDRO)) == (Rumo.PARA, PEDRO)


class TestHowItReads:
    def test_a_heading_names_the_customer_and_the_protocolo(self) -> None:
        assert heading("Maria", 42) == "👤 Maria (#00042)"

    def test_a_topic_keeps_its_protocolo_however_long_the_name(self) -> None:
        assert topic_name("Maria", 42) == "Maria (#00042)"
        name = topic_name("M" * 300, 42)
        assert len(name) == 128
        assert name.endswith("M (#00042)")

    def test_a_long_name_leaves_the_protocolo_whole_when_the_topic_is_over(self) -> None:
        closed = closed_topic_name(topic_name("M" * 300, 42), 42)
        assert (closed[:3], closed[-9:], len(closed)) == ("✓ M", " (#00042)", 128)
        assert closed_topic_name("Maria (#00042)", 42) == "✓ Maria (#00042)"

    @pytest.mark.parametrize(
        ("values", "line"),
        [
            ({"texto": "uma\n  duas"}, "uma duas"),
            ({"tipo": TipoMensagem.DOCUMENTO, "arquivo_nome": "conta.pdf", "texto": "a conta"}, "📎 conta.pdf a conta"),
            ({"tipo": TipoMensagem.FOTO, "arquivo_nome": "IMG_1.jpg", "texto": None}, "📷"),
            ({"tipo": TipoMensagem.LOCAL, "texto": None, "detalhe": {"nome": "Praça Sete"}}, "📍 Praça Sete"),
            ({"tipo": TipoMensagem.CONTATO, "texto": None, "detalhe": {"nome": "Pedro"}}, "👤 Pedro"),
            ({"tipo": TipoMensagem.FIGURINHA, "texto": None, "detalhe": {"emoji": "🎉"}}, "🏷️ 🎉"),
            ({"tipo": TipoMensagem.OUTRO, "texto": None}, "❔"),
        ],
    )
    def test_a_message_in_one_line(self, values: dict[str, Any], line: str) -> None:
        assert as_line(mensagem(**values)) == line


def mensagem(**values: Any) -> Mensagem:
    facts: dict[str, Any] = dict.fromkeys(Mensagem.__dataclass_fields__)
    facts |= {"id": 1, "atendimento_id": 1, "autor": Autor.CLIENTE, "tipo": TipoMensagem.TEXTO}
    return Mensagem(**(facts | {"quando": datetime(2026, 3, 2, tzinfo=UTC)} | values))
