"""Everything that crosses a hand-off, both ways, in the Bot API's own shapes (read back by aiogram)."""

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, InputMediaPhoto, Message, ReactionTypeEmoji, ReplyParameters, Update

UPDATES = ["message", "edited_message", "message_reaction"]


@pytest.fixture
async def bot(sandbox, service):
    settings = sandbox.settings()
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings["TELEGRAM_API_URL"]))
    async with Bot(settings["TELEGRAM_BOT_TOKEN"], session=session) as bot:
        await bot.set_webhook(f"{service.url}/telegram", allowed_updates=UPDATES)
        yield bot


@pytest.fixture
async def ana(sandbox, bot):
    ana = sandbox.telegram.phone("Ana Souza", "5531988804000")
    await (await ana.says("oi")).accepted()
    return ana


def _last(service, bot) -> Update:
    return Update.model_validate(service.events("telegram")[-1], context={"bot": bot})


async def _heard(service, bot, delivery) -> Message:
    await delivery.accepted()
    update = _last(service, bot)
    return update.edited_message or update.message


async def test_every_kind_of_file_reaches_the_service_with_its_bytes(service, bot, ana):
    sent = {
        "document": lambda: ana.sends_document("contrato.pdf", b"%PDF-1.4", caption="segue"),
        "voice": lambda: ana.sends_voice(b"OggS1"),
        "audio": lambda: ana.sends_audio("gravação.mp3", b"ID3"),
        "video": lambda: ana.sends_video(b"ftyp", "a sala"),
        "sticker": lambda: ana.sends_sticker(b"RIFF", "🤣"),
    }
    for kind, send in sent.items():
        message = await _heard(service, bot, await send())
        assert message.content_type == kind
        assert (await bot.download(getattr(message, kind))).read() == ana.screen[-1].document
    photo = await _heard(service, bot, await ana.sends_photo(b"\xff\xd8", "a fachada"))
    assert (photo.caption, len(photo.photo), photo.photo[-1].width) == ("a fachada", 2, 1280)
    assert [bubble.kind for bubble in ana.screen[-6:]] == [*sent, "photo"]


async def test_place_point_and_contact_reach_the_service(sandbox, service, bot, ana):
    point = await _heard(service, bot, await ana.sends_location(-19.92, -43.94))
    assert (point.location.latitude, point.venue) == (-19.92, None)
    place = await _heard(service, bot, await ana.sends_location(-19.92, -43.94, "Loja", "Rua A, 1"))
    assert (place.venue.title, place.venue.address, place.location.longitude) == ("Loja", "Rua A, 1", -43.94)
    bia = sandbox.whatsapp.phone("Bia Lima", "5531977776666")
    contact = (await _heard(service, bot, await ana.shares_contact_of(bia))).contact
    assert (contact.first_name, contact.last_name, contact.phone_number) == ("Bia", "Lima", "5531977776666")
    assert [bubble.text for bubble in ana.screen[-3:]] == [
        "-19.92, -43.94",
        "Loja\nRua A, 1",
        "Bia Lima\n5531977776666",
    ]


async def test_reply_quotes_the_bubble_once_deep(service, bot, ana):
    sent = await bot.send_message(ana.user_id, "Qual plano?")
    first = await _heard(service, bot, await ana.says("o de 500", reply_to=await ana.sees("Qual plano?")))
    assert first.reply_to_message.message_id == sent.message_id
    again = await _heard(service, bot, await ana.sends_photo(b"\xff\xd8", reply_to=ana.screen[-1]))
    assert again.reply_to_message.text == "o de 500"
    assert again.reply_to_message.reply_to_message is None
    assert (ana.screen[-1].quote, ana.screen[-1].reply_to) == ("o de 500", str(first.message_id))


async def test_reaction_and_its_removal_are_told(service, bot, ana):
    await bot.send_message(ana.user_id, "Pronto")
    bubble = await ana.sees("Pronto")
    await (await ana.reacts(bubble, "👍")).accepted()
    given = _last(service, bot).message_reaction
    assert (given.message_id, given.new_reaction[0].emoji, given.old_reaction) == (int(bubble.id), "👍", [])
    await (await ana.reacts(bubble, "")).accepted()
    taken = _last(service, bot).message_reaction
    assert (taken.old_reaction[0].emoji, taken.new_reaction) == ("👍", [])


async def test_reactions_are_told_only_to_who_asked_for_them(sandbox, service, bot, ana):
    await bot.set_webhook(f"{service.url}/telegram", allowed_updates=[])
    assert (await ana.reacts(ana.screen[0], "👍")).done
    await bot.set_webhook(f"{service.url}/telegram", allowed_updates=UPDATES)
    await bot.set_webhook(f"{service.url}/telegram")
    await (await ana.reacts(ana.screen[0], "🔥")).accepted()
    assert _last(service, bot).message_reaction.old_reaction[0].emoji == "👍"


async def test_edit_of_ones_own_text_and_caption_is_told(service, bot, ana):
    edited = await _heard(service, bot, await ana.edits(ana.screen[0], "oi, bom dia"))
    assert (edited.text, edited.edit_date is not None) == ("oi, bom dia", True)
    await ana.sends_document("x.pdf", b"%PDF", caption="erado")
    edited = await _heard(service, bot, await ana.edits(ana.screen[-1], "errado"))
    assert (edited.caption, edited.document.file_name) == ("errado", "x.pdf")
    assert ana.screen[-1].text == "errado"


async def test_service_sends_every_kind_by_upload_and_again_by_id(bot, ana):
    def upload(name):
        return BufferedInputFile(name.encode(), name)

    sent = [
        await bot.send_document(ana.user_id, upload("f.pdf"), caption="a fatura"),
        await bot.send_photo(ana.user_id, upload("f.jpg")),
        await bot.send_audio(ana.user_id, upload("f.mp3"), title="Aviso"),
        await bot.send_video(ana.user_id, upload("f.mp4")),
        await bot.send_voice(ana.user_id, upload("f.ogg")),
        await bot.send_sticker(ana.user_id, upload("f.webp"), emoji="👍"),
    ]
    kinds = ["document", "photo", "audio", "video", "voice", "sticker"]
    assert [message.content_type for message in sent] == kinds
    assert [bubble.document for bubble in ana.screen[-6:]] == [
        b"f.pdf",
        b"f.jpg",
        b"f.mp3",
        b"f.mp4",
        b"f.ogg",
        b"f.webp",
    ]
    again = await bot.send_document(ana.user_id, sent[0].document.file_id)
    assert again.document.file_unique_id == sent[0].document.file_unique_id
    assert ana.screen[-1].document == b"f.pdf"
    with pytest.raises(TelegramBadRequest, match="can't use file of type Document as Photo"):
        await bot.send_photo(ana.user_id, sent[0].document.file_id)
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await bot.send_photo(ana.user_id, "unknown")
    album = [InputMediaPhoto(media=upload(f"{n}.jpg"), caption=str(n)) for n in range(2)]
    assert [message.caption for message in await bot.send_media_group(ana.user_id, album)] == ["0", "1"]


async def test_service_sends_places_and_contacts(bot, ana):
    await bot.send_location(ana.user_id, -19.92, -43.94)
    assert ana.screen[-1].location.latitude == -19.92
    await bot.send_venue(ana.user_id, -19.92, -43.94, "Loja", "Rua A, 1")
    assert (ana.screen[-1].kind, ana.screen[-1].location.name) == ("location", "Loja")
    await bot.send_contact(ana.user_id, "+5531977776666", "Bia", last_name="Lima")
    [card] = ana.screen[-1].contacts
    assert (ana.screen[-1].kind, card.name, card.telefone) == ("contact", "Bia Lima", "+5531977776666")
    with pytest.raises(TelegramBadRequest, match="wrong latitude or longitude"):
        await bot.send_location(ana.user_id, 91, 0)


async def test_service_quotes_a_message_or_a_part_of_it(bot, ana):
    await ana.says("quero o plano de 500 mega")
    asked = int(ana.screen[-1].id)
    answer = await bot.send_message(ana.user_id, "Anotado", reply_parameters=ReplyParameters(message_id=asked))
    assert answer.reply_to_message.text == "quero o plano de 500 mega"
    assert (ana.screen[-1].quote, ana.screen[-1].reply_to) == ("quero o plano de 500 mega", str(asked))
    part = ReplyParameters(message_id=asked, quote="500 mega")
    answer = await bot.send_photo(ana.user_id, BufferedInputFile(b"x", "x.jpg"), reply_parameters=part)
    assert (answer.quote.text, answer.quote.position, ana.screen[-1].quote) == ("500 mega", 17, "500 mega")
    wrong = ReplyParameters(message_id=asked, quote="700 mega")
    with pytest.raises(TelegramBadRequest, match="QUOTE_TEXT_INVALID"):
        await bot.send_message(ana.user_id, "x", reply_parameters=wrong)


async def test_service_reacts_with_one_of_telegrams_emoji(bot, ana):
    message_id = int(ana.screen[0].id)
    await bot.set_message_reaction(ana.user_id, message_id, [ReactionTypeEmoji(emoji="❤️")])
    await ana.reacts(ana.screen[0], "🔥")
    assert (ana.screen[0].bot_reaction, ana.screen[0].reaction) == ("❤", "🔥❤")
    await bot.set_message_reaction(ana.user_id, message_id, [])
    assert ana.screen[0].reaction == "🔥"
    with pytest.raises(TelegramBadRequest, match="REACTION_INVALID"):
        await bot.set_message_reaction(ana.user_id, message_id, [ReactionTypeEmoji(emoji="🚀")])


async def test_pictures_sent_together_are_an_album(service, bot, ana):
    for delivery in await ana.sends_photos([b"1", b"2"], "a obra"):
        await delivery.accepted()
    first, second = (Update.model_validate(update).message for update in service.events("telegram")[-2:])
    assert first.media_group_id == second.media_group_id is not None
    assert (first.caption, second.caption) == ("a obra", None)
    assert (await _heard(service, bot, await ana.sends_photo(b"3"))).media_group_id is None


async def test_person_waits_for_a_kind_and_for_a_reaction(bot, ana):
    await bot.send_voice(ana.user_id, BufferedInputFile(b"OggS", "f.ogg"))
    assert (await ana.sees_kind("voice")).document == b"OggS"
    with pytest.raises(AssertionError, match="never saw a bubble of kind 'voice'"):
        await ana.sees_kind("voice", timeout=0.01)
    await bot.set_message_reaction(ana.user_id, int(ana.screen[0].id), [ReactionTypeEmoji(emoji="👍")])
    await ana.sees_reaction(ana.screen[0], "👍")
    with pytest.raises(AssertionError, match="never saw '🔥' on 'oi'"):
        await ana.sees_reaction(ana.screen[0], "🔥", timeout=0.01)


async def test_key_that_asks_for_the_place_sends_it(service, bot, ana):
    keyboard = {"keyboard": [[{"text": "Onde estou", "request_location": True}]]}
    await service.telegram("sendMessage", chat_id=ana.user_id, text="Onde?", reply_markup=keyboard)
    message = await _heard(service, bot, await ana.taps("Onde estou"))
    assert (message.location.latitude, message.venue) == (-19.9191, None)
