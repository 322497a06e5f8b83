"""Clients, their past and this month's bill, by number: the same number makes the same world on every run."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from bot.faturas.estrutura import RefusedFileError
from bot.faturas.oficina import read
from core.testemunha.conhecido import Conhecido, Documento, Titular
from core.testemunha.exame import DitoDoRobo, Exame, examine
from core.testemunha.leitura import Recusa
from core.testemunha.lido import Lido, codes_of
from core.testemunha.meses import Mes
from sandbox.faturas import codigos
from sandbox.faturas.estragos import Estrago, pdf_of
from sandbox.faturas.fatura import CASAS, Fatura

MES = Mes(2026, 11)
OPERADORAS = tuple(CASAS)


@dataclass(frozen=True)
class Caso:
    """A bill of this month, what we know of its client, and another client's bill of the same month."""

    fatura: Fatura
    known: Conhecido
    alheia: Fatura

    @property
    def dito(self) -> DitoDoRobo:
        """What the robot read on the portal."""
        return DitoDoRobo(self.fatura.valor, self.fatura.vencimento)


def caso(number: int) -> Caso:
    """The world of that number. Every tenth bill is paid by débito automático, every third client has a brother."""
    chance = Random(number)
    operadora = OPERADORAS[number % len(OPERADORAS)]
    fatura = Fatura(
        operadora, f"Empresa Número {number} Comércio e Serviços Ltda", codigos.cnpj(10_000_000 + number), str(MES),
        Decimal(chance.randint(3_000, 900_000)) / 100, date(2026, 12, chance.randint(1, 28)), date(2026, 11, 18),
        conta=f"8{chance.randint(10**7, 10**8 - 1)}", servico=f"(11) 4{chance.randint(100, 999)}-{number:04}",
        numero=(number + 1) * 100, boleto=number % 10 != 9,
    )  # fmt: skip
    brother = fatura.cnpj if number % 3 == 0 else codigos.cnpj(20_000_000 + number)
    alheia = replace(
        fatura, razao_social="Outra Empresa Ltda", cnpj=brother, conta=f"7{number:08}", servico="",
        numero=fatura.numero + 50, boleto=True,
    )  # fmt: skip
    # A third of the strangers are nobody that we know.
    outros = (_titular(alheia, "outro"),) if number % 3 != 1 else ()
    past = tuple(_past(fatura, MES.plus(-back), chance) for back in range(4, 0, -1))
    known = Conhecido(_titular(fatura, "nosso"), "processo", MES, date(2026, 11, 25), outros, past)
    return Caso(fatura, known, alheia)


def file_of(one: Caso, estrago: Estrago | None) -> tuple[bytes, Conhecido]:
    """The file that came, damaged as asked, and what we know then: of a twin, that it came before."""
    fatura = one.fatura if estrago is None else replace(one.fatura, boleto=True)
    if estrago == Estrago.OUTRO_CLIENTE:
        return pdf_of(one.alheia), one.known
    content = pdf_of(fatura, estrago)
    if estrago != Estrago.GEMEA:
        return content, one.known
    lido = look(content)
    assert isinstance(lido, Lido)
    # Either the very file, or a new print of the same bill.
    sha256 = lido.sha256 if one.fatura.numero % 200 else "0" * 64
    twin = Documento("anterior", "nosso", MES.plus(-1), sha256, codes_of(lido).digitos)
    return content, replace(one.known, anteriores=(*one.known.anteriores, twin))


def look(content: bytes) -> Lido | Recusa:
    """What the reading process makes of a file, in this process."""
    try:
        said, _ = read(content, ())
    except RefusedFileError as refused:
        return refused.motivo
    return Lido(
        said["sha256"], tuple(said["paginas"]), tuple(said["barras"]), tuple(said["qrs"]), escondido=said["escondido"]
    )


def judge(one: Caso, estrago: Estrago | None, *, robo: bool) -> Exame | Recusa:
    """The whole way from the file to the verdict. `robo`: a robot brought it and says what it read."""
    content, known = file_of(one, estrago)
    lido = look(content)
    return lido if isinstance(lido, Recusa) else examine(lido, known, one.dito if robo else DitoDoRobo())


def damaged(number: int) -> Iterator[tuple[Estrago, Exame | Recusa]]:
    """Every kind of damage of that bill; by turns a robot or a person brought it."""
    one = caso(number)
    for place, estrago in enumerate(Estrago):
        yield estrago, judge(one, estrago, robo=(number + place) % 2 == 0)


def _titular(fatura: Fatura, cliente_id: str) -> Titular:
    return Titular(cliente_id, fatura.cnpj, fatura.razao_social, f"{fatura.conta}_24", fatura.servico, fatura.operadora)


def _past(fatura: Fatura, mes: Mes, chance: Random) -> Documento:
    """An earlier month, within a fifth of this one's value and due some days around the same."""
    valor = (fatura.valor * chance.randint(85, 115) / 100).quantize(Decimal("0.01"))
    due = mes.plus(1).primeiro_dia + timedelta(days=fatura.vencimento.day - 1 + chance.randint(-2, 2))
    back = MES - mes
    earlier = replace(fatura, valor=valor, vencimento=due, numero=fatura.numero - back, mes_ano=str(mes), boleto=True)
    lido = Lido("", (earlier.linha,), (), (earlier.pix,))
    codes = codes_of(lido)
    return Documento(
        f"processo-{back}", "nosso", mes, f"{back:064}", codes.digitos, valor=valor, vencimento=due,
        favorecidos=codes.favorecidos,
    )  # fmt: skip
