"""Which month it is for: CompetFat, else the printed reference, else this client's usual distance to the due date."""

from datetime import date, timedelta

from core.testemunha.conhecido import Conhecido
from core.testemunha.lido import Codigos, Lido
from core.testemunha.meses import Mes
from core.testemunha.parecer import Campo, Fonte, Motivo, Parecer, Testemunha, Veredito
from core.testemunha.texto import Texto

# Half a month: the usual distance names a month only when its day is nearer to this one than to its neighbours.
_NEAR = 15


def judge_mes(lido: Lido, codes: Codigos, text: Texto, known: Conhecido, vencimento: date | None) -> Parecer:
    """The verdict on the month. Any direct witness decides; NFCom's month of emission only when it is far off."""
    said = _direct(lido, text, known)
    if not said and vencimento:
        said = _by_distance(vencimento, known)
    far = [key for key in codes.chaves if abs(key.emissao - known.mes) > 1 + abs(known.referencia_usual)]
    witnesses = (*said, *(Testemunha(Fonte.NFCOM, str(key.emissao)) for key in far))
    reasons = ((Motivo.OUTRO_MES,) if any(one.valor != str(known.mes) for one in said) else ()) + (
        (Motivo.EMISSAO_LONGE,) if far else ()
    )
    months = {one.valor for one in said}
    value = months.pop() if len(months) == 1 else None
    if reasons:
        return Parecer(Campo.MES, Veredito.DIVERGE, value, witnesses, reasons)
    if not said:
        several = (Motivo.VARIOS_NA_FONTE,) if len(text.referencias) > 1 else ()
        return Parecer(Campo.MES, Veredito.SEM_TESTEMUNHA, None, (), several)
    return Parecer(Campo.MES, Veredito.CONFERE, value, witnesses)


def _direct(lido: Lido, text: Texto, known: Conhecido) -> list[Testemunha]:
    """CompetFat and the one printed reference, as the processo's months count."""
    shift = known.referencia_usual
    found = []
    if lido.nota and lido.nota.competencia:
        found.append(Testemunha(Fonte.NFCOM, str(lido.nota.competencia.plus(shift))))
    if len(text.referencias) == 1:
        found += [Testemunha(Fonte.TEXTO, str(month.plus(shift))) for month in text.referencias]
    return found


def _by_distance(vencimento: date, known: Conhecido) -> list[Testemunha]:
    """The month whose bill is usually due on that day."""
    usual = known.distancia_usual
    if usual is None:
        return []
    start = Mes.of_date(vencimento - timedelta(days=usual - _NEAR))
    nearest = min((start.plus(step) for step in (-1, 0, 1)), key=lambda mes: _off(vencimento, mes, usual))
    return [Testemunha(Fonte.TEXTO, str(nearest))] if _off(vencimento, nearest, usual) <= _NEAR else []


def _off(vencimento: date, mes: Mes, usual: int) -> int:
    return abs((vencimento - mes.primeiro_dia).days - usual)
