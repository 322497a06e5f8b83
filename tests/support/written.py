"""Calls written down for a person's phone, as a turn of another conversation writes them."""

import json
from dataclasses import dataclass
from typing import Any

from sandbox import Phone
from sandbox.telegram.phone import TelegramPhone
from sandbox.whatsapp.phone import WhatsAppPhone
from storage.contatos.conversas import add_contato
from storage.outbox.written import write_down
from storage.transaction import Transaction
from tests.support.inbound import telegram_person, until, whatsapp_person
from tests.support.service import RunningService

Params = dict[str, Any]


@dataclass
class Written:
    """One person's lane: what is written down there, and what became of it."""

    service: RunningService
    phone: Phone
    contato_id: int

    async def call(self, method: str, *, target: str | None = None, **params: Any) -> int:
        """Write down one call; its number in the outbox."""
        return (await self.calls((method, params), target=target))[0]

    async def calls(self, *several: tuple[str, Params], target: str | None = None) -> list[int]:
        """Write down several calls in one turn."""

        async def work(tx: Transaction) -> list[int]:
            return [await self._write(tx, target, method, params) for method, params in several]

        return await self.service.wiring.turns.run(work)

    async def done(self, call_id: int) -> dict[str, Any]:
        """Wait until the call is over; its row."""
        rows: list[dict[str, Any]] = []

        async def over() -> bool:
            sql = "SELECT provider_id, error FROM outbox WHERE id = :id AND done_at IS NOT NULL"
            rows[:] = await self.service.rows(sql, id=call_id)
            return bool(rows)

        await until(over)
        return rows[0]

    async def stored(self, content: bytes, filename: str = "fatura.pdf", mime_type: str = "application/pdf") -> Params:
        """A file in the object store, as calls name it."""
        key = f"testes/{filename}"
        await self.service.wiring.objects.put(key, content, mime_type)
        return {"object_key": key, "filename": filename, "mime_type": mime_type}

    async def _write(self, tx: Transaction, target: str | None, method: str, params: Params) -> int:
        channel = self.phone.channel
        own = {"to": self.phone.id, **params} if target is None else params
        call = await write_down(tx, f"contato:{self.contato_id}", target or channel, method, own, self.contato_id)
        return call.id


async def on_telegram(service: RunningService, nome: str = "Ana Souza", **values: Any) -> Written:
    """A person on Telegram who has started the bot."""
    phone = telegram_person(service, 5_200_000_001, nome)
    return Written(service, phone, await _add(service, phone, values))


async def on_whatsapp(service: RunningService, telefone: str = "5531988804000", **values: Any) -> Written:
    """A person on WhatsApp who wrote just now."""
    phone = whatsapp_person(service, "Bia Lima", telefone)
    return Written(service, phone, await _add(service, phone, values))


async def _add(service: RunningService, phone: TelegramPhone | WhatsAppPhone, values: Params) -> int:
    async def work(tx: Transaction) -> int:
        return (await add_contato(tx, phone.channel, phone.id, **{"nome": phone.name, **values})).id

    return await service.wiring.turns.run(work)


async def follow_ups(service: RunningService, method: str, times: int = 1) -> list[Params]:
    """Wait until so many of these follow-ups are written down; what they say."""
    rows: list[dict[str, Any]] = []

    async def written() -> bool:
        sql = "SELECT params FROM outbox WHERE target = 'turn' AND method = :method ORDER BY id"
        rows[:] = await service.rows(sql, method=method)
        return len(rows) >= times

    await until(written)
    return [as_params(row["params"]) for row in rows]


def as_params(value: Any) -> Params:
    """SQLite gives JSON back as text where the column's type is not known."""
    return dict(json.loads(value) if isinstance(value, str) else value)
