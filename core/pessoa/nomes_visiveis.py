"""Names as the channels tell them, made fit to stand inside a sentence of ours."""

import unicodedata

from core.textos import shortened

LIMIT, FILE_LIMIT = 60, 120
# What stands behind the last point of a file's name, if it is its kind.
KIND = 10
# The joiners of Persian words and of emoji that are made of several.
_JOINERS = frozenset("\u200c\u200d")
# Letters that show nothing (Unicode, Default_Ignorable_Code_Point), and the empty braille cell.
_BLANK = frozenset("\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")


def shown_name(nome: str | None) -> str | None:
    """A name without line breaks, direction marks and what nobody sees, of at most 60 characters; None when nothing
    is left.

    A direction mark turns round whatever stands after it, in our own sentences too (Unicode, UAX 9).
    """
    if nome is None or (nome.isascii() and nome.isalnum() and len(nome) <= LIMIT):
        return nome
    visible = "".join(_as_shown(char) for char in nome)
    if not any(unicodedata.category(char)[0] in "LNSP" for char in visible):
        return None
    return shortened(" ".join(visible.split()), LIMIT)


def shown_file(nome: str | None) -> str | None:
    r"""The name of a file, without the folders before it, of at most 120 characters of which its kind is kept.

    A direction mark would show `fatura\u202efdp.exe` as `faturaexe.pdf`.
    """
    if nome is None:
        return None
    last = nome.replace("\\", "/").rpartition("/")[2]
    visible = " ".join("".join(_as_shown(char) for char in last).split())
    begins, dot, kind = visible.rpartition(".")
    if begins.strip(" .") and len(kind) <= KIND:
        return shortened(begins, FILE_LIMIT - KIND) + dot + kind
    return shortened(visible, FILE_LIMIT) if visible.strip(" .") else None


def _as_shown(char: str) -> str:
    if char in _JOINERS:
        return char
    if char in _BLANK:
        return " "
    category = unicodedata.category(char)
    return " " if category in ("Cc", "Zl", "Zp", "Zs") else "" if category in ("Cf", "Cs", "Co", "Cn") else char
