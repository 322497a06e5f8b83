"""Whether the slip was tampered with: wrong digits, a line that is not the bars, another Pix, another payee.

A printed line that is another slip than the drawn bars is the known fraud: people type the one, scanners read
the other.
"""

from core.testemunha.conhecido import Conhecido
from core.testemunha.lido import EMITENTE, Codigos
from core.testemunha.parecer import Campo, Fonte, Motivo, Parecer, Testemunha, Veredito

# One month tells nothing of who is usually paid.
_ENOUGH = 2
# A payee is of a Pix, of a slip, or whoever made the note.
_PIX, _SLIP = "pix:", ""


def judge_boleto(codes: Codigos, known: Conhecido) -> Parecer:
    """The verdict on the means of payment. No slip at all is no error: débito automático has none."""
    witnesses = (
        *(Testemunha(Fonte.LINHA, slip.barras) for slip in codes.linhas),
        *(Testemunha(Fonte.BARRAS, slip.barras) for slip in codes.barras),
        *((Testemunha(Fonte.NFCOM, codes.nota.barras),) if codes.nota else ()),
        *(Testemunha(Fonte.PIX, pix.favorecido) for pix in codes.pix),
    )
    reasons = tuple(reason for reason, found in _wrong(codes, known).items() if found)
    if reasons:
        return Parecer(Campo.BOLETO, Veredito.DIVERGE, None, witnesses, reasons)
    slips = [one for one in witnesses if one.fonte != Fonte.PIX]
    digits = {one.valor for one in slips}
    value = digits.pop() if len(digits) == 1 else None
    if len(slips) < 2:
        alone = (Motivo.UMA_TESTEMUNHA,) if witnesses else ()
        return Parecer(Campo.BOLETO, Veredito.SEM_TESTEMUNHA, value, witnesses, alone)
    return Parecer(Campo.BOLETO, Veredito.CONFERE, value, witnesses)


def _wrong(codes: Codigos, known: Conhecido) -> dict[Motivo, bool]:
    drawn = codes.barras | (frozenset({codes.nota}) if codes.nota else frozenset())
    asked = {slip.valor for slip in codes.boletos} - {None}
    charged = {pix.valor for pix in codes.pix} - {None}
    return {
        Motivo.LINHA_ERRADA: bool(codes.linhas_erradas),
        Motivo.BARRAS_ERRADAS: bool(codes.barras_erradas),
        Motivo.PIX_ERRADO: bool(codes.pix_errados),
        Motivo.LINHA_NAO_E_BARRAS: bool(codes.linhas and drawn and codes.linhas != drawn),
        Motivo.PIX_NAO_E_BOLETO: bool(asked and charged and not charged <= asked),
        Motivo.OUTRO_FAVORECIDO: _is_unusual(codes, known, (_PIX, _SLIP)),
        Motivo.NOTA_DE_TESTE: codes.de_teste,
        Motivo.NOTA_ERRADA: codes.nota_errada,
        Motivo.OUTRA_NOTA: codes.outra_nota,
        Motivo.PIX_NAO_E_NOTA: codes.outro_pix,
        Motivo.OUTRO_EMISSOR: _is_unusual(codes, known, (EMITENTE,)),
    }


def _is_unusual(codes: Codigos, known: Conhecido, kinds: tuple[str, ...]) -> bool:
    """Whether this names somebody else than all earlier months did, by one of these kinds.

    Where the earlier months differ among themselves nobody is the usual one, and nothing is said.
    """
    for kind in kinds:
        now = _of_kind(codes.favorecidos, kind)
        before = [found for one in known.do_cliente if (found := _of_kind(one.favorecidos, kind))]
        if now and len(before) >= _ENOUGH and len(set(before)) == 1 and not now <= before[0]:
            return True
    return False


def _of_kind(favorecidos: frozenset[str], kind: str) -> frozenset[str]:
    return frozenset(one for one in favorecidos if _kind(one) == kind)


def _kind(favorecido: str) -> str:
    return next((kind for kind in (_PIX, EMITENTE) if favorecido.startswith(kind)), _SLIP)
