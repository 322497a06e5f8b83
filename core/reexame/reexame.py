"""The NFCom of a bill that was here before it: the witnesses are heard again, all of them together."""

from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from core.commands.base import write_command
from core.commands.processo import TellNota, UpdateCards
from core.exame.exames import examinar
from core.exame.guardado import pareceres_of
from core.exame.notas import with_nota
from core.processo.faturas import for_history
from core.processo.limites import ProcessoLimits
from core.processo.maquina import Acao, leads_to
from core.processo.passo import anotar, dar_passo
from core.processo.quem import O_RELOGIO
from core.processo.valores import approvals_needed, usual
from core.testemunha.exame import DitoDoRobo, Exame
from core.testemunha.lido import Lido
from core.testemunha.parecer import Campo, Fonte, Veredito
from storage.exame.exames import Guardado, exame_of
from storage.processo.documentos import documento_by_id
from storage.processo.processos import Processo, lock_processo, values_before
from storage.transaction import Transaction

T = TypeVar("T", int, date)


async def ouvir_de_novo(
    tx: Transaction, nota_id: UUID, processo_id: UUID, lido: Lido, recebido: date, limits: ProcessoLimits
) -> Exame | None:
    """Examine the bill again with its note, `nota_id`, which has just come.

    Where it waits approvers get a new card; later it is history, and said when it diverges now and did not before.

    None when `lido` is not the processo's bill any more: that one was examined with the note as it came.
    """
    processo = await lock_processo(tx, processo_id)
    if processo is None or processo.documento_id is None:
        return None
    documento = await documento_by_id(tx.connection, processo.documento_id)
    if documento is None or documento.sha256 != lido.sha256:
        return None
    kept = await exame_of(tx.connection, documento.id)
    with_note = await with_nota(tx.connection, processo.id, lido)
    exame = await examinar(tx, processo, documento.id, with_note, _said_before(kept), recebido)
    if kept is not None and pareceres_of(kept) == exame.campos:
        return exame
    if leads_to(processo.status_processo, Acao.REEXAMINAR) is not None:
        await _to_approvers(tx, processo, kept, exame, limits)
        return exame
    step = {"de": processo.status_processo, "para": processo.status_processo}
    await anotar(tx, processo.id, Acao.REEXAMINAR, O_RELOGIO, **step, detalhe=for_history(exame))
    if exame.veredito == Veredito.DIVERGE and (kept is None or kept.veredito != Veredito.DIVERGE):
        await write_command(tx, TellNota(nota_id))
    return exame


async def _to_approvers(
    tx: Transaction, processo: Processo, kept: Guardado | None, exame: Exame, limits: ProcessoLimits
) -> None:
    before = await values_before(tx.connection, processo.cliente_id, processo.competencia)
    cents = None if exame.valor is None else int(exame.valor * 100)
    valor = _renewed(processo.valor_centavos, kept.valor_centavos if kept else None, cents)
    diverge = exame.veredito == Veredito.DIVERGE
    values = {
        "valor_centavos": valor,
        "data_vencimento": _renewed(processo.data_vencimento, kept.data_vencimento if kept else None, exame.vencimento),
        "aprovacoes_necessarias": approvals_needed(valor, usual(before), limits, diverge=diverge),
    }
    await dar_passo(
        tx, processo, Acao.REEXAMINAR, O_RELOGIO, values, event="processo_reexaminado", detalhe=for_history(exame)
    )
    await write_command(tx, UpdateCards(processo.id))


def _renewed(now: T | None, found: T | None, again: T | None) -> T | None:
    """What the witnesses say now; what a person put right stays."""
    return again if again is not None and (now is None or now == found) else now


def _said_before(kept: Guardado | None) -> DitoDoRobo:
    """The word of whoever brought the bill, as the first examination heard it."""
    if kept is None:
        return DitoDoRobo()
    said = {
        parecer.campo: one.valor
        for parecer in pareceres_of(kept)
        for one in parecer.testemunhas
        if one.fonte is Fonte.ROBO
    }
    valor, vencimento = said.get(Campo.VALOR), said.get(Campo.VENCIMENTO)
    return DitoDoRobo(Decimal(valor) if valor else None, date.fromisoformat(vencimento) if vencimento else None)
