"""PENDENTES: what waits, by what it would cost to be late, page by page; several approved after one confirmation."""

from uuid import UUID

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from core.exame.guardado import agrees
from core.palavras import Palavra
from core.processo.limites import ProcessoLimits
from core.processo.pendentes import a_aprovar_juntas, aprovar_varias, aprovaveis_juntas
from core.testemunha.parecer import Veredito
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _, n_
from dialogs.frame.lista import keep_list
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import NamesSome, WordButton, on_word
from dialogs.processo.aprovacao import BackOffice, who
from dialogs.processo.avisos import left_out, name_of
from dialogs.processo.buttons import (
    ApproveSeveral,
    AskToApproveSeveral,
    MorePendentes,
    UndoApproval,
)
from dialogs.processo.formas import due_text, reais
from dialogs.processo.frases import LABEL, taps
from storage.exame.exames import Guardado, exames_of
from storage.processo.pendentes import Lugar, Pendente, pendentes
from storage.processo.processos import Processo

router = Router(name="pendentes")
router.message.filter(BackOffice())
router.callback_query.filter(BackOffice())

# A list on WhatsApp holds ten: these, the one that leads on, and the one that approves several.
SHOWN = 8
# In the conversation's data: which ones a confirmation is about.
_LOTE = "lote_aprovacao"


class AprovarVarias(StatesGroup):
    """Several were shown: approve them?"""

    confirmacao = State()


@on_word(router, Palavra.PENDENTES)
async def list_pending(event: Message | CallbackQuery, talk: Talk, processo_limits: ProcessoLimits) -> None:
    await talk.turn_to("processo_id", "")
    await _show(talk, processo_limits, None)


@router.callback_query(Tap(MorePendentes))
async def more(event: CallbackQuery, talk: Talk, button: MorePendentes, processo_limits: ProcessoLimits) -> None:
    await _show(talk, processo_limits, Lugar(button.custo, button.depois))


@router.callback_query(Tap(AskToApproveSeveral))
async def ask(event: CallbackQuery, talk: Talk, processo_limits: ProcessoLimits) -> None:
    await ask_about_all(talk, processo_limits)


async def ask_about_all(talk: Talk, limits: ProcessoLimits) -> None:
    """Nothing is approved before these were read and confirmed."""
    several = await a_aprovar_juntas(talk.tx, who(talk), talk.today, limits)
    if not several:
        await talk.say(_("Agora não há nenhuma que dê para aprovar junto: abra uma por uma em PENDENTES."))
        return
    await talk.state.set_state(AprovarVarias.confirmacao)
    await talk.state.update_data({_LOTE: [[str(one.id), one.versao] for one in several]})
    total = reais(sum(one.valor_centavos or 0 for one in several))
    head = n_(
        "Aprovar {n} fatura, {total} no total? Todas as testemunhas dela conferem:",
        "Aprovar {n} faturas, {total} no total? Todas as testemunhas delas conferem:",
        len(several),
    )
    lines = [_in_short(talk, place, one) for place, one in enumerate(several, 1)]
    yes: Choice = (_("Sim, aprovar"), ApproveSeveral())
    no: Choice = (_("Não"), WordButton(palavra=Palavra.NAO))
    await talk.say("\n".join([head.format(n=len(several), total=total), *lines]), yes, no)


@router.message(StateFilter(AprovarVarias.confirmacao), NamesSome())
async def keep_some(event: Message, talk: Talk) -> None:
    """A yes behind it would be to all of them, and is not what they mean."""
    await talk.state.clear()
    said = _("Nada foi aprovado: o SIM valeria para todas as que mostrei. Para algumas, abra uma por uma.")
    await talk.say(said, (_("Ver todas"), WordButton(palavra=Palavra.PENDENTES)))


@on_word(router, Palavra.NAO, AprovarVarias.confirmacao)
@on_word(router, Palavra.CANCELAR, AprovarVarias.confirmacao)
async def keep(event: Message | CallbackQuery, talk: Talk) -> None:
    await talk.state.clear()
    await talk.say(_("Tudo bem, nada foi aprovado."))


@on_word(router, Palavra.SIM, AprovarVarias.confirmacao)
@router.callback_query(Tap(ApproveSeveral), StateFilter(AprovarVarias.confirmacao))
async def confirmed(event: Message | CallbackQuery, talk: Talk, processo_limits: ProcessoLimits) -> None:
    """Those that were shown, as they were shown; what changed in the meantime is left out, and said."""
    lote = (await talk.state.get_data()).get(_LOTE) or []
    await talk.state.clear()
    wanted = [(UUID(one), int(versao)) for one, versao in lote]
    done = await aprovar_varias(talk.tx, wanted, who(talk), processo_limits)
    lines, choices = [], []
    if done.aprovadas:
        text = n_("✅ {n} fatura aprovada.", "✅ {n} faturas aprovadas.", len(done.aprovadas))
        lines.append(text.format(n=len(done.aprovadas)))
    until = next((one.desfazer_ate for one in done.aprovadas if one.desfazer_ate is not None), None)
    if until is not None:
        hora = until.astimezone(talk.zone).strftime("%H:%M:%S")
        lines.append(_("Vão para o SAT às {hora}; até lá dá para desfazer cada uma.").format(hora=hora))
        choices = _undo([one.processo for one in done.aprovadas if one.processo is not None])
    lines += left_out(done.ficaram)
    await talk.say("\n".join(lines) or _("Nenhuma delas espera aprovação agora."), *choices)


@router.callback_query(Tap(ApproveSeveral))
async def too_late(event: CallbackQuery, talk: Talk) -> None:
    await talk.say(_("Essa confirmação já passou. Abra PENDENTES de novo."))


async def _show(talk: Talk, limits: ProcessoLimits, depois: Lugar | None) -> None:
    found, total = await pendentes(talk.tx.connection, talk.today, SHOWN, depois)
    if not found:
        none = _("Nenhuma fatura espera aprovação. 🎉")
        await talk.say(none if depois is None else _("Não há mais."))
        return
    connection, several = talk.tx.connection, [one.processo for one in found]
    await keep_list(talk, WordButton(palavra=Palavra.PENDENTES))
    kept = await exames_of(connection, [one.documento_id for one in several if one.documento_id is not None])
    able = await aprovaveis_juntas(connection, several, limits)
    head = n_("{n} fatura espera aprovação:", "{n} faturas esperam aprovação:", total).format(n=total)
    lines = [_line(talk, place, one, kept) for place, one in enumerate(found, 1)]
    choices = taps(several)
    if able:
        choices.append((_("Aprovar as que conferem"), AskToApproveSeveral()))
    if len(found) == SHOWN:
        choices.append((_("Ver mais"), MorePendentes(custo=found[-1].custo, depois=several[-1].id)))
    await talk.say("\n".join([head, *lines]), *choices)


def _line(talk: Talk, place: int, pendente: Pendente, kept: dict[UUID, Guardado]) -> str:
    processo = pendente.processo
    exame = kept.get(processo.documento_id) if processo.documento_id is not None else None
    return f"{_in_short(talk, place, processo)} {_mark(exame)}"


def _in_short(talk: Talk, place: int, processo: Processo) -> str:
    due = due_text(processo.data_vencimento, talk.today)
    return f"{place}. {name_of(processo)} · {reais(processo.valor_centavos)} · {due}"


def _mark(exame: Guardado | None) -> str:
    if exame is None:
        return "⚪"
    if exame.veredito == Veredito.DIVERGE:
        return "🔴"
    return "🟢" if agrees(exame) else "🟡"


def _undo(several: list[Processo]) -> list[Choice]:
    text = _("Desfazer {quem}")
    return [
        (text.format(quem=one.razao_social)[:LABEL], UndoApproval(processo_id=one.id)) for one in several[: SHOWN + 1]
    ]
