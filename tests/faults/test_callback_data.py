"""Callback data: Telegram takes 1 to 64 bytes on a button (42), and every button has somebody who listens to it."""

import ast
from collections.abc import Iterator
from enum import EnumType
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin
from uuid import UUID

import pytest
from annotated_types import Le, Lt, MaxLen
from pydantic.fields import FieldInfo
from sqlalchemy import update

from dialogs.agendamento.buttons import ChooseHora
from dialogs.frame.buttons import Button, Idioma, Tap
from dialogs.frame.i18n import LANGUAGE_NAMES
from dialogs.frame.words import WordButton, WordTap
from dialogs.pessoa.menu import descriptions
from dialogs.relatorio.buttons import ShowFechamento
from dialogs.routers import the_dispatcher
from storage.tables import vendas
from tests.support.sellers import seller, sells
from tests.support.service import RunningService
from tests.support.source_code import calls, nodes

LIMIT = 64
HIGHEST_INTEGER = 2**31 - 1
# Texts whose length no number bounds: the longest there is.
LONGEST = {
    Idioma.__metadata__: max(LANGUAGE_NAMES, key=len),
    tuple(ChooseHora.model_fields["hora"].metadata): "2359",
    tuple(ShowFechamento.model_fields["mes_ano"].metadata): "12/9999",
}

KINDS = [kind for kind in Button.__subclasses__() if kind.__module__.startswith("dialogs.")]


def _conditions() -> list[Any]:
    """What the dialogs' handlers wait for, of taps."""
    handlers = (handler for router in the_dispatcher().chain_tail for handler in router.callback_query.handlers)
    return [condition.callback for handler in handlers for condition in handler.filters or ()]


def _longest(kind: type[Button]) -> Button:
    """The button of this kind whose text is the longest that there can be."""
    return kind(**{name: _longest_value(field) for name, field in kind.model_fields.items()})


def _longest_value(field: FieldInfo) -> object:
    return max(_values(field.annotation, field.metadata), key=lambda value: len(_packed(value)))


def _values(annotation: Any, metadata: list[Any]) -> Iterator[object]:
    """The values that a field takes, or the longest of each of its types."""
    if get_origin(annotation) in (Union, UnionType):
        for one in get_args(annotation):
            yield from _values(one, [])
    elif hasattr(annotation, "__metadata__"):
        for part in annotation.__metadata__:
            yield from _values(annotation.__origin__, part.metadata)
    elif get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif annotation is NoneType:
        yield None
    elif annotation is UUID:
        yield UUID(int=2**128 - 1)
    elif isinstance(annotation, EnumType):
        yield from annotation
    elif tuple(metadata) in LONGEST:
        yield LONGEST[tuple(metadata)]
    else:
        yield _at_the_limit({type(limit): limit for limit in metadata})


def _at_the_limit(limits: dict[type, Any]) -> object:
    """A number or a text; one without a limit is an error here."""
    if Lt in limits:
        return limits[Lt].lt - 1
    if Le in limits:
        return limits[Le].le
    # Some have a pattern, which is fitted by letters, or by hex digits.
    return "a" * int(limits[MaxLen].max_length)


def _packed(value: object) -> str:
    return value.hex if isinstance(value, UUID) else str(value or "")


@pytest.mark.falha(42)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_callback_data_fits(kind: type[Button]) -> None:
    data = _longest(kind).pack()
    assert 1 <= len(data.encode()) <= LIMIT
    assert kind.read(data) == _longest(kind)


def test_the_longest_texts_are_what_they_should_be() -> None:
    """A reading of the fields that finds too little would let everything pass."""
    longest = {_longest(kind).pack() for kind in KINDS}
    assert {f"resp:{'f' * 32}:{HIGHEST_INTEGER}:9999", f"r:enviar:{'a' * 20}", "idioma:pt_BR"} <= longest


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not WordButton], ids=lambda kind: kind.__name__)
def test_every_button_has_a_listener(kind: type[Button]) -> None:
    assert [condition for condition in _conditions() if isinstance(condition, Tap) and kind in condition.kinds]


def test_every_word_of_a_menu_has_a_listener() -> None:
    tapped = {condition.palavra for condition in _conditions() if isinstance(condition, WordTap)}
    assert set(descriptions()) <= tapped


def test_no_text_of_a_button_is_made_by_hand() -> None:
    assert list(calls("InlineKeyboardButton")) == []
    (made,) = (found for found in nodes("dialogs", "bot") if _is_a_button(found.node))
    assert made.where == "dialogs/frame/talk.py _rows"
    assert ast.unparse(made.node) == "{'text': label, 'callback_data': button.pack()}"


def _is_a_button(node: ast.AST) -> bool:
    keys = node.keys if isinstance(node, ast.Dict) else []
    return any(isinstance(key, ast.Constant) and key.value == "callback_data" for key in keys)


@pytest.mark.falha(42)
@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
async def test_a_robots_question_has_buttons_that_fit_however_long_its_options(
    sqlite_service: RunningService, channel: str
) -> None:
    await sqlite_service.login_bo()
    ana = await seller(sqlite_service, channel=channel)
    job = await sells(sqlite_service, ana)
    await sqlite_service.wiring.turns.run(
        lambda tx: tx.execute(update(vendas).values(perguntas_feitas=HIGHEST_INTEGER - 1))
    )

    opcoes = [{"id": f"plano-{number}-" + "ção" * 60, "texto": f"Plano {number}"} for number in range(1, 10)]
    await job.ask("Qual plano?", "opcao", opcoes)

    card = await ana.sees("Qual plano?")
    data = [button.data for row in card.keyboard for button in row] + [row.id for row in card.rows]
    assert len(data) == 9
    assert all(len(one.encode()) <= LIMIT for one in data)
    await ana.taps("Plano 9")
    assert await job.answered() == [opcoes[8]["id"]]
