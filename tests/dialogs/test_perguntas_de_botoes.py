"""A question with a yes and a no under it is answered by a tap, and as well in words."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.fala.entende import understand
from core.fala.espera import Aguarda, Espera
from core.fala.intencoes import Intencao
from core.fala.respostas.verbos import with_verb_said
from dialogs.fala.pergunta import asked_by
from dialogs.frame.buttons import Button, button_of
from storage.pessoa.perfil import Perfil
from tests.dialogs.test_buttons import SENT

DIALOGS = Path(__file__).parents[2] / "dialogs"
OTHERWISE = {
    "ConfirmVenda": "the sale's own question: its state waits for the yes",
    "CancelVenda": "the sale's own question: its state waits for the yes",
    "UseAchados": "the sale's own question: its state waits for the yes",
    "button": "a robot's question: its answer is the sale's (AnswerPergunta, ConfirmLida)",
    "WordButton": "the word SIM itself: its state waits for it",
    "BeginAll": "many robots at once: the exact word or a tap, no sentence",
    "ApproveSeveral": "several invoices at once: the exact word or a tap, no sentence",
}


def choices() -> Iterator[tuple[str, str]]:
    """Every choice that a dialog shows: what stands on it and its class."""
    for path in DIALOGS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Tuple(
                    elts=[
                        ast.Call(func=ast.Name(id="_"), args=[ast.Constant(str() as label)]),
                        ast.Call(func=ast.Name(kind)),
                    ]
                ):
                    yield label, kind


def kinds(of: type[Button] = Button) -> Iterator[type[Button]]:
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


ANSWERING = {kind.__name__: kind.answers for kind in kinds() if kind.answers is not None}
YES = [data for data, button in SENT.items() if button.answers is True]


def test_whatever_says_yes_on_it_is_answered_by_a_yes_in_words() -> None:
    yes = {kind for label, kind in choices() if label.casefold().startswith("sim")}
    assert len(yes) > 5
    assert {kind for kind in yes if not ANSWERING.get(kind)} == set(OTHERWISE)


def test_each_yes_stands_beside_what_a_no_in_words_taps() -> None:
    """A file with one button that is a yes and nothing else would leave a no unanswered."""
    shown = {kind for _label, kind in choices()}
    assert {name for name in ANSWERING if name not in shown} == set()


def asked_with_one_choice() -> Iterator[tuple[str, str]]:
    """Each message that asks and shows one button alone: the method that says it, and its text."""
    for path in DIALOGS.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(function, ast.AsyncFunctionDef):
                continue
            assigned = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
            texts = {
                target.id: node.value for node in assigned for target in node.targets if isinstance(target, ast.Name)
            }
            for node in ast.walk(function):
                match node:
                    case ast.Call(func=ast.Attribute(attr="say" | "offer" as method), args=[text, ast.Tuple()]):
                        yield from ((method, one) for one in asked_in(text, texts))


def asked_in(text: ast.expr, texts: dict[str, ast.expr]) -> Iterator[str]:
    for one in ast.walk(text):
        match one:
            case ast.Constant(str() as said) if said.endswith("?"):
                yield said
            case ast.Name(name) if name in texts:
                yield from asked_in(texts[name], {})


def test_what_asks_and_shows_one_button_is_an_offer_that_words_answer() -> None:
    """A question of several is one, or names its choices: those are answered by what stands on them."""
    assert {text for method, text in asked_with_one_choice() if method == "say"} == set()
    assert any(method == "offer" for method, _text in asked_with_one_choice())


@pytest.mark.parametrize("data", YES)
@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("sim", Intencao.SIM),
        ("manda ver", Intencao.SIM),
        ("pode", Intencao.SIM),
        ("não", Intencao.NAO),
        ("agora não", Intencao.NAO),
    ],
)
def test_every_such_question_is_answered_in_words(data: str, said: str, meant: Intencao) -> None:
    pergunta = asked_by([("Fazer", data), ("Ver linha a linha", "palavra:AJUDA"), ("Não", "palavra:NAO")])
    assert pergunta is not None
    assert (pergunta.sim, pergunta.nao) == (data, "palavra:NAO")
    assert _understood(said, "Fazer", "Não") is meant


def test_who_is_shown_several_that_are_a_yes_has_to_say_which() -> None:
    of_files = [data for data in YES if type(button_of(data)).__name__ == "UseArquivo"]
    assert asked_by([(data, data) for data in of_files[:2]]) is None
    assert asked_by([("Ver", "palavra:AJUDA"), ("Não", "palavra:NAO")]) is None


@pytest.mark.parametrize(
    ("yes", "no", "said", "meant"),
    [
        ("Importar", "Não importar", "pode importar", Intencao.SIM),
        ("Importar", "Não importar", "importa", Intencao.SIM),
        ("Importar", "Não importar", "não importa não", Intencao.NAO),
        ("Importar", "Não importar", "deixa pra lá", Intencao.CANCELAR),
        ("Importar", "Não importar", "importa só as novas", Intencao.NADA),
        ("Criar", "Cancelar", "pode criar sim", Intencao.SIM),
        ("Criar", "Cancelar", "cancela", Intencao.NAO),
        ("Sim, excluir", "Não", "exclui", Intencao.SIM),
        ("Apagar", "Manter", "pode apagar", Intencao.SIM),
        ("Apagar", "Manter", "mantém", Intencao.NAO),
        ("Importar", "No importar", "no importes", Intencao.NAO),
        ("Import", "Do not import", "import it", Intencao.SIM),
    ],
)
def test_the_verb_on_the_button_answers_too(yes: str, no: str, said: str, meant: Intencao) -> None:
    assert _understood(said, yes, no) is meant


def _understood(said: str, yes: str, no: str) -> Intencao:
    espera = Espera(frozenset({Perfil.ADMINISTRADOR}), aguarda=Aguarda.SIM_NAO)
    return understand(with_verb_said(said, yes, no), espera, today=date(2026, 11, 29)).intencao
