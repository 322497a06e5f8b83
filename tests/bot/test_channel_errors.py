"""What an error answer of a channel means for us: try again, wait, give up, or nobody is there any more.

Texts and codes: core.telegram.org/bots/api (error_code, description, ResponseParameters) and
developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes.
"""

from typing import Any

import pytest

from bot.channels.telegram import api as telegram
from bot.channels.whatsapp import api as whatsapp
from core.delivery_errors import AccountFault, Again, DeliveryError, Refused, Throttled, Unreachable
from sandbox.whatsapp.errors import TITLES, GraphError


def telegram_error(code: int, description: str, **parameters: Any) -> DeliveryError:
    answer = {"ok": False, "error_code": code, "description": description}
    return telegram.classify(answer | ({"parameters": parameters} if parameters else {}))


def whatsapp_error(code: int, status: int | None = None) -> DeliveryError:
    error = GraphError(code)
    return whatsapp.classify(status or error.status, error.body())


class TestTelegram:
    @pytest.mark.parametrize(
        ("code", "description", "meaning"),
        [
            (403, "Forbidden: bot was blocked by the user", Unreachable),
            (403, "Forbidden: user is deactivated", Unreachable),
            (403, "Forbidden: bot can't initiate conversation with a user", Unreachable),
            (403, "Forbidden: bot was kicked from the group chat", Unreachable),
            (403, "Forbidden: the group chat was deleted", Unreachable),
            (403, "Forbidden: bot is not a member of the supergroup chat", Unreachable),
            (403, "Forbidden: bot can't send messages to bots", Unreachable),
            (400, "Bad Request: PEER_ID_INVALID", Unreachable),
            (403, "refused by a proxy", Refused),
            (400, "Bad Request: chat not found", Unreachable),
            (400, "Bad Request: message text is empty", Refused),
            (400, "Bad Request: BUTTON_DATA_INVALID", Refused),
            (400, "Bad Request: message is not modified", Refused),
            (401, "Unauthorized", AccountFault),
            (404, "Not Found", AccountFault),
            (429, "Too Many Requests", Throttled),
            (500, "Internal Server Error", Again),
            (502, "Bad Gateway", Again),
            (503, "Service Unavailable", Again),
        ],
    )
    @pytest.mark.falha(14)
    def test_each_answer_has_its_meaning(self, code: int, description: str, meaning: type[DeliveryError]) -> None:
        error = telegram_error(code, description)
        assert (type(error), error.code) == (meaning, str(code))

    def test_too_fast_says_how_long_to_wait(self) -> None:
        error = telegram_error(429, "Too Many Requests: retry after 17", retry_after=17)
        assert isinstance(error, Throttled)
        assert (error.seconds, error.code) == (17.0, "429")

    @pytest.mark.falha(13)
    def test_a_group_that_moved_says_where_to(self) -> None:
        error = telegram_error(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1001234567890)
        assert isinstance(error, telegram.Migrated)
        assert error.new_id == -1001234567890

    @pytest.mark.parametrize("answer", [{}, {"ok": False}, {"ok": False, "description": None, "parameters": None}])
    def test_an_answer_that_says_nothing_is_tried_again(self, answer: dict[str, Any]) -> None:
        assert type(telegram.classify(answer)) is Again


class TestWhatsapp:
    @pytest.mark.parametrize(
        ("code", "meaning"),
        [
            pytest.param(131047, Refused, id="24 hours are over: only a template would do"),
            pytest.param(131026, Refused, id="undeliverable: never again"),
            pytest.param(131056, Throttled, id="too many to this person"),
            pytest.param(130429, Throttled, id="too many from this number"),
        ],
    )
    @pytest.mark.falha(28)
    def test_the_four_that_everybody_meets_go_each_its_way(self, code: int, meaning: type[DeliveryError]) -> None:
        error = whatsapp_error(code)
        assert (type(error), error.code) == (meaning, str(code))

    @pytest.mark.falha(28)
    def test_to_one_person_we_wait_as_long_as_one_message_takes_and_to_all_less(self) -> None:
        """1 message in 6 seconds to one person, 80 a second from the number."""
        pair, number = whatsapp_error(131056), whatsapp_error(130429)
        assert isinstance(pair, Throttled)
        assert isinstance(number, Throttled)
        assert pair.seconds == 6.0
        assert 0 < number.seconds < pair.seconds

    @pytest.mark.parametrize(
        ("code", "meaning"),
        [
            (4, Throttled),
            (80007, Throttled),
            (131048, Throttled),
            (1, Again),
            (2, Again),
            (131000, Again),
            (131016, Again),
            (133004, Again),
            (190, AccountFault),  # a token being changed: an operator's mistake must not throw messages away
            (368, AccountFault),
            (100, Refused),
            (131008, Refused),
            (131009, Refused),
            (131031, AccountFault),
            (131051, Refused),
            (131053, Refused),
            (132001, Refused),
        ],
    )
    def test_each_code_has_its_meaning(self, code: int, meaning: type[DeliveryError]) -> None:
        error = whatsapp_error(code)
        assert (type(error), error.code) == (meaning, str(code))

    @pytest.mark.parametrize("code", TITLES)
    def test_no_code_is_taken_for_a_person_who_blocked_us(self, code: int) -> None:
        """The Cloud API does not say who blocks; 131026 has other reasons too, and the person may write again."""
        assert not isinstance(whatsapp_error(code), Unreachable)

    @pytest.mark.parametrize(
        ("status", "meaning"), [(500, Again), (502, Again), (503, Again), (429, Throttled), (404, Refused)]
    )
    def test_without_a_code_the_status_counts(self, status: int, meaning: type[DeliveryError]) -> None:
        answers: list[dict[str, Any]] = [{}, {"error": {}}, {"error": {"message": "?"}}]
        for answer in answers:
            error = whatsapp.classify(status, answer)
            assert (type(error), error.code) == (meaning, str(status))


@pytest.mark.parametrize("number", [5, 404, 131026, 999_999])
def test_a_metrics_label_is_a_code_and_nothing_personal(number: int) -> None:
    """`code` becomes a label: descriptions name people, codes do not."""
    described = "the number 5531988804000 of Ana Souza"
    telegrams = telegram.classify({"ok": False, "error_code": number, "description": described})
    whatsapps = whatsapp.classify(400, {"error": {"code": number, "message": described}})
    assert (telegrams.code, whatsapps.code) == (str(number), str(number))
