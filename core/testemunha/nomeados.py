"""By what a bill, or a caption, names the clientes that we know: account, service, CNPJ, name."""

import re
from enum import IntEnum

from core.palavras import folded
from core.testemunha.conhecido import Titular
from core.testemunha.lido import Lido
from core.testemunha.parecer import Fonte
from core.testemunha.texto import Texto

_SHORTEST_NAME = 6
# What a company's name ends in says what it is, not who.
_FORM = re.compile(r"(?:[ ,.-]+(?:ltda|s\.? ?/?a\.?|me|epp|eireli|mei|cia)\.?)+$")


class Prova(IntEnum):
    """How a bill names a cliente, the stronger the higher."""

    CNPJ = 1
    SERVICO = 2
    CONTA = 3


def bare(number: str) -> str:
    """A number as it is compared: leading zeros come and go."""
    return number.lstrip("0")


def name_of(razao_social: str) -> str:
    """What a company is called, without its legal form; for comparing."""
    return _FORM.sub("", folded(razao_social))


class Nomeados:
    """What a bill names clientes by, in print and in its NFCom's XML."""

    def __init__(self, lido: Lido, text: Texto) -> None:
        nota = lido.nota
        written = set(nota.numeros) if nota else set()
        self.text = text
        self.tomador = nota.cnpj if nota else ""
        self.na_nota = frozenset(written | ({nota.destinatario} if nota and nota.destinatario else set()))
        self.numeros = text.numeros | written
        self.cnpjs = text.cnpjs | ({self.tomador} if self.tomador else set())
        self._compact = text.dobrado.upper().replace(" ", "")

    def provas(self, titular: Titular) -> dict[Prova, str]:
        """By what it names this cliente, with the digits or the name found."""
        found: dict[Prova, str] = {}
        if titular.conta and bare(titular.conta) in self.numeros:
            found[Prova.CONTA] = titular.conta
        if titular.terminal and bare(titular.terminal) in self.numeros:
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
        name = name_of(titular.razao_social)
        return len(name) >= _SHORTEST_NAME and self.text.diz(name)

    def source_of(self, value: str) -> Fonte:
        return Fonte.NFCOM if value in self.na_nota or bare(value) in self.na_nota else Fonte.TEXTO
