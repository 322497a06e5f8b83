"""The page: what it is told, what it may do, and a walk through it in a real browser."""

import asyncio
import json
import re
import shutil
from pathlib import Path

import aiohttp
import pytest

import sandbox as package

PAGE = Path(package.__file__).parent / "page"
ALLOWED = {"X-Sandbox": "page"}
CHROMIUM = shutil.which("chromium")


async def _event(response) -> tuple[str, dict]:
    name = (await response.content.readline()).decode().removeprefix("event: ").strip()
    data = json.loads((await response.content.readline()).decode().removeprefix("data: "))
    await response.content.readline()
    return name, data


async def test_page_hears_the_state_first_and_then_every_change(sandbox, service):
    ana = sandbox.whatsapp.phone("Ana Souza", "5531988804000", "Vendedora")
    async with service.http.get(f"{sandbox.url}/live") as live:
        name, state = await _event(live)
        assert (name, state["phones"][0]["phone"]["papel"], state["next"]) == ("state", "Vendedora", "normal")
        key = state["phones"][0]["phone"]["key"]
        await service.http.post(f"{sandbox.url}/phones/{key}/says", json={"text": "oi"}, headers=ALLOWED)
        name, change = await _event(live)
        assert (name, change["phone"]["key"], change["bubble"]["text"]) == ("phone", key, "oi")
    assert ana.screen[0].text == "oi"
    await sandbox.whatsapp.settled()
    assert ana.screen[0].status == "sent"


async def test_another_sites_page_may_do_nothing(sandbox, service):
    sandbox.whatsapp.phone("Ana", "5531988804000")
    for path in ("phones/whatsapp-1/says", "phones/whatsapp-1/file", "robots/next"):
        async with service.http.post(f"{sandbox.url}/{path}", json={"text": "oi"}) as response:
            assert response.status in (403, 404)
    assert service.events("whatsapp") == []


async def test_page_never_learns_login_or_password(sandbox, service):
    async with service.http.get(f"{sandbox.url}/live") as live:
        await _event(live)
        await service.sell()
        await (await sandbox.rpa.started()).asked()
        heard = [await _event(live) for _ in range(3)]
    assert {name for name, _ in heard} == {"job"}
    assert "segredo" not in json.dumps(heard)
    assert "BO01" not in json.dumps(heard)


async def test_next_job_can_be_scripted_from_the_page(sandbox, service):
    body = {"behaviour": "refuse_password"}
    await service.http.post(f"{sandbox.url}/robots/next", json=body, headers=ALLOWED)
    await service.sell("v1")
    await service.sell("v2")
    assert [job.behaviour.name for job in sandbox.rpa.jobs] == ["refuse_password", "normal"]


async def test_file_is_sent_from_the_page_and_opened_on_it(sandbox, service):
    ana = sandbox.telegram.phone("Ana")
    form = aiohttp.FormData()
    form.add_field("file", b"<script>", filename="x.html", content_type="text/html")
    async with service.http.get(f"{sandbox.url}/live") as live:
        key = (await _event(live))[1]["phones"][0]["phone"]["key"]
    await service.http.post(f"{sandbox.url}/phones/{key}/file", data=form, headers=ALLOWED)
    bubble = ana.screen[0]
    async with service.http.get(f"{sandbox.url}/phones/{key}/files/{bubble.id}") as response:
        assert await response.read() == b"<script>"
        assert response.headers["Content-Disposition"] == "attachment"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_page_that_reads_nothing_does_not_stop_the_sandbox(sandbox, service):
    async with service.http.get(f"{sandbox.url}/live"):
        ana = sandbox.whatsapp.phone("Ana", "5531988804000")
        for number in range(1200):
            ana.touched(ana.mine(str(number), 0.0, text="x" * 500))
        async with asyncio.timeout(5):
            await sandbox.stop()


def test_page_asks_no_other_host_for_anything():
    for path in (path for path in PAGE.rglob("*") if path.is_file()):
        text = path.read_text().replace("http://www.w3.org/", "")
        assert not re.search(r"""(src|href|url|import|from|fetch)\s*[=(]?\s*["'(]?(https?:)?//""", text), path


def test_page_speaks_both_languages_completely():
    text = (PAGE / "js" / "texts.js").read_text()
    pt, en = (
        set(re.findall(r"(\w+): \"", text.partition(f"  {code}: {{")[2].partition("\n  },")[0]))
        for code in ("pt", "en")
    )
    assert pt == en
    used = set()
    for path in PAGE.rglob("*.[jh]*"):
        used |= set(re.findall(r"(?:\bt\(\"|data-t(?:-label)?=\")(\w+)\"", path.read_text()))
    assert used - pt == set()


@pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium")
async def test_person_plays_a_conversation_in_a_browser(service_with_people):
    playwright = pytest.importorskip("playwright.async_api")
    sandbox, service = service_with_people
    async with playwright.async_playwright() as player:
        browser = await player.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        page = await browser.new_page(locale="pt-BR")
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        await page.goto(sandbox.url)
        await _sell_in(page.locator(".panel.whatsapp"), sandbox, service)
        await page.get_by_role("button", name="EN", exact=True).click()
        await page.get_by_text("In the next sale the robot…").wait_for()
        await page.get_by_role("button", name="START").click()
        await page.locator(".panel.telegram textarea").wait_for()
        await browser.close()
    assert errors == []
    assert sandbox.telegram.phones[5_100_000_001].screen[0].text == "/start"


async def _sell_in(phone, sandbox, service):
    ana = sandbox.whatsapp.phones[0]
    await phone.get_by_role("button", name="VENDER").click()
    await service.whatsapp_said("VENDER")
    rows = [{"id": "500", "title": "Fibra 500", "description": "R$ 99,90"}]
    interactive = {"type": "list", "body": {"text": "<b>*Qual?*</b>"}}
    interactive["action"] = {"button": "Planos", "sections": [{"rows": rows}]}
    await service.whatsapp({"to": ana.wa_id, "type": "interactive", "interactive": interactive})
    await phone.get_by_text("<b>Qual?</b>").wait_for()
    await phone.get_by_role("button", name="Planos").click()
    await phone.get_by_role("dialog").get_by_role("button", name="Fibra 500").press("Enter")
    await service.whatsapp_said("Fibra 500")
    await phone.get_by_label("Mensagem").fill("obrigada")
    await phone.get_by_label("Mensagem").press("Enter")
    await service.whatsapp_said("obrigada")
