"""Codes of a bill, made from its amounts and dates. Written apart from the service, which has to read them.

Sources: FEBRABAN's layout of arrecadação, BCB Carta-Circular 2.926 for boletos, the BR Code manual, the NFCom manual.
"""

from datetime import date
from decimal import Decimal

_FATOR_1000 = date(2025, 2, 22)
_FATOR_0 = date(1997, 10, 7)


def cents(valor: Decimal) -> int:
    """Reais in cents."""
    return int(valor * 100)


def arrecadacao(empresa: str, valor: Decimal, livre: str) -> str:
    """The 44 digits of a telecom slip of kind 6 (money, modulus 10). `livre`: 25 digits; `empresa`: 4."""
    head, tail = "846", f"{cents(valor):011}{empresa}{livre}"
    return head + modulo10(head + tail) + tail


def arrecadacao_line(barras: str) -> str:
    """Four pieces of eleven, each with its digit, as they are printed."""
    pieces = [barras[start : start + 11] for start in range(0, 44, 11)]
    return " ".join(f"{piece}-{modulo10(piece)}" for piece in pieces)


def boleto(banco: str, valor: Decimal, vencimento: date, livre: str) -> str:
    """The 44 digits of a bank slip. `livre`: the bank's own 25."""
    body = f"{fator(vencimento)}{cents(valor):010}{livre}"
    rest = modulo11(f"{banco}9{body}")
    return f"{banco}9{rest if 2 <= rest <= 9 else 1}{body}"


def boleto_line(barras: str) -> str:
    """Three fields with their digits, the check digit, fator and cents, as they are printed."""
    livre = barras[19:]
    fields = [field + modulo10(field) for field in (barras[:4] + livre[:5], livre[5:15], livre[15:])]
    return " ".join([*(f"{field[:5]}.{field[5:]}" for field in fields), barras[4], barras[5:19]])


def fator(vencimento: date) -> int:
    """Four digits, which began again with 1000 on 2025-02-22."""
    if vencimento >= _FATOR_1000:
        return 1000 + (vencimento - _FATOR_1000).days
    return (vencimento - _FATOR_0).days


def pix(chave: str, nome: str, valor: Decimal, txid: str) -> str:
    """A static charge, "copia e cola"."""
    account = _field("00", "br.gov.bcb.pix") + _field("01", chave)
    body = (
        "000201" + _field("26", account) + "520400005303986" + _field("54", f"{valor:.2f}") + "5802BR"
        + _field("59", nome[:25]) + _field("60", "SAO PAULO") + _field("62", _field("05", txid)) + "6304"
    )  # fmt: skip
    return body + f"{_crc(body):04X}"


def nfcom(cnpj: str, emissao: date, numero: int) -> str:
    """A key of 44 of São Paulo. `cnpj`: the operadora's."""
    body = f"35{emissao:%y%m}{cnpj}62001{numero:09}10{numero % 10**7:07}"
    rest = sum((ord(char) - 48) * weight for char, weight in zip(reversed(body), _weights(43), strict=True)) % 11
    return body + str(0 if rest < 2 else 11 - rest)


def consulta(chave: str, *, teste: bool) -> str:
    """The address in a note's QR."""
    return f"https://dfe-portal.svrs.rs.gov.br/NFCom/QRCode?chNFCom={chave}&tpAmb={2 if teste else 1}"


def cnpj(raiz: int, filial: int = 1) -> str:
    """A CNPJ with its two digits."""
    body = f"{raiz:08}{filial:04}"
    for _ in range(2):
        rest = sum(int(digit) * weight for digit, weight in zip(reversed(body), _weights(len(body)), strict=True)) % 11
        body += str(0 if rest < 2 else 11 - rest)
    return body


def modulo10(digits: str) -> str:
    """Weights 2, 1, 2, 1 from the right, the digits of each product added."""
    products = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits))]
    return str(-sum(product // 10 + product % 10 for product in products) % 10)


def modulo11(digits: str) -> int:
    """11 less the remainder, weights 2 to 9 from the right."""
    return 11 - sum(int(d) * weight for d, weight in zip(reversed(digits), _weights(len(digits)), strict=True)) % 11


def _weights(count: int) -> list[int]:
    return [2 + place % 8 for place in range(count)]


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"


def _crc(text: str) -> int:
    crc = 0xFFFF
    for byte in text.encode():
        crc ^= byte << 8
        for _ in range(8):
            crc = ((crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc
