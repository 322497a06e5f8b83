"""What Meta says of our account and of our template: what stops something, and what nobody has to hear."""

from typing import Any

import pytest

from core.contas import AvisoDaMeta
from webhooks.doors.whatsapp_models import Change
from webhooks.doors.whatsapp_notices import notice_of


def noticed(field: str, value: Any) -> AvisoDaMeta | None:
    return notice_of(Change(field=field, value=value), {"retomar"})


@pytest.mark.falha(421)
@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        (
            "message_template_status_update",
            {"event": "PAUSED", "reason": "NONE"},
            AvisoDaMeta("retomar", "PAUSED"),
        ),
        (
            "message_template_status_update",
            {"event": "REJECTED", "reason": "INVALID_FORMAT"},
            AvisoDaMeta("retomar", "REJECTED · INVALID_FORMAT"),
        ),
        (
            "account_update",
            {
                "event": "ACCOUNT_RESTRICTION",
                "restriction_info": [
                    {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": 1641848400}
                ],
            },
            AvisoDaMeta("", "ACCOUNT_RESTRICTION · RESTRICTED_BIZ_INITIATED_MESSAGING"),
        ),
        (
            "account_update",
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": ["DISABLE"], "waba_ban_date": "June 9, 2026"}},
            AvisoDaMeta("", "DISABLED_UPDATE · DISABLE"),
        ),
        (
            "account_update",
            {"event": "PARTNER_REMOVED", "phone_number": "5531988804000"},
            AvisoDaMeta("", "PARTNER_REMOVED"),
        ),
        (
            "phone_number_quality_update",
            {"display_phone_number": "5531988804000", "event": "FLAGGED", "current_limit": "TIER_1K"},
            AvisoDaMeta("", "FLAGGED · TIER_1K"),
        ),
        ("account_review_update", {"decision": "REJECTED"}, AvisoDaMeta("", "ACCOUNT_REVIEW_UPDATE · REJECTED")),
        (
            "account_alerts",
            {"alert_info": {"alert_severity": "CRITICAL", "alert_type": "PROFILE_PICTURE_LOST"}},
            AvisoDaMeta("", "PROFILE_PICTURE_LOST"),
        ),
        ("security", {"event": "PIN_RESET_REQUEST", "requester": "1"}, AvisoDaMeta("", "PIN_RESET_REQUEST")),
        (
            "template_category_update",
            {"previous_category": "UTILITY", "new_category": "MARKETING"},
            AvisoDaMeta("retomar", "CATEGORY · MARKETING"),
        ),
        (
            "message_template_quality_update",
            {"previous_quality_score": "GREEN", "new_quality_score": "RED"},
            AvisoDaMeta("retomar", "QUALITY · RED"),
        ),
    ],
)
def test_what_meta_did_to_our_account_or_a_template_of_ours(
    field: str, value: dict[str, Any], read: AvisoDaMeta
) -> None:
    assert noticed(field, {"message_template_name": "retomar"} | value) == read


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
def test_of_the_rest_that_meta_says_nobody_has_to_hear(field: str, value: Any) -> None:
    assert noticed(field, value) is None
