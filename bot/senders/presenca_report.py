"""Makes the report of presence that somebody asked for in chat: after the turn, in a thread, then as a picture."""

import asyncio
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.channels.recorder import StoredFile
from bot.senders.presenca_chart import draw
from bot.turn import Turns
from core.commands.presenca import MakePresencaReport
from core.delivery_errors import Again
from core.presenca.relatorio import DAYS, TempoPorEstado, first_moment, time_per_state
from dialogs.conversa.consultor import OpenTalk
from dialogs.frame.i18n import use_language
from dialogs.presenca.presenca import caption_of_report, labels_of_report, report_failed
from storage.contatos.conversas import mark_event
from storage.database import Database
from storage.objects import ObjectStore, ObjectStoreError
from storage.presenca.presenca import changes_since
from storage.transaction import Call, Transaction

# More would not be readable on a phone.
PEOPLE = 8


class PresenceReports:
    """Makes reports of presence."""

    max_attempts = 4
    first_wait = 2.0

    def __init__(
        self, turns: Turns, open_talk: OpenTalk, database: Database, objects: ObjectStore, zone: ZoneInfo
    ) -> None:
        self._turns = turns
        self._open_talk = open_talk
        self._database = database
        self._objects = objects
        self._zone = zone

    async def make(self, wanted: MakePresencaReport, call: Call) -> str | None:
        """Draw it and send it; the picture's key."""
        now = self._turns.now()
        reports = await self._reports(wanted)
        first = first_moment(now, self._zone).astimezone(self._zone).date()
        key = None
        if reports:
            # One object per conversation, written anew each time: pictures do not pile up.
            key = f"relatorios/presenca/{wanted.contato_id}.png"
            await self._store(key, reports, [first + timedelta(days=day) for day in range(DAYS)], wanted.idioma)
        await self._turns.run(lambda tx: self._answer(tx, wanted, call, reports, key))
        return key

    async def give_up(self, wanted: MakePresencaReport, reason: str) -> None:
        """Who asked hears that there is none."""

        async def work(tx: Transaction) -> None:
            if talk := await self._open_talk(tx, wanted.contato_id):
                await report_failed(talk)

        await self._turns.run(work)

    async def _reports(self, wanted: MakePresencaReport) -> list[TempoPorEstado]:
        now = self._turns.now()
        async with self._database.read() as connection:
            mudancas = await changes_since(connection, first_moment(now, self._zone), wanted.usuario_id)
        reports = sorted(time_per_state(mudancas, now, self._zone), key=lambda report: report.present, reverse=True)
        return reports[:PEOPLE]

    async def _store(self, key: str, reports: list[TempoPorEstado], days: list[date], idioma: str) -> None:
        use_language(idioma)
        labels, axis = labels_of_report()
        picture = await asyncio.to_thread(draw, reports, days, labels, axis)
        try:
            await self._objects.put(key, picture, "image/png")
        except ObjectStoreError as error:
            raise Again(str(error), "object_store") from error

    async def _answer(
        self,
        tx: Transaction,
        wanted: MakePresencaReport,
        call: Call,
        reports: list[TempoPorEstado],
        key: str | None,
    ) -> None:
        if not await mark_event(tx, "relatorio", str(call.id)):
            return
        talk = await self._open_talk(tx, wanted.contato_id)
        if talk is None:
            return
        caption = caption_of_report(reports)
        if key is None:
            await talk.say(caption)
            return
        await talk.bot.send_photo(talk.contato.id, StoredFile(key, "presenca.png", "image/png"), caption=caption)
