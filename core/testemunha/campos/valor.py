"""How much is to be paid: the robot's word, line, bars, Pix, NFCom and print, equal to the cent."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from core.testemunha.codigos import Codigo
from core.testemunha.lido import Codigos
from core.testemunha.parecer import Campo, Fonte, Motivo, Parecer, Testemunha, Veredito, weigh
from core.testemunha.texto import Texto


def judge_valor(codes: Codigos, text: Texto, robo: Decimal | None) -> Parecer:
    """The verdict on the amount. `robo`: what the robot, or whoever sent the file, said."""
    places = {
        Fonte.LINHA: _of_slips(codes.linhas),
        Fonte.BARRAS: _of_slips(codes.barras),
        Fonte.PIX: frozenset(pix.valor for pix in codes.pix if pix.valor is not None),
        Fonte.NFCOM: _of_slips((codes.nota,) if codes.nota else ()),
        Fonte.TEXTO: text.valores,
    }
    said = [Testemunha(Fonte.ROBO, _form(robo))] if robo is not None else []
    said += [Testemunha(fonte, _form(value)) for fonte, values in places.items() for value in _only(values)]
    several = {fonte for fonte, values in places.items() if len(values) > 1}
    parecer = weigh(Campo.VALOR, said, (Motivo.VARIOS_NA_FONTE,) if several else ())
    if several - {Fonte.TEXTO} and parecer.veredito == Veredito.CONFERE:
        return Parecer(Campo.VALOR, Veredito.SEM_TESTEMUNHA, None, parecer.testemunhas, parecer.motivos)
    return parecer


def _of_slips(slips: Iterable[Codigo]) -> frozenset[Decimal]:
    return frozenset(slip.valor for slip in slips if slip.valor is not None)


def _only(values: frozenset[Decimal]) -> Iterator[Decimal]:
    """The one value; nothing when a place says two."""
    if len(values) == 1:
        yield from values


def _form(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.01")))
