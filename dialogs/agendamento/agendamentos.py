"""AGENDAMENTOS: the schedules, each with what it is due at, and what an administrator may do with it."""

from uuid import UUID

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from core.agendamento.agendamentos import excluir, executar_agora, ja_pedida, mudar
from core.agendamento.cron import next_runs
from core.direitos.direitos import Direito
from core.palavras import Palavra
from dialogs.agendamento import frases
from dialogs.agendamento.buttons import (
    AskToRemove,
    NewAgendamento,
    PauseAgendamento,
    RemoveAgendamento,
    ResumeAgendamento,
    RunNow,
    ShowAgendamento,
)
from dialogs.agendamento.leitura import in_words
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.prazos import shown_at
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import on_word
from dialogs.pessoa.administracao import Administrator
from storage.agendamento.agendamentos import Agendamento, agendamento_by_id, list_agendamentos
from storage.agendamento.execucoes import newest_execucoes
from storage.agendamento.tipos import StatusExecucao

router = Router(name="agendamentos")
router.message.filter(Administrator(Direito.AGENDAR))
router.callback_query.filter(Administrator(Direito.AGENDAR))

SHOWN = 20
NEXT_RUNS = 5


@on_word(router, Palavra.AGENDAMENTOS)
async def show_all(event: Message | CallbackQuery, talk: Talk) -> None:
    """A line and a button for each."""
    found, _total = await list_agendamentos(talk.tx.connection, {}, limit=SHOWN)
    lines = [_("Agendamentos:") if found else _("Ainda não há agendamentos.")]
    for one in found:
        lines.append(frases.line(one, next_runs(one.cron_expressao, talk.tx.now, talk.zone, 1), talk.zone))
    choices: list[Choice] = [(one.nome_agendamento[:40], ShowAgendamento(agendamento_id=one.id)) for one in found]
    await talk.say("\n".join(lines), *choices, (_("Novo agendamento"), NewAgendamento()))


@router.callback_query(Tap(ShowAgendamento))
async def show_one(event: CallbackQuery, talk: Talk, button: ShowAgendamento) -> None:
    agendamento = await agendamento_by_id(talk.tx.connection, button.agendamento_id)
    if agendamento is None:
        await _gone(talk)
        return
    await show(talk, agendamento)


async def show(talk: Talk, agendamento: Agendamento, before: str = "") -> None:
    """All of it: words, the next five runs, how the last one ended, and what can be done with it."""
    lines = [before] if before else []
    lines.append(f"{agendamento.nome_agendamento}: {frases.name_of(agendamento.tipo_agendamento)}")
    lines.append(f"{in_words(agendamento.cron_expressao)} ({agendamento.cron_expressao})")
    if parametros := frases.parameters(agendamento.parametros_execucao):
        lines.append(parametros)
    if agendamento.status_ativo:
        runs = next_runs(agendamento.cron_expressao, talk.tx.now, talk.zone, NEXT_RUNS)
        lines.append(_("Próximas: {quando}").format(quando=", ".join(talk.local_time(run) for run in runs)))
    else:
        lines.append(_("Pausado."))
    if last := await _last(talk, agendamento.id):
        lines.append(last)
    await talk.say("\n".join(lines), *_choices(agendamento))


def _choices(agendamento: Agendamento) -> list[Choice]:
    agendamento_id = agendamento.id
    state: Choice = (_("Pausar"), PauseAgendamento(agendamento_id=agendamento_id))
    if not agendamento.status_ativo:
        state = (_("Retomar"), ResumeAgendamento(agendamento_id=agendamento_id))
    return [
        (_("Executar agora"), RunNow(agendamento_id=agendamento_id)),
        state,
        (_("Excluir"), AskToRemove(agendamento_id=agendamento_id)),
    ]


async def _last(talk: Talk, agendamento_id: UUID) -> str | None:
    found = await newest_execucoes(talk.tx.connection, agendamento_id)
    if not found:
        return None
    words = {
        StatusExecucao.PENDENTE: _("à espera"),
        StatusExecucao.EXECUTANDO: _("em andamento"),
        StatusExecucao.CONCLUIDA: _("concluída"),
        StatusExecucao.FALHOU: _("falhou: {motivo}").format(motivo=found[0].erro),
        StatusExecucao.PERDIDA: _("perdida"),
    }
    quando, estado = talk.local_time(found[0].devido_em), words[StatusExecucao(found[0].status)]
    return _("Última: {quando}, {estado}").format(quando=quando, estado=estado)


@router.callback_query(Tap(PauseAgendamento, ResumeAgendamento))
async def pause_or_resume(event: CallbackQuery, talk: Talk, button: PauseAgendamento | ResumeAgendamento) -> None:
    assert talk.pessoa is not None
    ativo = isinstance(button, ResumeAgendamento)
    agendamento = await mudar(talk.tx, button.agendamento_id, {"status_ativo": ativo}, talk.autor)
    if agendamento is None:
        await _gone(talk)
        return
    await show(talk, agendamento, _("Retomado.") if ativo else "")


@router.callback_query(Tap(RunNow))
async def run_now(event: CallbackQuery, talk: Talk, button: RunNow) -> None:
    """Once for each time that the button is shown: a tap more says how the run of the first one is doing."""
    assert talk.pessoa is not None
    shown = await shown_at(talk, event.data)
    if shown is not None and (run := await ja_pedida(talk.tx, button.agendamento_id, shown)) is not None:
        agendamento = await agendamento_by_id(talk.tx.connection, button.agendamento_id)
        assert agendamento is not None
        text = _("Esse botão já foi usado {quando}: nada foi executado de novo.")
        await show(talk, agendamento, text.format(quando=talk.at(run.criada_em)))
        return
    if await executar_agora(talk.tx, button.agendamento_id, talk.autor) is None:
        await _gone(talk)
        return
    await talk.say(_("Começando agora. Aviso aqui quando terminar."))


@router.callback_query(Tap(AskToRemove))
async def ask_to_remove(event: CallbackQuery, talk: Talk, button: AskToRemove) -> None:
    agendamento = await agendamento_by_id(talk.tx.connection, button.agendamento_id)
    if agendamento is None:
        await _gone(talk)
        return
    await talk.say(
        _("Excluir {nome}? As execuções dele somem da lista também.").format(nome=agendamento.nome_agendamento),
        (_("Sim, excluir"), RemoveAgendamento(agendamento_id=agendamento.id)),
        (_("Não"), ShowAgendamento(agendamento_id=agendamento.id)),
    )


@router.callback_query(Tap(RemoveAgendamento))
async def remove(event: CallbackQuery, talk: Talk, button: RemoveAgendamento) -> None:
    assert talk.pessoa is not None
    if await excluir(talk.tx, button.agendamento_id, talk.autor):
        await talk.say(_("Agendamento excluído."))
    else:
        await _gone(talk)


async def _gone(talk: Talk) -> None:
    await talk.say(_("Esse agendamento não existe mais."))
