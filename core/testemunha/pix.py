"""Pix "copia e cola": what a Pix QR says. The address in it is never followed.

Source: BCB, Manual de Padrões para Iniciação do Pix, and the BR Code manual (EMV: tag and length of two digits, value).
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from urllib.parse import urlsplit

BEGIN = "000201"
_ARRANGEMENT = "br.gov.bcb.pix"
_CRC = re.compile(r"6304([0-9A-F]{4})")
_AMOUNT = re.compile(r"[0-9]{1,10}(?:\.[0-9]{1,2})?")
_LONGEST = 1024
_MOST = 100


@dataclass(frozen=True, slots=True)
class Pix:
    """A charge whose CRC holds. `destino`: the Pix key, or the address's host; `valor` in reais, None when open."""

    texto: str
    destino: str
    nome: str
    valor: Decimal | None

    @property
    def favorecido(self) -> str:
        """Who is paid, as the charge says it."""
        return f"pix:{self.destino}:{' '.join(self.nome.upper().split())}"


def read_pix(text: str) -> Pix | None:
    """The charge that the text is, from its first to its last character; None when it is none or its CRC is wrong."""
    fields = _fields(text)
    if fields is None or not text.startswith(BEGIN) or not _crc_holds(text):
        return None
    account = next((inner for inner in _accounts(fields) if inner.get("00", "").lower() == _ARRANGEMENT), None)
    if account is None or fields.get("58") != "BR":
        return None
    destino = account.get("01") or _host(account.get("25", ""))
    if not destino:
        return None
    return Pix(text, destino, fields.get("59", ""), _amount(fields.get("54")))


def pix_in(text: str) -> Iterator[Pix]:
    """The charges printed in a text, whole or broken by the ends of lines; the CRC decides which are."""
    joined = re.sub(r"[\r\n]+", "", text)
    for begin in islice(re.finditer(BEGIN, joined), _MOST):
        rest = joined[begin.start() : begin.start() + _LONGEST]
        if (pix := read_pix(rest[: _end(rest)])) is not None:
            yield pix


def _end(text: str) -> int:
    """Where the charge that begins here ends: after the field 63, which is the last."""
    place = 0
    while re.fullmatch("[0-9]{4}", text[place : place + 4]):
        last = text.startswith("63", place)
        place += 4 + int(text[place + 2 : place + 4])
        if last:
            return place
    return 0


def _fields(text: str) -> dict[str, str] | None:
    """Values by tag; None when lengths do not add up."""
    found: dict[str, str] = {}
    place = 0
    while place < len(text):
        head = text[place : place + 4]
        if not re.fullmatch("[0-9]{4}", head):
            return None
        end = place + 4 + int(head[2:])
        if end > len(text):
            return None
        found.setdefault(head[:2], text[place + 4 : end])
        place = end
    return found


def _accounts(fields: dict[str, str]) -> Iterator[dict[str, str]]:
    for tag in range(26, 52):
        yield _fields(fields.get(str(tag), "")) or {}


def _crc_holds(text: str) -> bool:
    """CRC-16, polynomial 0x1021, start 0xFFFF, upper case, over everything through `6304`."""
    said = _CRC.fullmatch(text[-8:])
    return said is not None and int(said[1], 16) == binascii.crc_hqx(text[:-4].encode(), 0xFFFF)


def _amount(text: str | None) -> Decimal | None:
    """0 leaves the amount to whoever pays, as no amount does."""
    return (Decimal(text).quantize(Decimal("0.01")) or None) if text and _AMOUNT.fullmatch(text) else None


def _host(url: str) -> str:
    """Addresses stand there without their scheme."""
    try:
        return urlsplit(f"//{url}").hostname or ""
    except ValueError:
        return ""
