"""What was read of a bill's PDF, before anybody judges it."""

from dataclasses import dataclass
from decimal import Decimal

from core.testemunha.codigos import Codigo, Impressos, code_of_bars, code_of_digits, garbled_in, lines_in
from core.testemunha.nfcom import ChaveNFCom, ConsultaNFCom, NotaXml, consulta_of, consultas_in, keys_in
from core.testemunha.pix import BEGIN, Pix, pix_in, read_pix


@dataclass(frozen=True, slots=True)
class Lido:
    """A PDF as its reader hands it over: the text of each page, the digits of drawn bars, the texts of QR codes.

    `sha256` is that of the file as it came. `nota` is the NFCom's XML when there is one beside the PDF.
    """

    sha256: str
    paginas: tuple[str, ...] = ()
    barras: tuple[str, ...] = ()
    qrs: tuple[str, ...] = ()
    nota: NotaXml | None = None

    @property
    def texto(self) -> str:
        return "\n".join(self.paginas)


@dataclass(frozen=True, slots=True)
class Codigos:
    """The codes of a bill by the place where they stand.

    `linhas_erradas`, `barras_erradas`, `pix_errados`: what has the shape of a code and whose check digits do not
    hold. `pix` has each charge once, from QR, print and XML alike.
    """

    linhas: frozenset[Codigo] = frozenset()
    barras: frozenset[Codigo] = frozenset()
    nota: Codigo | None = None
    pix: frozenset[Pix] = frozenset()
    chaves: frozenset[ChaveNFCom] = frozenset()
    linhas_erradas: frozenset[str] = frozenset()
    barras_erradas: frozenset[str] = frozenset()
    pix_errados: frozenset[str] = frozenset()
    de_teste: bool = False

    @property
    def boletos(self) -> frozenset[Codigo]:
        """Every slip, wherever it stands."""
        return self.linhas | self.barras | (frozenset({self.nota}) if self.nota else frozenset())

    @property
    def digitos(self) -> frozenset[str]:
        """The 44 digits of every slip, by which a twin is found."""
        return frozenset(code.barras for code in self.boletos)

    @property
    def favorecidos(self) -> frozenset[str]:
        """Who would be paid, by slip and by Pix."""
        return frozenset(code.favorecido for code in self.boletos) | {pix.favorecido for pix in self.pix}

    @property
    def valores(self) -> frozenset[Decimal]:
        """What the slips and charges ask for."""
        found = {code.valor for code in self.boletos} | {pix.valor for pix in self.pix}
        return frozenset(value for value in found if value is not None)


def codes_of(lido: Lido) -> Codigos:
    """The codes of a bill; nothing is followed, nothing guessed."""
    printed: Impressos = lines_in(lido.texto)
    drawn = {digits: code_of_bars(digits) for digits in lido.barras if len(digits) == 44 and digits.isdecimal()}
    nota = lido.nota
    consultas = (*(found for text in lido.qrs if (found := consulta_of(text))), *consultas_in(lido.texto))
    return Codigos(
        linhas=printed.codigos,
        barras=frozenset(code for code in drawn.values() if code is not None),
        nota=code_of_digits(nota.codigo) if nota and nota.codigo else None,
        pix=_charges(lido),
        chaves=_keys(lido, consultas),
        linhas_erradas=printed.errados | garbled_in(lido.texto, filter(None, drawn.values())),
        barras_erradas=frozenset(digits for digits, code in drawn.items() if code is None),
        pix_errados=frozenset(text for text in lido.qrs if text.startswith(BEGIN) and read_pix(text) is None),
        de_teste=any(consulta.teste for consulta in consultas) or bool(nota and nota.teste),
    )


def _charges(lido: Lido) -> frozenset[Pix]:
    drawn = {pix for text in lido.qrs if (pix := read_pix(text)) is not None}
    written = {lido.nota.pix} if lido.nota and lido.nota.pix else set()
    return frozenset(drawn | written | set(pix_in(lido.texto)))


def _keys(lido: Lido, consultas: tuple[ConsultaNFCom, ...]) -> frozenset[ChaveNFCom]:
    of_xml = {lido.nota.chave} if lido.nota and lido.nota.chave else set()
    return frozenset({*keys_in(lido.texto), *(consulta.chave for consulta in consultas), *of_xml})
