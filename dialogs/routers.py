"""All dialogs, in the order in which they are asked: the words that work everywhere first, the rest last."""

from functools import cache

from aiogram import Dispatcher

from dialogs import (
    acompanhamento,
    administracao,
    arquivos,
    cancelamento,
    fallback,
    identidade,
    menu,
    perguntas,
    presenca,
    venda,
)
from dialogs.state import TurnStorage


@cache
def the_dispatcher() -> Dispatcher:
    """The one dispatcher over every dialog: aiogram's routers can hang in one tree only.

    It holds nothing of a process or a turn; what handlers ask for by name comes with each update.
    """
    dispatcher = Dispatcher(storage=TurnStorage())
    dispatcher.include_routers(
        fallback.gone,
        venda.router,
        cancelamento.router,
        acompanhamento.router,
        presenca.router,
        administracao.router,
        menu.router,
        identidade.router,
        perguntas.router,
        arquivos.router,
        fallback.router,
    )
    return dispatcher
