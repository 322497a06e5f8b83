"""Who may what, as the code says it: `python -m tests.support.direitos` prints words, routes and pages by perfil."""

import sys
from collections.abc import Iterable, Iterator

from core.palavras import Palavra, may_use
from storage.pessoa.perfil import Perfil
from webhooks.app import PAGES, ROUTES, Route
from webhooks.auth import OPEN, Auth

# In the order in which people are introduced.
PERFIS = (
    Perfil.VENDEDOR,
    Perfil.CONSULTOR,
    Perfil.OPERADOR,
    Perfil.APROVADOR,
    Perfil.BACKOFFICE,
    Perfil.ADMINISTRADOR,
)


def written() -> str:
    """The whole document."""
    return "\n".join(
        ["# Who may what", *_words(), "", *_routes("## Routes", ROUTES), "", *_routes("## Pages", PAGES), ""]
    )


def perfis_of(auth: Auth) -> frozenset[Perfil] | None:
    """Whose perfil opens it; None where no person is asked for."""
    if "Bearer" in auth.schemes or auth.perfis:
        return frozenset(auth.perfis or PERFIS)
    return None


def _words() -> Iterator[str]:
    yield "## Words in chat"
    yield from _table("word", [("customer", None), *((perfil.value, perfil) for perfil in PERFIS)])


def _table(what: str, columns: list[tuple[str, Perfil | None]]) -> Iterator[str]:
    yield f"| {what} | {' | '.join(name for name, _ in columns)} |"
    yield f"|---|{'---|' * len(columns)}"
    for palavra in Palavra:
        yield f"| `{palavra}` | {' | '.join('×' if may_use(palavra, perfil) else '' for _, perfil in columns)} |"


def _routes(title: str, routes: Iterable[Route]) -> Iterator[str]:
    yield title
    yield f"| route | other | {' | '.join(PERFIS)} |"
    yield f"|---|---|{'---|' * len(PERFIS)}"
    for route in routes:
        perfis = perfis_of(route.auth)
        other = (
            "anybody"
            if route.auth is OPEN
            else ", ".join(s for s in route.auth.schemes if s not in ("Bearer", "token"))
        )
        marks = " | ".join("×" if perfis is not None and perfil in perfis else "" for perfil in PERFIS)
        yield f"| `{route.method} {route.path}` | {other} | {marks} |"


if __name__ == "__main__":
    sys.stdout.write(written())
