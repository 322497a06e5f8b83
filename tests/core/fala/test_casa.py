"""With a customer on the screen: of lines as consultores type them, few of the house's reach the customer, and very few
of the customer's are held back.

The tables are dialogues, with what was said before (tests/support/casa.py). Single lines may fall either way.
"""

from datetime import date

import pytest

from core.fala.leitura.casa import Cena, is_for_the_house, needs_a_scene, signs_of
from core.fala.ordens import order_of
from tests.support.casa import Dita, lines_of

TODAY = date(2026, 11, 30)
EQUIPE = ("Ana Souza", "Caio Lima", "Elisa Prado", "Gil Reis", "Hugo Maia", "Joana Dias")
TABLES = ("a", "b", "c", "d", "e", "f", "g", "h")


def is_held(dita: Dita) -> bool:
    return order_of(dita.texto, TODAY, Cena(dita.cliente, dita.antes, EQUIPE)) is not None


@pytest.mark.falha(547)
@pytest.mark.parametrize("table", TABLES)
def test_most_of_what_is_for_the_house_is_held_back(table: str) -> None:
    ours = [dita for dita in lines_of(table) if dita.para_casa]
    reach_them = [dita.texto for dita in ours if not is_held(dita)]
    assert len(reach_them) <= 0.2 * len(ours), reach_them


@pytest.mark.falha(547)
def test_hardly_any_line_for_the_customer_is_held_back() -> None:
    theirs = [dita for table in TABLES for dita in lines_of(table) if not dita.para_casa]
    held = [dita.texto for dita in theirs if is_held(dita)]
    assert len(held) <= 0.03 * len(theirs), held


def test_a_pronoun_is_the_customers_unless_somebody_else_was_spoken_of() -> None:
    line = "ela não quer assinar"
    assert is_for_the_house(line, Cena("Marina Souza"))
    assert not is_for_the_house(line, Cena("Marina Souza", ("quem resolve é a minha mãe",)))
    assert not is_for_the_house(line, Cena("Mário Souza"))


def test_a_colleague_is_called_and_a_customer_of_that_name_is_not() -> None:
    assert is_for_the_house("Elisa, vc sabe o prazo?", Cena("Marina Souza", (), ["Elisa Prado"]))
    assert not is_for_the_house("Elisa, vc sabe o prazo?", Cena("Elisa Souza", (), ["Elisa Prado"]))
    assert not is_for_the_house("Elisa, vc sabe o prazo?", Cena("Marina Souza", (), ["Gil Reis"]))


@pytest.mark.parametrize(
    ("said", "sign"),
    [
        ("alguém me confirma isso", "alguem"),
        ("confirmem o preço", "plural"),
        ("mantenho o preço ou não?", "eu_faco"),
        ("pediu plano menor", "elipse"),
        ("seu plano vence dia 10", "voce"),
        ("qual é o seu plano?", "voce"),
    ],
)
def test_each_sign_is_of_its_words(said: str, sign: str) -> None:
    assert sign in signs_of(said)


def test_a_seu_before_a_name_is_no_your() -> None:
    assert "voce" not in signs_of("o seu José desligou")


def test_the_scene_is_looked_up_only_for_who_is_named_or_spoken_of() -> None:
    assert needs_a_scene("puxa o cadastro da Marina")
    assert needs_a_scene("ela desligou")
    assert not needs_a_scene("a instalação é grátis")
