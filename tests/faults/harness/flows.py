"""What everybody does: sellers, customers and consultores, approvers, somebody in the panel, somebody at the API."""

import asyncio
import re
from contextlib import suppress
from typing import Any
from uuid import uuid4

import aiohttp

from sandbox import Bubble, Phone, small_pdf
from tests.faults.harness.people import PATIENCE, GaveUp, Person
from tests.faults.harness.world import World
from tests.support.painel import csrf_in
from tests.support.sellers import CPF, LITERAL

_ANSWERS = (("CEP", "30140-071"), ("CPF", CPF), ("plano", "2"), ("turno", "manhã"))
_ORDER, _ENDED = "Número do pedido: ", ("A venda não foi concluída", "A venda foi encerrada")
# Somebody else was the first.
_TOO_LATE = ("aprovou", "não espera aprovação")
MESSAGES = 3
_PHOTO = b"\xff\xd8\xff\xe0" + b"jpeg" * 100
# Of the cards that an approver gets, the first and then each so many-th is refused.
REFUSES_EVERY = 3
# How long an answer of the panel or the API is waited for; then it is asked again.
HTTP_SECONDS = 20.0


class Seller(Person):
    """Sells, from VENDER to the order number, in a queue for the logins where there are none."""

    async def once(self) -> None:
        await self.begins("VENDER")
        _, bubble = await self.sees("Posso começar?")
        await self.taps("SIM", bubble)
        self.book.sales[self.phone.name] = self.book.sales.get(self.phone.name, 0) + 1
        said, bubble = await self.sees(LITERAL, "Venda iniciada")
        if said == LITERAL:
            await self._waits_in_line(bubble)
        for question, answer in _ANSWERS:
            said, _ = await self.sees(question, *_ENDED)
            if said in _ENDED:
                self.book.count("sales that ended without an order")
                return
            await self.says(answer)
        said, _ = await self.sees(_ORDER, *_ENDED)
        self.book.count("sales" if said == _ORDER else "sales that ended without an order")

    async def _waits_in_line(self, bubble: Bubble) -> None:
        """Behind others one is in the queue at once; else one is asked, and a login may be free by then."""
        if bubble.find("Entrar na fila") is not None:
            await self.taps("Entrar na fila", bubble)
            said, _ = await self.sees("da fila e será atendido", "Chegou a sua vez", "Venda iniciada")
            if not said.startswith("da "):
                return
        await self.sees("Chegou a sua vez")


class Customer(Person):
    """Asks for a consultor, says three things and sends a file among them, hears three, and rates."""

    async def once(self) -> None:
        await self.begins("CONSULTOR")
        await self.sees("Seu protocolo")
        self.book.requests[self.phone.id] = self.book.requests.get(self.phone.id, 0) + 1
        await self.sees("Agora você fala com")
        talk = uuid4().hex[:8]
        for number in range(MESSAGES):
            await self._writes(f"<c-{talk}-{number}>")
            if number == 0:
                await self._sends_a_file(talk)
        for number in range(MESSAGES):
            await self.sees(f"<r-{talk}-{number}>")
        await self.sees("De 1 a 5, que nota você dá?")
        await self.says("5")
        await self.sees("Obrigado pela nota!")
        await self.says("Muito bom")
        await self.sees("O seu comentário foi guardado")
        self.book.count("customers attended")

    async def _sends_a_file(self, talk: str) -> None:
        """A bill, or every second time a photo of one."""
        if len(self.book.files) % 2:
            self.book.files[talk] = _PHOTO + talk.encode()
            await self.phone.sends_photo(self.book.files[talk])
        else:
            self.book.files[talk] = small_pdf(f"Fatura {talk}")
            await self.phone.sends_document(f"fatura {talk}.pdf", self.book.files[talk])

    async def _writes(self, text: str) -> None:
        self.book.relayed.append(text)
        await self.says(text)


class Consultor(Person):
    """Takes whoever is offered, hears three things, says three, and ends it."""

    @property
    def ended(self) -> asyncio.Event:
        return self.book.over

    async def once(self) -> None:
        card = await waits_for(self, "quer falar com um consultor", self.book.over)
        if card is None:
            return
        with self.reads_on_from_here():
            await self.taps("Aceitar", card)
            said, _ = await self.sees("✅ Você atende", "Esse cartão já não vale")
        if not said.startswith("✅"):
            return
        talk = ""
        for number in range(MESSAGES):
            _, bubble = await self.sees(f"-{number}>")
            talk = re.findall(r"<c-(\w+)-", bubble.versions[-1].text)[-1]
        for number in range(MESSAGES):
            text = f"<r-{talk}-{number}>"
            self.book.relayed.append(text)
            await self.says(text)
        await self.says("ENCERRAR")
        await self.sees("encerrado")


class Approver(Person):
    """Approves every card that comes; some are refused first, and come again."""

    _cards = 0

    @property
    def ended(self) -> asyncio.Event:
        return self.book.over

    async def once(self) -> None:
        card = await waits_for(self, "🧾", self.book.over)
        if card is None or card.find("Aprovar") is None:
            return
        self._cards += 1
        # When everything is to end only the first one; and what no robot fetches would not come again.
        wanted = self._cards == 1 or (self._cards % REFUSES_EVERY == 1 and not self.book.stop.is_set())
        if wanted and card.shows("· VIVO ·"):
            with self.reads_on_from_here():
                await self._refuses(card)
            return
        await self.taps("Aprovar", card)
        await self.phone.sees_that(lambda: self._decided(card), "the decision", PATIENCE)
        self.book.count("approvals in chat")

    async def _refuses(self, card: Bubble) -> None:
        name = card.versions[0].text.splitlines()[0].removeprefix("🧾 ")
        # Somebody else was the first: what is shown then is that card as it stands now, with another file perhaps.
        late = (*_TOO_LATE, "mudou depois do cartão", f"{name}\n❌ Rejeitada por", f"{name}\n✅ Aprovada por")
        await self.taps("Rejeitar", card)
        said, _ = await self.sees(f"Por que rejeitar {name}", *late)
        if said in late:
            return
        reason = f"Ilegível, caso {uuid4().hex[:8]}"
        self.book.rejected.append(reason)
        await self.says(reason)
        # A card that was shown twice shows the refusal, with its reason, before the answer comes below it.
        said, _ = await self.sees(f"Rejeitada: {name}", reason, *late)
        if said in late:
            self.book.rejected.remove(reason)
        self.book.count("refusals that came too late" if said in late else "refusals in chat")

    def _decided(self, card: Bubble) -> bool | None:
        shown = [one for one in self.phone.screen[self.phone.screen.index(card) :] if not one.mine]
        return any(one.shows(said) for one in shown for said in ("Aprovada", *_TOO_LATE)) or None


class Asker(Person):
    """Asks for the menu, three times without waiting."""

    async def once(self) -> None:
        for number in range(3):
            await (self.says if number else self.begins)("MENU")
            self.book.count(f"menus {self.phone.name}")
        for _ in range(3):
            await self.sees("O que você quer fazer")
        await asyncio.sleep(1.0)


class InThePanel(Person):
    """Comes in by a link of the chat, and approves what waits."""

    url = ""

    async def once(self) -> None:
        await self.begins("PAINEL")
        _, bubble = await self.sees("O seu painel, por 60 segundos")
        link = re.search(r"token=([\w-]+)", bubble.versions[-1].text)
        assert link is not None
        jar = aiohttp.CookieJar(unsafe=True)
        timeout = aiohttp.ClientTimeout(total=HTTP_SECONDS)
        async with aiohttp.ClientSession(self.url, cookie_jar=jar, timeout=timeout) as http:
            try:
                await self._approves(http, link[1])
            except (aiohttp.ClientError, TimeoutError, OSError):
                self.book.count("visits of the panel that broke off")
        await asyncio.sleep(2.0)

    async def _approves(self, http: aiohttp.ClientSession, token: str) -> None:
        how: dict[str, Any] = {
            "headers": {"Origin": self.url, "Sec-Fetch-Site": "same-origin"},
            "allow_redirects": False,
        }
        async with http.post("/painel/entrar", data={"token": token}, **how) as entered:
            if entered.status != 303:
                self.book.count("visits of the panel that broke off")
                return
        self.book.count("sign-ins to the panel")
        async with http.get("/painel/processos?mes=todos&status=AGUARDANDO_APROVACAO") as listed:
            found = re.findall(r"/painel/processos/([0-9a-f-]{36})", await listed.text())
        for processo in found[:2]:
            page = f"/painel/processos/{processo}"
            async with http.get(page) as shown:
                text = await shown.text()
            if f"{page}/aprovar" not in text:
                continue
            form = {"csrf": csrf_in(text), "versao": text.partition('name="versao" value="')[2].partition('"')[0]}
            async with http.post(f"{page}/aprovar", data=form, **how) as done:
                answer = done.headers.get("Location", "")
                self.book.count("approvals in the panel" if answer.endswith("aprovada") else "too late in the panel")


class AtTheApi:
    """Makes invoices and has them downloaded; what is not answered is asked again under the same key."""

    def __init__(self, world: World, mes_ano: str) -> None:
        self._url = world.url
        self._headers = {"Authorization": f"Bearer {world.token}"}
        self._operadora_id = str(world.operadora_id)
        self._clientes = world.clientes
        self.mes_ano = mes_ano
        self.book = world.book

    def session(self) -> aiohttp.ClientSession:
        timeout = aiohttp.ClientTimeout(total=HTTP_SECONDS)
        return aiohttp.ClientSession(self._url, headers=self._headers, timeout=timeout)

    async def lives(self) -> None:
        async with self.session() as http:
            for cliente_id in self._clientes:
                if self.book.stop.is_set():
                    break
                try:
                    made = await self.asks(http, "/processos", {"cliente_id": str(cliente_id), "mes_ano": self.mes_ano})
                    await self.asks(http, f"/processos/baixar/{made['id']}", None)
                    await self._has_refused_ones_fetched(http)
                except GaveUp:
                    return
                await asyncio.sleep(1.0)
            while not self.book.over.is_set():
                with suppress(GaveUp):
                    await self._has_refused_ones_fetched(http)
                await asyncio.sleep(1.0)

    async def _has_refused_ones_fetched(self, http: aiohttp.ClientSession) -> None:
        """As an operator would; the schedule does it too, a minute later."""
        with suppress(aiohttp.ClientError, TimeoutError, OSError, ValueError, KeyError):
            asked = {"status_processo": "AGUARDANDO_DOWNLOAD", "operadora_id": self._operadora_id}
            async with http.get("/processos", params=asked) as listed:
                # Refused, as in a moment without a database: asked again a second later.
                waiting = [one["id"] for one in await listed.json()] if listed.status == 200 else []
            for processo_id in waiting:
                await self.asks(http, f"/processos/baixar/{processo_id}", None)

    async def asks(self, http: aiohttp.ClientSession, path: str, body: object) -> dict[str, str]:
        key = {"Idempotency-Key": uuid4().hex}
        last = ""
        for _ in range(100):
            try:
                async with http.post(path, json=body, headers=key) as response:
                    last = f"{response.status} {await response.text()}"
                    if response.status < 300:
                        answer: dict[str, str] = await response.json()
                        return answer
                    if response.status == 409 and path.startswith("/processos/baixar/"):
                        # The schedule has sent a robot meanwhile, or its bill is there already.
                        return {}
                    if response.status not in (429, 500, 502, 503):
                        break
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                last = repr(error)
            await asyncio.sleep(0.5)
        self.book.wrong.append(f"POST {path} was answered {last}")
        raise GaveUp


async def waits_for(person: Person, fragment: str, over: asyncio.Event) -> Bubble | None:
    """The next message that shows it, however long it takes; None when everything is over."""
    while not over.is_set():
        try:
            return (await person.phone.sees_that(lambda: person.find((fragment,)), fragment, 1.0))[1]
        except AssertionError:
            continue
    return None


async def introduced(phone: Phone) -> None:
    """They have said who they are, and the menu was shown."""
    if phone.channel == "telegram":
        await phone.says("/start")
        await phone.sees("Compartilhar meu telefone", 60.0)
        await phone.shares_contact()
    else:
        await phone.says("MENU")
    await phone.sees("O que você quer fazer", 60.0)
