"""python-telegram-bot, unmodified, talks to the stand-in of the Bot API by long polling."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ReactionEmoji
from telegram.error import BadRequest, Conflict, Forbidden, RetryAfter
from telegram.ext import Application, CallbackQueryHandler, MessageHandler, MessageReactionHandler, filters


async def _greet(update: Update, context) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("SIM", callback_data="sim")]])
    await update.message.reply_text(f"Olá, {update.effective_user.first_name}", reply_markup=keyboard)


async def _confirm(update: Update, context) -> None:
    await update.callback_query.answer("Anotado")
    await update.callback_query.edit_message_text("<b>Confirmado</b>", parse_mode="HTML")


async def _send_back(update: Update, context) -> None:
    file = await update.message.document.get_file()
    data = bytes(await file.download_as_bytearray())
    await update.message.reply_document(data, filename="copia.pdf", caption=f"{len(data)} bytes", do_quote=True)


async def _react(update: Update, context) -> None:
    await update.effective_chat.send_message("Obrigado pela reação")


@pytest.fixture
async def application(sandbox):
    settings = sandbox.settings()
    root = settings["TELEGRAM_API_URL"]
    builder = Application.builder().token(settings["TELEGRAM_BOT_TOKEN"])
    application = builder.base_url(f"{root}/bot").base_file_url(f"{root}/file/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, _greet))
    application.add_handler(MessageHandler(filters.Document.ALL, _send_back))
    application.add_handler(CallbackQueryHandler(_confirm))
    application.add_handler(MessageReactionHandler(_react))
    async with application:
        await application.start()
        await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        yield application
        await application.updater.stop()
        await application.stop()


async def test_python_telegram_bot_greets_handles_the_tap_and_sends_the_file_back(sandbox, application):
    ana = sandbox.telegram.phone("Ana Souza", "5531988804000")
    await ana.says("oi")
    await ana.sees("Olá, Ana")
    await ana.taps("SIM")
    assert (await ana.sees("Anotado")).kind == "toast"
    assert (await ana.sees("Confirmado")).keyboard == ()
    await ana.sends_document("contrato.pdf", b"%PDF-1.4")
    copy = await ana.sees("8 bytes")
    assert (copy.file.name, copy.document, copy.quote) == ("copia.pdf", b"%PDF-1.4", "contrato.pdf")
    await ana.reacts(copy, "👍")
    await ana.sees("Obrigado pela reação")
    await sandbox.telegram.settled()


async def test_python_telegram_bot_uses_topics_and_reactions(sandbox, application):
    ana, bot = sandbox.telegram.phone("Ana Souza"), application.bot
    await ana.says("oi")
    greeting = await ana.sees("Olá, Ana")
    assert (await bot.get_me()).has_topics_enabled
    topic = await bot.create_forum_topic(ana.user_id, "Caio · #00012")
    await bot.send_location(ana.user_id, -19.92, -43.94, message_thread_id=topic.message_thread_id)
    assert ana.screen[-1].topic == topic.message_thread_id
    await bot.set_message_reaction(ana.user_id, int(ana.screen[0].id), ReactionEmoji.RED_HEART)
    assert ana.screen[0].bot_reaction == "❤"
    ana.deletes_topic(await ana.sees_topic("#00012"))
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(ana.user_id, "oi", message_thread_id=topic.message_thread_id)
    assert not greeting.deleted


async def test_python_telegram_bot_understands_the_refusals(sandbox, application, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    ana, bot = sandbox.telegram.phone("Ana Souza"), application.bot
    await ana.says("oi")
    await ana.sees("Olá, Ana")
    sandbox.telegram.faults.fail_next("sendMessage", retry_after=7)
    with pytest.raises(RetryAfter) as refusal:
        await bot.send_message(ana.user_id, "oi")
    assert refusal.value.retry_after.total_seconds() == 7
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(ana.user_id, "x" * 4097)
    await ana.blocks()
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(ana.user_id, "oi")


async def test_updates_are_not_fetched_while_there_is_a_webhook(sandbox, service):
    settings = sandbox.settings()
    async with Bot(settings["TELEGRAM_BOT_TOKEN"], base_url=f"{settings['TELEGRAM_API_URL']}/bot") as bot:
        with pytest.raises(Conflict, match="webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        await sandbox.telegram.phone("Ana Souza").says("oi")
        [update] = await bot.get_updates()
        assert update.message.text == "oi"
        assert await bot.get_updates(offset=update.update_id + 1) == ()
    await sandbox.telegram.settled()
