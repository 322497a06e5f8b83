"""What Meta says of our account and of our templates (webhooks `account_update`, `message_template_status_update`)."""

import re
from collections.abc import Collection
from typing import Any

from core.contas import AvisoDaMeta
from webhooks.doors.whatsapp_models import Change

# Of the others, as a template that was approved, nobody has to hear.
_ACCOUNT = frozenset({"DISABLED_UPDATE", "ACCOUNT_RESTRICTION", "ACCOUNT_VIOLATION", "ACCOUNT_DELETED"})
_TEMPLATE = frozenset({"REJECTED", "PAUSED", "DISABLED", "FLAGGED", "PENDING_DELETION"})
_WORD = re.compile(r"[A-Z][A-Z0-9_]{0,63}", re.ASCII)
_MOST_WORDS = 4


def notice_of(change: Change, modelos: Collection[str]) -> AvisoDaMeta | None:
    """What the administrators have to hear of; of templates, those alone that we send (`modelos`)."""
    value = change.value if isinstance(change.value, dict) else {}
    event = value.get("event")
    if not isinstance(event, str):
        return None
    if change.field == "account_update" and event in _ACCOUNT:
        why = [word for part in ("ban_info", "restriction_info", "violation_info") for word in _words(value.get(part))]
        return AvisoDaMeta("", " · ".join([event, *dict.fromkeys(why)][:_MOST_WORDS]))
    if change.field == "message_template_status_update" and event in _TEMPLATE:
        nome = value.get("message_template_name")
        if isinstance(nome, str) and nome in modelos:
            return AvisoDaMeta(nome, " · ".join([event, *_reason(value.get("reason"))]))
    return None


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
