"""RELATORIO and FECHAMENTO, for administrators: what is understood is made after the turn, what is not is asked."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from core.auditoria.auditoria import registrar
from core.commands.base import write_command
from core.commands.relatorio import MakeFechamento, MakeFechamentoPdf, MakeRelatorioEquipe, MakeRelatorioMes
from core.direitos.direitos import Direito
from core.palavras import Palavra
from core.relatorio.pedido import Assunto, Pedido, mes_of, pedido_of
from core.relatorio.periodo import Periodo, periodo_of
from core.testemunha.meses import Mes
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import on_word
from dialogs.pessoa.administracao import Administrator
from dialogs.relatorio.buttons import FechamentoPdf, ShowFechamento, ShowRelatorio, ShowRelatorioEquipe
from dialogs.relatorio.equipe import subject_name
from storage.auditoria.tipos import Ato

router = Router(name="relatorio")
router.message.filter(Administrator(Direito.AGENDAR))
router.callback_query.filter(Administrator(Direito.AGENDAR))


@on_word(router, Palavra.RELATORIO)
async def relatorio(event: Message | CallbackQuery, talk: Talk, argumento: str) -> None:
    if not argumento:
        await talk.say(_("De que mês?"), *_months(talk, ShowRelatorio))
        return
    pedido = pedido_of(argumento, talk.today)
    if pedido.assunto is not Assunto.FATURAS:
        await _of_the_team(talk, pedido)
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


async def _of_the_team(talk: Talk, pedido: Pedido) -> None:
    """Of a month, a week, a day; what is not understood is asked, with the months at hand."""
    periodo = periodo_of(pedido.resto, talk.today)
    if periodo is None:
        text = _(
            "Não entendi de quando. Escreva como RELATORIO {assunto} 11/2026, ontem, semana passada ou 1/11 a 15/11."
        )
        assunto = pedido.assunto.value
        months = [Mes.of_date(talk.today).plus(-before) for before in range(3)]
        choices: list[Choice] = [
            (str(mes), ShowRelatorioEquipe.model_validate({"assunto": assunto, "mes_ano": str(mes)})) for mes in months
        ]
        await talk.say(text.format(assunto=assunto), *choices)
        return
    await make_of_the_team(talk, pedido.assunto, periodo)


@router.callback_query(Tap(ShowRelatorioEquipe))
async def of_the_team(event: CallbackQuery, talk: Talk, button: ShowRelatorioEquipe) -> None:
    await make_of_the_team(talk, Assunto(button.assunto), Periodo.of_month(Mes.of(button.mes_ano)))


async def make_of_the_team(talk: Talk, assunto: Assunto, periodo: Periodo) -> None:
    _record(talk, assunto.value, str(periodo))
    command = MakeRelatorioEquipe(talk.contato.id, talk.contato.idioma, assunto.value, periodo.de, periodo.ate)
    await write_command(talk.tx, command)
    text = _("Montando o relatório de {assunto}, {periodo}…")
    await talk.say(text.format(assunto=subject_name(assunto), periodo=periodo))


def _months(talk: Talk, kind: type[ShowRelatorio | ShowFechamento]) -> list[Choice]:
    """This month and the two before."""
    this = Mes.of_date(talk.today)
    return [(str(mes), kind(mes_ano=str(mes))) for mes in (this, this.plus(-1), this.plus(-2))]
