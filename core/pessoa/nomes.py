"""People by the name by which somebody speaks of them."""

from core.palavras import folded


def is_called(nome_completo: str, said: str) -> bool:
    """Whether every word that was said begins a word of this name: "joão", "joão s" of João Carlos Silva."""
    words = folded(said).split()
    parts = folded(nome_completo).split()
    return bool(words) and all(any(part.startswith(word) for part in parts) for word in words)
