"""Bills drawn as PDF: four layouts, one for each operadora, with the noise that real ones have.

Imported where a bill is drawn: `fpdf` and what it brings take 40 MB.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

import zxingcpp
from fpdf import FPDF
from fpdf.enums import WrapMode
from PIL import Image

from sandbox.faturas import codigos
from sandbox.faturas.fatura import Fatura
from sandbox.faturas.impressao import Impressao

_MONTHS = ["JAN", "FEV", "MAR", "ABR", "MAI", "JUN", "JUL", "AGO", "SET", "OUT", "NOV", "DEZ"]
# Wide enough that a scanner reads all 44 digits of a page rendered at three times its size.
_BAR = 0.763


def draw(shown: Impressao) -> FPDF:
    """The document: a first page with all that counts, a second with calls."""
    pdf = FPDF()
    pdf.set_creation_date(datetime.combine(shown.fatura.emissao, time(12), UTC))
    pdf.set_margin(15)
    pdf.add_page()
    _LAYOUTS.get(shown.fatura.operadora, _digitalnet)(pdf, shown)
    _codes(pdf, shown)
    pdf.add_page()
    _details(pdf, shown.fatura)
    return pdf


def _vivo(pdf: FPDF, shown: Impressao) -> None:
    fatura = shown.fatura
    _lines(pdf, 14, fatura.casa.nome, f"CNPJ {_cnpj(fatura.casa.cnpj)}")
    _lines(pdf, 10, "", fatura.razao_social, f"CNPJ: {_cnpj(fatura.cnpj)}", f"Número da conta: {fatura.conta}")
    _lines(pdf, 10, f"Data de emissão: {_date(fatura.emissao)}", "")
    pdf.set_font("Helvetica", size=11)
    for row in (
        ("Mês de referência", "Vencimento", "Total a pagar"),
        (fatura.mes_ano, _date(fatura.vencimento), f"R$ {_money(fatura.valor)}"),
    ):
        for cell in row:
            pdf.cell(55, 8, cell, border=1)
        pdf.ln()


def _oi(pdf: FPDF, shown: Impressao) -> None:
    fatura = shown.fatura
    month, year = fatura.mes_ano.split("/")
    _lines(pdf, 16, "Oi", fatura.casa.nome + " " + _cnpj(fatura.casa.cnpj))
    _lines(pdf, 10, f"Cliente: {fatura.razao_social}", f"CNPJ do cliente {_cnpj(fatura.cnpj)}")
    _lines(pdf, 10, f"Telefone {fatura.servico}" if fatura.servico else "", f"Código do cliente: {fatura.conta}")
    _lines(pdf, 10, f"Referência: {_MONTHS[int(month) - 1]}/{year}", f"Emissão {_date(fatura.emissao)}")
    _lines(pdf, 12, f"Pagar até: {_date(fatura.vencimento)}", f"Valor a pagar: R$ {_money(fatura.valor)}")


def _embratel(pdf: FPDF, shown: Impressao) -> None:
    fatura = shown.fatura
    _lines(pdf, 12, f"{fatura.casa.nome} CNPJ {_cnpj(fatura.casa.cnpj)}", "RECIBO DO PAGADOR", "")
    _lines(pdf, 9, f"Pagador: {fatura.razao_social} - CNPJ {_cnpj(fatura.cnpj)}", f"Conta: {fatura.conta}")
    _lines(pdf, 9, f"Circuito {fatura.servico}" if fatura.servico else "", f"Competência: {fatura.mes_ano}")
    _lines(pdf, 9, f"Data do documento / emissão: {_date(fatura.emissao)}", f"Vencimento {_date(fatura.vencimento)}")
    _lines(pdf, 9, f"(=) Valor do documento {_money(fatura.valor)}", "Após o vencimento, multa de 2,00%.")


def _digitalnet(pdf: FPDF, shown: Impressao) -> None:
    """Prints no month: only the due date tells which one it is."""
    fatura = shown.fatura
    _lines(pdf, 13, fatura.casa.nome, _cnpj(fatura.casa.cnpj), "")
    _lines(pdf, 10, fatura.razao_social, f"CNPJ/CPF: {fatura.cnpj}", f"Código do cliente: {fatura.conta}")
    _lines(pdf, 10, f"Emitida em {_date(fatura.emissao)}", f"Data de vencimento: {_date(fatura.vencimento)}")
    _lines(pdf, 12, f"Total da fatura: R$ {_money(fatura.valor)}")


_LAYOUTS = {"VIVO": _vivo, "OI": _oi, "EMBRATEL": _embratel, "DIGITALNET": _digitalnet}


def _codes(pdf: FPDF, shown: Impressao) -> None:
    fatura = shown.fatura
    if fatura.chave:
        groups = " ".join(re.findall("....", fatura.chave))
        _lines(pdf, 8, "NFCom - Chave de acesso:", groups, f"Valor total da NF: R$ {_money(fatura.valor + 10)}")
        _qr(pdf, codigos.consulta(fatura.chave, teste=fatura.teste), 150, 10)
    if not shown.linha:
        _lines(pdf, 11, "", "DÉBITO AUTOMÁTICO: não pague, o valor sai da sua conta.")
        return
    _lines(pdf, 10, "", shown.linha)
    pdf.interleaved2of5(shown.barras, x=12, y=230, w=_BAR, h=16)
    if shown.pix and fatura.operadora == "DIGITALNET":
        _lines(pdf, 7, "Pix copia e cola:")
        pdf.multi_cell(0, 4, shown.pix, wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT")
    elif shown.pix:
        _qr(pdf, shown.pix, 150, 170)


def _details(pdf: FPDF, fatura: Fatura) -> None:
    """Calls, with phones and amounts that mean nothing, and the same for every drawing of one bill."""
    chance = Random(fatura.numero)
    _lines(pdf, 10, "DETALHAMENTO", "Data Hora Número Duração Valor (R$)")
    for _ in range(40):
        when = f"{_date(fatura.emissao - timedelta(days=chance.randint(1, 30)))} {chance.randint(0, 23):02}:12"
        phone = f"(11) 9{chance.randint(1000, 9999)}-{chance.randint(1000, 9999)}"
        _lines(pdf, 8, f"{when} {phone} 00:{chance.randint(0, 59):02} {chance.randint(0, 9)},50")


def _lines(pdf: FPDF, size: int, *lines: str) -> None:
    pdf.set_font("Helvetica", size=size)
    for line in map(_latin, lines):
        # What fits is not measured letter by letter.
        fits = pdf.get_string_width(line) <= pdf.epw - 2 * pdf.c_margin
        write = pdf.cell if fits else pdf.multi_cell
        write(0, size / 2, line, new_x="LMARGIN", new_y="NEXT")


def _qr(pdf: FPDF, text: str, x: float, y: float) -> None:
    """Dots of four by four pixels, in a square of 40 mm."""
    dots = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=4)
    pdf.image(Image.fromarray(dots), x=x, y=y, w=40)


def _cnpj(text: str) -> str:
    return f"{text[:2]}.{text[2:5]}.{text[5:8]}/{text[8:12]}-{text[12:]}"


def _date(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _money(valor: Decimal) -> str:
    return f"{valor:,.2f}".translate(str.maketrans(",.", ".,"))


def _latin(text: str) -> str:
    """What the fonts of every PDF reader can show."""
    return text.encode("latin-1", "replace").decode("latin-1")
