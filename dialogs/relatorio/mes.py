"""The month's report in words: what stands under and in the picture, and how its sheets are called."""

from datetime import timedelta

from core.relatorio.mes import RelatorioMes, Totais
from core.testemunha.meses import Mes
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Talk
from dialogs.processo.cartao import reais
from storage.processo.status import StatusProcesso

# A caption on Telegram holds 1024 characters.
_SHOWN = 8


def title_of(mes: Mes) -> str:
    return _("Faturas de {mes}").format(mes=mes)


def labels() -> dict[StatusProcesso, str]:
    """How the picture calls where an invoice stands."""
    return {
        StatusProcesso.AGUARDANDO_DOWNLOAD: _("à espera do download"),
        StatusProcesso.AGUARDANDO_APROVACAO: _("à espera de aprovação"),
        StatusProcesso.AGUARDANDO_ENVIO_SAT: _("à espera do envio ao SAT"),
        StatusProcesso.UPLOAD_REALIZADO: _("no SAT"),
    }


def notes(report: RelatorioMes) -> dict[str, str]:
    """What stands beside each operadora's bar, by codigo."""
    return {nome: _figures(totais) for nome, totais in report.por_operadora.items()}


def sheets() -> dict[str, str]:
    """Names of the workbook's sheets and of the columns of its totals."""
    return {
        "totais": _("totais"),
        "processos": _("processos"),
        "tudo": _("tudo"),
        "operadora": _("operadora"),
        **{str(status): text for status, text in labels().items()},
        "total": _("total"),
        "valor": _("valor"),
        "variacao": _("variação %"),
        "horas_ate_o_sat": _("horas até o SAT"),
        "atrasadas": _("atrasadas"),
        "sem_valor": _("sem valor"),
    }


def caption(report: RelatorioMes, mes: Mes) -> str:
    """The picture in words, for those who cannot see it; or that there is nothing to show."""
    if not report.tudo.total:
        return _("Não há processos de {mes}.").format(mes=mes)
    lines = [title_of(mes), f"{progress(report.tudo)} · {_figures(report.tudo)}"]
    largest = sorted(report.por_operadora.items(), key=lambda found: -found[1].total)
    lines += [f"{codigo}: {progress(totais)} · {_figures(totais)}" for codigo, totais in largest[:_SHOWN]]
    return "\n".join(lines)


def progress(totais: Totais) -> str:
    """`287 de 312 no SAT`."""
    return _("{n} de {total} no SAT").format(n=totais.no_sat, total=totais.total)


def variacao_text(totais: Totais) -> str:
    """`+3,1 %` against last month; empty where nothing can be compared."""
    return "" if totais.variacao is None else f"{totais.variacao:+.1f} %".replace(".", ",")


def _figures(totais: Totais) -> str:
    parts = [reais(totais.valor)]
    if change := variacao_text(totais):
        parts.append(change)
    if totais.tempo_mediano is not None:
        parts.append(_("{tempo} até o SAT").format(tempo=_duration(totais.tempo_mediano)))
    if totais.atrasadas:
        parts.append(n_("{n} atrasada", "{n} atrasadas", totais.atrasadas).format(n=totais.atrasadas))
    return " · ".join(parts)


def _duration(took: timedelta) -> str:
    """The unit that says most."""
    minutes = round(took.total_seconds() / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours = round(minutes / 60)
    return _("{n} h").format(n=hours) if hours < 48 else _("{n} dias").format(n=round(hours / 24))


async def failed(talk: Talk) -> None:
    await talk.say(_("Não consegui montar o relatório agora. Tente de novo em alguns minutos."))
