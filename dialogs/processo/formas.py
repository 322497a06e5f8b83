"""How money and days are written for people."""

from datetime import date

from dialogs.frame.i18n import _, n_


def reais(cents: int | None) -> str:
    """`R$ 1.234,56`, or a dash."""
    if cents is None:
        return "–"
    whole = f"{cents // 100:,}".replace(",", ".")
    return f"R$ {whole},{cents % 100:02d}"


def day_text(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def due_text(day: date | None, today: date) -> str:
    """The day, and how far away it is."""
    if day is None:
        return "–"
    days = (day - today).days
    shown = day_text(day)
    if days < 0:
        return _("{dia} (vencida há {n} dias)").format(dia=shown, n=-days)
    if days == 0:
        return _("{dia} (hoje)").format(dia=shown)
    return n_("{dia} (em {n} dia)", "{dia} (em {n} dias)", days).format(dia=shown, n=days)


def listed(words: list[str]) -> str:
    """`a`, `a e b`, `a, b e c`."""
    if len(words) < 2:
        return "".join(words)
    return _("{antes} e {ultimo}").format(antes=", ".join(words[:-1]), ultimo=words[-1])
