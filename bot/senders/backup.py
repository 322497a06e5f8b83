"""Makes the backup that somebody asked for, proves it, lets old ones go, and says what came of it."""

from bot.backup.copies import Backups
from bot.turn import Turns
from core.backup.chaves import Alerta
from core.commands.backup import MakeBackup
from core.delivery_errors import Again
from dialogs.backup import frases
from dialogs.conversa.consultor import OpenTalk
from storage.backup.manifest import Manifest
from storage.backup.problems import BackupError
from storage.contatos.conversas import mark_event
from storage.objects import ObjectStoreError
from storage.transaction import Call, Transaction


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
            await self._tell(wanted, call, frases.failed(error))
            return None
        except ObjectStoreError as error:
            raise Again(str(error), "object_store") from error
        lines = [frases.made(manifest), await self._proved(manifest)]
        if is_first:
            lines += [frases.warning(alerta) for alerta in self._alertas]
        await self._tell(wanted, call, "\n".join(lines))
        return manifest.nome

    async def give_up(self, wanted: MakeBackup, reason: str) -> None:
        """Who asked hears that there is none."""

        async def work(tx: Transaction) -> None:
            if wanted.contato_id is not None and (talk := await self._open_talk(tx, wanted.contato_id)):
                await talk.say(frases.unreachable())

        await self._turns.run(work)

    async def _proved(self, manifest: Manifest) -> str:
        """What is said of the proof. The backup is there: it is not made again because this failed."""
        try:
            proved = await self._backups.prove(manifest)
            await self._backups.forget_old()
        except BackupError as error:
            return frases.not_proved(error)
        except ObjectStoreError as error:
            return frases.store_down(str(error))
        return frases.proved(proved)

    async def _tell(self, wanted: MakeBackup, call: Call, text: str) -> None:
        async def work(tx: Transaction) -> None:
            if wanted.contato_id is None or not await mark_event(tx, "backup", str(call.id)):
                return
            if talk := await self._open_talk(tx, wanted.contato_id):
                await talk.say(text)

        await self._turns.run(work)
