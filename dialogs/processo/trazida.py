"""A PDF, or a note's XML, of a person of the back office: whose it is, asked where not plain, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy import Row

from core.commands.base import write_command
from core.commands.processo import TakeFatura
from core.palavras import Palavra
from core.prazos import TELA, is_over
from core.processo.arquivos import is_xml
from core.processo.maquina import Acao, leads_to, may
from core.processo.resultado import Resultado, Saida
from core.testemunha.procura import Achado, Razao, Sugestao
from core.venda.venda import record_forged
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.prazos import Offered, choices_of
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Word
from dialogs.processo import buttons
from dialogs.processo.avisos import name_of
from dialogs.processo.buttons import DropArquivo, UseArquivo
from dialogs.processo.formas import listed
from dialogs.processo.frases import label, status_name
from dialogs.processo.recusas import refusal_text
from storage.conversa.arquivos import arquivo_by_id, forget_passwords_of, keep_password, keep_suggestions
from storage.processo.processos import Processo, processo_by_id
from storage.processo.status import StatusProcesso, TipoDocumento

router = Router(name="trazida")

# A list on WhatsApp holds ten, the last of them "none of these".
SHOWN = 8


def may_be_invoice(talk: Talk, arquivo: Row[Any]) -> bool:
    """A PDF, or an XML, of somebody who may bring invoices."""
    is_pdf = arquivo.mime_type == "application/pdf" or (arquivo.nome or "").lower().endswith(".pdf")
    return (is_pdf or is_xml(arquivo.nome, arquivo.mime_type)) and may_bring(talk)


async def no_pdf(talk: Talk, arquivo: Row[Any]) -> None:
    """A photo, a ZIP, anything that is no PDF, of somebody who may bring invoices: kept, and what an invoice takes."""
    talk.speak()
    if (arquivo.mime_type or "").startswith("image/"):
        await talk.say(
            _("📷 Guardei a foto. Para entrar como fatura preciso do PDF: é nele que confiro código, valor e cliente.")
        )
        return
    text = _("📎 Guardei {nome}. Para entrar como fatura preciso do PDF, ou do XML da NFCom, um arquivo de cada vez.")
    await talk.say(text.format(nome=arquivo.nome or _("o arquivo")))


def on_screen(talk: Talk) -> UUID | None:
    """The one processo that the choices shown last are about; None when they are about several, or about none."""
    if is_over(_shown_at(talk), TELA, talk.tx.now):
        return None
    found = {which for _label, data in choices_of(talk) if (which := _processo_in(data)) is not None}
    return found.pop() if len(found) == 1 else None


async def identified(talk: Talk, arquivo: Row[Any], achado: Achado, nomes: Mapping[str, str]) -> None:
    """Whose it is, as far as caption, screen and the bill itself say; `nomes`: of the clientes that it shows."""
    talk.speak()
    if achado.varios:
        several = listed([nomes[one] for one in achado.clientes if one in nomes])
        await talk.say(_("⚠️ Este arquivo mostra contas de {quem}: são várias faturas em um PDF.").format(quem=several))
    sure = achado.certo if not (achado.contradiz or achado.varios) else None
    shown = [sure] if sure is not None else list(achado.sugestoes[:SHOWN])
    processos = [await processo_by_id(talk.tx.connection, UUID(one.candidato.processo_id)) for one in shown]
    found = [(one, processo) for one, processo in zip(shown, processos, strict=True) if processo is not None]
    await keep_suggestions(talk.tx, arquivo.id, [str(processo.id) for _one, processo in found])
    if not found:
        await _nobody(talk, arquivo)
    elif sure is not None:
        await _take_or_ask(talk, arquivo, 0, found[0][1])
    else:
        await _ask_whose(talk, arquivo, found)


async def refused(talk: Talk, nome: str | None, motivo: str) -> None:
    """The reader does not take it."""
    talk.speak()
    text = _("📄 {nome}: {motivo}").format(nome=nome or _("sem nome"), motivo=refusal_text(motivo))
    await talk.say(text)


async def unreadable(talk: Talk, nome: str | None) -> None:
    """It could not be had, or read, for too long."""
    talk.speak()
    await talk.say(_("Não consegui ler {nome}. Pode enviar de novo?").format(nome=nome or _("o arquivo")))


async def taken(talk: Talk, resultado: Resultado, tipo: TipoDocumento) -> None:
    """What became of it."""
    talk.speak()
    processo = resultado.processo
    if resultado.saida is Saida.SEM_DIREITO:
        await talk.say(_("Você não pode enviar faturas."))
    elif processo is None:
        await talk.say(_("Essa fatura não existe mais."))
    elif resultado.saida is Saida.JA_EXISTE:
        await talk.say(_("Esse arquivo já está em {processo}.").format(processo=name_of(processo)))
    elif resultado.saida is not Saida.FEITO:
        text = _("{processo} não recebe arquivo agora: {situacao}.")
        await talk.say(text.format(processo=name_of(processo), situacao=status_name(processo.status_processo)))
    elif tipo is TipoDocumento.FATURA:
        text = _("📥 Recebi a fatura de {processo}. Os aprovadores já têm o cartão; a sua aprovação sozinha não basta.")
        await talk.say(text.format(processo=name_of(processo)))
    elif tipo is TipoDocumento.XML:
        await talk.say(_note_taken(processo).format(processo=name_of(processo)))
    else:
        await talk.say(_("📎 Guardei o arquivo junto de {processo}.").format(processo=name_of(processo)))


def _note_taken(processo: Processo) -> str:
    if processo.documento_id is None:
        return _("🧾 Guardei a NFCom de {processo}. Ela é testemunha da fatura assim que o PDF chegar.")
    return _("🧾 Guardei a NFCom de {processo}. As testemunhas são ouvidas de novo, agora com ela.")


@router.callback_query(Tap(UseArquivo))
async def use(event: CallbackQuery, talk: Talk, button: UseArquivo) -> None:
    """The tap says whose it is; rights and where the processo stands are read again."""
    arquivo = await arquivo_by_id(talk.tx, button.arquivo_id)
    if may_bring(talk) and (arquivo is None or is_decided(talk, arquivo)):
        await _no_longer(talk, arquivo)
        return
    suggested = [] if arquivo is None or arquivo.contato_id != talk.contato.id else arquivo.sugestoes or []
    if arquivo is None or not may_bring(talk) or button.lugar >= len(suggested):
        await record_forged(talk.tx, talk.contato.id, event.data or "")
        await talk.say(_("Você não pode enviar faturas."))
        return
    processo = await processo_by_id(talk.tx.connection, UUID(suggested[button.lugar]))
    if processo is None:
        await talk.say(_("Essa fatura não existe mais."))
    elif button.como == "novo":
        await _take_or_ask(talk, arquivo, button.lugar, processo)
    else:
        tipo = TipoDocumento.NF if button.como == "junto" else TipoDocumento.FATURA
        await write_command(talk.tx, TakeFatura(button.arquivo_id, processo.id, tipo), contato_id=talk.contato.id)


@router.message(Word(Palavra.CANCELAR, Palavra.NAO), Offered(DropArquivo))
async def drop(event: Message, talk: Talk) -> None:
    await _drop(talk)


@router.callback_query(Tap(DropArquivo))
async def drop_tapped(event: CallbackQuery, talk: Talk, button: DropArquivo) -> None:
    """What was taken already stays where it is."""
    arquivo = await arquivo_by_id(talk.tx, button.arquivo_id)
    if arquivo is None or is_decided(talk, arquivo):
        await _no_longer(talk, arquivo)
    else:
        await _drop(talk)


def is_decided(talk: Talk, arquivo: Row[Any]) -> bool:
    """Whether this file of theirs has found its processo: nothing is suggested for it any more."""
    return bool(arquivo.contato_id == talk.contato.id and arquivo.sugestoes == [])


async def _no_longer(talk: Talk, arquivo: Row[Any] | None) -> None:
    if arquivo is None:
        await talk.say(_("Esse arquivo não está mais guardado. Mande de novo, se ainda precisa."))
        return
    text = _("O que fazer com {nome} já foi decidido: nada mudou.")
    await talk.say(text.format(nome=arquivo.nome or _("o arquivo")))


async def _drop(talk: Talk) -> None:
    await forget_passwords_of(talk.tx, talk.contato.id)
    await talk.say(_("Tudo bem. Mande de novo com a conta, o CNPJ ou o número do processo na legenda."))


async def _take_or_ask(talk: Talk, arquivo: Row[Any], lugar: int, processo: Processo) -> None:
    """What waits for its file gets it; where one is already, in its place or beside it is the person's to say.

    The XML of a note has its place beside the bill wherever that stands.
    """
    xml = is_xml(arquivo.nome, arquivo.mime_type)
    if xml or processo.status_processo == StatusProcesso.AGUARDANDO_DOWNLOAD:
        command = TakeFatura(arquivo.id, processo.id, TipoDocumento.XML if xml else TipoDocumento.FATURA)
        await write_command(talk.tx, command, contato_id=talk.contato.id)
        return
    which = {"arquivo_id": arquivo.id, "lugar": lugar}
    choices: list[Choice] = [(_("Guardar junto"), UseArquivo.model_validate(which | {"como": "junto"}))]
    if leads_to(processo.status_processo, Acao.RECEBER) is not None:
        choices.insert(0, (_("Trocar a fatura"), UseArquivo.model_validate(which | {"como": "troca"})))
    choices.append((_("Nenhum dos dois"), DropArquivo(arquivo_id=arquivo.id)))
    text = _("{processo} já tem fatura ({situacao}). O que faço com este arquivo?")
    said = text.format(processo=name_of(processo), situacao=status_name(processo.status_processo))
    await talk.say(said + await _other_waits(talk, arquivo), *choices)


async def _ask_whose(talk: Talk, arquivo: Row[Any], found: Sequence[tuple[Sugestao, Processo]]) -> None:
    nome = arquivo.nome or _("sem nome")
    none: Choice = (_("Nenhum"), DropArquivo(arquivo_id=arquivo.id))
    if len(found) == 1:
        one, processo = found[0]
        text = _("📄 {nome}: parece ser de {processo} ({porque}). É?")
        yes: Choice = (_("Sim, é dele"), UseArquivo(arquivo_id=arquivo.id, lugar=0, como="novo"))
        said = text.format(nome=nome, processo=name_of(processo), porque=_why(one))
        await talk.say(said + await _other_waits(talk, arquivo), yes, none)
        return
    lines = [_("📄 {nome}: de quem é?").format(nome=nome)]
    lines += [f"{place}. {name_of(processo)} ({_why(one)})" for place, (one, processo) in enumerate(found, 1)]
    choices: list[Choice] = [
        (label(place, processo), UseArquivo(arquivo_id=arquivo.id, lugar=place - 1, como="novo"))
        for place, (_one, processo) in enumerate(found, 1)
    ]
    await talk.say("\n".join(lines) + await _other_waits(talk, arquivo), *choices, none)


async def _other_waits(talk: Talk, arquivo: Row[Any]) -> str:
    """Of two files sent one behind the other the last is the one that words answer: the other is not forgotten."""
    asked = [UseArquivo.read(data) for _label, data in choices_of(talk)]
    other = next((one.arquivo_id for one in asked if one is not None and one.arquivo_id != arquivo.id), None)
    row = await arquivo_by_id(talk.tx, other) if other is not None else None
    if row is None or is_decided(talk, row):
        return ""
    text = _(
        "⚠️ {nome} também espera resposta, nos botões da mensagem dele: o que você escrever agora vale só para este."
    )
    return "\n" + text.format(nome=row.nome or _("sem nome"))


async def _nobody(talk: Talk, arquivo: Row[Any]) -> None:
    await keep_password(talk.tx, arquivo.id, None)
    text = _(
        "📄 {nome}: não achei o processo desta fatura. Mande de novo com a conta, o CNPJ ou o número do processo na"
        " legenda."
    )
    await talk.say(text.format(nome=arquivo.nome or _("sem nome")))


def _why(one: Sugestao) -> str:
    said = {
        Razao.LEGENDA: _("pela legenda"),
        Razao.TELA: _("está na tela"),
        Razao.CONTA: _("pela conta"),
        Razao.SERVICO: _("pelo serviço"),
        Razao.CNPJ: _("pelo CNPJ"),
        Razao.NOME: _("pelo nome"),
        Razao.MES: _("pelo mês"),
    }
    return listed([said[reason] for reason in one.razoes[:3]])


def may_bring(talk: Talk) -> bool:
    """Whether this person may bring invoices."""
    return talk.pessoa is not None and may(talk.pessoa.perfil_usuario, Acao.RECEBER)


def _shown_at(talk: Talk) -> datetime | None:
    since = [choice[2] for choice in talk.contato.choices or [] if len(choice) > 2]
    return datetime.fromisoformat(max(since)) if since else None


def _processo_in(data: str) -> UUID | None:
    """The processo that a button is about."""
    for kind in _ABOUT_ONE:
        button = kind.read(data)
        if button is not None:
            which: UUID = button.processo_id
            return which
    return None


_ABOUT_ONE = (
    buttons.ApproveProcesso,
    buttons.RejectProcesso,
    buttons.UndoApproval,
    buttons.SeeFatura,
    buttons.SeeProcesso,
    buttons.WhyProcesso,
    buttons.ShowPassos,
    buttons.DownloadProcesso,
    buttons.SendToSat,
)
