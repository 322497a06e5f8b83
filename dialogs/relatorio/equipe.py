"""Reports of the team in words: sales, atendimentos, logins in use, presence."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from core.presenca.relatorio import REPORTED, TempoPorEstado
from core.relatorio.equipe import Ocupacao, Vendas
from core.relatorio.pedido import Assunto
from core.relatorio.periodo import Periodo
from dialogs.frame.i18n import _, n_
from dialogs.relatorio.pagina import SHOWN, Barra, Folha, Pagina
from storage.presenca.status import StatusPresenca
from storage.relatorio.equipe import AtendimentosDeUm

_HOUR = timedelta(hours=1)
_REASONS = 3


def subject_name(assunto: Assunto) -> str:
    """What a report is about, as people call it."""
    return {
        Assunto.FATURAS: _("faturas"),
        Assunto.VENDAS: _("vendas"),
        Assunto.ATENDIMENTOS: _("atendimentos"),
        Assunto.LOGINS: _("logins"),
        Assunto.PRESENCA: _("presença"),
    }[assunto]


def vendas_page(vendas: Vendas, periodo: Periodo) -> Pagina:
    """By seller: concluded, cancelled, failed, at work; why they failed; by day in the sheets."""
    totals: dict[str, Counter[str]] = {}
    for one in vendas.por_dia:
        counted = totals.setdefault(one.vendedor, Counter())
        counted.update(total=one.total, ok=one.concluidas, failed=one.falhas, cancelled=one.canceladas)
    reasons: dict[str, list[str]] = {}
    for failed in vendas.falhas:
        reasons.setdefault(failed.vendedor, []).append(f"{failed.motivo} {failed.quantas}")
    most = max((counted["total"] for counted in totals.values()), default=0)
    bars = [
        Barra(
            nome,
            tuple(part * 100 / most for part in _parts_of_sales(counted)),
            f"{counted['ok']}/{counted['total']}",
            " · ".join(reasons.get(nome, [])[:_REASONS]),
        )
        for nome, counted in sorted(totals.items(), key=lambda found: (-found[1]["ok"], -found[1]["total"], found[0]))
    ]
    everything = sum(totals.values(), Counter())
    title = _("Vendas de {periodo}").format(periodo=periodo)
    lines = [title, _sales_in_words(everything)]
    lines += [f"{bar.nome}: {bar.direita}" + (f" ({bar.nota})" if bar.nota else "") for bar in bars[:SHOWN]]
    dias = periodo.dias
    rows = [
        (
            dias[one.dia], one.vendedor, one.total, one.concluidas, one.falhas, one.canceladas,
            one.total - one.concluidas - one.falhas - one.canceladas,
        )
        for one in vendas.por_dia
    ]  # fmt: skip
    return Pagina(
        title,
        "\n".join(lines) if bars else _("Não há vendas em {periodo}.").format(periodo=periodo),
        (_("concluídas"), _("canceladas"), _("falharam"), _("em andamento")),
        bars,
        (
            Folha("por_dia", ("dia", "vendedor", "total", "concluidas", "falhas", "canceladas", "em_andamento"), rows),
            Folha(
                "falhas",
                ("vendedor", "motivo", "quantas"),
                [(one.vendedor, one.motivo, one.quantas) for one in vendas.falhas],
            ),
        ),
        file_name(Assunto.VENDAS, periodo),
    )


def atendimentos_page(found: Sequence[AtendimentosDeUm], periodo: Periodo) -> Pagina:
    """By consultor: how many, how they were rated, how long customers waited and were attended."""
    most = max((one.total for one in found), default=0)
    bars = [
        Barra(
            one.consultor or _("ninguém atendeu"),
            (one.encerrados * 100 / most, (one.total - one.encerrados) * 100 / most),
            str(one.total) if one.nota is None else f"{one.total} · {_decimal(one.nota)} ★",
            _times(one),
        )
        for one in found
    ]
    title = _("Atendimentos de {periodo}").format(periodo=periodo)
    total, rated = sum(one.total for one in found), sum(one.avaliados for one in found)
    head = n_("{n} atendimento", "{n} atendimentos", total).format(n=total)
    if rated:
        mean = sum(float(one.nota or 0) * one.avaliados for one in found) / rated
        head += " · " + _("nota {nota} ({n} avaliados)").format(nota=_decimal(mean), n=rated)
    lines = [title, head]
    lines += [" · ".join(filter(None, [f"{bar.nome}: {bar.direita}", bar.nota])) for bar in bars[:SHOWN]]
    columns = ("consultor", "atendimentos", "encerrados", "avaliados", "nota_media", "espera_min", "atendimento_min")
    rows = [
        (
            one.consultor, one.total, one.encerrados, one.avaliados, _two(one.nota), _two(one.espera, 60),
            _two(one.duracao, 60),
        )
        for one in found
    ]  # fmt: skip
    return Pagina(
        title,
        "\n".join(lines) if bars else _("Não há atendimentos em {periodo}.").format(periodo=periodo),
        (_("encerrados"), _("abertos")),
        bars,
        (Folha("consultores", columns, rows),),
        file_name(Assunto.ATENDIMENTOS, periodo),
    )


def logins_page(ocupacao: Ocupacao, periodo: Periodo) -> Pagina:
    """By hour of the day: how many logins were in use on average, and at most."""
    used = [hour for hour in range(24) if ocupacao.pico[hour]]
    shown = range(min(used), max(used) + 1) if used else range(0)
    scale = max(ocupacao.logins, max(ocupacao.pico, default=0), 1)
    bars = [
        Barra(
            f"{hour:02d}h",
            (
                ocupacao.media(hour) * 100 / scale,
                (ocupacao.pico[hour] - ocupacao.media(hour)) * 100 / scale,
            ),
            f"{_decimal(ocupacao.media(hour))} / {ocupacao.pico[hour]}",
        )
        for hour in shown
    ]
    title = _("Logins em uso, {periodo}").format(periodo=periodo)
    lines = [title, n_("{n} login no pool", "{n} logins no pool", ocupacao.logins).format(n=ocupacao.logins)]
    busiest = sorted(used, key=lambda hour: -ocupacao.media(hour))[:3]
    text = _("{hora}h: {media} em uso em média, {pico} ao mesmo tempo no máximo")
    lines += [
        text.format(hora=f"{hour:02d}", media=_decimal(ocupacao.media(hour)), pico=ocupacao.pico[hour])
        for hour in busiest
    ]
    rows = [(hour, _two(ocupacao.media(hour)), ocupacao.pico[hour], ocupacao.logins) for hour in range(24)]
    return Pagina(
        title,
        "\n".join(lines) if bars else _("Nenhum login foi usado em {periodo}.").format(periodo=periodo),
        (_("em média"), _("no máximo")),
        bars,
        (Folha("horas", ("hora", "media_em_uso", "maximo_em_uso", "logins"), rows),),
        file_name(Assunto.LOGINS, periodo),
        densa=True,
    )


def presenca_page(found: Sequence[TempoPorEstado], periodo: Periodo) -> Pagina:
    """By person: hours in each state; by day in the sheet."""
    names = {
        StatusPresenca.ONLINE: _("online"),
        StatusPresenca.BUSY: _("ocupado"),
        StatusPresenca.AWAY: _("ausente"),
    }
    most = max((one.present for one in found), default=timedelta()) or _HOUR
    bars = [
        Barra(
            one.nome,
            tuple(one.total(status) / most * 100 for status in REPORTED),
            _("{n} h").format(n=_decimal(one.present / _HOUR)),
            " · ".join(
                f"{names[status]} {_decimal(one.total(status) / _HOUR)} h" for status in REPORTED if one.total(status)
            ),
        )
        for one in found
    ]
    title = _("Presença de {periodo}").format(periodo=periodo)
    lines = [title, *(f"{bar.nome}: {bar.nota}" for bar in bars[:SHOWN])]
    rows = [
        (day, one.nome, *(_two(times.get(status, timedelta()) / _HOUR) for status in REPORTED))
        for one in found
        for day, times in sorted(one.days.items())
    ]
    return Pagina(
        title,
        "\n".join(lines) if bars else _("Não há tempo de presença registrado em {periodo}.").format(periodo=periodo),
        tuple(names[status] for status in REPORTED),
        bars,
        (Folha("por_dia", ("dia", "pessoa", "horas_online", "horas_ocupado", "horas_ausente"), rows),),
        file_name(Assunto.PRESENCA, periodo),
    )


def file_name(assunto: Assunto, periodo: Periodo) -> str:
    """What its files are called, without the end."""
    return f"{assunto.value}-{periodo.de:%Y-%m-%d}-{periodo.ate:%Y-%m-%d}"


def _parts_of_sales(counted: Counter[str]) -> tuple[int, ...]:
    ok, cancelled, failed = counted["ok"], counted["cancelled"], counted["failed"]
    return ok, cancelled, failed, counted["total"] - ok - cancelled - failed


def _sales_in_words(counted: Counter[str]) -> str:
    text = n_(
        "{n} venda · concluídas: {ok} · falharam: {falhas}",
        "{n} vendas · concluídas: {ok} · falharam: {falhas}",
        counted["total"],
    )
    return text.format(n=counted["total"], ok=counted["ok"], falhas=counted["failed"])


def _times(one: AtendimentosDeUm) -> str:
    parts = []
    if one.espera is not None:
        parts.append(_("espera {tempo}").format(tempo=_minutes(one.espera)))
    if one.duracao is not None:
        parts.append(_("atendimento {tempo}").format(tempo=_minutes(one.duracao)))
    return " · ".join(parts)


def _minutes(seconds: float) -> str:
    minutes = round(float(seconds) / 60)
    return f"{minutes} min" if minutes else f"{round(float(seconds))} s"


def _decimal(number: float) -> str:
    return f"{float(number):.1f}".replace(".", ",")


def _two(number: float | None, by: int = 1) -> Decimal | None:
    return None if number is None else Decimal(float(number) / by).quantize(Decimal("0.01"))
