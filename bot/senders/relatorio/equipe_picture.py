"""A report of the team on one picture for a phone: a bar for each person, or for each hour."""

from io import BytesIO
from typing import Any

from bot.senders.relatorio.picture import fitting
from core.relatorio.pedido import Assunto
from dialogs.relatorio.pagina import Pagina

# Told apart by brightness too, on light and on dark alike.
COLOURS = {
    Assunto.VENDAS: ("#1b7f4b", "#c9ced6", "#c0392b", "#f2c14e"),
    Assunto.ATENDIMENTOS: ("#1b7f4b", "#f2c14e"),
    Assunto.LOGINS: ("#1b7f4b", "#a9d8b8"),
    Assunto.PRESENCA: ("#2e9e5b", "#c0392b", "#f2c14e"),
}
_INK, _GREY = "#16181b", "#5b6470"
# As the month's picture: wide enough for a phone held upright to show every letter at its own size.
_INCHES, _HEAD, _FOOT, _DPI = 6.0, 0.7, 0.8, 160
_EACH, _EACH_DENSE = 0.92, 0.4
_MOST = 24
_LONGEST_NOTE = 66


def draw_page(pagina: Pagina, assunto: Assunto) -> bytes:
    """A PNG on a white card, the first 24 bars. Not to be called in the event loop, for matplotlib takes its time."""
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    bars, each = pagina.barras[:_MOST], _EACH_DENSE if pagina.densa else _EACH
    height = _HEAD + each * len(bars) + _FOOT
    figure = Figure(figsize=(_INCHES, height), dpi=_DPI, facecolor="white")
    axes = figure.add_axes((0.05, _FOOT / height, 0.9, 1 - (_HEAD + _FOOT) / height))
    # On one line the name stands before the bar, else above it.
    begin, room = (9.0, 0.75) if pagina.densa else (0.0, 1.0)
    for place, bar in enumerate(reversed(bars)):
        left = begin
        for part, colour in zip(bar.partes, COLOURS[assunto], strict=True):
            axes.barh(place, part * room, left=left, height=0.62 if pagina.densa else 0.3, color=colour)
            left += part * room
        above = 0.0 if pagina.densa else 0.47
        vertical = "center" if pagina.densa else "baseline"
        # A name is no formula.
        said: dict[str, Any] = {"color": _INK, "va": vertical, "parse_math": False, "fontsize": 12}
        axes.text(0, place + above, fitting(bar.nome), fontweight="bold", **said)
        axes.text(100, place + above, bar.direita, ha="right", **said)
        if bar.nota:
            axes.text(0, place + 0.23, bar.nota[:_LONGEST_NOTE], fontsize=9.5, color=_GREY, parse_math=False)
    axes.set_xlim(0, 100)
    axes.set_ylim(*((-0.6, len(bars) - 0.4) if pagina.densa else (-0.3, max(len(bars) - 0.2, 0.8))))
    axes.set_axis_off()
    figure.text(0.05, 1 - 0.42 / height, pagina.titulo, fontsize=15, fontweight="bold", color=_INK)
    handles = [Patch(color=colour, label=part) for part, colour in zip(pagina.partes, COLOURS[assunto], strict=True)]
    figure.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.035, 0.01), ncols=2, fontsize=9.5, frameon=False)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()
