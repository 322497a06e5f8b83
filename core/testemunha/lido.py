"""What was read of a bill, its PDF and the XML of its note, before anybody judges it."""

from dataclasses import dataclass
from decimal import Decimal

from core.testemunha.codigos import Codigo, Impressos, code_of_bars, code_of_digits, garbled_in, lines_in
from core.testemunha.nfcom import ChaveNFCom, ConsultaNFCom, consulta_of, consultas_in, keys_in
from core.testemunha.nota.xml import NotaXml
from core.testemunha.pix import BEGIN, Pix, pix_in, read_pix

EMITENTE = "nota:"
"""How an issuer begins among the payees, where a Pix begins with `pix:`."""
_SLIPS = frozenset({44, 47, 48})


@dataclass(frozen=True, slots=True)
class Lido:
    """A PDF as its reader hands it over: the text of each page, the digits of drawn bars, the texts of QR codes.

    `sha256` is that of the file as it came. `nota` is the NFCom's XML when there is one beside the PDF. `escondido`:
    some of its text is cropped away, where nobody sees it.
    """

    sha256: str
    paginas: tuple[str, ...] = ()
    barras: tuple[str, ...] = ()
    qrs: tuple[str, ...] = ()
    nota: NotaXml | None = None
    escondido: bool = False

    @property
    def texto(self) -> str:
        return "\n".join(self.paginas)


@dataclass(frozen=True, slots=True)
class Codigos:
    """The codes of a bill by the place where they stand.

    `linhas_erradas`, `barras_erradas`, `pix_errados`: what has the shape of a code and whose check digits do not
    hold. `pix` has each charge once, from QR, print and XML alike.
    `nota_errada`: a key, issuer or slip of the XML does not hold. `outra_nota`: the bill prints another note's key.
    `outro_pix`: the charge in the XML pays somebody else than the bill's. `emitente`: who made the XML's note.
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
    nota_errada: bool = False
    outra_nota: bool = False
    outro_pix: bool = False
    emitente: str = ""

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
        """Who would be paid, by slip and by Pix, and who made the note: the company, whichever branch of it."""
        made = {f"{EMITENTE}{self.emitente[:8]}"} if self.emitente else set()
        return frozenset({code.favorecido for code in self.boletos} | {pix.favorecido for pix in self.pix} | made)

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
        nota_errada=nota is not None and _is_wrong(nota),
        outra_nota=nota is not None and _is_another(nota, lido, consultas),
        outro_pix=nota is not None and _pays_another(nota, lido),
        emitente=nota.emitente if nota else "",
    )


def _is_wrong(nota: NotaXml) -> bool:
    """Its key does not hold or is another issuer's; or it names a slip whose digits do not hold."""
    if nota.chave is None or (nota.emitente and nota.chave.emitente != nota.emitente):
        return True
    return len(nota.codigo) in _SLIPS and code_of_digits(nota.codigo) is None


def _is_another(nota: NotaXml, lido: Lido, consultas: tuple[ConsultaNFCom, ...]) -> bool:
    """The bill shows keys of notes, and this one's is not among them."""
    shown = {*keys_in(lido.texto), *(consulta.chave for consulta in consultas)}
    return bool(shown) and nota.chave is not None and nota.chave not in shown


def _pays_another(nota: NotaXml, lido: Lido) -> bool:
    """Both have a Pix, and they pay different people."""
    shown = {pix.favorecido for pix in _shown_charges(lido)}
    return nota.pix is not None and bool(shown) and nota.pix.favorecido not in shown


def _charges(lido: Lido) -> frozenset[Pix]:
    written = {lido.nota.pix} if lido.nota and lido.nota.pix else set()
    return frozenset(written | _shown_charges(lido))


def _shown_charges(lido: Lido) -> set[Pix]:
    return {pix for text in lido.qrs if (pix := read_pix(text)) is not None} | set(pix_in(lido.texto))


def _keys(lido: Lido, consultas: tuple[ConsultaNFCom, ...]) -> frozenset[ChaveNFCom]:
    of_xml = {lido.nota.chave} if lido.nota and lido.nota.chave else set()
    return frozenset({*keys_in(lido.texto), *(consulta.chave for consulta in consultas), *of_xml})
