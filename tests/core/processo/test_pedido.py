"""What follows PROCESSOS and PROCESSO, as people write it."""

from datetime import date

import pytest

from core.processo.consulta.pedido import Pedido, is_search, read_pedido
from storage.engines.folding import folded
from storage.processo.status import StatusProcesso

TODAY = date(2026, 11, 29)
S = StatusProcesso


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Pedido()),
        ("11/2026", Pedido(competencia=202611)),
        ("2026-11", Pedido(competencia=202611)),
        ("padaria 2026/10", Pedido(competencia=202610, palavras=("padaria",))),
        ("13/2026", Pedido(mes_errado="13/2026")),
        ("0/26", Pedido(mes_errado="0/26")),
        ("2026-13", Pedido(mes_errado="2026-13")),
        ("de novembro", Pedido(competencia=202611)),
        ("do mês passado", Pedido(competencia=202610)),
        ("Padaria", Pedido(palavras=("padaria",))),
        ("da Padaria Pão Quente", Pedido(palavras=("padaria", "pao", "quente"))),
        ("padaria 10/2026", Pedido(competencia=202610, palavras=("padaria",))),
        ("11.222.333/0001-81", Pedido(palavras=("11222333000181",), inicio="11222333000181")),
        ("CNPJ 12.ABC.345/01DE-35", Pedido(palavras=("12abc34501de35",), inicio="12abc34501de35")),
        ("conta 8812_24", Pedido(palavras=("8812_24",))),
        ("0199F3A2-7c", Pedido(palavras=("0199f3a2", "7c"), inicio="0199f3a27c")),
        ("abc", Pedido(palavras=("abc",))),
        ("para aprovar", Pedido(status=S.AGUARDANDO_APROVACAO)),
        ("aprovados de outubro", Pedido(competencia=202610, status=S.AGUARDANDO_ENVIO_SAT)),
        ("no sat 11/2026", Pedido(competencia=202611, status=S.UPLOAD_REALIZADO)),
        ("sem fatura?", Pedido(status=S.AGUARDANDO_DOWNLOAD)),
        ("onde vejo as que foram pro sat", Pedido(status=S.UPLOAD_REALIZADO)),
        ("quantas faturas a gente mandou pro sat", Pedido(status=S.UPLOAD_REALIZADO)),
        ("já baixou tudo?", Pedido(status=S.AGUARDANDO_DOWNLOAD)),
        ("baixa as da vivo que faltam", Pedido(status=S.AGUARDANDO_DOWNLOAD, palavras=("vivo",))),
        ("as da claro tão ok?", Pedido(palavras=("claro",))),
        ("11", Pedido(competencia=202611)),
        ("mês 3", Pedido(competencia=202603)),
        ("12", Pedido(competencia=202512)),
        ("nov", Pedido(competencia=202611)),
        ("📥 Aguardando download", Pedido(status=S.AGUARDANDO_DOWNLOAD)),
        ("11/2026 aguardando aprovação", Pedido(competencia=202611, status=S.AGUARDANDO_APROVACAO)),
        ("que faltam baixar de novembro", Pedido(competencia=202611, status=S.AGUARDANDO_DOWNLOAD)),
        ("ainda não enviadas ao SAT", Pedido(status=S.AGUARDANDO_ENVIO_SAT)),
        ("aguardando envio ao sat", Pedido(status=S.AGUARDANDO_ENVIO_SAT)),
        ("já enviadas pro SAT", Pedido(status=S.UPLOAD_REALIZADO)),
        ("não aprovadas da padaria", Pedido(status=S.AGUARDANDO_APROVACAO, palavras=("padaria",))),
    ],
)
def test_it_is_read_as_it_was_meant(text: str, expected: Pedido) -> None:
    assert read_pedido(text, TODAY) == expected


def test_those_that_are_in_sat() -> None:
    for text in ("so as que ja foram pro sat", "as q tao no sat"):
        assert is_search(text)
        assert read_pedido(text, TODAY) == Pedido(status=S.UPLOAD_REALIZADO)


@pytest.mark.parametrize(
    ("text", "palavras"),
    [
        *(("baixa todas da xpto", ("xpto",)), ("baixa td da vivo", ("vivo",)), ("falta chegar alguma?", ())),
        *(("ainda n chegou fatura de quem?", ()), ("tem fatura q nao chegou?", ())),
    ],
)
def test_what_has_not_come_yet_is_listed_whosever_it_is(text: str, palavras: tuple[str, ...]) -> None:
    assert is_search(text)
    pedido = read_pedido(text, date(2026, 11, 30))
    assert (pedido.status, pedido.palavras) == (StatusProcesso.AGUARDANDO_DOWNLOAD, palavras)
    assert not pedido.todas


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("oq falta ir pro sat", S.AGUARDANDO_ENVIO_SAT),
        ("quais esperam o SAT?", S.AGUARDANDO_ENVIO_SAT),
        ("ainda falta subir pro sat", S.AGUARDANDO_ENVIO_SAT),
        ("faltam ser enviadas", S.AGUARDANDO_ENVIO_SAT),
        ("falta enviar quais?", S.AGUARDANDO_ENVIO_SAT),
        ("tem algo faltando baixar?", S.AGUARDANDO_DOWNLOAD),
        ("oq falta ser baixado", S.AGUARDANDO_DOWNLOAD),
        ("quem tá aguardando aprovação", S.AGUARDANDO_APROVACAO),
        ("faltam ser aprovadas", S.AGUARDANDO_APROVACAO),
    ],
)
def test_what_is_still_to_come_is_looked_for_where_it_stands_before_that(text: str, status: S) -> None:
    assert is_search(folded(text))
    assert read_pedido(text, TODAY) == Pedido(status=status)


@pytest.mark.parametrize("text", ["falta pouco", "espera o sat voltar", "falta alguém", "aguarda aí"])
def test_who_speaks_of_what_is_missing_otherwise_looks_for_nothing(text: str) -> None:
    assert not is_search(folded(text))


@pytest.mark.parametrize(
    ("text", "pedido"),
    [
        ("quais clientes são da vivo", Pedido(palavras=("vivo",))),
        ("quais sao da embratel?", Pedido(palavras=("embratel",))),
        ("qual cliente ta sem fatura em outubro", Pedido(202610, S.AGUARDANDO_DOWNLOAD)),
        ("quais clientes ainda não têm fatura", Pedido(status=S.AGUARDANDO_DOWNLOAD)),
        ("manda pro sat as q ja ta aprovada", Pedido(status=S.AGUARDANDO_ENVIO_SAT, todas=True)),
    ],
)
def test_whose_they_are_and_who_has_none_is_looked_for(text: str, pedido: Pedido) -> None:
    assert is_search(folded(text))
    assert read_pedido(text, TODAY) == pedido


def test_a_saint_is_no_verb() -> None:
    assert read_pedido("padaria são josé", TODAY).palavras == ("padaria", "sao", "jose")
