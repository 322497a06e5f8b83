"""Phones: from what people type to digits with country code, and back to a masked form."""

import re

import phonenumbers

from core.palavras import trimmed

BRAZIL = "55"
_PUNCTUATION = re.compile(r"[\s().\-/\u2010-\u2015\u2212]+")
_TYPED = re.compile(r"\+?[0-9]{6,20}")
# Area code, then a mobile (9 and eight digits), a landline (2-5) or a mobile of before the ninth digit (6-9).
_NATIONAL = re.compile(r"[1-9][1-9](?:9[0-9]{8}|[2-9][0-9]{7})")
_MOBILE = re.compile(r"55([1-9][1-9])9?([6-9][0-9]{7})")
# Elsewhere WhatsApp writes a mobile otherwise than people do: Mexico's with the 1 that was dialled before it until
# 2019, Argentina's with the 9 that is dialled from abroad alone. Both give each number of ten digits out once.
_MEXICAN = re.compile(r"521?([2-9][0-9]{9})")
_ARGENTINE = re.compile(r"549?([1-9][0-9]{9})")
_SHORTEST_WITHOUT_PLUS = 10
# "0xx31 …", as it stands on signs: the xx is whichever carrier (Anatel's "código de seleção de prestadora").
_ANY_CARRIER = re.compile(r"\A0?xx(?=[0-9])", re.IGNORECASE)
# One zero too many before a mobile, or before its carrier: "00 31 98880-4009", "00 15 31 98880-4009".
_ZERO_TOO_MANY = re.compile(r"00(?:[1-9][0-9])?(?P<national>[1-9][1-9]9[6-9][0-9]{7})")


# As other programs write one: a link to call or write to, with `whatsapp:` before it, as an address of WhatsApp's own.
_WRITTEN_BY_PROGRAMS = re.compile(
    r"(?:tel|whatsapp):(?P<said>.+)|(?:https?://)?(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=)\+?(?P<linked>[0-9]+)"
    r"|(?P<address>[0-9]+)(?::[0-9]+)?@(?:s\.whatsapp\.net|c\.us)",
    re.IGNORECASE | re.ASCII,
)


def digits_of(phone: str) -> str:
    """The digits with country code of a phone that a person typed or a file holds.

    `+`, spaces and punctuation are forgiven. Without `+`, ten or eleven digits that make a Brazilian number
    are one and get 55, so a channel's own id (which always has its country code) is passed with `+` before.
    A Brazilian mobile keeps the form it came in; `same_person_forms` knows both. A link to it is read as the phone.

    Raises ValueError, without echoing the number, when it cannot be a phone.
    """
    typed = trimmed(phone)
    if (written := _WRITTEN_BY_PROGRAMS.fullmatch(typed)) is not None:
        typed = written["said"] or f"+{written['linked'] or written['address']}"
    typed = _ANY_CARRIER.sub("0", _PUNCTUATION.sub("", typed))
    if not _TYPED.fullmatch(typed):
        raise ValueError("not a phone number")
    digits = typed.lstrip("+")
    if digits.startswith(BRAZIL) and _NATIONAL.fullmatch(digits, 2):
        return digits
    if typed[0] != "+" and _NATIONAL.fullmatch(digits):
        return BRAZIL + digits
    return _parsed(typed)


def _parsed(typed: str) -> str:
    """What is neither plain Brazilian form: another country, a trunk zero, a carrier code, an exit code."""
    if typed.startswith("00"):
        mobile, typed = _ZERO_TOO_MANY.fullmatch(typed), "+" + typed[2:]
        if mobile is not None and (len(typed) == len("+31988804009") or not _is_valid(typed)):
            return BRAZIL + mobile["national"]
    if typed[0] not in "+0" and len(typed) < _SHORTEST_WITHOUT_PLUS:
        raise ValueError("phone number without area code")
    try:
        number = phonenumbers.parse(typed if typed[0] in "+0" else f"+{typed}", "BR")
    except phonenumbers.NumberParseException as refused:
        raise ValueError("not a phone number") from refused
    national = phonenumbers.national_significant_number(number)
    if str(number.country_code) == BRAZIL:
        sound = _NATIONAL.fullmatch(national) is not None
    elif typed[0] == "+":
        reason = phonenumbers.is_possible_number_with_reason(number)
        sound = reason == phonenumbers.ValidationResult.IS_POSSIBLE
    else:  # it may as well be a Brazilian number with a digit wrong, so possible is not enough
        sound = phonenumbers.is_valid_number(number)
    if not sound:
        raise ValueError("not a phone number")
    return f"{number.country_code}{national}"


def _is_valid(typed: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(typed))
    except phonenumbers.NumberParseException:
        return False


def same_person_forms(digits: str) -> tuple[str, ...]:
    """Every form under which the owner of these digits may be known, today's form first.

    A Brazilian mobile whose old number began with 6 to 9 has two: with and without the ninth digit (Anatel's
    resolution 553 added it; WhatsApp still names old accounts without it). Landlines and mobiles that never had
    eight digits have one. So have other countries, but for Mexico and Argentina.
    """
    if (mobile := _MOBILE.fullmatch(digits)) is not None:
        area, subscriber = mobile.groups()
        return (f"{BRAZIL}{area}9{subscriber}", f"{BRAZIL}{area}{subscriber}")
    if (mexican := _MEXICAN.fullmatch(digits)) is not None:
        return (f"52{mexican[1]}", f"521{mexican[1]}")
    if (argentine := _ARGENTINE.fullmatch(digits)) is not None:
        return (f"549{argentine[1]}", f"54{argentine[1]}")
    return (digits,)


def masked(digits: str) -> str:
    """A phone for logs and shared screens: the first two and the last four characters, the rest hidden."""
    if len(digits) < 10:
        return "*" * len(digits)
    return f"{digits[:2]}{'*' * (len(digits) - 6)}{digits[-4:]}"
