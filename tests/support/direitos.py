"""Who may what, as the code says it: `python -m tests.support.direitos` prints the document; `--write` updates it.

Rights, chat words, buttons, routes and pages by perfil, in docs/direitos.md.
"""

import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from aiogram.dispatcher.event.handler import FilterObject

from core.direitos.avisados import Noticia, perfis_de
from core.direitos.direitos import QUEM, Direito
from core.palavras import Palavra, may_use
from dialogs.frame.buttons import Button, Tap
from dialogs.routers import the_dispatcher
from storage.pessoa.perfil import Perfil
from webhooks.auth import OPEN, Auth
from webhooks.routes import PAGES, ROUTES, Route

DOCUMENT = Path(__file__).parents[2] / "docs" / "direitos.md"
_HEAD = """# Who may what

Written from the code by `python -m tests.support.direitos --write`. The table of rights is
`core/direitos/direitos.py`; every route, word, button and page asks it. What is somebody's own (a sale, a conversation,
an approval by delegation) and what may be done where a processo stands comes on top of it.
"""
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
    routes = [*_routes("## Routes", ROUTES), "", *_routes("## Pages of the panel", PAGES), ""]
    return "\n".join([_HEAD, *_rights(), "", *_told(), "", *_words(), "", *_buttons(), "", *routes])


def rights_of_buttons() -> dict[type[Button], Direito]:
    """The right behind each kind of button whose dialog asks for one; what others do depends on what is theirs."""
    found: dict[type[Button], Direito] = {}
    for router in the_dispatcher().chain_tail:
        guards = [_guard(filter_object) for filter_object in router.callback_query._handler.filters or []]
        direito = next((guard for guard in guards if guard is not None), None)
        for handler in router.callback_query.handlers if direito is not None else ():
            for filter_object in handler.filters or []:
                if isinstance(tap := getattr(filter_object.callback, "__self__", filter_object.callback), Tap):
                    found |= dict.fromkeys(tap.kinds, direito)
    return found


def _guard(filter_object: FilterObject) -> Direito | None:
    return getattr(getattr(filter_object.callback, "__self__", filter_object.callback), "direito", None)


def _rights() -> Iterator[str]:
    yield "## Rights"
    yield from _lines("right", ((str(direito), QUEM[direito]) for direito in Direito))


def _told() -> Iterator[str]:
    yield "## Who is told without having asked"
    yield from _lines("of what", ((str(noticia), perfis_de(noticia)) for noticia in Noticia))


def _buttons() -> Iterator[str]:
    yield "## Buttons in chat"
    yield "What is not here is a button of everybody's, or of whoever was asked."
    yield ""
    rights = sorted(rights_of_buttons().items(), key=lambda one: one[0].__name__)
    yield from _lines("button", ((f"`{kind.__name__}`", QUEM[direito]) for kind, direito in rights))


def _lines(what: str, rows: Iterable[tuple[str, Collection[Perfil]]]) -> Iterator[str]:
    yield f"| {what} | {' | '.join(PERFIS)} |"
    yield f"|---|{'---|' * len(PERFIS)}"
    for name, perfis in rows:
        yield f"| {name} | {' | '.join('×' if perfil in perfis else '' for perfil in PERFIS)} |"


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
    if "--write" in sys.argv:
        DOCUMENT.write_text(written(), encoding="utf-8")
    else:
        sys.stdout.write(written())
