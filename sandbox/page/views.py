"""What the page is told: phones, bubbles and robots' jobs as JSON, and the news of each change."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from sandbox.bubbles import Bubble
from sandbox.phone import Phone
from sandbox.rpa.robot import Job
from sandbox.telegram.phone import TelegramPhone

View = dict[str, Any]
BACKLOG = 500


class News:
    """Hands every change to every open page. A page that reads too slowly is dropped and starts afresh."""

    def __init__(self) -> None:
        self._readers: set[asyncio.Queue[str | None]] = set()

    @contextmanager
    def reader(self) -> Iterator[asyncio.Queue[str | None]]:
        """The changes from now on, ready to be written as server-sent events; None ends them."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(BACKLOG)
        self._readers.add(queue)
        try:
            yield queue
        finally:
            self._readers.discard(queue)

    def tell(self, event: str, view: View) -> None:
        """Tell every page."""
        if not self._readers:
            return
        text = as_event(event, view)
        for queue in list(self._readers):
            if queue.qsize() < BACKLOG - 1:
                queue.put_nowait(text)
            else:
                self._end(queue)

    def close(self) -> None:
        """End every page's stream."""
        for queue in list(self._readers):
            self._end(queue)

    def _end(self, queue: asyncio.Queue[str | None]) -> None:
        self._readers.discard(queue)
        queue.put_nowait(None)


def as_event(event: str, view: View) -> str:
    """One server-sent event."""
    return f"event: {event}\ndata: {json.dumps(view, ensure_ascii=False)}\n\n"


def view_phone(phone: Phone, key: str, *, connected: bool) -> View:
    """A phone without its bubbles."""
    return {
        "key": key,
        "channel": phone.channel,
        "name": phone.name,
        "papel": phone.papel,
        "telefone": phone.telefone,
        "dicas": list(phone.dicas),
        "started": phone.started,
        "connected": connected,
        "activity": phone.activity,
        "menu": phone.menu,
    } | (_view_telegram(phone) if isinstance(phone, TelegramPhone) else _NO_KEYBOARD)


_NO_KEYBOARD: View = {"keyboard": [], "placeholder": "", "topics": [], "topic": 0}


def _view_telegram(phone: TelegramPhone) -> View:
    """What only Telegram has: a reply keyboard and topics."""
    keyboard = phone.reply_keyboard
    return {
        "keyboard": [[_view_key(key) for key in row] for row in keyboard.get("keyboard", [])],
        "placeholder": keyboard.get("input_field_placeholder", ""),
        "topics": [{"id": topic.id, "name": topic.name} for topic in phone.topics.open],
        "topic": phone.topic.id if phone.topic else 0,
    }


def _view_key(key: str | View) -> View:
    if isinstance(key, str):
        return {"label": key, "asks": ""}
    asks = next((what for what in ("contact", "location") if key.get(f"request_{what}")), "")
    return {"label": key["text"], "asks": asks}


def view_bubble(bubble: Bubble, phone: Phone) -> View:
    """A bubble as it looks now on that phone."""
    file = bubble.file
    return {
        "id": bubble.id,
        "order": bubble.order,
        "mine": bubble.mine,
        "when": bubble.when,
        "kind": bubble.kind,
        "text": bubble.text,
        "entities": list(bubble.versions[-1].entities),
        "header": bubble.header,
        "footer": bubble.footer,
        "list_button": bubble.list_button,
        "rows": [
            {"title": row.title, "description": row.description, "section": row.section}
            for row in bubble.rows
        ],
        "buttons": [
            [
                {"label": b.label, "url": b.url, "style": b.style, "copies": b.copies}
                for b in row
            ]
            for row in bubble.keyboard
        ],
        "file": {"name": file.name, "mime": file.mime, "size": len(file.data)} if file else None,
        "place": asdict(bubble.location) if bubble.location else None,
        "contacts": [asdict(card) for card in bubble.contacts],
        "topic": bubble.topic,
        "quote": {"id": bubble.reply_to, "text": bubble.quote} if bubble.quote else None,
        "reactions": [emoji for emoji in (bubble.my_reaction, bubble.bot_reaction) if emoji],
        "my_reaction": bubble.my_reaction,
        "editable": phone.edits_messages and bubble.mine and bubble.kind == "text",
        "status": bubble.status,
        "edited": bubble.edited,
        "deleted": bubble.deleted,
    }  # fmt: skip


def view_job(job: Job) -> View:
    """A job without what the service sent in it: logins, passwords and documents stay out of the page."""
    return {
        "id": job.id,
        "operadora": job.operadora,
        "key": job.idempotency_key,
        "behaviour": job.behaviour.name,
        "status": job.status,
        "progresso": job.progresso,
        "pergunta": job.pergunta["texto"] if job.pergunta else "",
        "history": job.history[-40:],
        "resultado": {name: value for name, value in job.resultado.items() if isinstance(value, str | int)},
        "erro": job.erro,
    }
