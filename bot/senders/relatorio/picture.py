"""The month on one picture for a phone: each operadora's way to SAT as a bar, its value and what is late beside it."""

from collections.abc import Mapping
from io import BytesIO

from core.relatorio.mes import RelatorioMes
from storage.processo.status import StatusProcesso

# From what waits longest to what is done; told apart by brightness too, on light and on dark alike.
_COLOURS = {
    StatusProcesso.UPLOAD_REALIZADO: "#1b7f4b",
    StatusProcesso.AGUARDANDO_ENVIO_SAT: "#6cbf84",
    StatusProcesso.AGUARDANDO_APROVACAO: "#f2c14e",
    StatusProcesso.AGUARDANDO_DOWNLOAD: "#c9ced6",
}
_INCHES, _INCHES_EACH, _DPI = 7.2, 0.75, 120
_MOST = 20


def draw_month(
    report: RelatorioMes, title: str, labels: Mapping[StatusProcesso, str], notes: Mapping[str, str]
) -> bytes:
    """A PNG. `labels` names the statuses, `notes` has a line for each operadora by codigo, in the reader's language.

    The twenty largest operadoras; not to be called in the event loop, for matplotlib takes its time.
    """
    from matplotlib.figure import Figure

    largest = sorted(report.por_operadora.items(), key=lambda found: -found[1].total)[:_MOST]
    figure = Figure(figsize=(_INCHES, 1.4 + _INCHES_EACH * len(largest)), dpi=_DPI, layout="constrained")
    axes = figure.subplots()
    names = [f"{codigo}\n{notes.get(codigo, '')}".strip() for codigo, _ in reversed(largest)]
    left = [0.0] * len(largest)
    for status, colour in _COLOURS.items():
        shares = [totais.por_status[status] * 100 / totais.total for _, totais in reversed(largest)]
        axes.barh(names, shares, left=left, color=colour, label=labels[status])
        left = [begin + share for begin, share in zip(left, shares, strict=True)]
    for place, (_, totais) in enumerate(reversed(largest)):
        axes.text(101, place, f"{totais.no_sat}/{totais.total}", va="center", fontsize=9)
    axes.set_xlim(0, 112)
    axes.set_xticks([0, 25, 50, 75, 100], ["0", "25", "50", "75", "100 %"])
    axes.set_title(title, loc="left", fontsize=12)
    axes.spines[["top", "right", "left"]].set_visible(False)
    figure.legend(loc="outside lower left", ncols=2, fontsize=9, frameon=False)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()
