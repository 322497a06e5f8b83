"""Approving in chat: taps on cards, the reason of a rejection, PENDENTES."""

from datetime import timedelta
from uuid import UUID

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from core.commands.base import write_command
from core.commands.processo import ShowFatura
from core.direitos.direitos import Direito, tem
from core.exame.guardado import diverges, seen
from core.fala.decisoes import named_in
from core.fala.espera import NADA, Entendido
from core.fala.intencoes import Intencao
from core.palavras import Palavra
from core.processo.consulta.acoes import may_undo
from core.processo.consulta.desfeita import taken_back
from core.processo.limites import ProcessoLimits
from core.processo.maquina import Acao
from core.processo.pendentes import shown_of
from core.processo.processos import aprovar, desfazer, first_decision, rejeitar, whose_right
from core.processo.quem import Quem
from core.processo.resultado import Resultado, Saida
from core.venda.venda import record_forged
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Talk
from dialogs.frame.words import Free, Unworded, on_word
from dialogs.processo.avisos import name_of
from dialogs.processo.buttons import ApproveProcesso, RejectProcesso, SeeFatura, UndoApproval
from dialogs.processo.cartao import decision_text, show_card
from dialogs.processo.frases import label
from dialogs.processo.testemunhas import diverging_lines
from storage.processo.aprovacoes import approved_lately, aprovacoes_of
from storage.processo.processos import Processo, processo_by_id
from storage.processo.status import StatusProcesso
from storage.venda.vendas import open_venda_of

router = Router(name="aprovacao")

UNDO_OFFERED = timedelta(days=1)
MOST_TO_UNDO = 9
_GIVES_UP = frozenset({Intencao.CANCELAR, Intencao.DESISTIR})


class Rejeitar(StatesGroup):
    """Rejeitar was tapped: why?"""

    motivo = State()
    confirmacao = State()


class UsarMesmoAssim(StatesGroup):
    """Aprovar was tapped on what the witnesses contradict: why is it right all the same?"""

    motivo = State()


class BackOffice(Filter):
    """The person may see invoices, as their row says in this turn."""

    direito = Direito.VER_PROCESSOS

    async def __call__(self, event: Message | CallbackQuery, talk: Talk) -> bool:
        return talk.pessoa is not None and tem(talk.pessoa.perfil_usuario, self.direito)


router.message.filter(BackOffice())
router.callback_query.filter(BackOffice())


@router.callback_query(Tap(ApproveProcesso))
async def approve(event: CallbackQuery, talk: Talk, button: ApproveProcesso, processo_limits: ProcessoLimits) -> None:
    processo = await processo_by_id(talk.tx.connection, button.processo_id)
    if processo is not None and processo.versao == button.versao and await _takes_a_reason(talk, processo):
        await talk.state.set_state(UsarMesmoAssim.motivo)
        await talk.state.update_data(processo_id=str(button.processo_id), versao=button.versao)
        await talk.say(await _why_all_the_same(talk, processo))
        return
    await _approve(event, talk, button.processo_id, button.versao, processo_limits)


async def _approve(
    event: Message | CallbackQuery,
    talk: Talk,
    processo_id: UUID,
    versao: int,
    limits: ProcessoLimits,
    motivo: str | None = None,
) -> None:
    processo = await processo_by_id(talk.tx.connection, processo_id)
    shown = shown_of(processo) if processo is not None else None
    resultado = await aprovar(talk.tx, processo_id, who(talk), limits, versao=versao, mostrado=shown, motivo=motivo)
    if resultado.saida is Saida.FALTA_OUTRO:
        text = n_(
            "Sua aprovação conta. Falta mais {n} pessoa aprovar.",
            "Sua aprovação conta. Faltam mais {n} pessoas aprovar.",
            resultado.faltam,
        )
        await talk.say(text.format(n=resultado.faltam))
    elif resultado.saida is Saida.FEITO:
        await _tell_approved(talk, resultado)
    else:
        await _refuse(talk, resultado, (isinstance(event, CallbackQuery) and event.data) or "")


@router.callback_query(Tap(RejectProcesso))
async def ask_why(event: CallbackQuery, talk: Talk, button: RejectProcesso) -> None:
    """Nothing is decided yet: the reason comes first."""
    processo, refused = await _as_shown(talk, button.processo_id, button.versao)
    if processo is None:
        await _refuse(talk, refused, event.data or "")
        return
    await talk.state.set_state(Rejeitar.motivo)
    await talk.state.update_data(processo_id=str(button.processo_id), versao=button.versao)
    await talk.say(_("Por que rejeitar {processo}? CANCELAR desiste.").format(processo=name_of(processo)))


@on_word(router, Palavra.CANCELAR, Rejeitar.motivo)
@on_word(router, Palavra.NAO, Rejeitar.motivo)
async def keep(event: Message | CallbackQuery, talk: Talk) -> None:
    await talk.state.clear()
    await talk.say(_("Tudo bem, nada foi rejeitado."))


@on_word(router, Palavra.CANCELAR, UsarMesmoAssim.motivo)
@on_word(router, Palavra.NAO, UsarMesmoAssim.motivo)
async def keep_waiting(event: Message | CallbackQuery, talk: Talk) -> None:
    await talk.state.clear()
    await talk.say(_("Tudo bem, nada foi aprovado."))


@router.message(StateFilter(UsarMesmoAssim.motivo), Unworded())
async def approve_all_the_same(
    event: Message, talk: Talk, processo_limits: ProcessoLimits, entendido: Entendido = NADA
) -> None:
    """The reason goes to the history and the audit with the approval."""
    if entendido.intencao in _GIVES_UP:
        await keep_waiting(event, talk)
    elif (given := await _reason_given(event, talk, entendido)) is not None:
        processo_id, versao, motivo = given
        await _approve(event, talk, processo_id, versao, processo_limits, motivo)


@router.message(StateFilter(Rejeitar.motivo), Unworded())
async def reject(event: Message, talk: Talk, entendido: Entendido = NADA) -> None:
    """The reason, in their words; a greeting, a question or a slip is none, and a chat word does what it says."""
    if entendido.intencao in _GIVES_UP:
        await keep(event, talk)
        return
    if (given := await _reason_given(event, talk, entendido)) is None:
        return
    await reject_for(talk, *given)


async def reject_for(talk: Talk, processo_id: UUID, versao: int, motivo: str) -> None:
    """Reject it as it was shown; what changed meanwhile is said."""
    resultado = await rejeitar(talk.tx, processo_id, who(talk), motivo, versao=versao)
    if resultado.saida is not Saida.FEITO or resultado.processo is None:
        await _refuse(talk, resultado, "")
        return
    text = _("Rejeitada: {processo}. Volta para o download com o motivo.")
    await talk.say(text.format(processo=name_of(resultado.processo)))


@router.callback_query(Tap(UndoApproval))
async def undo(event: CallbackQuery, talk: Talk, button: UndoApproval) -> None:
    resultado = await desfazer(talk.tx, button.processo_id, who(talk))
    if resultado.saida is Saida.FEITO and resultado.processo is not None:
        await talk.say(_("Aprovação desfeita: {processo}.").format(processo=name_of(resultado.processo)))
    elif resultado.saida is Saida.TARDE:
        await talk.say(_("Tarde demais para desfazer: a fatura já está a caminho do SAT."))
    else:
        await _refuse(talk, resultado, event.data or "")


class AsksToUndo(Filter):
    """An approver writes `desfazer` where nothing is open that it could be about."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        if talk.pessoa is None or not tem(talk.pessoa.perfil_usuario, Direito.DECIDIR):
            return False
        return taken_back(event.text or "") is not None and await open_venda_of(talk.tx, talk.pessoa.id) is None


@router.message(Free(any_word=True), AsksToUndo())
async def offer_to_undo(event: Message, talk: Talk) -> None:
    """The button again, of what they approved last and may still take back; nothing is taken back by a word."""
    assert talk.pessoa is not None
    since = talk.tx.now - UNDO_OFFERED
    lately = await approved_lately(talk.tx.connection, talk.pessoa.id, since, MOST_TO_UNDO * 3)
    found = [one for which in lately if (one := await processo_by_id(talk.tx.connection, which)) is not None]
    undoable = [one for one in found if await may_undo(talk.tx, one, who(talk))]
    quem = taken_back(event.text or "") or ""
    named, _reason = named_in(quem, [one.razao_social for one in undoable])
    open_ones = [undoable[place] for place in named or range(len(undoable))][:MOST_TO_UNDO]
    if not open_ones:
        await talk.say(_("Não há aprovação sua que ainda dê para desfazer."))
        return
    if len(open_ones) == 1 and (named or not quem):
        text = _("Desfazer a aprovação de {processo}?").format(processo=name_of(open_ones[0]))
        await talk.offer(text, (_("Desfazer"), UndoApproval(processo_id=open_ones[0].id)))
        return
    lines = [_("Qual aprovação desfazer?"), *(f"{n}. {name_of(one)}" for n, one in enumerate(open_ones, 1))]
    choices = [(label(n, one), UndoApproval(processo_id=one.id)) for n, one in enumerate(open_ones, 1)]
    await talk.say("\n".join(lines), *choices)


@router.callback_query(Tap(SeeFatura))
async def see_invoice(event: CallbackQuery, talk: Talk, button: SeeFatura) -> None:
    await write_command(talk.tx, ShowFatura(talk.contato.id, button.processo_id))


def who(talk: Talk) -> Quem:
    """The person who taps or types."""
    assert talk.pessoa is not None
    return Quem(talk.contato.channel, talk.pessoa.id, talk.pessoa.perfil_usuario, talk.pessoa.nome_completo)


async def _as_shown(talk: Talk, processo_id: UUID, versao: int) -> tuple[Processo | None, Resultado]:
    """The processo as it was shown; or None, and what became of it."""
    processo = await processo_by_id(talk.tx.connection, processo_id)
    if processo is not None and processo.versao == versao:
        return processo, Resultado(Saida.FEITO, processo)
    moved = processo is not None and processo.status_processo != StatusProcesso.AGUARDANDO_APROVACAO
    decided = await first_decision(talk.tx, processo) if processo is not None and moved else None
    saida = Saida.NAO_EXISTE if processo is None else Saida.JA_DECIDIDO if moved else Saida.MUDOU
    return None, Resultado(saida, processo, decisao=decided)


async def _takes_a_reason(talk: Talk, processo: Processo) -> bool:
    """It waits, its witnesses diverge, and this person may decide: others hear at once that they may not."""
    if processo.status_processo != StatusProcesso.AGUARDANDO_APROVACAO or not processo.status_ativo:
        return False
    if not await diverges(talk.tx.connection, processo.documento_id):
        return False
    given = await aprovacoes_of(talk.tx.connection, processo.id, processo.versao)
    mine = talk.pessoa is not None and any(one.usuario_id == talk.pessoa.id for one in given)
    return not mine and await whose_right(talk.tx, who(talk), Acao.APROVAR) is not None


async def _why_all_the_same(talk: Talk, processo: Processo) -> str:
    """What diverges, and the question."""
    visto = await seen(talk.tx.connection, processo.documento_id)
    lines = diverging_lines(visto.campos, visto.nomes)
    ask = _("Por que usar {processo} mesmo assim? O motivo fica no histórico. CANCELAR desiste.")
    return "\n".join([*lines, ask.format(processo=name_of(processo))])


async def _reason_given(event: Message, talk: Talk, entendido: Entendido) -> tuple[UUID, int, str] | None:
    """About which processo, as it was shown, and the reason; None: what they wrote is none, and they are asked."""
    data = await talk.state.get_data()
    processo_id, versao = UUID(data["processo_id"]), int(data["versao"])
    processo, refused = await _as_shown(talk, processo_id, versao)
    if processo is None:
        # Somebody else decided meanwhile: no reason is asked for any more.
        await talk.state.clear()
        await _refuse(talk, refused, "")
        return None
    if not event.text or entendido.intencao is not Intencao.MOTIVO or not entendido.certo:
        await talk.say(_("Escreva o motivo em uma frase, ou CANCELAR para desistir."))
        return None
    await talk.state.clear()
    return processo_id, versao, event.text


async def _tell_approved(talk: Talk, resultado: Resultado) -> None:
    assert resultado.processo is not None
    which = name_of(resultado.processo)
    if resultado.desfazer_ate is None:
        await talk.say(_("✅ Aprovada: {processo}.").format(processo=which))
        return
    text = _("✅ Aprovada: {processo}. Vai para o SAT às {hora}; até lá dá para desfazer.")
    hora = resultado.desfazer_ate.astimezone(talk.zone).strftime("%H:%M:%S")
    await talk.say(
        text.format(processo=which, hora=hora), (_("Desfazer"), UndoApproval(processo_id=resultado.processo.id))
    )


async def _refuse(talk: Talk, resultado: Resultado, data: str) -> None:
    """Why nothing was done: kindly, and with what is true now."""
    processo = resultado.processo
    if resultado.saida is Saida.SEM_DIREITO:
        await record_forged(talk.tx, talk.contato.id, data)
        await talk.say(_("Você não pode aprovar nem rejeitar faturas."))
    elif processo is None:
        await record_forged(talk.tx, talk.contato.id, data)
        await talk.say(_("Essa fatura não existe mais."))
    elif resultado.saida is Saida.MUDOU:
        await talk.say(_("Essa fatura mudou depois do cartão. Este é o de agora:"))
        await show_card(talk, processo)
    elif resultado.saida is Saida.JA_APROVOU:
        await talk.say(_("Você já aprovou esta fatura. Falta outra pessoa."))
    elif resultado.decisao is not None:
        await talk.say(f"🧾 {name_of(processo)}\n{decision_text(talk, resultado.decisao)}")
    else:
        await talk.say(_("{processo} não espera aprovação agora.").format(processo=name_of(processo)))
