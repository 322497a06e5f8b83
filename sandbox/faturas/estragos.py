"""Ways in which a bill may be wrong: the known fraud, a robot that took another's, a file that is none."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from sandbox.faturas import codigos
from sandbox.faturas.fatura import Fatura
from sandbox.faturas.impressao import Impressao

if TYPE_CHECKING:
    from pikepdf import Pdf

SENHA = "senha-que-ninguem-sabe"
HTML = b"<!DOCTYPE html>\n<html><head><title>Sess\xc3\xa3o expirada</title></head><body>Entre de novo.</body></html>\n"
_HUGE_PAGES = 900


class Estrago(StrEnum):
    """One kind of damage. `OUTRO_CLIENTE` and `GEMEA` are sound bills at the wrong place."""

    DIGITO = "digito"
    LINHA_E_BARRAS = "linha_e_barras"
    PIX_E_LINHA = "pix_e_linha"
    OUTRO_CLIENTE = "outro_cliente"
    OUTRO_MES = "outro_mes"
    GEMEA = "gemea"
    VENCIMENTO_VELHO = "vencimento_velho"
    NFCOM_DE_TESTE = "nfcom_de_teste"
    CRIPTOGRAFADA = "criptografada"
    CORTADA = "cortada"
    SCRIPT = "script"
    ENORME = "enorme"
    PAGINA_HTML = "pagina_html"


def pdf_of(fatura: Fatura, estrago: Estrago | None = None) -> bytes:
    """The file of a bill, damaged as asked. For a twin and another client's bill draw that bill itself."""
    if estrago == Estrago.PAGINA_HTML:
        return HTML
    if estrago == Estrago.CRIPTOGRAFADA:
        return encrypted(fatura, SENHA)
    from sandbox.faturas.desenho import draw

    shown = Impressao.of(bill_with(fatura, estrago))
    page = _OTHER_PRINT[estrago](shown) if estrago in _OTHER_PRINT else shown
    file = bytes(draw(page).output())
    return _OTHER_FILE[estrago](file) if estrago in _OTHER_FILE else file


def bill_with(fatura: Fatura, estrago: Estrago | None) -> Fatura:
    """The bill that is drawn instead, for those damages that are another bill."""
    return _OTHER_BILL[estrago](fatura) if estrago in _OTHER_BILL else fatura


def encrypted(fatura: Fatura, senha: str) -> bytes:
    """A bill that opens with this password; with an empty one, as some operadoras have it, for everybody."""
    from fpdf.enums import EncryptionMethod

    from sandbox.faturas.desenho import draw

    pdf = draw(Impressao.of(fatura))
    pdf.set_encryption(owner_password="dono", user_password=senha, encryption_method=EncryptionMethod.AES_128)  # noqa: S106
    return bytes(pdf.output())


def _next_month(fatura: Fatura) -> Fatura:
    month, year = (int(part) for part in fatura.mes_ano.split("/"))
    month, year = (1, year + 1) if month == 12 else (month + 1, year)
    later = timedelta(days=31)
    return replace(
        fatura, mes_ano=f"{month:02}/{year}", vencimento=fatura.vencimento + later, emissao=fatura.emissao + later,
        numero=fatura.numero + 1,
    )  # fmt: skip


def _last_year(fatura: Fatura) -> Fatura:
    """Its due date is a year old; the month it says is the right one."""
    return replace(fatura, vencimento=fatura.vencimento - timedelta(days=365))


def _wrong_digit(shown: Impressao) -> Impressao:
    """The last digit of the line, an amount's or a check digit, is another."""
    last = str((int(shown.linha[-1]) + 1) % 10)
    return replace(shown, linha=shown.linha[:-1] + last)


def _other_line(shown: Impressao) -> Impressao:
    """The bars are the operadora's, the line pays somebody else the same amount."""
    thief = codigos.boleto("237", shown.fatura.valor, shown.fatura.vencimento, "9999090000000000700011100")
    return replace(shown, linha=codigos.boleto_line(thief))


def _other_pix(shown: Impressao) -> Impressao:
    """The Pix asks for another amount, and pays somebody else."""
    return replace(shown, pix=codigos.pix("ladrao@golpe.example", "COBRANCA", shown.fatura.valor + Decimal(100), "X1"))


def _cut(file: bytes) -> bytes:
    return file[: len(file) * 2 // 3]


def _with_script(file: bytes) -> bytes:
    import pikepdf

    with pikepdf.open(io.BytesIO(file)) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('pague aqui')")
        pdf.Root.OpenAction = pdf.make_indirect(script)
        return _saved(pdf)


def _huge(file: bytes) -> bytes:
    import pikepdf

    with pikepdf.open(io.BytesIO(file)) as pdf:
        for _ in range(_HUGE_PAGES):
            pdf.pages.append(pdf.pages[1])
        return _saved(pdf)


def _saved(pdf: "Pdf") -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


_OTHER_BILL: dict[Estrago | None, Callable[[Fatura], Fatura]] = {
    Estrago.OUTRO_MES: _next_month,
    Estrago.VENCIMENTO_VELHO: _last_year,
    Estrago.NFCOM_DE_TESTE: lambda fatura: replace(fatura, teste=True),
}
_OTHER_PRINT: dict[Estrago | None, Callable[[Impressao], Impressao]] = {
    Estrago.DIGITO: _wrong_digit,
    Estrago.LINHA_E_BARRAS: _other_line,
    Estrago.PIX_E_LINHA: _other_pix,
}
_OTHER_FILE: dict[Estrago | None, Callable[[bytes], bytes]] = {
    Estrago.CORTADA: _cut,
    Estrago.SCRIPT: _with_script,
    Estrago.ENORME: _huge,
}
ANOTHER_BILL = frozenset({*_OTHER_BILL, Estrago.OUTRO_CLIENTE, Estrago.GEMEA})
"""Damages that are a sound print of a bill that was not asked for."""
