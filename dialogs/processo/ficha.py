"""One processo: its card, what this person may do to it now, its history, and why it is so."""

from aiogram import Router
from aiogram.types import CallbackQuery

from core.exame.guardado import seen
from core.planilha.planilhas import cnpj_cell
from core.processo.consulta.acoes import acoes_agora
from core.processo.consulta.fatos import fatos_of
from core.processo.consulta.situacao import situacao
from core.processo.execucoes import baixar, cancelar, enviar
from core.processo.limites import ProcessoLimits
from core.processo.maquina import Acao
from core.processo.resultado import Resultado, Saida
from core.venda.venda import record_forged
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.talk import Choice, Talk
from dialogs.processo.aprovacao import BackOffice, who
from dialogs.processo.avisos import name_of
from dialogs.processo.buttons import (
    ApproveProcesso,
    CancelExecucao,
    DownloadProcesso,
    RejectProcesso,
    SeeFatura,
    SeeProcesso,
    SendToSat,
    ShowPassos,
    UndoApproval,
    WhyProcesso,
)
from dialogs.processo.cartao import card_text, in_the_panel
from dialogs.processo.frases import account_of, status_name, step_text
from dialogs.processo.situacao import progress_of, why
from storage.processo.cartoes import add_cartao
from storage.processo.execucoes import Execucao, open_execucao_of
from storage.processo.historico import passos_of
from storage.processo.processos import Processo, processo_by_id
from storage.processo.status import TipoExecucao
from storage.robo.andamentos import add_andamento

router = Router(name="ficha")
router.message.filter(BackOffice())
router.callback_query.filter(BackOffice())

# Steps that one message shows.
STEPS = 15


@router.callback_query(Tap(SeeProcesso))
async def see_one(event: CallbackQuery, talk: Talk, button: SeeProcesso) -> None:
    """The card as it is now."""
    if (processo := await _found(event, talk, button)) is not None:
        await show_ficha(talk, processo)


@router.callback_query(Tap(WhyProcesso))
async def say_why(event: CallbackQuery, talk: Talk, button: WhyProcesso) -> None:
    if (processo := await _found(event, talk, button)) is None:
        return
    fatos = await fatos_of(talk.tx, processo)
    text = f"{name_of(processo)}\n{status_name(processo.status_processo)}\n"
    text += why(talk, fatos, situacao(fatos, talk.tx.now))
    running = next((one for one in fatos.execucoes if one.data_fim is None), None)
    await talk.say(text, *await _choices(talk, processo, running, besides=(WhyProcesso,)))


@router.callback_query(Tap(ShowPassos))
async def show_steps(event: CallbackQuery, talk: Talk, button: ShowPassos) -> None:
    if (processo := await _found(event, talk, button)) is None:
        return
    passos = await passos_of(talk.tx.connection, processo.id, STEPS)
    lines = [_("🕓 {processo}").format(processo=name_of(processo)), *(step_text(talk, passo) for passo in passos)]
    await talk.say("\n".join(lines), (_("Ver processo"), SeeProcesso(processo_id=processo.id)))


@router.callback_query(Tap(DownloadProcesso))
async def download(event: CallbackQuery, talk: Talk, button: DownloadProcesso, processo_limits: ProcessoLimits) -> None:
    resultado = await baixar(talk.tx, button.processo_id, who(talk), processo_limits)
    await _say_begun(talk, resultado, event.data or "")


@router.callback_query(Tap(SendToSat))
async def send_to_sat(event: CallbackQuery, talk: Talk, button: SendToSat, processo_limits: ProcessoLimits) -> None:
    resultado = await enviar(talk.tx, button.processo_id, who(talk), processo_limits)
    await _say_begun(talk, resultado, event.data or "")


@router.callback_query(Tap(CancelExecucao))
async def stop(event: CallbackQuery, talk: Talk, button: CancelExecucao, processo_limits: ProcessoLimits) -> None:
    resultado = await cancelar(talk.tx, button.execucao_id, who(talk), processo_limits)
    if resultado.saida is not Saida.FEITO or resultado.processo is None or resultado.execucao is None:
        await say_refused(talk, resultado, event.data or "")
        return
    again: Choice
    if resultado.execucao.tipo_execucao == TipoExecucao.UPLOAD_SAT:
        text = _("🛑 {processo}: envio ao SAT parado. Antes de enviar de novo, confira se o SAT já não recebeu.")
        again = (_("Enviar ao SAT"), SendToSat(processo_id=resultado.processo.id))
    else:
        text = _("🛑 {processo}: download parado.")
        again = (_("Baixar de novo"), DownloadProcesso(processo_id=resultado.processo.id))
    await talk.say(text.format(processo=name_of(resultado.processo)), again)


async def show_ficha(talk: Talk, processo: Processo) -> None:
    """The card and its buttons; one that can be decided upon is an approver's card like any other."""
    await talk.turn_to("processo_id", processo.id)
    running = await open_execucao_of(talk.tx.connection, processo.id)
    visto = await seen(talk.tx.connection, processo.documento_id)
    lines = [await card_text(talk, processo, visto)]
    lines.append(f"CNPJ {cnpj_cell(processo.cnpj)}")
    if account := account_of(processo):
        lines.append(_("Conta: {conta}").format(conta=account))
    lines.append(status_name(processo.status_processo))
    if not processo.status_ativo:
        lines.append(_("Fora das listas."))
    if running is not None:
        lines.append(_at_work(talk, running))
    if processo.motivo_rejeicao:
        lines.append(_("Rejeitada: {motivo}").format(motivo=processo.motivo_rejeicao))
    lines.append(f"ID {processo.id}")
    choices = await _choices(talk, processo, running)
    message_id = await talk.say("\n".join(lines), *choices)
    if any(isinstance(button, ApproveProcesso) for _label, button in choices):
        await add_cartao(talk.tx, processo.id, processo.versao, talk.contato.id, message_id)


async def say_refused(talk: Talk, resultado: Resultado, data: str) -> None:
    """Why no robot was sent or stopped, and what is true now."""
    processo = resultado.processo
    if resultado.saida is Saida.SEM_DIREITO:
        await record_forged(talk.tx, talk.contato.id, data)
        await talk.say(_("O seu perfil não pode fazer isso."))
    elif processo is None:
        await record_forged(talk.tx, talk.contato.id, data)
        await talk.say(_("Esse processo não existe mais."))
    else:
        text = _refusals().get(resultado.saida, _("{processo}: agora não dá mais para fazer isso."))
        see: Choice = (_("Ver processo"), SeeProcesso(processo_id=processo.id))
        await talk.say(text.format(processo=name_of(processo), operadora=processo.operadora), see)


async def _say_begun(talk: Talk, resultado: Resultado, data: str) -> None:
    if resultado.saida is not Saida.FEITO or resultado.processo is None or resultado.execucao is None:
        await say_refused(talk, resultado, data)
        return
    execucao = resultado.execucao
    if execucao.tipo_execucao == TipoExecucao.UPLOAD_SAT:
        text = _("📤 {processo}: um robô leva a fatura ao SAT. Aviso quando chegar.")
    elif execucao.enviada_em is None:
        text = _("⏳ {processo}: na fila do robô, começa assim que houver um livre. Aviso se der errado.")
    else:
        text = _("🤖 {processo}: um robô foi buscar a fatura. Aviso se der errado.")
    stop_it: Choice = (_("Parar"), CancelExecucao(execucao_id=execucao.id))
    message_id = await talk.say(text.format(processo=name_of(resultado.processo)), stop_it)
    if execucao.tipo_execucao == TipoExecucao.DOWNLOAD_FATURA:
        # This message is the one that grows with the robot (bot/robots/andamento.py).
        where = execucao.id, talk.contato.id, message_id
        await add_andamento(talk.tx, *where, cresce=talk.can_edit, encerrado=False)


def _refusals() -> dict[Saida, str]:
    return {
        Saida.EM_ANDAMENTO: _("{processo}: um robô já está trabalhando nisso."),
        Saida.SEM_ROBO: _("{processo}: a {operadora} não tem robô. Pegue a fatura no portal e mande o PDF aqui."),
        Saida.CREDENCIAL_RECUSADA: _(
            "{processo}: o portal recusou o login deste cliente. Corrija a senha no cadastro, ou mande o PDF aqui."
        ),
        Saida.SEM_ARQUIVO: _("{processo}: não há arquivo para enviar."),
    }


async def _choices(
    talk: Talk, processo: Processo, running: Execucao | None, besides: tuple[type, ...] = ()
) -> list[Choice]:
    """What this person may do now, by their rights as they are in this turn; then what can be looked at."""
    allowed = await acoes_agora(talk.tx, processo, who(talk))
    of_card = {"processo_id": processo.id, "versao": processo.versao}
    tried = processo.tentativas_download > 0
    offered: dict[Acao, Choice] = {
        Acao.BAIXAR: (_("Baixar de novo") if tried else _("Baixar"), DownloadProcesso(processo_id=processo.id)),
        Acao.APROVAR: (_("Aprovar"), ApproveProcesso.model_validate(of_card)),
        Acao.REJEITAR: (_("Rejeitar"), RejectProcesso.model_validate(of_card)),
        Acao.ENVIAR: (_("Enviar ao SAT"), SendToSat(processo_id=processo.id)),
        Acao.DESFAZER: (_("Desfazer aprovação"), UndoApproval(processo_id=processo.id)),
    }
    if running is not None:
        offered[Acao.CANCELAR] = (_("Parar o robô"), CancelExecucao(execucao_id=running.id))
    choices = [offered[acao] for acao in allowed if acao in offered]
    if processo.documento_id is not None:
        choices.append((_("Ver fatura"), SeeFatura(processo_id=processo.id)))
    choices.append((_("Por que está assim?"), WhyProcesso(processo_id=processo.id)))
    choices.append((_("Histórico"), ShowPassos(processo_id=processo.id)))
    choices.append(in_the_panel(processo))
    return [choice for choice in choices if not isinstance(choice[1], besides)]


def _at_work(talk: Talk, execucao: Execucao) -> str:
    if execucao.enviada_em is None:
        return _("⏳ Na fila do robô")
    text = _("🤖 Robô trabalhando desde {hora}").format(hora=talk.local_time(execucao.enviada_em))
    at = progress_of(execucao)
    return f"{text}: {at}" if at else text


async def _found(event: CallbackQuery, talk: Talk, button: SeeProcesso | WhyProcesso | ShowPassos) -> Processo | None:
    """The processo of a button; one that is gone is said."""
    processo = await processo_by_id(talk.tx.connection, button.processo_id)
    if processo is None:
        await record_forged(talk.tx, talk.contato.id, event.data or "")
        await talk.say(_("Esse processo não existe mais."))
    return processo
