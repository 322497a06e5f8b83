"""What a bill says in print, beside its codes: amounts, dates and months by their labels, CNPJs and numbers.

Print is the weakest witness, and what it says counts only when it is said plainly: behind a label that people know,
with nothing but dates, months and amounts in between, as in the heading of a table.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from core.palavras import folded
from core.testemunha.meses import NOMES, Mes
from core.venda.respostas import InvalidAnswer, check_cnpj
from storage.tables.chaves import circuito_of

_FAR = 110
_MONTHS = tuple(nome[:3] for nome in NOMES)
# "Valor total da NF" is not what is to be paid, nor is what a plan costs.
_VALOR = re.compile(
    r"\b(?:(?:valor )?total a pagar|valor a pagar|valor do documento|valor cobrado|(?:valor )?total d(?:a|esta) fatura"
    r"|valor da fatura)\b"
)
_VENCIMENTO = re.compile(
    r"(?<!apos o )(?<!apos )(?<!ate o )(?<!antes do )(?<!depois do )(?<!no )"
    r"\b(?:data d[eo] vencimento|vencimento|vence em|pagar ate)\b(?! anterior)"
)
_EMISSAO = re.compile(r"\b(?:data d[ea] emissao|emissao|emitida em|emitido em)\b")
_REFERENCIA = re.compile(
    r"\b(?:mes d[ea] referencia|mes referencia|referencia|referente a|competencia|mes de consumo)\b"
)
_CONTA = re.compile(
    r"\b(?:(?:numero|n[o.º°]*|codigo) d[ao] (?:sua )?(?:conta|cliente|assinante)|conta(?: n[o.º°]*)?|codigo cliente)"
    r" ?[:.] ?([0-9][0-9.\-/]{4,30})"
)
_AMOUNT = r"(?<![0-9.,])(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9}),[0-9]{2}(?![0-9])"
_TOKEN = re.compile(
    # Less than nothing is nothing to pay: "-R$ 12,50", "R$ -12,50", "12,50-", "12,50 CR". A dash between is no sign.
    rf"(?P<credito>-(?:r\$ ?)?{_AMOUNT}|\((?:r\$ ?)?{_AMOUNT}\)|{_AMOUNT}(?:-(?=\s|$)| ?cr\b))"
    r"|(?P<data>(?<![0-9])[0-3][0-9][/.\-][01][0-9][/.\-](?:20)?[0-9]{2}(?![0-9]))"
    rf"|(?P<valor>{_AMOUNT})"
    r"|(?P<mes>(?<![0-9/])(?:0[1-9]|1[0-2])[/\-]20[0-9]{2}(?![0-9])"
    rf"|\b(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}(?: ?/ ?| de |-| )(?:20)?[0-9]{{2}}(?![0-9]))"
    r"|(?P<outro>[0-9]+)"
)
_CNPJ = re.compile(r"(?<![0-9a-z])[0-9a-z]{2}\.?[0-9a-z]{3}\.?[0-9a-z]{3}/?[0-9a-z]{4}-?[0-9]{2}(?![0-9a-z])")
# Digits within a word are a code's, not a number.
_NUMBER = re.compile(r"(?<![0-9a-z])[0-9]+(?:[.\-/][0-9]+)*(?![0-9a-z])")
_PHONE = re.compile(r"(?<![0-9])\(?([0-9]{2})\)? ?([0-9]{4,5})[- ]?([0-9]{4})(?![0-9])")
_CIRCUITO = re.compile(r"(?<!\S)(?=\S*[a-z])(?=\S*[0-9])[0-9a-z][0-9a-z/._\-]{5,40}(?![0-9a-z])")
_LONGEST_NUMBER = 25
_WITHOUT_MARKS = str.maketrans("", "", ".-/")


@dataclass(frozen=True)
class Texto:
    """The print of a bill, read once. `paginas`: the text of each page."""

    paginas: tuple[str, ...]

    @cached_property
    def dobrado(self) -> str:
        """All of it without accents, case and ends of lines; pages do not run into each other."""
        return "  \f  ".join(folded(page) for page in self.paginas)

    @cached_property
    def valores(self) -> frozenset[Decimal]:
        """What is said to be to pay, in reais. More than one: the print contradicts itself."""
        return frozenset(_money(found) for found in self._after(_VALOR, "valor"))

    @cached_property
    def vencimentos(self) -> frozenset[date]:
        return _dates(self._after(_VENCIMENTO, "data"))

    @cached_property
    def emissoes(self) -> frozenset[date]:
        return _dates(self._after(_EMISSAO, "data"))

    @cached_property
    def referencias(self) -> frozenset[Mes]:
        """The months that the bill says it is for."""
        return frozenset(month for found in self._after(_REFERENCIA, "mes") if (month := _month(found)) is not None)

    @cached_property
    def cnpjs(self) -> frozenset[str]:
        """Every CNPJ in print whose check digits hold, the operadora's among them; upper case, no punctuation."""
        return frozenset(cnpj for found in _CNPJ.findall(self.dobrado) if (cnpj := _cnpj(found)) is not None)

    @cached_property
    def numeros(self) -> frozenset[str]:
        """Every number in one piece, dots and dashes removed, leading zeros too; phones in their usual shapes.

        Blanks glue nothing together but the parts of a phone.
        """
        pieces = (found.translate(_WITHOUT_MARKS) for found in _NUMBER.findall(self.dobrado))
        phones = ("".join(found) for found in _PHONE.findall(self.dobrado))
        return frozenset(number.lstrip("0") for number in (*pieces, *phones) if len(number) <= _LONGEST_NUMBER)

    @cached_property
    def circuitos(self) -> frozenset[str]:
        """Words that may be the name of a circuit: letters and digits in one piece, upper case."""
        return frozenset(found.upper() for found in _CIRCUITO.findall(self.dobrado) if circuito_of(found))

    @cached_property
    def contas(self) -> frozenset[str]:
        """The numbers that the print calls the account's or the client's."""
        return frozenset(re.sub("[^0-9]", "", found).lstrip("0") for found in _CONTA.findall(self.dobrado))

    def diz(self, phrase: str) -> bool:
        """Whether the phrase is printed, case and accents aside, as whole words."""
        wanted = folded(phrase)
        return bool(wanted) and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", self.dobrado) is not None

    def _after(self, label: re.Pattern[str], kind: str) -> set[str]:
        """The first token of that kind behind each label, none when a number of no kind comes before it."""
        found: set[str] = set()
        ends = {kind, "outro"} | ({"credito"} if kind == "valor" else set())
        for match in label.finditer(self.dobrado):
            window = self.dobrado[match.end() : match.end() + _FAR].partition("\f")[0]
            for token in _TOKEN.finditer(window):
                if token.lastgroup == kind:
                    found.add(token[0])
                if token.lastgroup in ends:
                    break
        return found


def _money(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def _dates(found: set[str]) -> frozenset[date]:
    return frozenset(day for text in found if (day := _date(text)) is not None)


def _date(text: str) -> date | None:
    day, month, year = (int(part) for part in re.split(r"[/.\-]", text))
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None


def _month(text: str) -> Mes | None:
    numbers = re.findall("[0-9]+", text)
    year = int(numbers[-1]) + (2000 if len(numbers[-1]) == 2 else 0)
    return Mes(year, int(numbers[0]) if len(numbers) == 2 else _MONTHS.index(text[:3]) + 1)


def _cnpj(text: str) -> str | None:
    try:
        return check_cnpj(text)
    except InvalidAnswer:
        return None
