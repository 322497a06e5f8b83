"""WhatsApp's 24 hours: when they end, and when the consultor is warned."""

from datetime import UTC, datetime, timedelta

import pytest

from core.conversa.janela import Modelo, closes_at, is_open, modelo_for, wants_warning

WROTE = datetime(2026, 3, 2, 12, tzinfo=UTC)


def hours(number: float) -> datetime:
    """So long after the customer wrote."""
    return WROTE + timedelta(hours=number)


def test_a_customer_can_be_written_to_for_24_hours_after_they_wrote() -> None:
    assert closes_at("whatsapp", WROTE) == hours(24)
    assert is_open("whatsapp", WROTE, hours(23.99))
    assert not is_open("whatsapp", WROTE, hours(24))


def test_who_never_wrote_cannot_be_written_to() -> None:
    assert not is_open("whatsapp", None, WROTE)
    assert not wants_warning("whatsapp", None, None, WROTE)


def test_telegram_has_no_window() -> None:
    assert closes_at("telegram", WROTE) is None
    assert is_open("telegram", WROTE, hours(1000))
    assert is_open("telegram", None, WROTE)
    assert not wants_warning("telegram", WROTE, None, hours(23.5))


@pytest.mark.parametrize(("after", "warned"), [(22.9, False), (23, True), (23.9, True), (24, False), (30, False)])
def test_the_warning_comes_within_the_last_hour(after: float, warned: bool) -> None:
    assert wants_warning("whatsapp", WROTE, None, hours(after)) is warned


def test_one_warning_for_each_window() -> None:
    assert not wants_warning("whatsapp", WROTE, hours(23.1), hours(23.5))
    assert wants_warning("whatsapp", WROTE, hours(-0.5), hours(23.5)), "that was of the window before"
    assert wants_warning("whatsapp", WROTE, hours(0.2), hours(23.5)), "and this one too: the message came late"


class TestWhichTemplate:
    RETOMAR, RESUME, RETOMAR_PT = Modelo("retomar", "pt_BR"), Modelo("resume", "en_US"), Modelo("retomar", "pt_PT")

    @pytest.mark.parametrize(
        ("idioma", "expected"), [("pt_BR", RETOMAR), ("en", RESUME), ("es", RETOMAR), ("pt_PT", RETOMAR_PT)]
    )
    def test_the_customers_language_else_the_first(self, idioma: str, expected: Modelo) -> None:
        assert modelo_for([self.RETOMAR, self.RESUME, self.RETOMAR_PT], idioma) == expected

    def test_none_where_none_is_configured(self) -> None:
        assert modelo_for([], "pt_BR") is None
