"""BACKUP, for administrators: one is made after the turn, and the answer says what came of it."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from core.auditoria.auditoria import registrar
from core.commands.backup import MakeBackup
from core.commands.base import write_command
from core.direitos.direitos import Direito
from core.palavras import Palavra
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.frame.words import on_word
from dialogs.pessoa.administracao import Administrator
from storage.auditoria.tipos import Ato

router = Router(name="backup")
router.message.filter(Administrator(Direito.AUDITAR))
router.callback_query.filter(Administrator(Direito.AUDITAR))


@on_word(router, Palavra.BACKUP)
async def make_backup(event: Message | CallbackQuery, talk: Talk) -> None:
    """Begin one; it is said at once, since it takes a while."""
    registrar(talk.tx, Ato.BACKUP, talk.autor)
    await write_command(talk.tx, MakeBackup(contato_id=talk.contato.id))
    await talk.say(_("Backup começado. Aviso aqui quando estiver pronto e provado."))
