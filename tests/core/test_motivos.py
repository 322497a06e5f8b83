"""Why rows and files are refused, in the person's language: every reason that the rules know."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.planilha import motivos
from core.planilha.celulas import _DOCUMENT_REASONS
from core.planilha.motivos import in_language, known
from core.planilha.pasta import _UNREADABLE
from core.textos import shortened

CORE = Path(motivos.__file__).parents[1]
FILES = [*sorted((CORE / "planilha").glob("*.py")), *sorted(CORE.glob("*/importacao.py")), CORE / "cliente/planilha.py"]
SAYING = {"ValueError", "PlanilhaError", "_refuse", "append", "__init__"}


def text_in(node: ast.AST) -> str | None:
    """A sentence as it would be said, its blanks filled."""
    match node:
        case ast.Constant(str() as text):
            return text
        case ast.JoinedStr(values):
            return "".join(str(one.value) if isinstance(one, ast.Constant) else "nome" for one in values)
        case ast.Tuple(elts=[_, last]):
            return text_in(last)
        case _:
            return None


def reasons() -> Iterator[str]:
    """What is raised or written down for people in the rules of imports."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            text = text_in(node.args[-1])
            if name in SAYING and text is not None and " " in text:
                yield text
    yield from (*_DOCUMENT_REASONS.values(), _UNREADABLE)


SAID = sorted({one.replace("é nome, não", "é um PDF, não") for one in reasons() if one != "nome: nome"})


def test_there_are_as_many_reasons_as_the_catalogues_have() -> None:
    assert len(SAID) >= 40
    assert {pattern.pattern for pattern, _ in known("en")} == {pattern.pattern for pattern, _ in known("es")}


@pytest.mark.parametrize("motivo", SAID)
def test_every_reason_is_said_in_the_persons_language(motivo: str) -> None:
    assert in_language(motivo, "pt_BR") == motivo
    assert in_language(motivo, "en") != motivo
    assert any(
        pattern.fullmatch(motivo.partition(": ")[2] or motivo) or pattern.fullmatch(motivo)
        for pattern, _ in known("es")
    )


def test_several_reasons_of_one_row_are_each_said_behind_their_column() -> None:
    said = "cnpj: parece um CPF; escreva o CNPJ com os 14 números; cpf: CPF tem 11 números; filtro: outra coisa"
    assert in_language(said, "en") == (
        "cnpj: looks like a CPF; write the CNPJ with all 14 digits; cpf: a CPF has 11 digits; filtro: outra coisa"
    )
    assert in_language("telefone: é de Ana {x}, VENDEDOR, que não atende", "es") == (
        "telefone: es de Ana {x}, VENDEDOR, que no atiende"
    )
    assert shortened(in_language("", "en"), 10) == ""
