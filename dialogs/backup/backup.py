"""BACKUP, for administrators: one is made after the turn, and the answer says what came of it."""

import re

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from core.auditoria.auditoria import registrar
from core.commands.backup import MakeBackup
from core.commands.base import write_command
from core.direitos.direitos import Direito
from core.palavras import Palavra, folded
from dialogs.agendamento.agendamentos import show
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.frame.words import Free, on_word
from dialogs.pessoa.administracao import Administrator
from dialogs.pessoa.menu import way_to
from storage.agendamento.agendamentos import list_agendamentos
from storage.agendamento.tipos import TipoAgendamento
from storage.auditoria.tipos import Ato

router = Router(name="backup")
router.message.filter(Administrator(Direito.AUDITAR))
router.callback_query.filter(Administrator(Direito.AUDITAR))

_LONGEST = 200
# "O backup de ontem foi?": how the last one went, and no order to make one.
_ASKS = re.compile(
    r"(?=.*\b(?:backups?|bkps?|becape|copia de seguranca)\b)"
    r"(?=.*\b(?:foi|rolou|deu|fez|feito|quando|qdo|ultimo|ultimos|funcionou|falhou|terminou|concluiu|ontem|teve|houve"
    r"|saiu|em dia|rodou|que horas|horario|quantas vezes|aconteceu|status|como|historico"
    # "Tem backup de hoje?", "existe algum backup recente?"
    r"|(?:tem|temos|existe|ha|cade|qual) (?:algum |um |o )?(?:backups?|bkps?|becape|copia))\b)"
    r"(?!.*\b(?:restaur\w*|faz|faca|fazer|paus\w*|apag\w*|cancel\w*|agenda|agendar|volta\w*)\b).*"
)


class AsksAboutBackup(Filter):
    """How the last one went is asked."""

    async def __call__(self, event: Message) -> bool:
        return _ASKS.match(folded(event.text or "")[:_LONGEST]) is not None


@router.message(Free(), AsksAboutBackup())
async def show_last(event: Message, talk: Talk) -> None:
    """The schedule that makes them: how its last run ended, and when the next one is."""
    wanted = {"tipo_agendamento": TipoAgendamento.BACKUP_DIARIO_BD}
    found, _total = await list_agendamentos(talk.tx.connection, wanted, limit=1)
    if found:
        await show(talk, found[0])
    else:
        none = _("Nenhum agendamento faz backups: são feitos quando você pede, com BACKUP.")
        await talk.say(none, way_to(Palavra.BACKUP))


@on_word(router, Palavra.BACKUP)
async def make_backup(event: Message | CallbackQuery, talk: Talk) -> None:
    """Begin one; it is said at once, since it takes a while."""
    registrar(talk.tx, Ato.BACKUP, talk.autor)
    await write_command(talk.tx, MakeBackup(contato_id=talk.contato.id))
    await talk.say(_("Backup começado. Aviso aqui quando estiver pronto e provado."))
