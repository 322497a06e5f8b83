"""The phones in a real browser: what the apps have, on both channels, against a service that listens."""

import re

from playwright.async_api import expect

from tests.support.browsing import box_of, phone_of, picked

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c6360f8cf500f0003 0301016f4f"
    "d2190000000049454e44ae426082".replace(" ", "")
)


def _list(to):
    rows = [{"id": "500", "title": "Fibra 500", "description": "R$ 99,90"}, {"id": "700", "title": "Fibra 700"}]
    action = {"button": "Planos", "sections": [{"title": "Casa", "rows": rows}]}
    return {
        "to": to,
        "type": "interactive",
        "interactive": {"type": "list", "body": {"text": "*Qual?*"}, "action": action},
    }


def _buttons(to):
    buttons = [{"type": "reply", "reply": {"id": title, "title": title}} for title in ("SIM", "NÃO", "Depois")]
    interactive = {"type": "button", "body": {"text": "<b>Posso?</b>"}, "action": {"buttons": buttons}}
    return {"to": to, "type": "interactive", "interactive": interactive}


async def test_whatsapp_has_reply_buttons_and_lists_that_are_sent_after_choosing(service_with_people, opened):
    sandbox, service = service_with_people
    to = sandbox.whatsapp.phones[0].wa_id
    async with opened(sandbox.url) as page:
        ana = phone_of(page, "Ana")
        await ana.get_by_role("button", name="VENDER").click()
        await service.whatsapp_said("VENDER")
        await service.whatsapp(_buttons(to))
        await expect(ana.get_by_text("<b>Posso?</b>")).to_be_visible()
        await ana.get_by_role("button", name="Depois").click()
        await service.whatsapp_said("button_reply")
        await service.whatsapp(_list(to))
        await expect(ana.locator(".text b", has_text="Qual?")).to_be_visible()
        await ana.get_by_role("button", name="Planos").click()
        sheet = ana.get_by_role("dialog", name="Planos")
        await expect(sheet.get_by_role("heading", name="Casa")).to_be_visible()
        await sheet.get_by_role("radio", name="Fibra 700").check()
        await sheet.get_by_role("button", name="Enviar").click()
        await service.whatsapp_said("Fibra 700")
        await expect(ana.locator(".mine .quote > b").last).to_have_text("Balcão")


async def test_ticks_say_sent_delivered_and_read(service_with_people, opened):
    sandbox, service = service_with_people
    sandbox.whatsapp.courier.close()
    async with opened(sandbox.url) as page:
        ana = phone_of(page, "Ana")
        await box_of(ana).fill("oi")
        await box_of(ana).press("Enter")
        await expect(ana.get_by_role("img", name="enviada")).to_be_visible()
        sandbox.whatsapp.courier.open()
        await expect(ana.get_by_role("img", name="entregue")).to_be_visible()
        wamid = sandbox.whatsapp.phones[0].screen[0].id
        read = {"status": "read", "message_id": wamid, "typing_indicator": {"type": "text"}}
        await service.whatsapp(read)
        await expect(ana.get_by_role("img", name="lida")).to_be_visible()
        await expect(ana.locator(".head")).to_contain_text("digitando…")
        await service.whatsapp({"to": sandbox.whatsapp.phones[0].wa_id, "type": "text", "text": {"body": "Bom dia"}})
        await expect(ana.locator(".head")).to_contain_text("conta comercial")


async def test_files_places_contacts_and_voice_are_sent_and_shown(service_with_people, opened, tmp_path):
    sandbox, _ = service_with_people
    photo, paper = tmp_path / "fachada.png", tmp_path / "fatura.pdf"
    photo.write_bytes(PNG)
    paper.write_bytes(b"%PDF-1.4")
    async with opened(sandbox.url) as page:
        ana = phone_of(page, "Ana")
        clip = ana.locator("summary")
        await clip.click()
        await picked(page, photo, ana.get_by_role("button", name="Foto"))
        await ana.get_by_label("Legenda").fill("a fachada")
        await ana.get_by_label("Legenda").press("Enter")
        await expect(ana.get_by_role("img", name="Foto")).to_be_visible()
        assert await ana.get_by_role("img", name="Foto").evaluate("picture => picture.naturalWidth") == 1
        await clip.click()
        await picked(page, paper, ana.get_by_role("button", name="Documento"))
        await ana.get_by_role("dialog").get_by_role("button", name="Enviar").click()
        await expect(ana.get_by_role("link", name="fatura.pdf")).to_be_visible()
        await clip.click()
        await ana.get_by_role("button", name="Localização").click()
        await ana.get_by_role("dialog").get_by_role("button", name="Praça da Sé").click()
        await expect(ana.locator(".place")).to_contain_text("Praça da Sé")
        await clip.click()
        await ana.get_by_role("button", name="Contato").click()
        await ana.get_by_role("dialog").get_by_role("button", name="Bruno Lima").click()
        await expect(ana.locator(".card", has_text="Bruno Lima")).to_contain_text("+55 31 97777-1111")
        await ana.get_by_role("button", name="Gravar mensagem de voz").click()
        await expect(ana.get_by_role("dialog")).to_contain_text("Gravando")
        await ana.get_by_role("dialog").get_by_role("button", name="Enviar").click()
        await expect(ana.locator("audio")).to_have_js_property("error", None)
    kinds = [bubble.kind for bubble in sandbox.whatsapp.phones[0].screen]
    assert kinds == ["photo", "document", "location", "contact", "voice"]
    assert sandbox.whatsapp.phones[0].screen[0].text == "a fachada"


async def test_telegram_shares_the_contact_follows_commands_and_edits(service_with_people, opened):
    sandbox, service = service_with_people
    bruno = next(iter(sandbox.telegram.phones.values()))
    await service.telegram("setMyCommands", commands=[{"command": "vender", "description": "Iniciar uma venda"}])
    async with opened(sandbox.url) as page:
        phone = phone_of(page, "Bruno")
        await phone.get_by_role("button", name="INICIAR").click()
        box = box_of(phone)
        await expect(box).to_be_visible()
        keyboard = {"keyboard": [[{"text": "Meu telefone", "request_contact": True}]], "one_time_keyboard": True}
        await service.telegram("sendMessage", chat_id=bruno.user_id, text="Quem é?", reply_markup=keyboard)
        await phone.get_by_role("button", name="Meu telefone").click()
        await phone.get_by_role("dialog").get_by_role("button", name="Compartilhar").click()
        await expect(phone.locator(".card")).to_contain_text("+55 31 97777-1111")
        await expect(phone.get_by_role("button", name="Meu telefone")).to_have_count(0)
        await box.press_sequentially("/ve")
        await phone.get_by_role("button", name="/vender Iniciar uma venda").click()
        await expect(phone.locator(".mine .command").last).to_have_text("/vender")
        await phone.locator(".mine").last.click(button="right")
        await phone.get_by_role("button", name="Editar").click()
        await box.fill("STATUS")
        await box.press("Enter")
        await expect(phone.locator(".mine").last).to_contain_text("editada")
        assert bruno.screen[-1].text == "STATUS"


async def test_telegram_edits_toasts_reactions_replies_and_topics_are_seen(service_with_people, opened):
    sandbox, service = service_with_people
    bruno = next(iter(sandbox.telegram.phones.values()))
    await (await bruno.says("/start")).accepted()
    markup = {"inline_keyboard": [[{"text": "Aprovar", "callback_data": "a:1"}]]}
    question = {"chat_id": bruno.user_id, "text": "Fatura 12", "reply_markup": markup}
    sent = (await service.telegram("sendMessage", **question))["result"]
    here = {"chat_id": bruno.user_id, "message_id": sent["message_id"]}
    async with opened(sandbox.url) as page:
        phone = phone_of(page, "Bruno")
        bubble = phone.locator(".theirs", has_text="Fatura")
        await phone.get_by_role("button", name="Aprovar").click()
        await (tap := bruno.deliveries[-1]).accepted()
        query = tap.payload["callback_query"]["id"]
        await service.telegram("answerCallbackQuery", callback_query_id=query, text="Feito")
        await expect(phone.get_by_role("status")).to_have_text("Feito")
        await service.telegram("editMessageText", text="Fatura 12 aprovada", **here)
        await expect(bubble).to_contain_text(re.compile("aprovada *editada"))
        await expect(phone.get_by_role("button", name="Aprovar")).to_have_count(0)
        await service.telegram("setMessageReaction", reaction=[{"type": "emoji", "emoji": "🎉"}], **here)
        await bubble.focus()
        await page.keyboard.press("Enter")
        await phone.get_by_role("button", name="Reagir com 👍").click()
        await expect(bubble.get_by_role("img", name="Reação 👍 🎉")).to_be_visible()
        await bubble.focus()
        await page.keyboard.press("Enter")
        await phone.get_by_role("button", name="Copiar o texto").click()
        await expect(phone.get_by_text("Copiado", exact=True)).to_be_visible()
        assert await page.evaluate("navigator.clipboard.readText()") == "Fatura 12 aprovada"
        await bubble.focus()
        await page.keyboard.press("Enter")
        await phone.get_by_role("button", name="Responder").click()
        await page.keyboard.type("obrigado")
        await page.keyboard.press("Enter")
        await expect(phone.locator(".mine .quote").last).to_contain_text("Fatura 12 aprovada")
        topic = (await service.telegram("createForumTopic", chat_id=bruno.user_id, name="Caio #00012"))["result"]
        await phone.get_by_role("button", name="Caio #00012").click()
        await expect(bubble).to_be_hidden()
        await service.telegram("sendChatAction", chat_id=bruno.user_id, action="upload_document")
        await expect(phone.locator(".head")).to_contain_text("enviando documento…")
        await box_of(phone).fill("já vai")
        await expect(phone.locator(".caption")).to_contain_text("digitando…")
        await box_of(phone).press("Enter")
        await expect(phone.locator(".mine", has_text="já vai")).to_be_visible()
        assert bruno.screen[-1].topic == topic["message_thread_id"]
        await service.telegram("sendMessage", chat_id=bruno.user_id, text="Há mais uma fatura")
        await phone.get_by_role("button", name="Tudo por ler").click()
        await expect(phone.get_by_text("Há mais uma fatura")).to_be_visible()
        await expect(phone.get_by_role("button", name="Tudo", exact=True)).to_be_visible()
