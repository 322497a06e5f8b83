"""The fonts of our documents, and what they can show."""

import re
from collections.abc import Collection
from importlib.resources import as_file, files
from typing import Any, Literal

import emoji
from fpdf import FPDF
from fpdf.fonts import TTFFont

FAMILY = "DejaVu"
_STYLES: tuple[tuple[Literal["", "B"], str], ...] = (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf"))
# What the emoji's names are called in the library, by the language of a conversation.
_EMOJI_LANGUAGES = {"pt_BR": "pt", "en": "en", "es": "es"}
_AS_PICTURE = "\ufe0f"
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")


def add_fonts(pdf: FPDF) -> frozenset[int]:
    """Give the document its fonts, plain and bold; the characters that both have."""
    for style, name in _STYLES:
        with as_file(_font_file(name)) as path:
            pdf.add_font(FAMILY, style, path)
    fonts = [set(font.cmap) for font in pdf.fonts.values() if isinstance(font, TTFFont)]
    return frozenset(set.intersection(*fonts))


def readable(text: str, idioma: str, known: Collection[int]) -> str:
    """What a font of these characters can show: an emoji it has not is named, anything else it has not is a box."""
    language = _EMOJI_LANGUAGES.get(idioma, idioma)

    def shown_or_named(chars: str, data: dict[str, Any]) -> str:
        if len(chars.rstrip(_AS_PICTURE)) == 1 and ord(chars[0]) in known:
            return chars[0]
        name = str(data.get(language) or data["en"])
        return f"[{name.strip(':').replace('_', ' ')}]"

    if not text.isascii():
        if language != "en":
            emoji.config.load_language(language)
        text = emoji.replace_emoji(text, shown_or_named)
    text = _UNSEEN.sub("", text.replace("\t", "    "))
    return "".join(char if char == "\n" or ord(char) in known else "□" for char in text)


def _font_file(name: str) -> Any:
    # The fonts that matplotlib draws with: Latin with every accent, Greek, Cyrillic, Arabic, many signs.
    return files("matplotlib") / "mpl-data" / "fonts" / "ttf" / name
