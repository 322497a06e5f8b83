"""A stock aiogram webhook bot: the examples of aiogram's documentation with the words of our conversation in them.

docs.aiogram.dev, "Webhook" and "Finite State Machine" (its handlers and their order too). Its state is in Redis, and it
has no database. Two differences, both for a fair comparison: it handles an update before it answers, as ours does
(`handle_in_background=False`), and the access log is off, so that it writes one line per update, as ours does.
"""

import logging
import os
import sys

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

router = Router()


class Vender(StatesGroup):
    confirmacao = State()


@router.message(F.text.casefold() == "vender")
async def begin(message: Message, state: FSMContext) -> None:
    assert message.from_user is not None
    await state.set_state(Vender.confirmacao)
    await state.update_data(nome=message.from_user.full_name)
    await message.answer(
        f"Nova venda no PAP em nome de {message.from_user.full_name}, matrícula V0001.\n\nPosso começar?",
        reply_markup=InlineKeyboardMarkup(
            inline_keyboard=[
                [
                    InlineKeyboardButton(text="SIM", callback_data="venda:sim"),
                    InlineKeyboardButton(text="NÃO", callback_data="venda:nao"),
                ]
            ]
        ),
    )


@router.message(Command("cancelar"))
@router.message(F.text.casefold() == "cancelar")
async def cancel(message: Message, state: FSMContext) -> None:
    if await state.get_state() is None:
        return
    await state.clear()
    await message.answer("Cancelado.")


@router.message(Vender.confirmacao, F.text.casefold() == "nao")
async def decline(message: Message, state: FSMContext) -> None:
    data = await state.get_data()
    await state.clear()
    await message.answer(f"Tudo bem, {data['nome']}, nada foi iniciado. Quando quiser, é só digitar VENDER.")


@router.message(Vender.confirmacao, F.text.casefold() == "sim")
async def confirm(message: Message, state: FSMContext) -> None:
    await state.clear()
    await message.answer("Venda iniciada.")


@router.message(Vender.confirmacao)
async def not_understood(message: Message) -> None:
    await message.answer("Não entendi. Responda SIM para começar ou NAO para desistir.")


def main() -> None:
    storage = RedisStorage.from_url(os.environ["REDIS_URL"])
    dispatcher = Dispatcher(storage=storage)
    dispatcher.include_router(router)
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"]))
    bot = Bot(
        token=os.environ["TELEGRAM_BOT_TOKEN"],
        session=session,
        default=DefaultBotProperties(parse_mode=ParseMode.HTML),
    )
    app = web.Application()
    handler = SimpleRequestHandler(
        dispatcher=dispatcher,
        bot=bot,
        handle_in_background=False,
        secret_token=os.environ["TELEGRAM_WEBHOOK_SECRET"],
    )
    handler.register(app, path=os.environ["WEBHOOK_PATH"])
    setup_application(app, dispatcher, bot=bot)
    web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, stream=sys.stdout)
    main()
