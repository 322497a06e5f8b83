"""Messages that are there already are copied, forwarded, replaced, pinned and deleted; texts may be MarkdownV2."""

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, ChatFullInfo, InputMediaDocument, InputMediaPhoto


@pytest.fixture
async def bot(sandbox, service):
    # aiogram's own session reads answers as models that are built by then; ours never does (bot/runtime/imports.py).
    ChatFullInfo.model_rebuild()
    settings = sandbox.settings()
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings["TELEGRAM_API_URL"]))
    async with Bot(settings["TELEGRAM_BOT_TOKEN"], session=session) as bot:
        yield bot


@pytest.fixture
async def people(sandbox, bot):
    ana, caio = sandbox.telegram.phone("Ana Souza"), sandbox.telegram.phone("Caio Reis")
    await ana.says("oi")
    await caio.sends_document("contrato.pdf", b"%PDF-1.4", caption="segue")
    return ana, caio


async def test_message_of_one_chat_is_copied_into_another(bot, people):
    ana, caio = people
    source = int(caio.screen[0].id)
    await bot.copy_message(ana.user_id, caio.user_id, source)
    assert (ana.screen[-1].document, ana.screen[-1].text) == (b"%PDF-1.4", "segue")
    await bot.copy_message(ana.user_id, caio.user_id, source, caption="<b>de Caio</b>", parse_mode="HTML")
    assert ana.screen[-1].text == "de Caio"
    forwarded = await bot.forward_message(ana.user_id, caio.user_id, source)
    assert forwarded.forward_origin.sender_user.first_name == "Caio"
    with pytest.raises(TelegramBadRequest, match="message to copy not found"):
        await bot.copy_message(ana.user_id, caio.user_id, 1)


async def test_file_of_a_message_is_replaced(bot, people):
    ana, _ = people
    sent = await bot.send_document(ana.user_id, BufferedInputFile(b"1", "a.pdf"), caption="um")
    edited = await sent.edit_media(InputMediaPhoto(media=BufferedInputFile(b"2", "b.jpg"), caption="dois"))
    assert (edited.photo[-1].file_size, edited.caption, edited.document) == (1, "dois", None)
    assert (ana.screen[-1].kind, ana.screen[-1].document, ana.screen[-1].text) == ("photo", b"2", "dois")
    back = await edited.edit_media(InputMediaDocument(media=sent.document.file_id))
    assert (back.document.file_name, ana.screen[-1].document) == ("a.pdf", b"1")


async def test_messages_are_pinned_and_deleted_together(bot, people):
    ana, _ = people
    sent = [await bot.send_message(ana.user_id, str(number)) for number in range(3)]
    assert await bot.pin_chat_message(ana.user_id, sent[0].message_id)
    assert await bot.unpin_chat_message(ana.user_id)
    await bot.delete_messages(ana.user_id, [message.message_id for message in sent])
    assert [bubble.deleted for bubble in ana.screen] == [False, True, True, True]
    assert (await bot.get_chat(ana.user_id)).first_name == "Ana"


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("*Pedido* 12", "Pedido 12", [("bold", 0, 6)]),
        ("_a_ __b__ ~c~", "a b c", [("italic", 0, 1), ("underline", 2, 1), ("strikethrough", 4, 1)]),
        ("😀 ||d||", "😀 d", [("spoiler", 3, 1)]),
        ("`a*b` fim\\.", "a*b fim.", [("code", 0, 3)]),
        ("[aqui](https://example.com/a\\)b)", "aqui", [("text_link", 0, 4)]),
        ("*a _b_*", "a b", [("bold", 0, 3), ("italic", 2, 1)]),
        (">citado\nfim", "citado\nfim", []),
    ],
)
async def test_markdown_becomes_text_and_entities(bot, people, source, text, entities):
    sent = await bot.send_message(people[0].user_id, source, parse_mode="MarkdownV2")
    assert sent.text == text
    assert [(entity.type, entity.offset, entity.length) for entity in sent.entities or []] == entities


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        ("R$ 79.90", "Character '.' is reserved and must be escaped"),
        ("*aberto", "Can't find end of Bold entity"),
        ("[aqui", "Can't find end of TextLink entity"),
        ("*a _b*_", "Can't find end of the entity"),
    ],
)
async def test_broken_markdown_is_refused(bot, people, source, refusal):
    with pytest.raises(TelegramBadRequest, match=refusal):
        await bot.send_message(people[0].user_id, source, parse_mode="MarkdownV2")
