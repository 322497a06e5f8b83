"""WhatsApp's window: when a customer may be written to freely.

Somebody may be sent anything for 24 hours after their last message; after that only an approved template, and
everything else is refused with 131047 (developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages,
"Customer service windows"). Telegram has no such thing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

CHANNEL = "whatsapp"
# The Cloud API's answer to a free message outside the window.
CLOSED_CODE = "131047"
OPEN_FOR = timedelta(hours=24)
WARN_BEFORE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Modelo:
    """A template that Meta approved, without variables: its name and language code (`pt_BR`, `en`, `en_US`, `es`)."""

    nome: str
    idioma: str


# Of somebody who never wrote.
_NEVER_OPEN = datetime(1970, 1, 1, tzinfo=UTC)


def closes_at(channel: str, last_inbound_at: datetime | None) -> datetime | None:
    """When the window closes, or closed; None where there is none and anything can be sent at any time."""
    if channel != CHANNEL:
        return None
    return _NEVER_OPEN if last_inbound_at is None else last_inbound_at + OPEN_FOR


def is_open(channel: str, last_inbound_at: datetime | None, now: datetime) -> bool:
    """Whether this customer, who last wrote at that moment, can be sent anything now."""
    end = closes_at(channel, last_inbound_at)
    return end is None or now < end


def wants_warning(channel: str, last_inbound_at: datetime | None, warned_at: datetime | None, now: datetime) -> bool:
    """Whether the window closes within the hour and nobody was warned of it.

    A warning belongs to the window in whose last hour it was given: a message that comes late opens a new one.
    """
    end = closes_at(channel, last_inbound_at)
    if end is None or not end - WARN_BEFORE <= now < end:
        return False
    return warned_at is None or warned_at < end - WARN_BEFORE


def modelo_for(modelos: Sequence[Modelo], idioma: str) -> Modelo | None:
    """The template for a customer of this language: its own, else one of the same two letters, else the first."""
    own = [modelo for modelo in modelos if modelo.idioma == idioma]
    akin = [modelo for modelo in modelos if modelo.idioma[:2] == idioma[:2]]
    return next(iter([*own, *akin, *modelos]), None)
