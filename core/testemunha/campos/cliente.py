"""Whose it is: account, then service, then CNPJ. A name proves nothing: branches and namesakes share it."""

from enum import IntEnum

from core.testemunha.conhecido import Conhecido, Titular
from core.testemunha.lido import Lido
from core.testemunha.parecer import Campo, Fonte, Motivo, Parecer, Testemunha, Veredito
from core.testemunha.texto import Texto

_SHORTEST_NAME = 6


class Prova(IntEnum):
    """How a bill names a cliente, the stronger the higher."""

    CNPJ = 1
    SERVICO = 2
    CONTA = 3


_REASON = {Prova.CNPJ: Motivo.CNPJ, Prova.SERVICO: Motivo.SERVICO, Prova.CONTA: Motivo.CONTA}


class Nomeados:
    """What a bill names clientes by, in print and in its NFCom's XML."""

    def __init__(self, lido: Lido, text: Texto) -> None:
        nota = lido.nota
        written = {_bare(one) for one in (*nota.contas, *nota.terminais)} if nota else set()
        self.text = text
        self.na_nota = frozenset(written | ({nota.destinatario} if nota and nota.destinatario else set()))
        self.numeros = text.numeros | written
        self.cnpjs = text.cnpjs | ({nota.destinatario} if nota and len(nota.destinatario) == 14 else set())
        self._compact = text.dobrado.upper().replace(" ", "")

    def provas(self, titular: Titular) -> dict[Prova, str]:
        """By what it names this cliente, with the digits or the name found."""
        found: dict[Prova, str] = {}
        if titular.conta and _bare(titular.conta) in self.numeros:
            found[Prova.CONTA] = titular.conta
        if titular.terminal and _bare(titular.terminal) in self.numeros:
            found[Prova.SERVICO] = titular.terminal
        if titular.circuito and titular.circuito in self._compact:
            found[Prova.SERVICO] = titular.circuito
        if titular.cnpj in self.cnpjs:
            found[Prova.CNPJ] = titular.cnpj
        return found

    def other_branches(self, titular: Titular) -> list[str]:
        """CNPJs of the same company, root by root, that are not this cliente's."""
        return sorted(one for one in self.cnpjs if one[:8] == titular.cnpj[:8] and one != titular.cnpj)

    def says_name(self, titular: Titular) -> bool:
        return len(titular.razao_social) >= _SHORTEST_NAME and self.text.diz(titular.razao_social)

    def source_of(self, value: str) -> Fonte:
        return Fonte.NFCOM if value in self.na_nota or _bare(value) in self.na_nota else Fonte.TEXTO


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
    if not own:
        return _unproven(named, known, witnesses, bool(ours))
    reasons = tuple(_REASON[proof] for proof in sorted(own, reverse=True))
    if set(own) == {Prova.CNPJ} and _other_account(known.titular, text):
        return Parecer(Campo.CLIENTE, Veredito.SEM_TESTEMUNHA, None, witnesses, (Motivo.OUTRA_CONTA, *reasons))
    return Parecer(Campo.CLIENTE, Veredito.CONFERE, known.titular.cnpj, witnesses, reasons)


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
    return bool(titular.conta and text.contas and _bare(titular.conta) not in text.contas)


def _bare(number: str) -> str:
    return number.lstrip("0")
