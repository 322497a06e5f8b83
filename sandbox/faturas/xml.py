"""The XML of a bill's NFCom, as an operadora hands it over; written apart from the service, which has to read it.

Source: the NFCom schema 1.00. Only what a bill can be held against, and enough around it to be a note's.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from xml.sax.saxutils import escape

from sandbox.faturas import codigos
from sandbox.faturas.fatura import Fatura


class EstragoDaNota(StrEnum):
    """One way in which a note may be wrong."""

    TOTAL = "total"
    BOLETO = "boleto"
    PIX = "pix"
    VENCIMENTO = "vencimento"
    OUTRO_MES = "outro_mes"
    OUTRO_TOMADOR = "outro_tomador"
    OUTRA_NOTA = "outra_nota"
    DIGITO = "digito"
    EMISSOR = "emissor"
    TESTE = "teste"


def xml_of(fatura: Fatura, estrago: EstragoDaNota | None = None) -> bytes:
    """The file. Of a bill without a key of its own it has the one that its operadora would give."""
    chave = fatura.chave or codigos.nfcom(fatura.casa.cnpj, fatura.emissao, fatura.numero)
    said = {
        "chave": chave,
        "tpAmb": "1",
        "emitente": fatura.casa.cnpj,
        "tomador": fatura.cnpj,
        "total": str(fatura.valor),
        "competencia": _competencia(fatura.mes_ano),
        "vencimento": fatura.vencimento.isoformat(),
        "barras": fatura.barras if fatura.boleto else "",
        "pix": fatura.pix if fatura.boleto else "",
    } | _damaged(fatura, estrago)
    return _TEMPLATE.format(
        emissao=fatura.emissao.isoformat(), operadora=escape(fatura.casa.nome), razao=escape(fatura.razao_social),
        conta=fatura.conta, **{name: escape(value) for name, value in said.items()},
    ).encode()  # fmt: skip


def _damaged(fatura: Fatura, estrago: EstragoDaNota | None) -> dict[str, str]:
    other = replace(fatura, numero=fatura.numero + 7, valor=fatura.valor + Decimal("13.37"))
    thief = codigos.pix("ladrao@golpe.example", "COBRANCA", fatura.valor, "X1")
    found: dict[EstragoDaNota | None, dict[str, str]] = {
        EstragoDaNota.TOTAL: {"total": str(other.valor), "barras": ""},
        EstragoDaNota.BOLETO: {"barras": other.barras},
        EstragoDaNota.PIX: {"pix": thief if fatura.pix else "", "barras": "" if fatura.pix else other.barras},
        EstragoDaNota.VENCIMENTO: {"vencimento": date(fatura.vencimento.year + 1, 1, 5).isoformat()},
        EstragoDaNota.OUTRO_MES: {"competencia": _competencia(fatura.mes_ano, 3)},
        EstragoDaNota.OUTRO_TOMADOR: {"tomador": codigos.cnpj(30_000_000 + fatura.numero)},
        EstragoDaNota.OUTRA_NOTA: {"chave": codigos.nfcom(fatura.casa.cnpj, fatura.emissao, other.numero)},
        EstragoDaNota.DIGITO: {"chave": codigos.nfcom(fatura.casa.cnpj, fatura.emissao, fatura.numero)[:-1] + "X"},
        EstragoDaNota.EMISSOR: {"emitente": codigos.cnpj(44_444_444)},
        EstragoDaNota.TESTE: {"tpAmb": "2"},
    }
    return found.get(estrago, {})


def _competencia(mes_ano: str, months: int = 0) -> str:
    month, year = (int(part) for part in mes_ano.split("/"))
    years, month = divmod(month - 1 + months, 12)
    return f"{year + years}{month + 1:02}"


_TEMPLATE = """<?xml version="1.0" encoding="UTF-8"?>
<nfcomProc versao="1.00" xmlns="http://www.portalfiscal.inf.br/nfcom"><NFCom><infNFCom Id="NFCom{chave}" versao="1.00">
<ide><cUF>35</cUF><tpAmb>{tpAmb}</tpAmb><mod>62</mod><dhEmi>{emissao}T08:00:00-03:00</dhEmi></ide>
<emit><CNPJ>{emitente}</CNPJ><xNome>{operadora}</xNome></emit>
<dest><xNome>{razao}</xNome><CNPJ>{tomador}</CNPJ></dest>
<assinante><iCodAssinante>{conta}</iCodAssinante><tpAssinante>1</tpAssinante><tpServUtil>4</tpServUtil></assinante>
<det nItem="1"><prod><cProd>1</cProd><xProd>SERVICO</xProd><vProd>{total}</vProd></prod></det>
<total><vProd>{total}</vProd><vNF>{total}</vNF></total>
<gFat><CompetFat>{competencia}</CompetFat><dVencFat>{vencimento}</dVencFat><codBarras>{barras}</codBarras>
<gPIX><urlQRCodePIX>{pix}</urlQRCodePIX></gPIX></gFat></infNFCom></NFCom></nfcomProc>
"""
