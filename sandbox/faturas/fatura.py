"""A bill, before it is drawn: whose, which month's, how much, when due; and the codes that follow from that."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sandbox.faturas import codigos


@dataclass(frozen=True)
class Casa:
    """An operadora: how it is paid, and what its bills show."""

    nome: str
    cnpj: str
    # Who is paid: the FEBRABAN code of four digits, or a bank and the begin or whole of its own part.
    empresa: str = ""
    banco: str = ""
    pix: str = ""
    nfcom: bool = True


CASAS = {
    "VIVO": Casa("TELEFONICA BRASIL S.A.", codigos.cnpj(2558157), empresa="0082", pix="cobranca@vivo.example"),
    "OI": Casa("OI S.A.", codigos.cnpj(76535764), empresa="0029", nfcom=False),
    "EMBRATEL": Casa("CLARO S.A. EMBRATEL", codigos.cnpj(40432544), banco="237", pix="pix@embratel.example"),
    "DIGITALNET": Casa("DIGITALNET TELECOM LTDA", codigos.cnpj(11222333), banco="341", pix="pix@digitalnet.example"),
}
OUTRA = Casa("DIGITALNET TELECOM LTDA", codigos.cnpj(11222333), banco="341", pix="pix@digitalnet.example")


@dataclass(frozen=True)
class Fatura:
    """One month's bill of one client. `operadora`: a codigo; one that is not known is drawn as DIGITALNET's.

    `conta`, `servico`: as the operadora prints them, empty for none. `numero` tells this bill's codes from others'.
    Without `boleto` it is paid by débito automático.
    """

    operadora: str
    razao_social: str
    cnpj: str
    mes_ano: str
    valor: Decimal
    vencimento: date
    emissao: date
    conta: str = ""
    servico: str = ""
    numero: int = 1
    boleto: bool = True
    teste: bool = False

    @property
    def casa(self) -> Casa:
        return CASAS.get(self.operadora, OUTRA)

    @property
    def barras(self) -> str:
        """The 44 digits of its slip."""
        casa = self.casa
        if casa.empresa:
            # Oi's free field begins with the due date, Vivo's with the number of the bill.
            begin = f"{self.vencimento:%Y%m%d}" if self.operadora == "OI" else "00000000"
            return codigos.arrecadacao(casa.empresa, self.valor, f"{begin}{self.numero:017}")
        if casa.banco == "237":
            livre = f"338109{self.numero:011}00063300"
        else:
            livre = f"109{self.numero:08}" + "1" + "0811" + "53678" + "8" + "000"
        return codigos.boleto(casa.banco, self.valor, self.vencimento, livre)

    @property
    def linha(self) -> str:
        """As it is printed."""
        return codigos.arrecadacao_line(self.barras) if self.casa.empresa else codigos.boleto_line(self.barras)

    @property
    def pix(self) -> str:
        """Its charge; empty where the operadora has none."""
        casa = self.casa
        return codigos.pix(casa.pix, casa.nome, self.valor, f"FAT{self.numero:010}") if casa.pix else ""

    @property
    def chave(self) -> str:
        """Its NFCom's key; empty where the operadora prints none."""
        return codigos.nfcom(self.casa.cnpj, self.emissao, self.numero) if self.casa.nfcom or self.teste else ""
