"""The page over HTTP: what it is told, what it may do, and what it holds. The browser is in test_page_*.py."""

import asyncio
import json
import re
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

import sandbox as package

PAGE = Path(package.__file__).parent / "page" / "static"
ALLOWED = {"X-Sandbox": "page"}


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


async def test_page_may_load_nothing_but_its_own_files(sandbox, service):
    for path in ("/", "/page/js/main.js", "/page/css/base.css"):
        async with service.http.get(sandbox.url + path) as response:
            assert response.status == 200
            policy = response.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
            assert "unsafe" not in policy
            assert response.headers["Cache-Control"] == "no-cache"
    for path in ("/page/js/nada.js", "/page/../views.py", "/page/js/../../views.py", "/page/js"):
        async with service.http.get(URL(sandbox.url + path, encoded=True)) as response:
            assert response.status == 404


async def test_somebody_new_gets_a_phone(sandbox, service):
    sandbox.whatsapp.phone("Ana Souza", "5531988804000")
    for body, answer in (
        ({"name": "Zé", "channel": "whatsapp", "telefone": "+55 31 98880-4999"}, (201, {"key": "whatsapp-2"})),
        ({"name": "Zé", "channel": "telegram", "telefone": ""}, (201, {"key": "telegram-1"})),
        ({"name": "Zé", "channel": "whatsapp", "telefone": "5531988804000"}, (422, {"detail": "takenPhone"})),
        ({"name": "Zé", "channel": "whatsapp", "telefone": ""}, (422, {"detail": "badPhone"})),
        ({"name": "Zé", "channel": "telegram", "telefone": "12"}, (422, {"detail": "badPhone"})),
        ({"name": " ", "channel": "telegram"}, (422, {"detail": "badName"})),
        ({"name": "Zé", "channel": "pombo"}, (422, {"detail": "badName"})),
    ):
        async with service.http.post(f"{sandbox.url}/phones", json=body, headers=ALLOWED) as response:
            assert (response.status, await response.json()) == answer, body
    async with service.http.get(f"{sandbox.url}/live") as live:
        phones = [known["phone"] for known in (await _event(live))[1]["phones"]]
    assert [(phone["key"], phone["name"], phone["telefone"]) for phone in phones] == [
        ("whatsapp-1", "Ana Souza", "5531988804000"),
        ("whatsapp-2", "Zé", "5531988804999"),
        ("telegram-1", "Zé", None),
    ]


async def test_a_person_does_on_the_page_what_they_do_in_the_app(sandbox, service):
    ana = sandbox.telegram.phone("Ana", "5531988804000")
    await ana.says("oi")
    mine = ana.screen[0].id
    place = {"latitude": -19.9, "longitude": -43.9, "name": "Praça Sete", "address": "Centro"}
    for act, body in (
        ("says", {"text": "de novo", "reply_to": mine}),
        ("edits", {"bubble": mine, "text": "olá"}),
        ("reacts", {"bubble": mine, "emoji": "👍"}),
        ("location", place),
        ("contact", {}),
        ("topic", {"topic": 0}),
        ("types", {}),
    ):
        async with service.http.post(f"{sandbox.url}/phones/telegram-1/{act}", json=body, headers=ALLOWED) as response:
            assert response.status == 204, act
    await sandbox.telegram.settled()
    oi, again, where, contact = ana.screen
    assert (oi.text, oi.edited, oi.my_reaction, again.reply_to) == ("olá", True, "👍", mine)
    assert (where.location.name, contact.contacts[0].telefone) == ("Praça Sete", "5531988804000")


@pytest.mark.parametrize(
    ("act", "body", "status"),
    [
        ("says", {}, 422),
        ("says", {"text": "oi", "reply_to": "999"}, 404),
        ("taps", {"bubble": "999", "position": 0}, 404),
        ("location", {"latitude": 200, "longitude": 0}, 422),
        ("location", {"latitude": "aqui", "longitude": 0}, 422),
        ("contact", {"of": "whatsapp-9"}, 404),
        ("edits", {"bubble": "999", "text": "x"}, 404),
        ("topic", {"topic": 0}, 404),
        ("dances", {}, 404),
        ("says", [], 422),
    ],
)
async def test_what_a_person_cannot_do_is_refused(sandbox, service, act, body, status):
    sandbox.whatsapp.phone("Ana", "5531988804000")
    async with service.http.post(f"{sandbox.url}/phones/whatsapp-1/{act}", json=body, headers=ALLOWED) as response:
        assert response.status == status
    assert service.events("whatsapp") == []


async def test_pages_hear_who_is_typing_and_what_the_keyboard_asks(sandbox, service):
    ana = sandbox.telegram.phone("Ana", "5531988804000")
    await ana.says("/start")
    keys = [[{"text": "Meu telefone", "request_contact": True}], ["Sair", {"text": "Aqui", "request_location": True}]]
    markup = {"keyboard": keys, "input_field_placeholder": "Toque abaixo"}
    await service.telegram("sendMessage", chat_id=ana.user_id, text="Quem é?", reply_markup=markup)
    async with service.http.get(f"{sandbox.url}/live") as live:
        phone = (await _event(live))[1]["phones"][0]["phone"]
        assert phone["placeholder"] == "Toque abaixo"
        assert phone["keyboard"] == [
            [{"label": "Meu telefone", "asks": "contact"}],
            [{"label": "Sair", "asks": ""}, {"label": "Aqui", "asks": "location"}],
        ]
        await service.http.post(f"{sandbox.url}/phones/telegram-1/types", json={}, headers=ALLOWED)
        assert await _event(live) == ("typing", {"phone": "telegram-1"})


def test_page_asks_no_other_host_for_anything():
    for path in (path for path in PAGE.rglob("*") if path.is_file()):
        text = path.read_text().replace("http://www.w3.org/", "")
        assert not re.search(r"""(src|href|url|import|from|fetch)\s*[=(]?\s*["'(]?(https?:)?//""", text), path


def test_page_speaks_both_languages_completely():
    said: dict[str, dict[str, set[str]]] = {}
    for path in (PAGE / "js").glob("*.js"):
        text = path.read_text()
        if "  pt: {" in text:
            said[path.name] = {code: _words(text, code) for code in ("pt", "en")}
    assert {name: words["pt"] ^ words["en"] for name, words in said.items()} == {name: set() for name in said}
    everything = [word for words in said.values() for word in words["pt"]]
    assert [word for word in everything if everything.count(word) > 1] == [], "one room changes another one's words"
    used = set()
    for path in PAGE.rglob("*.[jh]*"):
        used |= set(re.findall(r"(?:\bt\(\"|data-t(?:-label)?=\")([\w-]+)\"", path.read_text()))
    assert used - set(everything) == set()


def _words(text: str, code: str) -> set[str]:
    own = text.partition(f"  {code}: {{")[2].partition("\n  },")[0]
    return set(re.findall(r"[{,\n] *\"?([\w-]+)\"?: \"", f"\n{own}"))
