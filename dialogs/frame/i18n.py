"""Texts of the chat in the person's language. pt-BR is the source; a text without translation is shown in it."""

from core.idiomas import LANGUAGES as LANGUAGES
from core.idiomas import SOURCE as SOURCE
from core.idiomas import Catalogo

# Each in itself.
LANGUAGE_NAMES = {"pt_BR": "Português", "en": "English", "es": "Español"}

_catalogo = Catalogo("dialogs", "balcao")
use_language = _catalogo.use
in_language = _catalogo.written_in
_ = _catalogo.text
n_ = _catalogo.text_of_count


def language() -> str:
    """The one that texts are in now."""
    return _catalogo.language
