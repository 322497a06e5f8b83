"""An absence in a sentence: one that begins later, and one of whoever writes."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.atendimento.vez import asks_whose_turn
from core.fala.intencoes import Intencao
from core.presenca.ausencias import begins_later, leaves_later, own_absence, stays_until

TODAY = date(2026, 11, 30)
AT_TEN = datetime(2026, 11, 30, 10, 0, tzinfo=ZoneInfo("America/Sao_Paulo"))


@pytest.mark.parametrize(
    "said",
    ["me ausento de 12 às 13", "ficarei ausente entre 11h e 12h", "vou ficar fora das 14 as 15",
     "entro em reuniao as 16h",
     "as 15h tenho dentista", "saio mais cedo hj, 17h", "vou sair 18h hoje", "hj largo as 16", "vou almoçar 12h",
     "almoço das 12h30 às 13h30", "a partir das 14h to fora", "saio às cinco da tarde", "saio 5pm",
     "saio cinco e meia hj", "almoço ao meio-dia", "vou sair umas 4 da tarde",
     "to fora entre duas e três", "saio as oito da noite", "saio à uma", "encerro às 18.30"],
)  # fmt: skip
def test_it_begins_at_an_hour_to_come(said: str) -> None:
    assert begins_later(said, AT_TEN)
    assert not begins_later(said, AT_TEN.replace(hour=23))


@pytest.mark.parametrize("said", ["hj so fico ate as quatro", "fico até 18h", "vou trabalhar hj ate meio dia"])
def test_until_when_somebody_works_is_said(said: str) -> None:
    assert stays_until(said, AT_TEN)
    assert not stays_until(said, AT_TEN.replace(hour=23))


@pytest.mark.parametrize("said", ["fico fora até as 15h", "qualquer coisa me chama, fico até as 18h", "fico até o fim"])
def test_until_when_somebody_is_away_is_not_that(said: str) -> None:
    assert not stays_until(said, AT_TEN)


@pytest.mark.parametrize("said", ["saio meia-noite", "largo meia noite", "saio às 24h"])
def test_midnight_is_to_come_all_day(said: str) -> None:
    assert begins_later(said, AT_TEN.replace(hour=23))


@pytest.mark.parametrize(
    "said",
    ["vou almoçar, volto 13h", "almoço até 13h", "fora até as 15h", "volto as 14 da reunião", "saio em 10 min",
     "vou ao banco, uns 20 min", "fico até as 18h", "vou sair", "me ausento das 9 às 11", "pausa de 15 min",
     "vendi 12 planos", "cliente quer o plano de 500 as 15h", "reunião desde as 9h", "vou lanchar e volto as 16h",
     "almoço de duas horas", "vou sair por duas horas", "saio daqui duas horas", "vou ficar fora uma hora e meia",
     "pausa de 2 a 3 minutos", "pausa o das 2 e meia", "pausa a das 14h",
     "volto às cinco da tarde da reunião", "fora até meia-noite"],
)  # fmt: skip
def test_it_begins_now_or_is_none(said: str) -> None:
    assert not begins_later(said, AT_TEN)


@pytest.mark.parametrize(
    ("said", "intencao", "ate"),
    [
        ("vou jantar, 20 min", Intencao.AUSENTE, "por 20 min"),
        ("vou almoçar, volto às 14h", Intencao.AUSENTE, "até 14h"),
        ("lanche 15min", Intencao.AUSENTE, "por 15 min"),
        ("hj to de folga", Intencao.OFFLINE, None),
        ("fim de expediente, fui", Intencao.OFFLINE, None),
        ("vou almoçar agora, já volto", Intencao.AUSENTE, None),
        ("fui almoçar", Intencao.AUSENTE, None),
        ("vou no banheiro rapidinho", Intencao.AUSENTE, None),
        ("me coloca ausente 10 minutos", Intencao.AUSENTE, "por 10 min"),
        ("me pausa 15 minutos", Intencao.AUSENTE, "por 15 min"),
    ],
)
def test_it_is_of_whoever_writes(said: str, intencao: Intencao, ate: str | None) -> None:
    found = own_absence(said, TODAY)
    assert found is not None
    assert (found.intencao, found.ate) == (intencao, ate)


@pytest.mark.parametrize(
    "said",
    ["vou verificar, volto em 5 minutos", "só um minuto, já volto", "vou almoçar e já te respondo",
     "vou fazer uma pausa", "depois de almoçar eu te chamo",
     "vou almoçar e volto pra ver", "vou colocar o repetidor no banheiro", "o modem fica no banheiro",
     "o técnico foi almoçar",
     "o técnico vai sair às 15h", "a senhora vai estar em casa até as 18h?", "o sistema ficou fora do ar até 15h",
     "seu plano sai por 20 reais", "qualquer coisa me chama, fico até as 18h", "volta amanhã",
     "vou sair da tela um segundo",
     "o café da manhã do evento é até 10h", "estarei aqui até as 18h"],
)  # fmt: skip
def test_it_is_said_to_somebody(said: str) -> None:
    assert own_absence(said, TODAY) is None


def test_of_tomorrow_it_begins_later() -> None:
    assert leaves_later("amanhã não venho", AT_TEN)
    assert not leaves_later("amanhã não estou, mas o Caio te atende", AT_TEN)


@pytest.mark.parametrize(
    "said",
    [
        "quem tá na vez?",
        "sou o próximo?",
        "ta na vez de quem",
        "de quem é a vez",
        "sou eu o da vez?",
        "é minha vez?",
        "quem ta na minha frente?",
    ],
)
def test_whose_turn_it_is_is_asked(said: str) -> None:
    assert asks_whose_turn(said)


@pytest.mark.parametrize(
    "said", ["quem é o próximo da fila?", "quem espera?", "outra vez", "quem tá online", "uma vez só"]
)
def test_something_else_is_asked(said: str) -> None:
    assert not asks_whose_turn(said)
