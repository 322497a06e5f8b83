"""NFCom, the electronic bill of telecom (model 62, mandatory since late 2025): its key, its QR, its XML.

    key   cUF2 AAMM4 CNPJ14 62 série3 nNF9 tpEmis1 nSiteAutoriz1 cNF7 DV1; AAMM is the month of emission

The twelve first characters of the CNPJ may be letters since July 2026. Source: the NFCom manual and schema.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

from core.testemunha.digitos import weighted11
from core.testemunha.meses import Mes
from core.testemunha.pix import Pix, read_pix

_KEY = re.compile(r"[0-9]{6}[0-9A-Z]{12}[0-9]{26}")
_MODEL: Final = "62"
_ALONE = re.compile(rf"(?<![0-9A-Z]){_KEY.pattern}(?![0-9A-Z])")
_BY_FOURS = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{4}(?:[ .][0-9A-Z]{4}){10}(?![0-9A-Z])")
_ADDRESS = re.compile(r"https?://\S{1,200}chNFCom=\S{1,200}", re.IGNORECASE)
_TEST: Final = "2"
_LARGEST = 4_000_000


class XmlRecusado(ValueError):
    """The file is no NFCom that we read."""


@dataclass(frozen=True, slots=True)
class ChaveNFCom:
    """A key whose check digit holds."""

    texto: str

    @property
    def emissao(self) -> Mes:
        """The month of emission, which is not the month that the bill is for."""
        return Mes(2000 + int(self.texto[2:4]), int(self.texto[4:6]))


@dataclass(frozen=True, slots=True)
class ConsultaNFCom:
    """What the QR of a note says. `teste`: made in the test environment (tpAmb 2), without value."""

    chave: ChaveNFCom
    teste: bool


@dataclass(frozen=True, slots=True)
class NotaXml:
    """The fields of an NFCom's XML that a bill can be held against."""

    chave: ChaveNFCom | None
    teste: bool
    competencia: Mes | None = None
    vencimento: date | None = None
    codigo: str = ""
    pix: Pix | None = None
    destinatario: str = ""
    contas: tuple[str, ...] = ()
    terminais: tuple[str, ...] = ()


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


def read_xml(content: bytes) -> NotaXml:
    """The XML of a note. Raises XmlRecusado for anything else.

    A document with a DTD is refused before it is parsed: a note has none, and entities are how XML explodes.
    """
    if len(content) > _LARGEST:
        raise XmlRecusado("too large")
    try:
        text = content.decode("utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise XmlRecusado("has a DTD")
        root = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))  # noqa: S314 - see above
    except (UnicodeDecodeError, ElementTree.ParseError) as error:
        raise XmlRecusado("not an XML in UTF-8") from error
    note = next((element for element in root.iter() if _name(element) == "infNFCom"), None)
    if note is None:
        raise XmlRecusado("not an NFCom")
    return _note(note)


def _note(note: ElementTree.Element) -> NotaXml:
    fatura, assinante = _child(note, "gFat"), _child(note, "assinante")
    destinatario = _child(note, "dest")
    terminais = (_text(assinante, "NroTermPrinc"), *_texts(assinante, "NroTermAdic"))
    return NotaXml(
        chave=key_of(note.get("Id", "").removeprefix("NFCom")),
        teste=_text(_child(note, "ide"), "tpAmb") == _TEST,
        competencia=Mes.of_digits(_text(fatura, "CompetFat")),
        vencimento=_date(_text(fatura, "dVencFat")),
        codigo=re.sub("[^0-9]", "", _text(fatura, "codBarras")),
        pix=read_pix(_text(_child(fatura, "gPIX"), "urlQRCodePIX")),
        destinatario=_text(destinatario, "CNPJ") or _text(destinatario, "CPF"),
        contas=tuple(filter(None, (_text(assinante, "iCodAssinante"), _text(assinante, "nContrato")))),
        terminais=tuple(filter(None, terminais)),
    )


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _child(parent: ElementTree.Element | None, name: str) -> ElementTree.Element | None:
    return next((child for child in parent if _name(child) == name), None) if parent is not None else None


def _texts(parent: ElementTree.Element | None, name: str) -> list[str]:
    return [(child.text or "").strip() for child in parent if _name(child) == name] if parent is not None else []


def _text(parent: ElementTree.Element | None, name: str) -> str:
    return next(iter(_texts(parent, name)), "")


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
