"""Every state of a conversation can be reached, is answered, and is entered only where this file says so."""

import ast
import importlib
import pkgutil
from collections.abc import Iterable, Iterator

import pytest
from aiogram import Router
from aiogram.dispatcher.event.handler import FilterObject
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup

import dialogs
from dialogs.routers import the_dispatcher
from tests.support.source_code import calls, nodes

NOTHING = "-"

# Where a conversation may go from each place in the dialogs; NOTHING is no state at all.
JUMPS = {
    "talk.Talk.turn_to": {NOTHING},
    "venda.propose": {"Vender.confirmacao"},
    "venda.decline": {NOTHING},
    "venda.refuse": {NOTHING},
    "venda._tell_opening": {"Vender.lugar_na_fila", "Vender.robo"},
    "venda.announce_served": {"Vender.robo"},
    "perguntas.ask": {"Vender.resposta"},
    "perguntas.typed": {"Vender.robo", NOTHING},
    "adiantadas.in_the_sale": {"Vender.achados"},
    "adiantadas._decide": {"Vender.robo"},
    "perguntas.read_back": {"Vender.leitura"},
    "perguntas._send": {"Vender.robo"},
    "acompanhamento.show_where_it_stands": {"Vender.robo"},
    "acompanhamento._show_what_was_asked": {NOTHING},
    "acompanhamento.tell_the_end": {NOTHING},
    "cancelamento._leave_queue": {NOTHING},
    "cancelamento.begin": {"Vender.confirmacao_cancelamento", NOTHING},
    "cancelamento._cancel": {"Vender.robo", NOTHING},
    "customer.ask_for_consultor": {NOTHING},
    "titular.asked": {NOTHING},
    "de_lado.put_aside": {NOTHING},
    "avaliacao.ask_for_rating": {"Avaliar.nota"},
    "aplicativo.left_to_them": {NOTHING},
    "avaliacao._rate": {"Avaliar.comentario"},
    "avaliacao._keep_comment": {NOTHING},
    "avaliacao.no_comment": {NOTHING},
    "notas.take_note": {"Nota.texto"},
    "notas.typed": {NOTHING},
    "notas.drop": {NOTHING},
    "respostas._wait_for_it": {"Robo.resposta"},
    "respostas._pass": {NOTHING},
    "respostas.typed": {NOTHING},
    "respostas.withdraw": {NOTHING},
    "senha._wait": {"Senha.fatura"},
    "senha.gives_up": {NOTHING},
    "senha.typed": {NOTHING},
    "aprovacao.approve": {"UsarMesmoAssim.motivo"},
    "aprovacao.ask_why": {"Rejeitar.motivo"},
    "aprovacao.keep": {NOTHING},
    "aprovacao.keep_waiting": {NOTHING},
    "aprovacao._reason_given": {NOTHING},
    "delegar.give_up": {NOTHING},
    "delegar._all_said": {"Delegar.fim"},
    "delegar._ask_from_when": {"Delegar.inicio"},
    "delegar._from": {"Delegar.fim"},
    "delegar._until": {"Delegar.confirmacao"},
    "delegar.confirmed": {NOTHING},
    "decisoes._ask_with_reason": {"Rejeitar.confirmacao"},
    "decisoes.confirmed": {NOTHING},
    "decisoes.not_confirmed": {NOTHING},
    "pendentes.ask_about_all": {"AprovarVarias.confirmacao"},
    "lote._confirm": {"Comecar.confirmacao"},
    "lote.keep": {NOTHING},
    "lote.keep_some": {NOTHING},
    "lote.confirmed": {NOTHING},
    "pendentes.keep": {NOTHING},
    "pendentes.keep_some": {NOTHING},
    "pendentes.confirmed": {NOTHING},
    "novo.give_up": {NOTHING},
    "novo.begin": {"Agendar.frase"},
    "novo.said_unasked": {"Agendar.frase"},
    "novo.dias_chosen": {"Agendar.cron", "Agendar.hora"},
    "novo._read_back": {"Agendar.confirmacao"},
    "novo.confirmed": {NOTHING},
    "order._forget_where_it_stands": {NOTHING},
}

# States in which a text that is no chat word means nothing: the last router answers with where the sale stands.
LEFT_TO_THE_LAST_ROUTER: set[str] = set()


def _modules() -> None:
    for module in pkgutil.walk_packages(dialogs.__path__, "dialogs."):
        importlib.import_module(module.name)


def _all_states() -> set[str]:
    _modules()
    groups = [group for group in _with_subclasses(StatesGroup) if group.__module__.startswith("dialogs.")]
    return {str(state.state) for group in groups for state in group.__all_states__}


def _with_subclasses(group: type[StatesGroup]) -> Iterator[type[StatesGroup]]:
    for inner in group.__subclasses__():
        yield inner
        yield from _with_subclasses(inner)


def _jumps() -> dict[str, set[str]]:
    """What the source does, in the form of JUMPS."""
    jumps: dict[str, set[str]] = {}
    for found in calls("set_state", "dialogs", "bot"):
        assert isinstance(found.node, ast.Call)
        jumps.setdefault(_short(found.where), set()).update(_targets(found.node.args[0]))
    for found in nodes("dialogs", "bot"):
        if isinstance(found.node, ast.Call) and ast.unparse(found.node.func).endswith(".state.clear"):
            jumps.setdefault(_short(found.where), set()).add(NOTHING)
    return jumps


def _short(where: str) -> str:
    path, _, function = where.partition(" ")
    return f"{path.rpartition('/')[2].removesuffix('.py')}.{function}"


def _targets(target: ast.expr) -> set[str]:
    """`Vender.robo`, None, or one of the two of an `if`; anything else could not be checked here."""
    if isinstance(target, ast.IfExp):
        return _targets(target.body) | _targets(target.orelse)
    if isinstance(target, ast.Constant) and target.value is None:
        return {NOTHING}
    assert isinstance(target, ast.Attribute), f"a state that only a run can tell: {ast.unparse(target)}"
    return {ast.unparse(target)}


def _awaited() -> set[str]:
    """The states that some handler names."""
    return {state for filters in _filters(the_dispatcher()) for state in _named(filters)}


def _filters(router: Router) -> Iterator[list[FilterObject]]:
    for observer in router.observers.values():
        yield observer._handler.filters or []
        yield from (handler.filters or [] for handler in observer.handlers)
    for inner in router.sub_routers:
        yield from _filters(inner)


def _named(filters: Iterable[FilterObject]) -> Iterator[str]:
    for part in filters:
        if isinstance(part.callback, StateFilter):
            for state in part.callback.states:
                assert isinstance(state, State), f"{part.callback}: name the states one by one"
                yield str(state.state)


def test_every_jump_is_declared_and_every_declared_jump_is_made() -> None:
    assert _jumps() == JUMPS


def test_every_state_can_be_reached() -> None:
    reached = {target.replace(".", ":") for targets in JUMPS.values() for target in targets} - {NOTHING}
    assert reached == _all_states()


def test_every_state_has_a_handler_of_its_own_or_is_left_to_the_last_router() -> None:
    assert _awaited() | LEFT_TO_THE_LAST_ROUTER == _all_states()
    assert _awaited() & LEFT_TO_THE_LAST_ROUTER == set()


@pytest.mark.parametrize("kind", ["message", "callback_query"])
def test_the_last_router_takes_whatever_is_left_in_whatever_state(kind: str) -> None:
    last = the_dispatcher().sub_routers[-1]
    assert not last.observers[kind]._handler.filters
    assert any(not handler.filters for handler in last.observers[kind].handlers)


def test_no_handler_stands_behind_one_that_takes_everything() -> None:
    """What is registered after a handler without filters never runs."""
    *_, last = the_dispatcher().sub_routers
    for kind, observer in last.observers.items():
        greedy = [number for number, handler in enumerate(observer.handlers) if not handler.filters]
        assert greedy in ([], [len(observer.handlers) - 1]), kind
    for router in the_dispatcher().sub_routers[:-1]:
        for kind, observer in router.observers.items():
            bare = [handler.callback.__name__ for handler in observer.handlers if not handler.filters]
            assert not bare or observer._handler.filters, f"{router.name} {kind}: {bare} takes every event"
