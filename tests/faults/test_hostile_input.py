"""Anything at all, at doors, in uploads and imports: nothing fails, and the next ordinary message is answered (170).

Hypothesis takes what providers send, every payload of tests/payloads and every member of every Union of the Bot API,
and drops, changes, doubles and moves its parts. The suite tries few; by hand, for hours if you like:
`BALCAO_EXAMPLES=5000 python -m pytest tests/faults/test_hostile_input.py`.
"""

import asyncio
import itertools
import json
import os
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, suppress
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import openpyxl
import pytest
from aiogram.types import Chat, Message, Update, User
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.importacao.cadastros import CADASTROS
from bot.importacao.motor import Motor
from core.planilha.planilhas import PlanilhaError
from sandbox import Job
from sandbox.faturas.estragos import pdf_of
from sandbox.rpa.rpa import sign
from storage.engines.s3 import EmbeddedS3
from storage.pessoa.perfil import Perfil
from tests.support.faturas import conta
from tests.support.hostile import as_bytes, damaged, every_member, mutated
from tests.support.inbound import (
    for_our_number,
    payload,
    payload_names,
    telegram_person,
    telegram_text,
    whatsapp_person,
)
from tests.support.painel import browser_of, csrf_in
from tests.support.sellers import ANA, BIA, eventually
from tests.support.service import RunningService, settings_for
from tests.webhooks.test_upload import NFCOM, PATH, waits
from webhooks.painel.telas import TELAS

# Of what is huge.
pytestmark = [
    pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning"),
    pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning"),
]
T = TypeVar("T")


def as_xlsx(sheet: str) -> bytes:
    """The same rows as a workbook."""
    book, content = openpyxl.Workbook(), BytesIO()
    for row in sheet.splitlines():
        book.active.append(row.split(";"))
    book.save(content)
    return content.getvalue()


SHEETS = [
    sheet.encode(encoding)
    for encoding in ("utf-8", "latin-1", "utf-16")
    for sheet in (
        "nome_completo;telefone;perfil_usuario;email\nAna Souza;5531988804000;VENDEDOR;ana@exemplo.com.br\n" * 2,
        "nome;codigo;possui_rpa\nVivo;vivo;sim\n",
        'razao_social,cnpj,operadora,filtro,login_portal\n"Padaria; Pão",11.222.333/0001-81,VIVO,899012_24,padaria\n',
    )
]
SHEETS += [as_xlsx(sheet.decode()) for sheet in SHEETS[:2]]
EXAMPLES = int(os.environ.get("BALCAO_EXAMPLES", "0"))
PERSON = {"id": 4001002003, "is_bot": False, "first_name": "Ana"}
CHAT = {"id": PERSON["id"], "type": "private"}
TEXT = {"message_id": 7, "date": int(time.time()), "chat": CHAT, "from": PERSON, "text": "oi"}
# Of CPU, of everything in this process: a turn takes some milliseconds of it.
SECONDS = 2.0
# The stand-in has neither files nor messages of what was delivered by hand, nor whoever was made up.
REFUSED = (
    "SELECT method, params, error FROM outbox WHERE done_at IS NOT NULL AND error NOT IN ('outdated', 'unreachable')"
    " AND method NOT IN ('sendChatAction', 'fetch')"
    " AND contato_id IN (SELECT id FROM contatos WHERE usuario_id IS NOT NULL) LIMIT 5"
)
AT_WORK = "SELECT 1 FROM vendas WHERE job_id IS NOT NULL AND encerrada_em IS NULL"


def hostile(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many in the suite, always the same; as many as asked by hand, others each time."""
    return settings(
        max_examples=EXAMPLES or examples,
        derandomize=not EXAMPLES,
        # What fails is shown as it was: each try of a smaller one is a turn of a real service.
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


class Counter:
    """The service in a loop of its own beside Hypothesis, and two sellers at its doors."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self.numbers = itertools.count(10**6)
        self.service = self.run(self._open(environment))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Its result, however long it takes."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(300)

    def close(self) -> None:
        self.run(self.service.__aexit__())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _open(self, environment: dict[str, str]) -> RunningService:
        service = await RunningService(environment).__aenter__()
        await service.vendedor(*ANA)
        ana = telegram_person(service, PERSON["id"], ANA[0])
        ana.telefone = ANA[1]
        await ana.shares_contact()
        await ana.sees("O que você quer fazer")
        self.ana, self.bia = ana, whatsapp_person(service, *BIA)
        await service.vendedor(*BIA)
        return service

    def telegram(self, update: Any) -> None:
        """An update: taken, in time; and what Ana says next is answered."""
        if isinstance(update, dict) and update.get("update_id") == 1:
            update["update_id"] = next(self.numbers)
        self.takes(self.service.sandbox.telegram.deliver(as_bytes(update)), {200, 400})
        ordinary = telegram_text(self.ana, "MENU", next(self.numbers))
        self.answers("telegram", self.ana.id, self.service.sandbox.telegram.deliver(ordinary))

    def whatsapp(self, notification: Any) -> None:
        """A notification: taken, in time; and what Bia says next is answered."""
        whatsapp = self.service.sandbox.whatsapp
        self.takes(whatsapp.deliver(as_bytes(notification)), {200, 400})
        self.answers("whatsapp", self.bia.id, whatsapp.deliver(self._from_bia(whatsapp.envelope)))

    def robot(self, callback: Any, address: str) -> None:
        """A callback: taken or refused, in time; and what Bia says next is answered."""
        whatsapp = self.service.sandbox.whatsapp
        self.takes(self._call_back(as_bytes(callback), address), {200, 400, 404, 422})
        self.answers("whatsapp", self.bia.id, whatsapp.deliver(self._from_bia(whatsapp.envelope)))

    def takes(self, delivering: Coroutine[Any, Any, tuple[int, str]], statuses: set[int]) -> None:
        """Answered with one of these, and soon."""
        began = time.process_time()
        status, body = self.run(delivering)
        assert status in statuses, body
        assert time.process_time() - began < SECONDS

    def answers(self, channel: str, who: str, delivering: Coroutine[Any, Any, tuple[int, str]]) -> None:
        """What they say now is answered with something."""
        self.bia.last_wrote = time.time()
        before = self._said(channel, who)
        status, body = self.run(delivering)
        assert status == 200, body
        assert self._said(channel, who) > before

    def nothing_failed(self) -> None:
        """No turn failed, and no channel refused what we say of it."""
        assert self.run(self.service.rows("SELECT channel, event_id, error FROM failed_events")) == []
        assert self.run(self.service.rows(REFUSED)) == []

    async def sale(self) -> Job:
        """Bia's next sale, the robot at work. Hostile robots say too that the portal refused a password."""
        number, whatsapp, rpa = next(self.numbers), self.service.sandbox.whatsapp, self.service.sandbox.rpa
        await self.service.login_bo(f"Bo {number}", f"553190{number}", matricula_pap=f"BO{number}")
        rpa.next("manual")
        for word in ("CANCELAR", "NAO", "VENDER", "SIM"):
            assert (await whatsapp.deliver(self._from_bia(whatsapp.envelope, word)))[0] == 200
        await eventually(self.service, AT_WORK)
        return rpa.jobs[-1]

    async def _call_back(self, body: bytes, address: str) -> tuple[int, str]:
        headers = sign(body, f"msg_{next(self.numbers)}", time.time(), self.service.sandbox.rpa.secret)
        async with self.service.http.post(address, data=body, headers=headers) as response:
            return response.status, await response.text()

    def _from_bia(self, envelope: Callable[[dict[str, Any]], Any], text: str = "MENU") -> Any:
        message = {"id": f"wamid.{next(self.numbers)}", "type": "text", "text": {"body": text}, "from": self.bia.id}
        return envelope({"messages": [{**message, "timestamp": str(int(time.time()))}]})

    def _said(self, channel: str, who: str) -> int:
        sql = (
            "SELECT count(*) AS n FROM outbox o JOIN contatos c ON c.id = o.contato_id"
            " WHERE c.channel = :channel AND c.external_id = :who"
        )
        return int(self.run(self.service.rows(sql, channel=channel, who=who))[0]["n"])


@pytest.fixture
def counter(sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path) -> Iterator[Counter]:
    counter = Counter(settings_for(sqlite_url, clean_redis_url, s3, tmp_path))
    yield counter
    counter.close()


def updates() -> list[Any]:
    """What Telegram sends: the payload files, as Ana's, and every member of every Union of the Bot API."""
    files = [payload("telegram", name) for name in sorted(payload_names("telegram"))]
    samples = {User: PERSON, Chat: CHAT, Message: TEXT}
    return [{**as_anas(update), "update_id": 1} for update in files] + list(every_member(Update, samples))


def as_anas(update: Any) -> Any:
    """The same, from Ana in her own chat where it is from somebody in a private one."""
    for part in (part for part in update.values() if isinstance(part, dict)):
        for message in (part, part.get("message", {})):
            if message.get("chat", {}).get("type") == "private":
                message["chat"]["id"] = PERSON["id"]
        if "from" in part:
            part["from"]["id"] = PERSON["id"]
    return update


def notifications(bia: str) -> list[Any]:
    """What WhatsApp sends: the payload files, from Bia."""
    files = [for_our_number(payload("whatsapp", name)) for name in sorted(payload_names("whatsapp"))]
    return [as_bias(notification, bia) for notification in files]


def as_bias(notification: Any, bia: str) -> Any:
    for value in (change["value"] for entry in notification["entry"] for change in entry["changes"]):
        for message in value.get("messages", []):
            message |= {"from": bia} if "from" in message else {}
        for contact in value.get("contacts", []):
            contact |= {"wa_id": bia} if "wa_id" in contact else {}
    return notification


def renamed(notification: Any, number: int) -> Any:
    """Each message is a new one, and is not known already."""
    text = json.dumps(notification)
    return json.loads(text.replace('"wamid.', f'"wamid.{number}.'))


def callbacks() -> list[Any]:
    """What robots send."""
    datas: dict[str, dict[str, Any]] = {
        "job.started": {},
        "job.progress": {"percentual": 40, "etapa": "Cadastro"},
        "job.heartbeat": {},
        "job.question": {"pergunta_id": "p1", "texto": "Qual?", "tipo": "opcao", "opcoes": ["Um", {"id": "2"}]},
        "job.completed": {"resultado": {"numero_pedido": "NIO-1", "url": "https://exemplo.com.br/f.pdf"}},
        "job.failed": {"codigo": "PORTAL_FORA", "mensagem": "Portal fora do ar", "definitivo": False},
        "job.cancelled": {},
    }
    return [{"event": event, "job_id": "ours", "seq": 1, "data": data} for event, data in datas.items()]


@pytest.mark.falha(170)
def test_whatever_comes_from_telegram_is_taken(counter: Counter) -> None:
    @hostile(100)
    @given(mutated(updates()))
    def whatever_it_is(update: Any) -> None:
        counter.telegram(update)

    whatever_it_is()
    counter.nothing_failed()


@pytest.mark.falha(170)
def test_whatever_comes_from_whatsapp_is_taken(counter: Counter) -> None:
    @hostile(80)
    @given(mutated(notifications(counter.bia.id)))
    def whatever_it_is(notification: Any) -> None:
        counter.whatsapp(renamed(notification, next(counter.numbers)))

    whatever_it_is()
    counter.nothing_failed()


@pytest.mark.falha(170)
def test_whatever_comes_from_robots_is_taken_or_refused(counter: Counter) -> None:
    service = counter.service
    jobs: list[Job] = []

    @hostile(80)
    @given(mutated(callbacks()))
    def whatever_it_is(callback: Any) -> None:
        if not jobs or not counter.run(service.rows(AT_WORK)):
            jobs.append(counter.run(counter.sale()))
        if callback.get("job_id") == "ours":
            callback["job_id"] = jobs[-1].id
        if callback.get("seq") == 1:
            callback["seq"] = next(counter.numbers)
        counter.robot(callback, jobs[-1].body["callback_url"])

    whatever_it_is()
    counter.nothing_failed()


# aiohttp warns of what it cannot read there; a warning is an error only here.
@pytest.mark.filterwarnings("ignore::aiohttp.BadContentDispositionHeader")
@pytest.mark.filterwarnings("ignore::aiohttp.BadContentDispositionParam")
@pytest.mark.falha(170)
def test_whatever_is_uploaded_is_taken_or_refused(counter: Counter) -> None:
    """Forms with a file, and files in whole forms: taken, or refused with the reason."""
    service = counter.service
    processo_id = counter.run(waits(service)).id
    headers = service.token(counter.run(service.usuario("Hugo", "5531988801000", Perfil.OPERADOR)))
    headers["Content-Type"] = "multipart/form-data; boundary=b"
    forms = [_form(processo_id, pdf, tipo) for pdf, tipo in ((pdf_of(conta()), "FATURA"), (NFCOM, "XML"))]

    async def post(body: bytes) -> tuple[int, str]:
        async with service.http.post(PATH, data=body, headers=headers) as response:
            return response.status, await response.text()

    @hostile(12)
    @given(damaged(forms))
    def whatever_it_is(body: bytes) -> None:
        counter.takes(post(body), {201, 400, 404, 409, 413, 422})

    whatever_it_is()
    counter.nothing_failed()


@pytest.mark.falha(170)
def test_whatever_is_imported_is_read_or_refused(counter: Counter) -> None:
    """Each kind of sheet: read as far as it can be, or refused with a sentence."""
    motor = Motor(counter.service.wiring.turns)

    @hostile(60)
    @given(st.sampled_from(sorted(CADASTROS)), damaged(SHEETS))
    def whatever_it_is(word: str, sheet: bytes) -> None:
        with suppress(PlanilhaError):
            counter.run(motor.run(CADASTROS[word], BytesIO(sheet)))

    whatever_it_is()


@pytest.mark.falha(170, 243)
def test_whatever_is_sent_to_the_panel_is_taken_or_refused(counter: Counter) -> None:
    """Each act of the panel, with the fields of all its forms, changed, on what is there and on what is not."""
    service, stack = counter.service, AsyncExitStack()
    counter.run(waits(service))
    adm = counter.run(service.usuario("Rita Prado", "5531988807001", Perfil.ADMINISTRADOR))
    browser = counter.run(stack.enter_async_context(browser_of(service)))
    counter.run(browser.enters(adm))
    csrf = csrf_in(counter.run(browser.sees("/painel/sessoes")))
    ids = [str(row["id"]) for row in counter.run(service.rows(_KNOWN))]
    acts = [tela.path for tela in TELAS if tela.method == "POST" and not tela.path.startswith(_OUT)]

    async def post(path: str, form: Any) -> tuple[int, str]:
        headers = {"Origin": service.url, "Sec-Fetch-Site": "same-origin", "Content-Type": _URLENCODED}
        body = b"csrf=" + csrf.encode() + b"".join(_fields(form))
        async with browser.http.post(path, data=BytesIO(body), headers=headers, allow_redirects=False) as response:
            return response.status, await response.text(errors="replace")

    @hostile(60)
    @given(st.sampled_from(acts), st.sampled_from(ids), mutated([FIELDS]))
    def whatever_it_is(path: str, which: str, form: Any) -> None:
        counter.takes(post(path.replace("{id}", which).replace("{nome}", which), form), _ANSWERED)

    whatever_it_is()
    assert counter.run(browser.sees("/painel/sessoes")), "and the one who sent it is still in"
    counter.run(stack.aclose())
    counter.nothing_failed()


_KNOWN = "SELECT id FROM operadoras UNION SELECT id FROM clientes UNION SELECT id FROM usuarios"
_OUT = ("/painel/sair", "/painel/sessoes", "/painel/entrar")
_URLENCODED = "application/x-www-form-urlencoded"
_ANSWERED = {200, 303, *range(400, 430)}
FIELDS = {
    "nome": "Oi", "codigo": "OI", "possui_rpa": "sim", "url_portal": "https://exemplo.com.br",
    "razao_social": "Bar Ltda",
    "cnpj": "11222333000181", "filtro": "8990", "servico": "3133", "login_portal": "bar", "senha_portal": "s",
    "nome_completo": "Ana", "telefone": "5531988804000", "perfil_usuario": "VENDEDOR", "email": "ana@exemplo.com.br",
    "idiomas": "pt", "status_ativo": "sim", "ativo": "sim", "versao": "1", "motivo": "porque sim", "visto": "1",
    "cron_expressao": "* * * * *", "tipo_agendamento": "LIMPEZA_LOGS", "parametros_execucao": '{"dias": 90}',
    "ids": "1", "busca": "bar", "texto": "oi", "n": "1", "mes": "2026-11", "volta": "/painel",
}  # fmt: skip


def _fields(form: Any) -> Iterator[bytes]:
    """As a browser sends them: a list is one field several times."""
    for name, value in form.items() if isinstance(form, dict) else ():
        for one in value if isinstance(value, list) else [value]:
            text = one if isinstance(one, str) else json.dumps(one)
            yield b"&" + name.encode() + b"=" + quote(text.encode("utf-8", "surrogatepass")).encode()


def _form(processo_id: object, content: bytes, tipo: str) -> bytes:
    parts = (
        b'Content-Disposition: form-data; name="processo_id"\r\n\r\n' + str(processo_id).encode(),
        b'Content-Disposition: form-data; name="tipo"\r\n\r\n' + tipo.encode(),
        b'Content-Disposition: form-data; name="fatura_pdf"; filename="f.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n" + content,
    )
    return b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n"
