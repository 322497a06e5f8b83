"""When it is due: fator, NFCom and print, the robot's word; and whether that fits the month and the issue date."""

from datetime import date

from core.testemunha.conhecido import Conhecido
from core.testemunha.lido import Codigos, Lido
from core.testemunha.meses import Mes
from core.testemunha.parecer import Campo, Fonte, Motivo, Parecer, Testemunha, Veredito, weigh
from core.testemunha.texto import Texto

# A client whose usual day is not known yet: from the month before to two after. Bills are due once a month, so
# that what is most of a month off the usual day is another bill.
_FIRST_MONTH, _LATEST_MONTH = -1, 2
_OFF_THE_USUAL_DAY = 20


def judge_vencimento(lido: Lido, codes: Codigos, text: Texto, known: Conhecido, robo: date | None) -> Parecer:
    """The verdict on the due date. Its year is never taken from the day of judging: old months are done again."""
    emitted = {lido.nota.emissao} if lido.nota and lido.nota.emissao else set()
    emissao = max(text.emissoes | emitted, default=None)
    said = [Testemunha(Fonte.ROBO, robo.isoformat())] if robo else []
    said += _of_codes(codes, text, emissao or known.recebido)
    if lido.nota and lido.nota.vencimento:
        said.append(Testemunha(Fonte.NFCOM, lido.nota.vencimento.isoformat()))
    said += [Testemunha(Fonte.TEXTO, day.isoformat()) for day in text.vencimentos if len(text.vencimentos) == 1]
    several = (Motivo.VARIOS_NA_FONTE,) if len(text.vencimentos) > 1 else ()
    return _placed(weigh(Campo.VENCIMENTO, said, several), known, emissao)


def _of_codes(codes: Codigos, text: Texto, near: date) -> list[Testemunha]:
    """What slips say: by their fator, or by a date in the free field that is also the printed one."""
    found: list[Testemunha] = []
    for fonte, slips in ((Fonte.LINHA, codes.linhas), (Fonte.BARRAS, codes.barras)):
        days = {day for slip in slips for day in (slip.vencimento(near),) if day is not None}
        hints = {day for slip in slips for day in getattr(slip, "datas_livres", frozenset)()}
        days |= {day for day in hints & text.vencimentos if abs((day - near).days) <= 730}
        found += [Testemunha(fonte, day.isoformat()) for day in days if len(days) == 1]
    return found


def _placed(parecer: Parecer, known: Conhecido, emissao: date | None) -> Parecer:
    """The verdict, with what is wrong about the date itself: before it was issued, or another month's."""
    days = {date.fromisoformat(one.valor) for one in parecer.testemunhas}
    reasons: list[Motivo] = []
    if emissao and any(day < emissao for day in days):
        reasons.append(Motivo.ANTES_DA_EMISSAO)
    if any(not _fits(day, known) for day in days):
        reasons.append(Motivo.FORA_DO_MES)
    if not reasons:
        return parecer
    return Parecer(parecer.campo, Veredito.DIVERGE, parecer.valor, parecer.testemunhas, (*reasons, *parecer.motivos))


def _fits(day: date, known: Conhecido) -> bool:
    usual = known.distancia_usual
    if usual is not None:
        return abs((day - known.mes.primeiro_dia).days - usual) <= _OFF_THE_USUAL_DAY
    return _FIRST_MONTH <= Mes.of_date(day) - known.mes <= _LATEST_MONTH
