"""The month on one picture for a phone: each operadora's way to SAT as a bar, its value and what is late beside it."""

from collections.abc import Mapping
from io import BytesIO

from core.relatorio.mes import RelatorioMes
from storage.processo.status import StatusProcesso

# From what waits longest to what is done; told apart by brightness too, on light and on dark alike.
COLOURS = {
    StatusProcesso.UPLOAD_REALIZADO: "#1b7f4b",
    StatusProcesso.AGUARDANDO_ENVIO_SAT: "#6cbf84",
    StatusProcesso.AGUARDANDO_APROVACAO: "#f2c14e",
    StatusProcesso.AGUARDANDO_DOWNLOAD: "#c9ced6",
}
_INK, _GREY = "#16181b", "#5b6470"
# Wide enough for a phone held upright to show every letter at its own size.
_INCHES, _INCHES_EACH, _HEAD, _FOOT, _DPI = 6.0, 0.92, 0.7, 0.8, 160
_MOST = 20


def fitting(nome: str) -> str:
    """A name above its bar, cut where there is no more room."""
    return nome if len(nome) <= 34 else f"{nome[:33]}…"


def draw_month(
    report: RelatorioMes, title: str, labels: Mapping[StatusProcesso, str], notes: Mapping[str, str]
) -> bytes:
    """A PNG. `labels` names the statuses, `notes` has a line for each operadora by codigo, in the reader's language.

    The twenty largest operadoras, on a white card that reads in a light chat and in a dark one. Not to be called in
    the event loop, for matplotlib takes its time.
    """
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    largest = sorted(report.por_operadora.items(), key=lambda found: -found[1].total)[:_MOST]
    height = _HEAD + _INCHES_EACH * len(largest) + _FOOT
    figure = Figure(figsize=(_INCHES, height), dpi=_DPI, facecolor="white")
    axes = figure.add_axes((0.05, _FOOT / height, 0.9, 1 - (_HEAD + _FOOT) / height))
    for place, (codigo, totais) in enumerate(reversed(largest)):
        left = 0.0
        for status, colour in COLOURS.items():
            share = totais.por_status[status] * 100 / max(totais.total, 1)
            axes.barh(place, share, left=left, height=0.3, color=colour)
            left += share
        # A name is no formula.
        axes.text(0, place + 0.47, fitting(codigo), fontsize=12, fontweight="bold", color=_INK, parse_math=False)
        axes.text(100, place + 0.47, f"{totais.no_sat}/{totais.total}", fontsize=12, ha="right", color=_INK)
        axes.text(0, place + 0.23, notes.get(codigo, ""), fontsize=9.5, color=_GREY, parse_math=False)
    axes.set_xlim(0, 100)
    axes.set_ylim(-0.3, max(len(largest) - 0.2, 0.8))
    axes.set_axis_off()
    figure.text(0.05, 1 - 0.42 / height, title, fontsize=15, fontweight="bold", color=_INK)
    handles = [Patch(color=colour, label=labels[status]) for status, colour in COLOURS.items()]
    figure.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.035, 0.01), ncols=2, fontsize=9.5, frameon=False)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()
