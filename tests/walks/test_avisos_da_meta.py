"""What Meta says of our account and of our template: administrators hear what stops something, and nothing else."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from sandbox import Phone
from storage.engines.s3 import EmbeddedS3
from tests.support.service import RunningService, settings_for


@pytest.fixture
async def sqlite_service(
    sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
) -> AsyncIterator[RunningService]:
    """The service with a template."""
    modelo = {"WHATSAPP_TEMPLATE_RETOMAR": "retomar:pt_BR"}
    async with RunningService(settings_for(sqlite_url, clean_redis_url, s3, tmp_path) | modelo) as running:
        yield running


@pytest.mark.falha(421)
@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        (
            "message_template_status_update",
            {"event": "PAUSED", "reason": "NONE"},
            "modelo retomar do WhatsApp: PAUSED.",
        ),
        (
            "message_template_status_update",
            {"event": "REJECTED", "reason": "INVALID_FORMAT"},
            "modelo retomar do WhatsApp: REJECTED · INVALID_FORMAT.",
        ),
        (
            "account_update",
            {
                "event": "ACCOUNT_RESTRICTION",
                "restriction_info": [
                    {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": 1641848400}
                ],
            },
            "conta do WhatsApp: ACCOUNT_RESTRICTION · RESTRICTED_BIZ_INITIATED_MESSAGING.",
        ),
        (
            "account_update",
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": ["DISABLE"], "waba_ban_date": "June 9, 2026"}},
            "conta do WhatsApp: DISABLED_UPDATE · DISABLE.",
        ),
        (
            "account_update",
            {"event": "PARTNER_REMOVED", "phone_number": "5531988804000"},
            "conta do WhatsApp: PARTNER_REMOVED.",
        ),
        (
            "phone_number_quality_update",
            {"display_phone_number": "5531988804000", "event": "FLAGGED", "current_limit": "TIER_1K"},
            "conta do WhatsApp: FLAGGED · TIER_1K.",
        ),
        ("account_review_update", {"decision": "REJECTED"}, "conta do WhatsApp: ACCOUNT_REVIEW_UPDATE · REJECTED."),
        (
            "account_alerts",
            {"alert_info": {"alert_severity": "CRITICAL", "alert_type": "PROFILE_PICTURE_LOST"}},
            "conta do WhatsApp: PROFILE_PICTURE_LOST.",
        ),
        ("security", {"event": "PIN_RESET_REQUEST", "requester": "1"}, "conta do WhatsApp: PIN_RESET_REQUEST."),
        (
            "template_category_update",
            {"previous_category": "UTILITY", "new_category": "MARKETING"},
            "modelo retomar do WhatsApp: CATEGORY · MARKETING.",
        ),
        (
            "message_template_quality_update",
            {"previous_quality_score": "GREEN", "new_quality_score": "RED"},
            "modelo retomar do WhatsApp: QUALITY · RED.",
        ),
    ],
)
async def test_administrators_hear_what_meta_did_to_the_account_or_a_template_of_ours(
    sqlite_service: RunningService, field: str, value: dict[str, Any], read: str
) -> None:
    adm = await _administrator(sqlite_service)
    for _ in range(2):
        await _notified(sqlite_service, field, {"message_template_name": "retomar"} | value)
    await adm.sees(read)
    assert (await adm.quiet()).count(read) == 1


@pytest.mark.falha(421)
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("message_template_status_update", {"event": "PAUSED", "message_template_name": "promocao_de_outro"}),
        ("message_template_status_update", {"event": "APPROVED", "message_template_name": "retomar"}),
        ("message_template_status_update", {"event": "PAUSED", "message_template_name": ["retomar"]}),
        ("account_update", {"event": "VERIFIED_ACCOUNT"}),
        ("account_update", {"event": {"a": 1}}),
        ("account_update", [1]),
        ("phone_number_quality_update", {"event": "UPGRADE"}),
        ("account_alerts", {"alert_info": {"alert_severity": "INFORMATIONAL", "alert_type": "OBA_APPROVED"}}),
        ("account_alerts", {"alert_info": ["CRITICAL"]}),
        ("message_template_quality_update", {"message_template_name": "retomar", "new_quality_score": "GREEN"}),
        ("template_category_update", {"message_template_name": "promocao_de_outro", "new_category": "MARKETING"}),
    ],
)
async def test_of_the_rest_that_meta_says_nobody_has_to_hear(
    sqlite_service: RunningService, field: str, value: Any
) -> None:
    await _administrator(sqlite_service)
    await _notified(sqlite_service, field, value)
    assert await sqlite_service.rows("SELECT 1 FROM ocorrencias WHERE tipo = 'aviso_da_meta'") == []


async def _administrator(service: RunningService) -> Phone:
    await service.administrador()
    adm = await service.phone("whatsapp", "Adm Silva", "5531999990000")
    await adm.says("MENU")
    await adm.sees("O que você quer fazer")
    return adm


async def _notified(service: RunningService, field: str, value: Any) -> None:
    change = {"field": field, "value": value}
    body = {"object": "whatsapp_business_account", "entry": [{"id": "1", "time": 1796000000, "changes": [change]}]}
    assert (await service.sandbox.whatsapp.deliver(body))[0] == 200
