"""Planted secrets, CPFs and phones after a day of work: where they may not be, they are not."""

from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis
from sqlalchemy import select

from bot.turn import LeftToWorkers
from sandbox import Phone
from storage.backup import engine
from storage.pessoa.perfil import Perfil
from storage.tables import metadata
from tests.faults.test_secrets_at_rest import files_of_sqlite
from tests.support.log_lines import Logged
from tests.support.sellers import asks_to_sell, eventually, sells, started
from tests.support.service import RunningService

SENHA = "Portal!9f3-senha-plantada"
CPF, CPF_DIGITS = "529.982.247-25", "52998224725"
ANA, BRUNO, ADM = "5531988804000", "5531977771111", "5531966662222"
LOGINS = 4
SECRET_OF_TELEGRAM = {"X-Telegram-Bot-Api-Secret-Token": "segredo-do-webhook"}
pytestmark = pytest.mark.usefixtures("logging_put_back")


@pytest.fixture
def logged(service: RunningService) -> Logged:
    return Logged(service.settings.secret_values())


class TestADayOfWork:
    @pytest.fixture
    async def answers(self, service: RunningService, logged: Logged, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """A sale on each channel with everything going wrong on the way; the error answers we gave meanwhile."""
        # Nobody here waits for a provider.
        for sender in ("telegram.sender.TelegramSender", "whatsapp.sender.WhatsappSender"):
            monkeypatch.setattr(f"bot.channels.{sender}.first_wait", 0.02)
        monkeypatch.setattr("bot.channels.pace.Pace.take", lambda pace: 0.0)
        for number in range(LOGINS):
            await service.login_bo(f"Bo {number}", f"553190000000{number}", senha_pap=SENHA)
        admin = await service.usuario("Adm Silva", ADM, Perfil.ADMINISTRADOR)
        for nome, telefone, channel in (("Ana Souza", ANA, "whatsapp"), ("Bruno Lima", BRUNO, "telegram")):
            await service.vendedor(nome, telefone)
            await a_sale_with_trouble(service, await service.phone(channel, nome, telefone), monkeypatch)
        answers = await refused_calls(service, service.token(admin))
        for step in ("wake_workers", "expire_logins", "reconcile", "poll_robots", "clean_up"):
            await getattr(service.clock_work, step)()
        return answers

    @pytest.fixture
    def secrets(self, service: RunningService) -> set[str]:
        """Ours, and what opens a portal."""
        return {SENHA, *service.settings.secret_values()}

    @pytest.fixture
    def people(self) -> set[str]:
        """CPFs and phones, as they are written here and there; the ninth digit may be missing."""
        phones = {form for phone in (ANA, BRUNO, ADM) for form in (phone, phone[2:], phone[:4] + phone[5:])}
        return {CPF, CPF_DIGITS, *phones}

    @pytest.mark.falha(279)
    @pytest.mark.falha(280)
    @pytest.mark.each_database
    async def test_what_opens_something_and_who_people_are_is_nowhere_that_it_may_not_be(
        self,
        answers: list[str],
        service: RunningService,
        logged: Logged,
        clean_redis_url: str,
        secrets: set[str],
        people: set[str],
        tmp_path: Path,
    ) -> None:
        """One day, looked at from everywhere: logs, Redis, metrics, error answers, rows and a dump."""
        unwanted = secrets | people
        logs_show_none(logged, unwanted)
        await redis_holds_none(clean_redis_url, unwanted)
        await metrics_and_error_answers_show_none(service, answers, unwanted)
        await the_password_is_told_to_the_robot_alone(service, tmp_path)


class TestTheRequestId:
    @pytest.fixture
    async def bruno(self, service: RunningService, logged: Logged) -> Phone:
        await service.login_bo()
        await service.vendedor("Bruno Lima", BRUNO)
        return await service.phone("telegram", "Bruno Lima", BRUNO)

    async def test_is_on_every_line_of_the_turn_and_of_what_follows_it(
        self, service: RunningService, logged: Logged, bruno: Phone
    ) -> None:
        """SIM leads to a login, a robot that does not answer, a turn that says so, and a message that fails."""
        await says(service, bruno, "VENDER", "pedido-vender")
        await bruno.sees("Posso começar?")
        robots, telegram = service.sandbox.rpa.faults, service.sandbox.telegram.faults
        robots.fail_next(status=503)
        telegram.fail_next("sendMessage", status=400, description="Bad Request: x", times=2)
        await says(service, bruno, "SIM", "pedido-sim")
        await started(service, await service.sandbox.rpa.started())
        await eventually(service, "SELECT 1 FROM outbox WHERE error LIKE '400%' LIMIT 1 OFFSET 1")
        (request,) = [line for line in logged.lines("request") if line["request_id"] == "pedido-sim"]
        assert (request["request"]["path"], request["response"]["status"]) == ("/webhooks/telegram", 200)
        (put_off,) = logged.lines("call_put_off")
        refused = logged.lines("call_refused")
        assert (put_off["target"], put_off["request_id"]) == ("rpa", "pedido-sim")
        assert (request["logger"], put_off["logger"]) == ("webhooks.http.logs", "bot.outbox.tries")
        assert [(line["target"], line["request_id"]) for line in refused] == [("telegram", "pedido-sim")] * 2

    async def test_is_on_the_lines_of_a_turn_that_fails(
        self, service: RunningService, logged: Logged, bruno: Phone, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("dialogs.pessoa.menu.descriptions", broken)
        await says(service, bruno, "AJUDA", "pedido-ajuda", status=500)
        (failed,) = logged.lines("turn_failed")
        assert failed["request_id"] == "pedido-ajuda"
        assert "RuntimeError" in failed["exception"]

    async def test_is_on_the_lines_of_a_delivery_that_another_process_makes(
        self, service: RunningService, logged: Logged, bruno: Phone, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wiring = service.wiring
        monkeypatch.setattr(wiring.turns, "after", LeftToWorkers())
        await says(service, bruno, "AJUDA", "pedido-ajuda")
        service.clock.move(minutes=1)
        service.sandbox.telegram.faults.fail_next("sendMessage", status=500)
        (row,) = await service.rows("SELECT lane FROM outbox WHERE done_at IS NULL")
        await wiring.courier.deliver(row["lane"])
        (put_off,) = logged.lines("call_put_off")
        assert put_off["request_id"] == "pedido-ajuda"


def logs_show_none(logged: Logged, unwanted: set[str]) -> None:
    assert len(logged.lines("request")) > 20
    assert len(logged.lines("turn_failed")) == 2, "the faults with a CPF in their text were logged"
    assert len(logged.lines("sender_failed")) == 2, "and those with a password"
    assert [found for found in unwanted if found in logged.text] == []


async def redis_holds_none(url: str, unwanted: set[str]) -> None:
    async with Redis.from_url(url, decode_responses=False) as redis:
        keys = [key async for key in redis.scan_iter()]
        held = b"\n".join([part for key in keys for part in (key, await everything_under(redis, key))])
    assert len(keys) >= 2
    assert [found for found in unwanted if found.encode() in held] == []


async def metrics_and_error_answers_show_none(service: RunningService, answers: list[str], unwanted: set[str]) -> None:
    async with service.http.get("/metrics") as response:
        shown = await response.text()
    assert "balcao_turns_total" in shown
    assert len(answers) > 10
    assert [found for found in unwanted if found in "\n".join([shown, *answers])] == []


async def the_password_is_told_to_the_robot_alone(service: RunningService, folder: Path) -> None:
    """Sealed in its row, and nowhere else."""
    assert {job.body["senha"] for job in service.sandbox.rpa.jobs} == {SENHA}
    async with service.wiring.database.read() as connection:
        for table in metadata.sorted_tables:
            rows = [repr(tuple(row)) for row in await connection.execute(select(table))]
            assert not any(SENHA in row for row in rows), table.name
    sealed = await service.rows("SELECT senha_pap FROM usuarios WHERE senha_pap IS NOT NULL")
    assert len({row["senha_pap"] for row in sealed}) == LOGINS, "the same password, and every seal is another one"
    await engine.dump(service.settings.database_url, folder / "dump")
    dump = (folder / "dump").read_bytes() + files_of_sqlite(folder)
    assert b"outbox" in dump
    assert SENHA.encode() not in dump, "not even in a page that was given up"


async def a_sale_with_trouble(service: RunningService, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """Failing calls, a fault of ours with a CPF in its text, a password the portal refuses, and then a sale."""
    provider = service.sandbox.whatsapp if phone.channel == "whatsapp" else service.sandbox.telegram
    await sells(service, phone, "refuse_password")
    await phone.sees("não foi concluída")
    provider.faults.fail_next(status=500)
    with monkeypatch.context() as broken_once:
        broken_once.setattr("bot.robots.api.RobotsApi.start_pap", broken_start)
        await asks_to_sell(phone)
        await phone.sees("Venda iniciada")
        await eventually(service, "SELECT 1 FROM outbox WHERE error = 'ValueError' AND done_at IS NULL")
    await phone.sees("CEP")
    await phone.says("30140-071")
    await phone.sees("CPF")
    with monkeypatch.context() as broken_once:
        broken_once.setattr("dialogs.venda.perguntas.check_answer", broken)
        delivery = await phone.says(CPF)
        await delivery.attempted()
    for question, answer in (("plano", "1"), ("turno", "manhã")):
        await phone.sees(question)
        await phone.says(answer)
    await phone.sees("Número do pedido")


def broken(*args: object, **kwargs: object) -> None:
    raise RuntimeError(f"CPF {CPF} ({CPF_DIGITS}) de {ANA}, +{BRUNO}")


async def broken_start(api: object, venda_id: str, body: dict[str, Any]) -> str:
    raise ValueError(f"cannot send {body}")


async def refused_calls(service: RunningService, admin: dict[str, str]) -> list[str]:
    """The bodies of answers to calls that we refuse."""
    liberar: list[Any] = [{"telefone": ANA + CPF_DIGITS}, {"motivo": CPF}, {"senha": SENHA}, {"todos": SENHA}, [ANA]]
    calls: list[tuple[str, str, dict[str, Any]]] = [
        *(("POST", "/pool-bo/liberar", {"json": body, "headers": admin}) for body in liberar),
        ("GET", "/pool-bo", {"headers": {"Authorization": f"Bearer {SENHA}"}}),
        ("GET", f"/pool-bo/{CPF_DIGITS}?token={SENHA}&hub.verify_token={SENHA}", {}),
        ("GET", f"/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token={SENHA}&hub.challenge={CPF_DIGITS}", {}),
        ("POST", "/webhooks/telegram", {"data": CPF, "headers": {"X-Telegram-Bot-Api-Secret-Token": SENHA}}),
        ("POST", "/webhooks/telegram", {"data": CPF, "headers": SECRET_OF_TELEGRAM}),
        ("POST", "/webhooks/telegram", {"json": {"update_id": CPF}, "headers": SECRET_OF_TELEGRAM}),
        ("POST", "/webhooks/whatsapp", {"data": CPF, "headers": {"X-Hub-Signature-256": f"sha256={SENHA}"}}),
        ("POST", f"/webhooks/rpa?venda={CPF}", {"data": CPF, "headers": {"webhook-signature": f"v1,{SENHA}"}}),
    ]
    answers = []
    for method, path, how in calls:
        async with service.http.request(method, path, **how) as response:
            assert 400 <= response.status < 500, path
            answers.append(f"{dict(response.headers)} {await response.text()}")
    return answers


async def everything_under(redis: Redis, key: bytes) -> bytes:
    """A key's value, whatever its type."""
    kind = str(await redis.type(key), "ascii")  # type: ignore[arg-type]  # bytes: nothing is decoded here
    reads: dict[str, Any] = {
        "string": redis.get,
        "hash": redis.hgetall,
        "stream": redis.xrange,
        "set": redis.smembers,
        "list": lambda name: redis.lrange(name, 0, -1),
        "zset": lambda name: redis.zrange(name, 0, -1, withscores=True),
    }
    return repr(await reads[kind](key)).encode()


async def says(service: RunningService, phone: Phone, text: str, request_id: str, status: int = 200) -> None:
    """The person types, and the update comes in under that request id."""
    telegram = service.sandbox.telegram
    telegram.faults.withhold("message")
    delivery = await phone.says(text)
    headers = SECRET_OF_TELEGRAM | {"X-Request-ID": request_id}
    async with service.http.post("/webhooks/telegram", json=delivery.payload, headers=headers) as response:
        assert (response.status, response.headers["X-Request-ID"]) == (status, request_id)
