"""NFCom, the electronic bill of telecom (model 62, since late 2025): its key and its QR; the XML: nota/xml.py.

    key   cUF2 AAMM4 CNPJ14 62 série3 nNF9 tpEmis1 nSiteAutoriz1 cNF7 DV1; AAMM is the month of emission

The twelve first characters of the CNPJ may be letters since July 2026. Source: the NFCom manual and schema.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlsplit

from core.testemunha.digitos import weighted11
from core.testemunha.meses import Mes

_KEY = re.compile(r"[0-9]{6}[0-9A-Z]{12}[0-9]{26}")
_MODEL: Final = "62"
_ALONE = re.compile(rf"(?<![0-9A-Z]){_KEY.pattern}(?![0-9A-Z])")
_BY_FOURS = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{4}(?:[ .][0-9A-Z]{4}){10}(?![0-9A-Z])")
_ADDRESS = re.compile(r"https?://\S{1,200}chNFCom=\S{1,200}", re.IGNORECASE)
_TEST: Final = "2"


@dataclass(frozen=True, slots=True)
class ChaveNFCom:
    """A key whose check digit holds."""

    texto: str

    @property
    def emitente(self) -> str:
        """The CNPJ of whoever made it."""
        return self.texto[6:20]

    @property
    def emissao(self) -> Mes:
        """The month of emission, which is not the month that the bill is for."""
        return Mes(2000 + int(self.texto[2:4]), int(self.texto[4:6]))


@dataclass(frozen=True, slots=True)
class ConsultaNFCom:
    """What the QR of a note says. `teste`: made in the test environment (tpAmb 2), without value."""

    chave: ChaveNFCom
    teste: bool


def key_of(text: str) -> ChaveNFCom | None:
    """The key that the 44 characters are; None for another document's key, and when the check digit is wrong."""
    if not _KEY.fullmatch(text) or text[20:22] != _MODEL or not "01" <= text[4:6] <= "12":
        return None
    rest = weighted11(text[:43])
    return ChaveNFCom(text) if int(text[43]) == (0 if rest < 2 else 11 - rest) else None


def keys_in(text: str) -> Iterator[ChaveNFCom]:
    """The keys printed in a text, in one piece or in fours."""
    for found in (*_ALONE.findall(text), *_BY_FOURS.findall(text)):
        if (key := key_of(re.sub("[ .]", "", found))) is not None:
            yield key


def consulta_of(address: str) -> ConsultaNFCom | None:
    """What the address in a note's QR says; it is not followed."""
    try:
        said = {name.lower(): values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    except ValueError:
        return None
    key = key_of(said.get("chnfcom", ""))
    return ConsultaNFCom(key, said.get("tpamb") == _TEST) if key is not None else None


def consultas_in(text: str) -> Iterator[ConsultaNFCom]:
    """The addresses of notes printed in a text."""
    for found in _ADDRESS.findall(text):
        if (consulta := consulta_of(found)) is not None:
            yield consulta
