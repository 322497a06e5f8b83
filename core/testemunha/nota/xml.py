"""The XML of an NFCom: read without trust, and the fields that a bill can be held against.

Source: the NFCom manual and schema 1.00 (`infNFCom` with ide, emit, dest, assinante, total, gFat).
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from xml.etree import ElementTree

from core.testemunha.meses import Mes
from core.testemunha.nfcom import ChaveNFCom, key_of
from core.testemunha.pix import Pix, read_pix

MAIOR_NOTA = 4_000_000
"""Bytes: eighty times a note with a hundred lines."""
# In its head, in the answer of the authority, in the address of its QR: one place is enough.
_OF_TEST: Final = re.compile(r"tpAmb(?:\s*>|=)\s*2(?![0-9])")
_DEEPEST = 40
_LONGEST_TEXT = 600
_MOST_LINES = 200


class XmlRecusado(ValueError):
    """The file is no NFCom that we read."""


@dataclass(frozen=True, slots=True)
class NotaXml:
    """The fields of an NFCom's XML that a bill can be held against.

    `chave`: None when its check digit does not hold. `total`: of the note (vNF), in reais, which is not always what is
    to pay. `codigo`: the digits of its slip. `emitente`, `destinatario`: CNPJ (or CPF) of who made it and who takes it.
    """

    chave: ChaveNFCom | None
    teste: bool
    competencia: Mes | None = None
    vencimento: date | None = None
    codigo: str = ""
    pix: Pix | None = None
    destinatario: str = ""
    contas: tuple[str, ...] = ()
    terminais: tuple[str, ...] = ()
    total: Decimal | None = None
    emitente: str = ""
    emissao: date | None = None

    @property
    def cnpj(self) -> str:
        """Of the taker; empty when a person takes it, or nothing says."""
        return self.destinatario if len(self.destinatario) == 14 else ""

    @property
    def numeros(self) -> frozenset[str]:
        """Accounts and phones, as clientes' numbers are compared: without leading zeros."""
        found = (re.sub(r"[.\-/() ]", "", one).lstrip("0") for one in (*self.contas, *self.terminais))
        return frozenset(one for one in found if one)

    def as_json(self) -> dict[str, Any]:
        """As it is kept with its file, and said by the process that reads; `of_json` reads it back."""
        return {
            "chave": self.chave.texto if self.chave else None,
            "teste": self.teste,
            "competencia": self.competencia.competencia if self.competencia else None,
            "vencimento": self.vencimento.isoformat() if self.vencimento else None,
            "codigo": self.codigo,
            "pix": self.pix.texto if self.pix else None,
            "destinatario": self.destinatario,
            "contas": list(self.contas),
            "terminais": list(self.terminais),
            "total": None if self.total is None else str(self.total),
            "emitente": self.emitente,
            "emissao": self.emissao.isoformat() if self.emissao else None,
        }

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> "NotaXml":
        """What `as_json` made. Raises KeyError or ValueError for anything else."""
        return cls(
            chave=key_of(kept["chave"] or ""),
            teste=kept["teste"],
            competencia=Mes.of_competencia(kept["competencia"]) if kept["competencia"] else None,
            vencimento=_date(kept["vencimento"] or ""),
            codigo=kept["codigo"],
            pix=read_pix(kept["pix"] or ""),
            destinatario=kept["destinatario"],
            contas=tuple(kept["contas"]),
            terminais=tuple(kept["terminais"]),
            total=_amount(kept["total"] or ""),
            emitente=kept["emitente"],
            emissao=_date(kept["emissao"] or ""),
        )


def read_xml(content: bytes) -> NotaXml:
    """The XML of one note. Raises XmlRecusado for anything else, several notes in one file too.

    A document with a DTD is refused before it is parsed: a note has none, and entities are how XML explodes.
    """
    if len(content) > MAIOR_NOTA:
        raise XmlRecusado("too large")
    text = _text_of(content)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise XmlRecusado("has a DTD")
    try:
        notes = _notes(text)
    except ElementTree.ParseError as error:
        raise XmlRecusado("not an XML") from error
    if len(notes) != 1:
        raise XmlRecusado("several notes" if notes else "not an NFCom")
    return _note(notes[0], teste=_OF_TEST.search(text) is not None)


def _text_of(content: bytes) -> str:
    """Without its declaration, which the parser would believe. The schema asks for UTF-8; some systems write Latin."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)


class _Shallow(ElementTree.TreeBuilder):
    """Leaves a file of nothing but depth early."""

    _depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> ElementTree.Element:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise XmlRecusado("too deep")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ElementTree.Element:
        self._depth -= 1
        return super().end(tag)


def _notes(text: str) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(text, ElementTree.XMLParser(target=_Shallow()))  # noqa: S314 - no DTD, a limit to it
    return [element for element in root.iter() if _name(element) == "infNFCom"]


def _note(note: ElementTree.Element, *, teste: bool) -> NotaXml:
    fatura, assinante, ide = (_child(note, name) for name in ("gFat", "assinante", "ide"))
    return NotaXml(
        chave=key_of(note.get("Id", "").removeprefix("NFCom")),
        teste=teste,
        competencia=Mes.of_digits(_text(fatura, "CompetFat")),
        vencimento=_date(_text(fatura, "dVencFat")),
        codigo=re.sub("[^0-9]", "", _text(fatura, "codBarras")),
        pix=read_pix(_text(_child(fatura, "gPIX"), "urlQRCodePIX")),
        destinatario=_holder(_child(note, "dest")),
        contas=tuple(filter(None, (_text(assinante, "iCodAssinante"), _text(assinante, "nContrato")))),
        terminais=tuple(filter(None, (_text(assinante, "NroTermPrinc"), *_texts(assinante, "NroTermAdic")))),
        total=_amount(_text(_child(note, "total"), "vNF")),
        emitente=_holder(_child(note, "emit")),
        emissao=_date(_text(ide, "dhEmi")[:10]),
    )


def _holder(element: ElementTree.Element | None) -> str:
    return _text(element, "CNPJ").upper() or _text(element, "CPF")


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _child(parent: ElementTree.Element | None, name: str) -> ElementTree.Element | None:
    return next((child for child in parent if _name(child) == name), None) if parent is not None else None


def _texts(parent: ElementTree.Element | None, name: str) -> list[str]:
    found = [child for child in parent if _name(child) == name] if parent is not None else []
    return [(child.text or "").strip()[:_LONGEST_TEXT] for child in found[:_MOST_LINES]]


def _text(parent: ElementTree.Element | None, name: str) -> str:
    return next(iter(_texts(parent, name)), "")


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _amount(text: str) -> Decimal | None:
    """An amount as the schema writes it, `1234.56`; None for anything else."""
    return Decimal(text) if re.fullmatch(r"[0-9]{1,13}\.[0-9]{2}", text) else None
