"""RELATORIO and FECHAMENTO, for administrators: what is understood is made after the turn, what is not is asked."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from core.auditoria.auditoria import registrar
from core.commands.base import write_command
from core.commands.relatorio import MakeFechamento, MakeFechamentoPdf, MakeRelatorioMes
from core.palavras import Palavra
from core.relatorio.pedido import Assunto, mes_of, pedido_of
from core.testemunha.meses import Mes
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import on_word
from dialogs.pessoa.administracao import Administrator
from dialogs.relatorio.buttons import FechamentoPdf, ShowFechamento, ShowRelatorio
from dialogs.relatorio.mes import title_of
from storage.auditoria.tipos import Ato

router = Router(name="relatorio")
router.message.filter(Administrator())
router.callback_query.filter(Administrator())


@on_word(router, Palavra.RELATORIO)
async def relatorio(event: Message | CallbackQuery, talk: Talk, argumento: str) -> None:
    if not argumento:
        await talk.say(_("De que mês?"), *_months(talk, ShowRelatorio))
        return
    pedido = pedido_of(argumento, talk.today)
    if pedido.assunto is not Assunto.FATURAS:
        await _only_faturas(talk, pedido.mes)
        return
    if pedido.mes is None:
        await talk.say(_("Não entendi de que mês. Escreva como RELATORIO 11/2026."), *_months(talk, ShowRelatorio))
        return
    await _make(talk, pedido.mes)


@router.callback_query(Tap(ShowRelatorio))
async def relatorio_of(event: CallbackQuery, talk: Talk, button: ShowRelatorio) -> None:
    await _make(talk, Mes.of(button.mes_ano))


@on_word(router, Palavra.FECHAMENTO)
async def fechamento(event: Message | CallbackQuery, talk: Talk, argumento: str) -> None:
    mes = mes_of(argumento, talk.today) if argumento else Mes.of_date(talk.today)
    if mes is None:
        await talk.say(_("Não entendi de que mês. Escreva como FECHAMENTO 11/2026."), *_months(talk, ShowFechamento))
        return
    await write_command(talk.tx, MakeFechamento(talk.contato.id, talk.contato.idioma, str(mes)))


@router.callback_query(Tap(ShowFechamento))
async def fechamento_of(event: CallbackQuery, talk: Talk, button: ShowFechamento) -> None:
    """Under a closing it is that message that changes; under a question a new one comes."""
    shown = event.message.text if isinstance(event.message, Message) else None
    same = event.message.message_id if event.message and shown and button.mes_ano in shown else None
    await write_command(talk.tx, MakeFechamento(talk.contato.id, talk.contato.idioma, button.mes_ano, same))


@router.callback_query(Tap(FechamentoPdf))
async def fechamento_pdf(event: CallbackQuery, talk: Talk, button: FechamentoPdf) -> None:
    _record(talk, "fechamento", button.mes_ano)
    await write_command(talk.tx, MakeFechamentoPdf(talk.contato.id, talk.contato.idioma, button.mes_ano))
    await talk.say(_("Montando o PDF do fechamento de {mes}…").format(mes=button.mes_ano))


async def _make(talk: Talk, mes: Mes) -> None:
    _record(talk, "faturas", str(mes))
    await write_command(talk.tx, MakeRelatorioMes(talk.contato.id, talk.contato.idioma, str(mes)))
    await talk.say(_("Montando o relatório de {mes}…").format(mes=mes))


def _record(talk: Talk, assunto: str, periodo: str) -> None:
    registrar(talk.tx, Ato.EXPORTAR, talk.autor, o_que=assunto, periodo=periodo)


async def _only_faturas(talk: Talk, mes: Mes | None) -> None:
    """Another report was asked for: never that of the invoices in its place, unless they want it."""
    this: list[Choice] = [] if mes is None else [(title_of(mes), ShowRelatorio(mes_ano=str(mes)))]
    text = _("Esse relatório ainda não existe: por enquanto só há o das faturas. Quer ver?")
    await talk.say(text, *(this or _months(talk, ShowRelatorio)))


def _months(talk: Talk, kind: type[ShowRelatorio | ShowFechamento]) -> list[Choice]:
    """This month and the two before."""
    this = Mes.of_date(talk.today)
    return [(str(mes), kind(mes_ano=str(mes))) for mes in (this, this.plus(-1), this.plus(-2))]
