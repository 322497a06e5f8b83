"""EXECUCOES: what runs, what failed lately and why, and one execucao with the lines of its log."""

from datetime import timedelta

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from core.ids import first_id_at
from core.palavras import Palavra
from core.processo.consulta.acoes import acoes_agora
from core.processo.maquina import Acao
from core.venda.venda import record_forged
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import on_word
from dialogs.painel.buttons import OpenInPainel
from dialogs.processo.aprovacao import BackOffice, who
from dialogs.processo.avisos import asks_for_password, name_of, why_failed
from dialogs.processo.buttons import (
    CancelExecucao,
    DownloadProcesso,
    ListExecucoes,
    SeeProcesso,
    SendToSat,
    ShowExecucao,
    ShowLinhas,
)
from dialogs.processo.frases import LABEL
from dialogs.processo.situacao import progress_of
from storage.pages import Pagina
from storage.processo.execucoes import Execucao, execucao_by_id, last_execucoes_of
from storage.processo.logs import Linha, linhas_of
from storage.processo.panorama import Vista, abertas, falhas
from storage.processo.processos import Processo, processo_by_id
from storage.processo.status import StatusExecucao, TipoExecucao

router = Router(name="execucoes")
router.message.filter(BackOffice())
router.callback_query.filter(BackOffice())

# What failed longer ago is found with its processo.
LATELY = timedelta(days=7)
SHOWN = 9
# Of each kind, where both are shown together.
_FIRST = 4
_LINES = 12
_LINE = 90


@on_word(router, Palavra.EXECUCOES)
async def overview(event: Message | CallbackQuery, talk: Talk) -> None:
    """What runs and what failed, the newest of each; more is a tap away."""
    running, open_now = await abertas(talk.tx.connection, Pagina(_FIRST))
    failed, failures = await falhas(talk.tx.connection, Pagina(_FIRST), first_id_at(talk.tx.now - LATELY))
    if not running and not failed:
        await talk.say(_("Nenhum robô trabalhando agora, e nada falhou nos últimos 7 dias. 🎉"))
        return
    lines = [_head("abertas", open_now)] if running else []
    lines += [_line(talk, place, one) for place, one in enumerate(running, 1)]
    lines += [_head("falhas", failures)] if failed else []
    lines += [_line(talk, place, one) for place, one in enumerate(failed, len(running) + 1)]
    more: list[Choice] = []
    if open_now > len(running):
        more.append((_("Tudo em andamento"), ListExecucoes(quais="abertas")))
    if failures > len(failed):
        more.append((_("Todas as falhas"), ListExecucoes(quais="falhas")))
    await talk.say("\n".join(lines), *_taps([*running, *failed]), *more)


@router.callback_query(Tap(ListExecucoes))
async def listed(event: CallbackQuery, talk: Talk, button: ListExecucoes) -> None:
    pagina = Pagina(SHOWN, depois=button.depois)
    if button.quais == "abertas":
        found, total = await abertas(talk.tx.connection, pagina)
    else:
        found, total = await falhas(talk.tx.connection, pagina, first_id_at(talk.tx.now - LATELY))
    head = _head(button.quais, total)
    if not found:
        await talk.say(f"{head}\n" + _("Não há mais."))
        return
    lines = [_line(talk, place, one) for place, one in enumerate(found, 1)]
    further = ListExecucoes(quais=button.quais, depois=found[-1].execucao.id)
    more: list[Choice] = [(_("Ver mais"), further)] if len(found) == SHOWN else []
    await talk.say("\n".join([head, *lines]), *_taps(found), *more)


@router.callback_query(Tap(ShowExecucao))
async def show_one(event: CallbackQuery, talk: Talk, button: ShowExecucao) -> None:
    """How it went, the end of its log, and what can be done about it."""
    execucao = await execucao_by_id(talk.tx.connection, button.execucao_id)
    processo = await processo_by_id(talk.tx.connection, execucao.processo_id) if execucao is not None else None
    if execucao is None or processo is None:
        await record_forged(talk.tx, talk.contato.id, event.data or "")
        await talk.say(_("Essa execução não existe mais."))
        return
    log = await linhas_of(talk.tx.connection, execucao.id, _LINES)
    lines = [f"{_kind(execucao)} · {name_of(processo)}", _how_it_went(talk, execucao)]
    if execucao.status_execucao in (StatusExecucao.FALHOU, StatusExecucao.TIMEOUT):
        lines.append(why_failed(execucao))
    lines += ["", *_log(talk, log)] if log else []
    await talk.say("\n".join(lines), *await _choices(talk, processo, execucao), *_earlier(execucao, log))


@router.callback_query(Tap(ShowLinhas))
async def earlier_lines(event: CallbackQuery, talk: Talk, button: ShowLinhas) -> None:
    execucao = await execucao_by_id(talk.tx.connection, button.execucao_id)
    log = await linhas_of(talk.tx.connection, button.execucao_id, _LINES, button.antes)
    if execucao is None or not log:
        await talk.say(_("Não há linhas antes dessas."))
        return
    await talk.say("\n".join(_log(talk, log)), *_earlier(execucao, log))


def _head(quais: str, total: int) -> str:
    if quais == "abertas":
        return n_("🤖 {n} em andamento", "🤖 {n} em andamento", total).format(n=total)
    return n_("❌ {n} falhou e espera alguém", "❌ {n} falharam e esperam alguém", total).format(n=total)


def _line(talk: Talk, place: int, vista: Vista) -> str:
    execucao = vista.execucao
    parts = [f"{place}. {vista.razao_social[:40]}", vista.operadora, vista.mes_ano, _kind(execucao)]
    parts.append(_how_it_went(talk, execucao))
    if execucao.data_fim is not None:
        parts.append(why_failed(execucao)[:80])
    return " · ".join(parts)


def _kind(execucao: Execucao) -> str:
    return {
        TipoExecucao.DOWNLOAD_FATURA: _("download"),
        TipoExecucao.UPLOAD_SAT: _("envio ao SAT"),
        TipoExecucao.UPLOAD_MANUAL: _("envio à mão"),
    }[TipoExecucao(execucao.tipo_execucao)]


def _how_it_went(talk: Talk, execucao: Execucao) -> str:
    attempt = _("tentativa {n}").format(n=execucao.numero_tentativa)
    if execucao.data_fim is not None:
        ended = {
            StatusExecucao.CONCLUIDO: _("✅ concluída"),
            StatusExecucao.FALHOU: _("❌ falhou"),
            StatusExecucao.TIMEOUT: _("❌ sem resposta"),
            StatusExecucao.CANCELADO: _("🛑 parada"),
            StatusExecucao.TENTANDO_NOVAMENTE: _("🔁 falhou e foi tentada de novo"),
        }
        how = ended.get(StatusExecucao(execucao.status_execucao), execucao.status_execucao)
        return f"{how} {talk.at(execucao.data_fim)} ({attempt})"
    if execucao.enviada_em is None:
        if execucao.devida_em > talk.tx.now:
            return _("⏳ tenta de novo {quando}").format(quando=talk.at(execucao.devida_em))
        return _("⏳ na fila")
    at = progress_of(execucao) or _("entrando no portal")
    return _("🤖 desde {hora}: {etapa}").format(hora=talk.local_time(execucao.enviada_em), etapa=at) + f" ({attempt})"


def _log(talk: Talk, log: list[Linha]) -> list[str]:
    marks = {"ERROR": "❗ ", "CRITICAL": "❗ ", "WARNING": "⚠️ "}
    return [
        f"{line.timestamp.astimezone(talk.zone):%H:%M:%S} {marks.get(line.level, '')}{line.message[:_LINE]}"
        for line in log
    ]


async def _choices(talk: Talk, processo: Processo, execucao: Execucao) -> list[Choice]:
    """Stop it while it runs; try again when it was the last attempt; by this person's rights."""
    allowed = await acoes_agora(talk.tx, processo, who(talk))
    of_download = execucao.tipo_execucao != TipoExecucao.UPLOAD_SAT
    choices: list[Choice] = []
    if execucao.data_fim is None:
        if Acao.CANCELAR in allowed:
            choices.append((_("Parar"), CancelExecucao(execucao_id=execucao.id)))
    elif await _is_last(talk, execucao) and execucao.status_execucao != StatusExecucao.CONCLUIDO:
        if Acao.RECEBER in allowed and (senha := asks_for_password(execucao)) is not None:
            choices.append(senha)
        if of_download and Acao.BAIXAR in allowed:
            choices.append((_("Baixar de novo"), DownloadProcesso(processo_id=processo.id)))
        if not of_download and Acao.ENVIAR in allowed:
            choices.append((_("Enviar de novo"), SendToSat(processo_id=processo.id)))
    choices.append((_("Ver processo"), SeeProcesso(processo_id=processo.id)))
    return [*choices, (_("Abrir no painel"), OpenInPainel(pagina="execucoes", id=execucao.id))]


async def _is_last(talk: Talk, execucao: Execucao) -> bool:
    newest = await last_execucoes_of(talk.tx.connection, execucao.processo_id, 1)
    return bool(newest) and newest[0].id == execucao.id


def _earlier(execucao: Execucao, log: list[Linha]) -> list[Choice]:
    if len(log) < _LINES:
        return []
    return [(_("Linhas anteriores"), ShowLinhas(execucao_id=execucao.id, antes=log[0].seq))]


def _taps(found: list[Vista]) -> list[Choice]:
    return [
        (f"{place}. {one.razao_social}"[:LABEL], ShowExecucao(execucao_id=one.execucao.id))
        for place, one in enumerate(found, 1)
    ]
