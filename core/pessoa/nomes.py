"""People by the name by which somebody speaks of them."""

from collections.abc import Sequence

from core.palavras import folded

_TAIL = 4


def is_called(nome_completo: str, said: str) -> bool:
    """Whether every word that was said begins a word of this name: "joão", "joão s" of João Carlos Silva."""
    words = folded(said).split()
    parts = folded(nome_completo).split()
    return bool(words) and all(any(part.startswith(word) for part in parts) for word in words)


def told_apart(people: Sequence[tuple[str, str | None]]) -> list[str]:
    """Names, given with their phones: of two called the same, the last digits stand before: buttons cut the end."""
    names = [folded(nome) for nome, _telefone in people]
    return [
        f"…{telefone[-_TAIL:]} {nome}" if telefone and names.count(folded(nome)) > 1 else nome
        for nome, telefone in people
    ]
