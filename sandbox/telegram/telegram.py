"""The Telegram Bot API: the account of one bot, and its methods."""

import contextlib
import json

from sandbox.faults import Call
from sandbox.telegram.account import Account
from sandbox.telegram.limits import TelegramError
from sandbox.telegram.methods.all import perform


class Telegram(Account):
    """The stand-in: people, messages, files and the webhook of one bot."""

    async def answered(self, body: str) -> None:
        """Do the call that the answer to a webhook may hold; nobody is told what became of it."""
        with contextlib.suppress(ValueError, TelegramError):
            params = json.loads(body)
            if isinstance(params, dict) and "method" in params:
                method = str(params.pop("method"))
                self.calls.record(Call(method, params, self.clock(), str(params.get("chat_id", ""))))
                await perform(self, method, params)
