"""What is said anywhere in a text, by tables of kinds: `kind: form, form`, as those of the lexicon.

A form is whole words. `(a/b)` is one of the two, `(a/)` or not, and `*` any letters behind a stem, or a word by itself.
"""

import re

from core.fala.lexico.texto import rows_of

_CHOICE = re.compile(r"\(([^()]*)\)")


class Kinds:
    """A table, small and without accents."""

    def __init__(self, table: str) -> None:
        self._of = {kind: _pattern(forms) for kind, forms in rows_of(table)}

    def of(self, said: str) -> frozenset[str]:
        """The kinds of what stands in it."""
        return frozenset(kind for kind, pattern in self._of.items() if pattern.search(said) is not None)


def _pattern(forms: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_written(form.strip()) for form in forms.split(','))})\b")


def _written(form: str) -> str:
    return _CHOICE.sub(lambda found: f"(?:{found[1].replace('/', '|')})", form).replace("*", r"\w+")
