"""`getUpdates`: the service fetches updates itself instead of getting them at a webhook."""

from typing import Any

from sandbox.courier import Delivery
from sandbox.telegram.account import Account
from sandbox.telegram.limits import TelegramError

LONGEST_POLL = 50.0
MOST_UPDATES = 100
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
ANOTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "Conflict: terminated by setWebhook request"


async def get_updates(telegram: Account, params: dict[str, Any]) -> Any:
    """The updates from `offset` on, oldest first; those before it are confirmed and forgotten.

    Waits up to `timeout` seconds for the first one. A newer call ends an older one that waits (409).
    """
    if telegram.connected:
        raise TelegramError(WEBHOOK_ACTIVE, 409)
    if "allowed_updates" in params:
        telegram.webhook["allowed_updates"] = params["allowed_updates"]
    offset = int(params.get("offset") or 0)
    _confirm(telegram, offset)
    telegram.polls += 1
    mine = telegram.polls
    telegram.courier.wake()
    seconds = min(float(params.get("timeout") or 0), LONGEST_POLL)
    await telegram.courier.wait(seconds, lambda: telegram.connected or telegram.polls != mine)
    if telegram.connected:
        raise TelegramError(WEBHOOK_SET, 409)
    if telegram.polls != mine:
        raise TelegramError(ANOTHER_POLL, 409)
    limit = min(max(int(params.get("limit") or MOST_UPDATES), 1), MOST_UPDATES)
    return [delivery.payload for delivery in _waiting(telegram)][:limit]


def _confirm(telegram: Account, offset: int) -> None:
    """Forget what came before `offset`; a negative one keeps only that many of the newest."""
    waiting = _waiting(telegram)
    before = waiting[:offset] if offset < 0 else [d for d in waiting if d.payload["update_id"] < offset]
    for delivery in before:
        telegram.courier.take(delivery)


def _waiting(telegram: Account) -> list[Delivery]:
    return sorted(telegram.courier.arrived, key=lambda delivery: int(delivery.payload["update_id"]))
