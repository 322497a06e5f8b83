"""The picture of `core/presenca/relatorio.py`: one bar a day for each person, hours on it by state."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO

from core.presenca.relatorio import REPORTED, TempoPorEstado
from storage.presenca.status import StatusPresenca

# Told apart by brightness too, not by colour alone.
_COLOURS = {StatusPresenca.ONLINE: "#2e9e5b", StatusPresenca.BUSY: "#c0392b", StatusPresenca.AWAY: "#f2c14e"}
_INCHES, _INCHES_EACH, _DPI = 8.0, 2.3, 110


def draw(
    reports: Sequence[TempoPorEstado], days: Sequence[date], labels: Mapping[StatusPresenca, str], axis: str
) -> bytes:
    """A PNG. `labels` names the states, `axis` the hours, in the reader's language.

    Takes about a second of CPU the first time, most of it matplotlib's import: not to be called in the event loop.
    """
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    # Without pyplot, whose global state no two threads may share.
    figure = Figure(figsize=(_INCHES, 0.8 + _INCHES_EACH * len(reports)), dpi=_DPI, layout="constrained")
    for report, axes in zip(reports, figure.subplots(len(reports), sharex=True, squeeze=False)[:, 0], strict=True):
        bottom = [0.0] * len(days)
        for status in REPORTED:
            heights = [_hours(report.days.get(day, {}).get(status, timedelta())) for day in days]
            axes.bar([f"{day:%d/%m}" for day in days], heights, bottom=bottom, color=_COLOURS[status])
            bottom = [low + height for low, height in zip(bottom, heights, strict=True)]
        axes.set_title(report.nome, loc="left", fontsize=10, parse_math=False)
        axes.set_ylabel(axis)
        axes.set_ylim(0, max(8.0, *bottom))
        axes.spines[["top", "right"]].set_visible(False)
    handles = [Patch(color=_COLOURS[status], label=labels[status]) for status in REPORTED]
    figure.legend(handles=handles, loc="outside upper right", ncols=len(REPORTED))
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _hours(time: timedelta) -> float:
    return time / timedelta(hours=1)
