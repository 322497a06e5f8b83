"""All dialogs, in the order in which they are asked: the words that work everywhere first, the rest last."""

from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any

from aiogram import Dispatcher
from aiogram.types import CallbackQuery, TelegramObject

from dialogs import (
    acompanhamento,
    administracao,
    arquivos,
    cancelamento,
    fallback,
    identidade,
    menu,
    perguntas,
    venda,
)
from dialogs.state import TurnStorage
from dialogs.words import read_word


@cache
def the_dispatcher() -> Dispatcher:
    """The one dispatcher over every dialog: aiogram's routers can hang in one tree only.

    It holds nothing of a process or a turn; what handlers ask for by name comes with each update.
    """
    dispatcher = Dispatcher(storage=TurnStorage())
    dispatcher.message.outer_middleware(read_word)
    dispatcher.callback_query.outer_middleware(answer_tap)
    dispatcher.include_routers(
        fallback.gone,
        venda.router,
        cancelamento.router,
        acompanhamento.router,
        administracao.router,
        menu.router,
        identidade.router,
        perguntas.router,
        arquivos.router,
        fallback.router,
    )
    return dispatcher


async def answer_tap(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
) -> Any:
    """Middleware: every tap is acknowledged first of all, and a menu's tap is the word it stands for."""
    assert isinstance(event, CallbackQuery)
    if event.id:
        await event.answer()
    return await handler(event, data)
