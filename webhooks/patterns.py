"""How aiohttp finds the handler of an address."""

import re
from collections.abc import Iterable


def pattern(path: str, paths: Iterable[str]) -> str:
    """A path as aiohttp wants it: a `{id}` is never a word that another of the paths has there.

    `PUT /consultor/da-vez` is 405, not the consultor of that name.
    """
    before, brace, rest = path.partition("{")
    if not brace:
        return path
    name, _, after = rest.partition("}")
    others = (other for other in paths if "{" not in other and other.startswith(before))
    words = sorted({re.escape(other.removeprefix(before).split("/")[0]) for other in others})
    never = f"(?!(?:{'|'.join(words)})(?:/|$))" if words else ""
    return f"{before}{{{name}:{never}[^{{}}/]+}}{after}"
