"""Who does what is written down: every command has one handler, and what nobody understands waits for who does."""

import pytest

from bot.senders.commands import CommandSender, Tries
from core.commands.atendimento import HandOut, WithdrawCard
from core.commands.base import COMMANDS
from core.commands.conversa import FetchFile
from core.delivery_errors import Again
from storage.transaction import Call
from tests.support.service import RunningService


def test_every_command_has_exactly_one_handler_and_every_handler_a_command(sqlite_service: RunningService) -> None:
    senders = sqlite_service.wiring.courier.senders
    ours = {name: sender for name, sender in senders.items() if isinstance(sender, CommandSender)}
    assert [name for name, sender in ours.items() if sender.target != name] == []
    handled = [kind for sender in ours.values() for kind in sender.kinds]
    assert sorted(kind.__name__ for kind in handled) == sorted(kind.__name__ for kind in COMMANDS.values())


def test_whoever_is_no_sender_of_commands_is_a_channel(sqlite_service: RunningService) -> None:
    senders = sqlite_service.wiring.courier.senders
    assert {name for name, one in senders.items() if not isinstance(one, CommandSender)} == {"telegram", "whatsapp"}


class TestOneTarget:
    def setup_method(self) -> None:
        self.sender = CommandSender("turn", Tries(3, 1.0))
        self.withdrawn: list[tuple[int, int]] = []
        self.given_up: list[tuple[int, str]] = []
        self.sender.on(WithdrawCard, self._withdraw, self._give_up)

    async def _withdraw(self, wanted: WithdrawCard, call: Call) -> str | None:
        self.withdrawn.append((wanted.oferta_id, call.id))
        return "done"

    async def _give_up(self, wanted: WithdrawCard, reason: str) -> None:
        self.given_up.append((wanted.oferta_id, reason))

    async def test_its_handler_gets_the_command_and_the_call(self) -> None:
        assert await self.sender.send(Call(9, "a", "turn", "oferta_retirada", {"oferta_id": 4})) == "done"
        await self.sender.give_up(Call(9, "a", "turn", "oferta_retirada", {"oferta_id": 4}), "403")
        assert (self.withdrawn, self.given_up) == ([(4, 9)], [(4, "403")])

    async def test_a_second_handler_is_refused(self) -> None:
        with pytest.raises(AssertionError, match="has a handler already"):
            self.sender.on(WithdrawCard, self._withdraw)

    async def test_so_is_a_command_of_another_target(self) -> None:
        async def fetch(wanted: FetchFile, call: Call) -> None: ...

        with pytest.raises(AssertionError, match="is for files"):
            self.sender.on(FetchFile, fetch)

    @pytest.mark.parametrize(
        ("method", "code"), [("de_amanha", "unknown_command"), ("oferta_retirada", "unreadable_command")]
    )
    async def test_what_is_not_understood_is_left_for_a_process_of_another_release(
        self, method: str, code: str
    ) -> None:
        """And when none comes, giving it up goes quietly: nobody may be held up by it."""
        call = Call(9, "a", "turn", method, {"oferta": "?"})
        with pytest.raises(Again) as again:
            await self.sender.send(call)
        assert again.value.code == code
        await self.sender.give_up(call, code)
        assert (self.withdrawn, self.given_up) == ([], [])

    async def test_nobody_hears_of_one_that_nobody_waits_for(self) -> None:
        async def hand_out(wanted: HandOut, call: Call) -> None: ...

        self.sender.on(HandOut, hand_out)
        await self.sender.give_up(Call(9, "a", "turn", "distribuir", {}), "fault")
        assert self.given_up == []
