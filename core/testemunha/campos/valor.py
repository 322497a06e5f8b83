"""How much is to be paid: the robot's word, line, bars, Pix, NFCom and print, equal to the cent."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from core.testemunha.codigos import Codigo
from core.testemunha.lido import Codigos
from core.testemunha.parecer import Campo, Fonte, Motivo, Parecer, Testemunha, Veredito, weigh
from core.testemunha.texto import Texto


def judge_valor(codes: Codigos, text: Texto, robo: Decimal | None, total: Decimal | None = None) -> Parecer:
    """The verdict on the amount. `robo`: what the robot, or whoever sent the file, said; `total`: of the NFCom.

    The total of a note is not always what is to pay: several notes stand on one bill, and other people's charges.
    Where it is the same it confirms; another one is told, and keeps the bill from being approved without a look.
    """
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
    other_total = total is not None and not places[Fonte.NFCOM] and any(one.valor != _form(total) for one in said)
    if total is not None and not places[Fonte.NFCOM] and not other_total:
        said.append(Testemunha(Fonte.NFCOM, _form(total)))
    parecer = weigh(Campo.VALOR, said, (Motivo.VARIOS_NA_FONTE,) if several else ())
    if several - {Fonte.TEXTO} and parecer.veredito == Veredito.CONFERE:
        return Parecer(Campo.VALOR, Veredito.SEM_TESTEMUNHA, None, parecer.testemunhas, parecer.motivos)
    return _beside(parecer, _form(total)) if total is not None and other_total else parecer


def _beside(parecer: Parecer, total: str) -> Parecer:
    """With a note whose total is another: what held is for a person to look at; what diverged does so still."""
    holds = parecer.veredito == Veredito.CONFERE
    return replace(
        parecer,
        veredito=Veredito.SEM_TESTEMUNHA if holds else parecer.veredito,
        testemunhas=(*parecer.testemunhas, Testemunha(Fonte.NFCOM, total)),
        motivos=(*parecer.motivos, Motivo.TOTAL_DA_NOTA),
    )


def _of_slips(slips: Iterable[Codigo]) -> frozenset[Decimal]:
    return frozenset(slip.valor for slip in slips if slip.valor is not None)


def _only(values: frozenset[Decimal]) -> Iterator[Decimal]:
    """The one value; nothing when a place says two."""
    if len(values) == 1:
        yield from values


def _form(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.01")))
