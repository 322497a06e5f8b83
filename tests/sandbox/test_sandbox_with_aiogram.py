"""aiogram, which the service speaks Telegram with, is content with the stand-in."""

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import BotCommand, BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, Update


@pytest.fixture
async def bot(sandbox):
    settings = sandbox.settings()
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings["TELEGRAM_API_URL"]))
    async with Bot(settings["TELEGRAM_BOT_TOKEN"], session=session) as bot:
        yield bot


async def test_aiogram_sends_edits_answers_and_downloads(sandbox, service, bot):
    ana = sandbox.telegram.phone("Ana Souza")
    await (await ana.sends_document("x.csv", b"a;b", "text/csv")).accepted()
    update = Update.model_validate(service.events("telegram")[0], context={"bot": bot})
    assert (await bot.download(update.message.document)).read() == b"a;b"
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="SIM", callback_data="sim", style="success")]]
    )
    sent = await bot.send_message(ana.user_id, "<b>Confirma?</b>", parse_mode="HTML", reply_markup=keyboard)
    await (await ana.taps("SIM")).accepted()
    tap = Update.model_validate(service.events("telegram")[1], context={"bot": bot}).callback_query
    await tap.answer("Anotado", show_alert=True)
    await sent.edit_text("Confirmado")
    await bot.send_document(ana.user_id, BufferedInputFile(b"%PDF", "f.pdf"), caption="segue")
    await bot.set_my_commands([BotCommand(command="vender", description="Vender")])
    await bot.send_chat_action(ana.user_id, "typing")
    assert (await ana.sees("Anotado")).kind == "alert"
    assert (await ana.sees("Confirmado")).keyboard == ()
    await ana.sees("f.pdf")
    assert ana.activity == "typing"


async def test_aiogram_understands_the_refusals(sandbox, service, bot):
    ana = sandbox.telegram.phone("Ana")
    await ana.says("oi")
    sandbox.telegram.faults.fail_next(retry_after=3)
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.send_message(ana.user_id, "oi")
    assert refusal.value.retry_after == 3
    await ana.blocks()
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(ana.user_id, "oi")
