"""Numbers and dates as they are written in Portuguese and Spanish; `english`: as who reads English takes them."""

from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from core.planilha.planilhas import cnpj_cell
from core.processo.valores import cents_of
from core.secret_names import without_numbers
from core.telefones import masked

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_OTHER_WAY = str.maketrans(",.", ".,")


def numero(value: float, *, english: bool = False) -> str:
    """`1.234`."""
    return _written(f"{value:,.0f}", english=english)


def reais(cents: int | None, *, english: bool = False) -> str:
    """`R$ 1.234,56`, or a dash. The space does not break."""
    if cents is None:
        return "–"
    amount = f"{abs(cents) // 100:,}.{abs(cents) % 100:02d}"
    return f"{'-' if cents < 0 else ''}R$\u00a0{_written(amount, english=english)}"


def dia(day: date | None, *, english: bool = False) -> str:
    """`30/11/2026`, `30 Nov 2026`, or a dash."""
    if day is None:
        return "–"
    return f"{_short(day, english=english)} {day.year}" if english else day.strftime("%d/%m/%Y")


def momento(when: datetime | None, zone: ZoneInfo, today: date, *, english: bool = False) -> str:
    """The hour today, with the day otherwise, with the year in another year; a dash for never."""
    if when is None:
        return "–"
    local = when.astimezone(zone)
    if local.date() == today:
        return local.strftime("%H:%M")
    day = _short(local, english=english) if local.year == today.year else dia(local, english=english)
    return f"{day} {local:%H:%M}"


def _short(day: date, *, english: bool) -> str:
    """Without its year. Which of two numbers is the month, not all who read English agree."""
    return f"{day.day} {_MONTHS[day.month - 1]}" if english else day.strftime("%d/%m")


def _written(number: str, *, english: bool) -> str:
    return number if english else number.translate(_OTHER_WAY)


def cnpj(text: str | None) -> str:
    """`12.345.678/0001-90`; what has not 14 characters stays as it is."""
    return cnpj_cell(text) if text else "–"


def tamanho(octets: int | None, *, english: bool = False) -> str:
    """`312 kB`, `1,4 MB`."""
    if octets is None:
        return "–"
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))}\u00a0kB"
    return _written(f"{octets / 1_000_000:.1f}\u00a0MB", english=english)


def dito(valor: str, campo: str, *, english: bool = False) -> str:
    """What a witness says of a field (core/testemunha/parecer.py), as people write it."""
    try:
        if campo == "valor":
            return reais(cents_of(valor), english=english)
        return dia(date.fromisoformat(valor), english=english) if campo == "vencimento" else valor
    except ValueError:
        return valor


def mascarado(telefone: str) -> str:
    """A phone of which only the end is shown."""
    return masked(telefone)


def sem_numeros(texto: str) -> str:
    """What a robot said, without CPFs and phones."""
    return without_numbers(texto)


def navegador(user_agent: str) -> str:
    """`Chrome em Android`: as much as people need to know their own browser by."""
    browsers = (
        ("Telegram", "Telegram"),
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    )
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    )
    browser = next((name for sign, name in browsers if sign in user_agent), user_agent.partition("/")[0][:40] or "?")
    system = next((name for sign, name in systems if sign in user_agent), "")
    return f"{browser} · {system}" if system else browser


def com(path: str, filters: dict[str, object], **changed: object) -> str:
    """An address with these filters; what is None or empty is left out."""
    wanted = {name: value for name, value in (filters | changed).items() if value not in (None, "", [])}
    return f"{path}?{urlencode(wanted, doseq=True)}" if wanted else path
