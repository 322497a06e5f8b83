"""A conversation on Telegram: late taps, groups that move, people who block us, what is not said to us (11-16)."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from sandbox import Phone
from storage.contatos.conversas import add_contato
from storage.outbox.written import write_down
from storage.transaction import Transaction
from tests.support.inbound import (
    payload,
    said,
    telegram_person,
    telegram_tap,
    telegram_text,
    until,
)
from tests.support.service import RunningService

ANA, BIA = "5531988804000", "5531977773000"
SECRET = "segredo-do-webhook"
GROUP, SUPERGROUP = -4001002003, -1001002003004


@pytest.mark.falha(491)
@pytest.mark.parametrize(
    "description",
    [
        "message is not modified: specified new message content and reply markup are exactly the same",
        "message to edit not found",
        "message can't be edited",
        "MESSAGE_ID_INVALID",
    ],
)
async def test_a_message_that_cannot_be_changed_any_more_stops_nothing(
    sqlite_service: RunningService, description: str
) -> None:
    ana, job = await _seller_at_work(sqlite_service)
    telegram = sqlite_service.sandbox.telegram
    fault = telegram.faults.fail_next("editMessageText", status=400, description=f"Bad Request: {description}", times=9)
    with capture_logs() as lines:
        await job.progress(40, "Consultando o CEP")
        await job.complete({"numero_pedido": "PED-1"})
        await ana.sees("PED-1")
    assert fault.times < 9, "it was tried"
    assert [line for line in lines if line["event"] == "call_refused"] == []


class TestTaps:
    """A button may be tapped when its message is gone, or its answer too late."""

    @pytest.mark.falha(11)
    async def test_a_tap_on_a_message_that_is_gone_gets_a_fresh_menu(self, sqlite_service: RunningService) -> None:
        ana = await _seller(sqlite_service)
        await ana.says("VENDER")
        card = await ana.sees("Posso começar?")
        card.deleted = True

        await ana.taps("SIM", bubble=card)

        fresh = await ana.sees("Este menu expirou")
        assert "Iniciar uma venda" in fresh.labels
        assert await sqlite_service.rows("SELECT * FROM vendas") == []

    @pytest.mark.falha(11)
    async def test_a_tap_without_a_message_gets_the_open_question_again(self, sqlite_service: RunningService) -> None:
        await sqlite_service.login_bo()
        ana = await _seller(sqlite_service)
        await ana.says("VENDER")
        await ana.taps("SIM")
        await ana.sees("CEP")
        update = telegram_tap(ana, "palavra:VENDER", 901)
        del update["callback_query"]["message"]

        await sqlite_service.sandbox.telegram.deliver(update)

        again = await ana.sees("Este menu expirou")
        assert "CEP" in again.text

    @pytest.mark.falha(12)
    async def test_an_answer_too_late_for_the_tap_is_swallowed_and_the_effect_stays(
        self, sqlite_service: RunningService
    ) -> None:
        await sqlite_service.login_bo()
        ana = await _seller(sqlite_service)
        await ana.says("VENDER")
        sqlite_service.sandbox.telegram.faults.fail_next(
            "answerCallbackQuery",
            status=400,
            description="Bad Request: query is too old and response timeout expired or query ID is invalid",
        )

        await ana.taps("SIM")

        await ana.sees("Venda iniciada")
        [answer] = await sqlite_service.rows("SELECT * FROM outbox WHERE method = 'answerCallbackQuery'")
        assert answer["done_at"] is not None
        assert answer["error"] is None
        assert answer["attempts"] == 0


class TestGroupsThatMove:
    """A group that becomes a supergroup gets another id."""

    @pytest.mark.falha(13)
    async def test_told_of_the_new_id_we_follow_with_what_still_waits(self, sqlite_service: RunningService) -> None:
        group = telegram_person(sqlite_service, SUPERGROUP, "Vendas Minas")
        # Put off, so that it is still waiting when the group moves.
        sqlite_service.sandbox.telegram.faults.fail_next("sendMessage", retry_after=1)
        await _say_to_group(sqlite_service, "Bom dia, equipe")
        await sqlite_service.sandbox.telegram.calls.wait_for("sendMessage")

        moved = payload("telegram", "group_migrated_to_supergroup")
        assert (await sqlite_service.sandbox.telegram.deliver(moved))[0] == 200

        await group.sees("Bom dia, equipe")
        assert await _group_ids(sqlite_service) == [str(SUPERGROUP)]

    @pytest.mark.falha(13)
    async def test_an_api_error_that_names_the_new_id_is_followed_too(self, sqlite_service: RunningService) -> None:
        group = telegram_person(sqlite_service, SUPERGROUP, "Vendas Minas")
        sqlite_service.sandbox.telegram.faults.fail_next(
            "sendMessage",
            status=400,
            description="Bad Request: group chat was upgraded to a supergroup chat",
            parameters={"migrate_to_chat_id": SUPERGROUP},
            person=str(GROUP),
        )

        await _say_to_group(sqlite_service, "Bom dia, equipe")

        await group.sees("Bom dia, equipe")
        assert await _group_ids(sqlite_service) == [str(SUPERGROUP)]


class TestPeopleWhoBlockUs:
    """Nothing more is sent to whoever blocked the bot, until they write again."""

    @pytest.mark.falha(14)
    async def test_a_refused_send_marks_the_person_unreachable_and_nothing_more_is_sent(
        self, sqlite_service: RunningService
    ) -> None:
        """The bot learns of it from the refusal alone: the update that says so is lost."""
        ana, job = await _seller_at_work(sqlite_service)
        telegram = sqlite_service.sandbox.telegram
        telegram.faults.block(ana)
        await job.ask("Qual é o bairro?")
        await _unreachable(sqlite_service, ana)
        calls = len(telegram.calls)

        await job.progress(50, "Montando o pedido")
        await job.complete()

        assert await _nothing_waits(sqlite_service)
        assert len(telegram.calls) == calls
        assert await sqlite_service.rows("SELECT * FROM vendas WHERE numero_pedido IS NULL") == []

        telegram.faults.unblock(ana)
        await ana.says("VENDAS")
        await ana.sees("pedido NIO-1")

    @pytest.mark.falha(14)
    async def test_what_already_waits_for_them_is_not_sent_either(self, sqlite_service: RunningService) -> None:
        ana, job = await _seller_at_work(sqlite_service)
        telegram = sqlite_service.sandbox.telegram
        telegram.faults.block(ana)
        telegram.faults.hang = True
        sent = len(telegram.calls.of("sendMessage"))
        await job.ask("Qual é o bairro?")
        await job.progress(50, "Montando o pedido")
        await job.complete()
        await telegram.calls.wait_for("sendMessage", sent + 1)
        calls = len(telegram.calls)

        telegram.faults.hang = False
        await _unreachable(sqlite_service, ana)

        # The one that was under way is the only one that was tried.
        assert await _nothing_waits(sqlite_service)
        assert len(telegram.calls) == calls

    @pytest.mark.falha(14)
    async def test_who_blocks_the_bot_hears_nothing_and_keeps_no_sale(self, sqlite_service: RunningService) -> None:
        ana, job = await _seller_at_work(sqlite_service)
        telegram = sqlite_service.sandbox.telegram
        await (await ana.blocks()).accepted()
        calls = len(telegram.calls)
        await job.ask("Qual é o bairro?")
        assert await _nothing_waits(sqlite_service)
        assert len(telegram.calls) == calls

        await (await ana.unblocks()).accepted()
        await ana.says("STATUS")
        await ana.sees("A venda está sendo cancelada.")


class TestWhatIsNotSaidToUs:
    """Commands of other bots, posts of channels, edits, groups: no step of a flow."""

    @pytest.mark.falha(15)
    @pytest.mark.parametrize("text", ["/sim@OutroBot", "/cancelar@OutroBot", "/vender@OutroBot agora"])
    async def test_a_command_for_another_bot_is_no_answer(self, sqlite_service: RunningService, text: str) -> None:
        ana, job = await _seller_at_work(sqlite_service)
        await job.ask("Qual é o nome do cliente?")
        await ana.sees("Qual é o nome do cliente?")
        before = await said(sqlite_service)

        await (await ana.says(text)).accepted()

        assert await said(sqlite_service) == before
        assert job.answers == {}
        await ana.says("Maria Lima")
        assert await job.answered() == ["Maria Lima"]

    @pytest.mark.falha(15)
    @pytest.mark.parametrize("kind", ["channel_post", "edited_channel_post", "edited_message", "business_message"])
    async def test_posts_and_edits_are_no_answer(self, sqlite_service: RunningService, kind: str) -> None:
        ana, job = await _seller_at_work(sqlite_service)
        await job.ask("Qual é o nome do cliente?")
        await ana.sees("Qual é o nome do cliente?")
        before = await said(sqlite_service)
        update = telegram_text(ana, "Maria Lima", 901)

        status, _ = await sqlite_service.sandbox.telegram.deliver({"update_id": 901, kind: update["message"]})

        assert status == 200
        # Whoever edits hears that it changes nothing; a post of a channel is nobody's to answer.
        new = (await said(sqlite_service))[len(before) :]
        assert [text.partition(":")[0] for text in new] == (
            ["Você mudou essa mensagem, mas eu já tinha lido a de antes"] if kind == "edited_message" else []
        )
        assert job.answers == {}

    @pytest.mark.falha(15)
    async def test_what_a_person_says_in_a_group_is_no_answer(self, sqlite_service: RunningService) -> None:
        ana = await _seller(sqlite_service)
        update = telegram_text(ana, "VENDER", 901)
        update["message"]["chat"] = {"id": GROUP, "type": "group", "title": "Vendas Minas"}
        tap = telegram_tap(ana, "palavra:VENDER", 902)
        tap["callback_query"]["message"]["chat"] = {"id": GROUP, "type": "group", "title": "Vendas Minas"}
        before = await said(sqlite_service)

        for event in (update, tap):
            assert (await sqlite_service.sandbox.telegram.deliver(event))[0] == 200

        assert await said(sqlite_service) == before

    @pytest.mark.falha(16)
    async def test_somebody_elses_contact_is_no_identity(self, sqlite_service: RunningService) -> None:
        await sqlite_service.vendedor("Ana Souza", ANA)
        ana = sqlite_service.sandbox.telegram.phone("Ana Souza", ANA)
        thief = sqlite_service.sandbox.telegram.phone("Zé Esperto", BIA)
        await thief.says("/start")
        await thief.sees("Compartilhar meu telefone")

        await thief.shares_contact_of(ana)
        await thief.sees("Esse contato é de outra pessoa")
        await thief.says("VENDER")

        await thief.sees("Compartilhar meu telefone")
        assert await sqlite_service.rows("SELECT * FROM contatos WHERE usuario_id IS NOT NULL") == []
        assert len(await sqlite_service.rows("SELECT * FROM ocorrencias WHERE tipo = 'contato_de_outra_pessoa'")) == 1

    @pytest.mark.falha(16)
    async def test_a_contact_without_an_owner_is_no_identity(self, sqlite_service: RunningService) -> None:
        """A card typed in by hand: a phone, and no Telegram account behind it."""
        await sqlite_service.vendedor("Ana Souza", ANA)
        thief = sqlite_service.sandbox.telegram.phone("Zé Esperto", BIA)
        update = telegram_text(thief, "", 901)
        thief.started = True
        update["message"]["contact"] = {"phone_number": ANA, "first_name": "Ana"}

        await sqlite_service.sandbox.telegram.deliver(update)

        await thief.sees("Esse contato é de outra pessoa")
        assert await sqlite_service.rows("SELECT * FROM contatos WHERE usuario_id IS NOT NULL") == []


async def _seller(service: RunningService) -> Phone:
    await service.vendedor("Ana Souza", ANA)
    return await service.phone("telegram", "Ana Souza", ANA)


async def _seller_at_work(service: RunningService) -> tuple[Any, Any]:
    """A seller whose sale is under way, and its robot, which does what the test says."""
    await service.login_bo()
    service.sandbox.rpa.behaviour = "manual"
    ana = await _seller(service)
    await ana.says("VENDER")
    await ana.taps("SIM")
    job = await service.sandbox.rpa.started()
    await ana.sees("Venda iniciada")
    return ana, job


async def _say_to_group(service: RunningService, text: str) -> None:
    async def work(tx: Transaction) -> None:
        group = await add_contato(tx, "telegram", str(GROUP), is_group=True, nome="Vendas Minas")
        await write_down(tx, group.lane, "telegram", "sendMessage", {"to": str(GROUP), "text": text}, group.id)

    await service.wiring.turns.run(work)


async def _group_ids(service: RunningService) -> list[str]:
    return [row["external_id"] for row in await service.rows("SELECT external_id FROM contatos WHERE is_group")]


async def _unreachable(service: RunningService, phone: Phone) -> None:
    """Wait until the person is marked."""
    marked = "SELECT 1 FROM contatos WHERE external_id = :id AND unreachable_at IS NOT NULL"

    async def found() -> bool:
        return bool(await service.rows(marked, id=phone.id))

    await until(found)


async def _nothing_waits(service: RunningService) -> bool:
    """Wait until no call is being made; whether none is left."""

    async def idle() -> bool:
        return not service.wiring.courier.busy

    await until(idle)
    return await service.rows("SELECT * FROM outbox WHERE done_at IS NULL AND target = 'telegram'") == []
