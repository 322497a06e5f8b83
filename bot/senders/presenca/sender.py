"""Makes the report of presence that somebody asked for in chat: after the turn, in a thread, then as a picture."""

import asyncio
from datetime import date, timedelta

from bot.channels.recorder import StoredFile
from bot.senders.on_request import MadeOnRequest
from bot.senders.presenca.picture import draw
from core.commands.presenca import MakePresencaReport
from core.presenca.relatorio import DAYS, TempoPorEstado, first_moment, time_per_state
from dialogs.frame.i18n import use_language
from dialogs.presenca.presenca import caption_of_report, labels_of_report, report_failed
from storage.contatos.conversas import mark_event
from storage.presenca.presenca import changes_since
from storage.transaction import Call, Transaction

# More would not be readable on a phone.
PEOPLE = 8


class PresenceSender(MadeOnRequest):
    """Makes reports of presence."""

    max_attempts = 4
    first_wait = 2.0

    async def make(self, wanted: MakePresencaReport, call: Call) -> str | None:
        """Draw it and send it; the picture's key."""
        now = self._turns.now()
        reports = await self._reports(wanted)
        first = first_moment(now, self._zone).astimezone(self._zone).date()
        key = None
        if reports:
            # One object per conversation, written anew each time: pictures do not pile up.
            key = f"relatorios/presenca/{wanted.contato_id}.png"
            days = [first + timedelta(days=day) for day in range(DAYS)]
            await self._store(key, await self._draw(reports, days, wanted.idioma), "image/png")
        await self._turns.run(lambda tx: self._answer(tx, wanted, call, reports, key))
        return key

    async def give_up(self, wanted: MakePresencaReport, reason: str) -> None:
        """Who asked hears that there is none."""
        await self._tell(wanted.contato_id, report_failed)

    async def _reports(self, wanted: MakePresencaReport) -> list[TempoPorEstado]:
        now = self._turns.now()
        async with self._database.read() as connection:
            mudancas = await changes_since(connection, first_moment(now, self._zone), wanted.usuario_id)
        reports = sorted(time_per_state(mudancas, now, self._zone), key=lambda report: report.present, reverse=True)
        return reports[:PEOPLE]

    async def _draw(self, reports: list[TempoPorEstado], days: list[date], idioma: str) -> bytes:
        use_language(idioma)
        labels, axis = labels_of_report()
        return await asyncio.to_thread(draw, reports, days, labels, axis)

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
