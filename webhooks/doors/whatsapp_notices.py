"""What Meta says of our account, number and templates (developers.facebook.com, whatsapp/webhooks/reference)."""

import re
from collections.abc import Collection
from typing import Any

from core.contas import AvisoDaMeta
from webhooks.doors.whatsapp_models import Change

# Of the others, as a template that was approved, nobody has to hear.
_ACCOUNT = frozenset(
    {"DISABLED_UPDATE", "ACCOUNT_RESTRICTION", "ACCOUNT_VIOLATION", "ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED",
     "PARTNER_REMOVED", "PARTNER_APP_UNINSTALLED"}
)  # fmt: skip
_TEMPLATE = frozenset({"REJECTED", "PAUSED", "DISABLED", "FLAGGED", "PENDING_DELETION"})
_NUMBER = frozenset({"FLAGGED", "DOWNGRADE"})
_SEVERE = frozenset({"WARNING", "CRITICAL"})
_OF_TEMPLATES = ("message_template_", "template_")
_WORD = re.compile(r"[A-Z][A-Z0-9_]{0,63}", re.ASCII)
_MOST_WORDS = 4


def notice_of(change: Change, modelos: Collection[str]) -> AvisoDaMeta | None:
    """What the administrators have to hear of; of templates, those alone that we send (`modelos`)."""
    value = change.value if isinstance(change.value, dict) else {}
    said = _said_of(change.field, value)
    if not said:
        return None
    if not change.field.startswith(_OF_TEMPLATES):
        return AvisoDaMeta("", _in_one(said))
    nome = value.get("message_template_name")
    return AvisoDaMeta(nome, _in_one(said)) if isinstance(nome, str) and nome in modelos else None


def _said_of(field: str, value: dict[str, Any]) -> list[str]:
    """Meta's own words for what somebody has to hear; none for the rest."""
    event = _words(value.get("event"))[:1]
    match field:
        case "account_update" if event and event[0] in _ACCOUNT:
            parts = ("ban_info", "restriction_info", "violation_info")
            return [*event, *(word for part in parts for word in _words(value.get(part)))]
        case "message_template_status_update" if event and event[0] in _TEMPLATE:
            return [*event, *_reason(value.get("reason"))]
        case "message_template_quality_update" if _word_of(value, "new_quality_score") == "RED":
            return ["QUALITY", "RED"]
        case "template_category_update" if new := _word_of(value, "new_category"):
            return ["CATEGORY", new]
        case "phone_number_quality_update" if event and event[0] in _NUMBER:
            return [*event, *_words(value.get("current_limit"))]
        case "account_review_update" | "phone_number_name_update" if _word_of(value, "decision") == "REJECTED":
            return [field.upper(), "REJECTED"]
        case "account_alerts":
            alert = value.get("alert_info")
            found: dict[str, Any] = alert if isinstance(alert, dict) else {}
            return _words(found.get("alert_type")) if _word_of(found, "alert_severity") in _SEVERE else []
        case "security" if event:
            return event
    return []


def _in_one(said: list[str]) -> str:
    return " · ".join([*dict.fromkeys(said)][:_MOST_WORDS])


def _word_of(value: dict[str, Any], name: str) -> str:
    return next(iter(_words(value.get(name))), "")


def _words(said: Any) -> list[str]:
    """The words of Meta's own in an object, or in a list of them: kinds and states, no dates and no sentences."""
    found: list[Any] = []
    for one in _each(said):
        found += [word for value in one.values() for word in _each(value)] if isinstance(one, dict) else [one]
    return [one for one in found if isinstance(one, str) and _WORD.fullmatch(one)][:_MOST_WORDS]


def _each(said: Any) -> list[Any]:
    return said if isinstance(said, list) else [said]


def _reason(said: Any) -> list[str]:
    return [word for word in _words(said) if word != "NONE"]
