"""Numbers and dates as Brazilians write them."""

from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from core.processo.valores import cents_of
from core.secret_names import without_numbers
from core.telefones import masked


def numero(value: float) -> str:
    """`1.234`."""
    return f"{value:,.0f}".replace(",", ".")


def reais(cents: int | None) -> str:
    """`R$ 1.234,56`, or a dash. The space does not break."""
    if cents is None:
        return "–"
    return f"{'-' if cents < 0 else ''}R$\u00a0{numero(abs(cents) // 100)},{abs(cents) % 100:02d}"


def dia(day: date | None) -> str:
    """`30/11/2026`, or a dash."""
    return "–" if day is None else day.strftime("%d/%m/%Y")


def momento(when: datetime | None, zone: ZoneInfo, today: date) -> str:
    """The hour today, with the day otherwise, with the year in another year; a dash for never."""
    if when is None:
        return "–"
    local = when.astimezone(zone)
    if local.date() == today:
        return local.strftime("%H:%M")
    return local.strftime("%d/%m %H:%M" if local.year == today.year else "%d/%m/%Y %H:%M")


def cnpj(text: str | None) -> str:
    """`12.345.678/0001-90`; what has not 14 characters stays as it is."""
    if not text or len(text) != 14:
        return text or "–"
    return f"{text[:2]}.{text[2:5]}.{text[5:8]}/{text[8:12]}-{text[12:]}"


def tamanho(octets: int | None) -> str:
    """`312 kB`, `1,4 MB`."""
    if octets is None:
        return "–"
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))}\u00a0kB"
    return f"{octets / 1_000_000:.1f}\u00a0MB".replace(".", ",")


def dito(valor: str, campo: str) -> str:
    """What a witness says of a field (core/testemunha/parecer.py), as people write it."""
    try:
        if campo == "valor":
            return reais(cents_of(valor))
        return dia(date.fromisoformat(valor)) if campo == "vencimento" else valor
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
