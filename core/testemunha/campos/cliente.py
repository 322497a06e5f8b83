"""Whose it is: account, then service, then CNPJ. A name proves nothing: branches and namesakes share it."""

from core.testemunha.conhecido import Conhecido, Titular
from core.testemunha.lido import Lido
from core.testemunha.nomeados import Nomeados, Prova, bare
from core.testemunha.parecer import Campo, Fonte, Motivo, Parecer, Testemunha, Veredito
from core.testemunha.texto import Texto

_REASON = {Prova.CNPJ: Motivo.CNPJ, Prova.SERVICO: Motivo.SERVICO, Prova.CONTA: Motivo.CONTA}


def judge_cliente(lido: Lido, text: Texto, known: Conhecido) -> Parecer:
    """The verdict on whose bill it is. `refere`: the other clientes whose it could be.

    A proof that another cliente has too tells nobody apart, and counts for neither.
    """
    named = Nomeados(lido, text)
    ours = named.provas(known.titular)
    others = {one.cliente_id: named.provas(one) for one in known.outros}
    shared = {proof for proofs in others.values() for proof in proofs.items()} & set(ours.items())
    own = {proof: value for proof, value in ours.items() if (proof, value) not in shared}
    strength = max(own, default=0)
    rivals = tuple(
        rival for rival, proofs in others.items() if max(_own(proofs, shared), default=0) >= max(strength, 1)
    )
    witnesses = tuple(Testemunha(named.source_of(value), value) for value in ours.values())
    if rivals:
        reason = Motivo.VARIOS_CLIENTES if own else Motivo.PERTENCE_A_OUTRO
        return Parecer(Campo.CLIENTE, Veredito.DIVERGE, None, witnesses, (reason,), rivals)
    if (parecer := _taken_by_another(named, known.titular, own, witnesses)) is not None:
        return parecer
    if not own:
        return _unproven(named, known, witnesses, bool(ours))
    reasons = tuple(_REASON[proof] for proof in sorted(own, reverse=True))
    if set(own) == {Prova.CNPJ} and _other_account(known.titular, text):
        return Parecer(Campo.CLIENTE, Veredito.SEM_TESTEMUNHA, None, witnesses, (Motivo.OUTRA_CONTA, *reasons))
    return Parecer(Campo.CLIENTE, Veredito.CONFERE, known.titular.cnpj, witnesses, reasons)


def _taken_by_another(
    named: Nomeados, titular: Titular, own: dict[Prova, str], witnesses: tuple[Testemunha, ...]
) -> Parecer | None:
    """The note's own taker is another company; or another branch, and neither account nor service says it is ours."""
    taker = named.tomador
    if not taker or taker == titular.cnpj:
        return None
    branch = taker[:8] == titular.cnpj[:8]
    if branch and set(own) - {Prova.CNPJ}:
        return None
    reason = Motivo.OUTRA_FILIAL if branch else Motivo.OUTRO_CNPJ
    found = (*witnesses, Testemunha(Fonte.NFCOM, taker))
    return Parecer(Campo.CLIENTE, Veredito.DIVERGE, None, found, (reason,))


def _own(proofs: dict[Prova, str], shared: set[tuple[Prova, str]]) -> list[Prova]:
    return [proof for proof, value in proofs.items() if (proof, value) not in shared]


def _unproven(named: Nomeados, known: Conhecido, witnesses: tuple[Testemunha, ...], shared: bool) -> Parecer:
    """Nothing names this cliente alone: another branch, a CNPJ of several, another company, or no word at all."""
    titular = known.titular
    if shared:
        return Parecer(Campo.CLIENTE, Veredito.SEM_TESTEMUNHA, None, witnesses, (Motivo.CNPJ_DE_VARIOS,))
    if branches := named.other_branches(titular):
        found = tuple(Testemunha(Fonte.TEXTO, one) for one in branches)
        return Parecer(Campo.CLIENTE, Veredito.DIVERGE, None, found, (Motivo.OUTRA_FILIAL,))
    name = (Motivo.NOME,) if named.says_name(titular) else ()
    return Parecer(Campo.CLIENTE, Veredito.SEM_TESTEMUNHA, None, (), name)


def _other_account(titular: Titular, text: Texto) -> bool:
    return bool(titular.conta and text.contas and bare(titular.conta) not in text.contas)
