"""A file of rows that an administrator sends: what it would change is shown, and one tap has it done."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy import Row

from core.commands.base import write_command
from core.commands.importacao import ListImportacao, LookAtPlanilha
from core.importacao.importacoes import confirmar, largar, minha, pode_importar
from core.venda.venda import record_forged
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.talk import Choice, Talk
from dialogs.importacao import frases
from dialogs.importacao.buttons import ChooseCadastro, ConfirmImportacao, DropImportacao, ShowLinhasImportadas
from dialogs.importacao.frases import Vista
from storage.conversa.arquivos import arquivo_by_id
from storage.importacao.importacoes import keep_message

router = Router(name="importacao")


async def received(talk: Talk, arquivo_id: UUID, nome: str | None) -> None:
    """A file of rows is in our store: an administrator's is looked at, anybody else's is kept and nothing more."""
    if pode_importar(talk.pessoa):
        await write_command(talk.tx, LookAtPlanilha(arquivo_id), contato_id=talk.contato.id)
        return
    text = _("Guardei o arquivo {nome}. Importar cadastros por aqui é só para administradores: nada foi importado.")
    await talk.say(text.format(nome=nome or _("sem nome")))


async def ask_kind(talk: Talk, arquivo_id: UUID, nome: str | None, kinds: Sequence[str]) -> None:
    """Its header fits several kinds."""
    choices: list[Choice] = [
        (frases.kind_name(o_que), ChooseCadastro.model_validate({"arquivo_id": arquivo_id, "o_que": o_que}))
        for o_que in kinds
    ]
    await talk.say(frases.which_kind(nome, kinds), *choices)


async def say_unknown(talk: Talk, nome: str | None, needed: Mapping[str, Sequence[str]]) -> None:
    await talk.say(frases.unknown_kind(nome, needed))


async def show(talk: Talk, importacao_id: int, vista: Vista, nome: str | None) -> None:
    """What it would change; asked only where it would change something."""
    choices: list[Choice] = []
    if vista.criados + vista.alterados:
        choices.append((_("Importar"), ConfirmImportacao(importacao_id=importacao_id)))
    if vista.total:
        choices.append((_("Ver linha a linha"), ShowLinhasImportadas(importacao_id=importacao_id)))
    if vista.criados + vista.alterados:
        choices.append((_("Não importar"), DropImportacao(importacao_id=importacao_id)))
    await talk.say(frases.looked_at(vista, nome), *choices)


async def failed(talk: Talk) -> None:
    """It could not be had, or done, for too long."""
    await talk.say(_("Não consegui importar o arquivo agora. O que já entrou ficou; mande de novo para o resto."))


async def no_right_any_more(talk: Talk) -> None:
    await talk.say(_("Importar cadastros é só para administradores: nada foi importado."))


@router.callback_query(Tap(ChooseCadastro))
async def kind_chosen(event: CallbackQuery, talk: Talk, button: ChooseCadastro) -> None:
    arquivo = await arquivo_by_id(talk.tx, button.arquivo_id)
    if not pode_importar(talk.pessoa) or arquivo is None or arquivo.contato_id != talk.contato.id:
        await _refuse(event, talk)
        return
    await write_command(talk.tx, LookAtPlanilha(arquivo.id, button.o_que), contato_id=talk.contato.id)


@router.callback_query(Tap(ConfirmImportacao))
async def confirmed(event: CallbackQuery, talk: Talk, button: ConfirmImportacao) -> None:
    """The right is read in this turn; what was looked at is what is imported (bot/senders/importacao)."""
    importacao = await _shown(event, talk, button.importacao_id)
    if importacao is not None:
        await _confirm(talk, importacao)


@router.callback_query(Tap(DropImportacao))
async def dropped(event: CallbackQuery, talk: Talk, button: DropImportacao) -> None:
    importacao = await _shown(event, talk, button.importacao_id)
    if importacao is not None:
        await _drop(talk, importacao)


@router.callback_query(Tap(ShowLinhasImportadas))
async def every_row(event: CallbackQuery, talk: Talk, button: ShowLinhasImportadas) -> None:
    importacao = await _shown(event, talk, button.importacao_id)
    if importacao is not None:
        command = ListImportacao(importacao.id, talk.contato.idioma)
        await write_command(talk.tx, command, contato_id=talk.contato.id)


async def _confirm(talk: Talk, importacao: Row[Any]) -> None:
    assert talk.pessoa is not None
    if not await confirmar(talk.tx, importacao, talk.pessoa):
        await talk.say(_("Esse arquivo já foi decidido antes: nada foi feito de novo."))
        return
    message_id = await talk.say(frases.progress(importacao.o_que, 0, importacao.total))
    await keep_message(talk.tx, importacao.id, message_id)


async def _drop(talk: Talk, importacao: Row[Any]) -> None:
    if await largar(talk.tx, importacao):
        await talk.say(_("Tudo bem, não importei nada."))
    else:
        await talk.say(_("Esse arquivo já foi decidido antes: nada foi feito de novo."))


async def _shown(event: CallbackQuery, talk: Talk, importacao_id: int) -> Row[Any] | None:
    importacao = await minha(talk.tx, importacao_id, talk.contato.id)
    if importacao is None or not pode_importar(talk.pessoa):
        await _refuse(event, talk)
        return None
    return importacao


async def _refuse(event: CallbackQuery, talk: Talk) -> None:
    if pode_importar(talk.pessoa):
        await talk.say(_("Esse arquivo não está mais guardado. Mande de novo, se ainda precisa."))
        return
    await record_forged(talk.tx, talk.contato.id, event.data or "")
    await no_right_any_more(talk)
