"""A handler asks by name only for what it is handed: aiogram would fail in the middle of a conversation."""

import inspect
from dataclasses import fields

from dialogs.frame.provided import Provided
from dialogs.routers import the_dispatcher

# What bot/conversations.py hands to every handler of this turn.
OF_THE_TURN = {"bot", "state", "raw_state", "talk", "palavra", "argumento", "alheia", "vencida", "open_talk", "aside"}
# What filters add (dialogs/frame/, dialogs/*/): each is there when its filter has let the event through.
OF_FILTERS = {
    "achados",
    "alvo",
    "atendimento",
    "button",
    "como",
    "coberto",
    "comparacao",
    "consulta",
    "consultor",
    "correcao",
    "decididas",
    "de_quem",
    "decisoes",
    "dias",
    "dito",
    "duvida",
    "emergencia",
    "entendido",
    "escrita_em",
    "estas",
    "falados",
    "fora",
    "mensagem",
    "mostrado_em",
    "na_tela",
    "nao_chegou",
    "oferecida",
    "operacao",
    "ordem",
    "outra_hora",
    "colega",
    "pergunta",
    "pedido",
    "pessoa",
    "perigo",
    "recado",
    "resposta",
    "retida",
    "resto",
    "status",
    "valores",
    "velho",
    "venda",
    "verbo",
}


def test_every_handler_asks_only_for_what_is_provided() -> None:
    provided = {field.name for field in fields(Provided)} | OF_THE_TURN | OF_FILTERS
    asked = {name: where for where, names in _asked() for name in names}
    assert {name: where for name, where in asked.items() if name not in provided} == {}


def _asked() -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for router in the_dispatcher().chain_tail:
        for observer in router.observers.values():
            found += [_names(handler.callback) for handler in observer.handlers if router is not the_dispatcher()]
    return found


def _names(callback: object) -> tuple[str, list[str]]:
    assert callable(callback)
    names = list(inspect.signature(callback).parameters)
    return f"{callback.__module__}.{getattr(callback, '__name__', callback)}", names[1:]
