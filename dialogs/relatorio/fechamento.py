"""How far a month is, in one message that is rewritten, and what its closing's PDF says."""

from zoneinfo import ZoneInfo

from core.relatorio.fechamento import Fechamento
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Choice
from dialogs.processo.cartao import reais
from dialogs.relatorio.buttons import FechamentoPdf, ShowFechamento
from dialogs.relatorio.mes import labels, progress
from storage.processo.status import StatusProcesso

_OPERADORAS = 4


def text_of(fechamento: Fechamento, zone: ZoneInfo) -> str:
    """x of y in SAT, what it comes to, and who is waited for."""
    tudo = fechamento.figuras.tudo
    if not tudo.total:
        return _("Não há processos de {mes}.").format(mes=fechamento.mes)
    head = _("🏁 Fechamento de {mes}: completo") if fechamento.is_closed else _("⏳ Fechamento de {mes}")
    share = tudo.no_sat * 100 // tudo.total
    lines = [head.format(mes=fechamento.mes), f"{progress(tudo)} ({share} %) · {reais(tudo.valor)}"]
    lines += waiting(fechamento)
    if tudo.atrasadas:
        lines.append(n_("⚠️ {n} atrasada", "⚠️ {n} atrasadas", tudo.atrasadas).format(n=tudo.atrasadas))
    if tudo.sem_valor:
        lines.append(n_("{n} ainda sem valor", "{n} ainda sem valor", tudo.sem_valor).format(n=tudo.sem_valor))
    lines.append(_("Como estava às {hora}.").format(hora=f"{fechamento.em.astimezone(zone):%H:%M}"))
    return "\n".join(lines)


def waiting(fechamento: Fechamento) -> list[str]:
    """A line for each place where invoices wait: how many, and whom or what they wait for."""
    lines = []
    for status, count in fechamento.figuras.tudo.espera.items():
        whom = _whom(fechamento, status)
        line = f"• {count} {labels()[status]}"
        lines.append(f"{line}: {whom}" if whom else line)
    return lines


def choices(fechamento: Fechamento) -> list[Choice]:
    mes_ano = str(fechamento.mes)
    if not fechamento.figuras.tudo.total:
        # Of nothing there is no PDF.
        return [(_("Atualizar"), ShowFechamento(mes_ano=mes_ano))]
    return [(_("Atualizar"), ShowFechamento(mes_ano=mes_ano)), (_("PDF"), FechamentoPdf(mes_ano=mes_ano))]


def pdf_name(fechamento: Fechamento) -> str:
    return f"fechamento-{fechamento.mes.ano}-{fechamento.mes.mes:02d}.pdf"


def pdf_caption(fechamento: Fechamento) -> str:
    return _("Fechamento de {mes}").format(mes=fechamento.mes)


def _whom(fechamento: Fechamento, status: StatusProcesso) -> str:
    if status is StatusProcesso.AGUARDANDO_APROVACAO:
        return ", ".join(fechamento.aprovadores) or _("ninguém pode aprovar")
    where = {nome: totais.por_status[status] for nome, totais in fechamento.figuras.por_operadora.items()}
    most = sorted(((n, codigo) for codigo, n in where.items() if n), key=lambda found: (-found[0], found[1]))
    parts = [f"{codigo} {n}" for n, codigo in most[:_OPERADORAS]]
    if rest := sum(n for n, _codigo in most[_OPERADORAS:]):
        parts.append(_("outras {n}").format(n=rest))
    if status is StatusProcesso.AGUARDANDO_DOWNLOAD and (held := fechamento.login_recusado):
        parts.append(n_("{n} com login recusado", "{n} com login recusado", held).format(n=held))
    return ", ".join(parts)
