"""Makes the backup that somebody asked for, proves it, lets old ones go, and says what came of it."""

from collections.abc import Callable
from contextlib import suppress

import structlog

from bot.backup.copies import Backups
from bot.senders.store_errors import store_errors
from bot.turn import Turns
from core.backup.chaves import Alerta
from core.commands.backup import MakeBackup, ProveBackup
from core.commands.base import write_command
from core.delivery_errors import Again
from dialogs.backup import frases
from dialogs.conversa.consultor import OpenTalk
from storage.backup.manifest import Manifest
from storage.backup.problems import BackupError, Problem
from storage.contatos.conversas import mark_event
from storage.objects import ObjectStoreError
from storage.transaction import Call, Transaction

log = structlog.get_logger()


class BackupSender:
    """Makes backups."""

    max_attempts = 5
    first_wait = 30.0

    def __init__(self, turns: Turns, open_talk: OpenTalk, backups: Backups, alertas: list[Alerta]) -> None:
        self._turns = turns
        self._open_talk = open_talk
        self._backups = backups
        self._alertas = alertas

    async def make(self, wanted: MakeBackup, call: Call) -> str | None:
        """The backup's name; None when there is none, for a reason that another try would not change."""
        try:
            is_first = not await self._backups.all()
            manifest = await self._backups.make()
        except BackupError as error:
            log.warning("backup_failed", reason=str(error))
            await self._tell(wanted.contato_id, call, frases.failed(error))
            return None
        except ObjectStoreError as error:
            raise Again(str(error), "object_store") from error
        again = None
        try:
            proof = await self._proved(manifest, frases.proved)
        except ObjectStoreError as error:
            # The backup is there: it is not made again because this failed.
            log.warning("backup_not_proved_yet", nome=manifest.nome, reason=str(error))
            proof = f"{frases.not_proved_yet()} {frases.heard_later()}"
            again = ProveBackup(manifest.nome, wanted.contato_id)
        lines = [frases.made(manifest), proof]
        if is_first:
            lines += [frases.warning(alerta) for alerta in self._alertas]
        await self._tell(wanted.contato_id, call, "\n".join(lines), again)
        return manifest.nome

    async def prove(self, wanted: ProveBackup, call: Call) -> str:
        """Prove what is kept; a store that is away still is no try, and it comes back until there is one."""
        with store_errors():
            kept = next((one for one in await self._backups.all() if one.nome == wanted.nome), None)
            if kept is None:
                said = frases.not_proved(BackupError(Problem.MISSING, nome=wanted.nome))
            else:
                said = await self._proved(kept, frases.proved_late)
        await self._tell(wanted.contato_id, call, said)
        return wanted.nome

    async def give_up(self, wanted: MakeBackup, reason: str) -> None:
        """Who asked hears that there is none."""
        said = frases.unreachable() if reason == "object_store" else frases.our_fault()
        await self._turns.run(lambda tx: self._say(tx, wanted.contato_id, said))

    async def prove_failed(self, wanted: ProveBackup, reason: str) -> None:
        """Who was promised the proof hears that there is none."""
        await self._turns.run(lambda tx: self._say(tx, wanted.contato_id, frases.never_proved(wanted.nome)))

    async def _proved(self, manifest: Manifest, say: Callable[[Manifest], str]) -> str:
        """What is said of the proof. Raises ObjectStoreError when nobody knows yet."""
        try:
            proved = await self._backups.prove(manifest)
        except BackupError as error:
            log.warning("backup_not_proved", nome=manifest.nome, reason=str(error))
            return frases.not_proved(error)
        # What is left goes with the next one.
        with suppress(ObjectStoreError):
            await self._backups.forget_old()
        return say(proved)

    async def _tell(self, contato_id: int | None, call: Call, text: str, then: ProveBackup | None = None) -> None:
        async def work(tx: Transaction) -> None:
            if not await mark_event(tx, "backup", str(call.id)):
                return
            if then is not None:
                await write_command(tx, then)
            await self._say(tx, contato_id, text)

        await self._turns.run(work)

    async def _say(self, tx: Transaction, contato_id: int | None, text: str) -> None:
        if contato_id is not None and (talk := await self._open_talk(tx, contato_id)):
            await talk.say(text)
