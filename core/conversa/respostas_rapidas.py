"""Quick answers: their names, their texts, and the blanks that are filled in when one is sent."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from core.auditoria.auditoria import Autor, registrar
from core.palavras import folded
from storage.auditoria.tipos import Ato
from storage.conversa.respostas_rapidas import remove_resposta, save_resposta
from storage.transaction import Transaction

# With `/r ` before it a name is a row of WhatsApp's list (24 characters).
NAME_LIMIT = 20
TEXT_LIMIT = 2000
BLANKS = ("nome", "protocolo", "consultor")
# What follows `/r` when one is removed.
REMOVE = "apagar"

_NAME = re.compile(r"[a-z0-9_-]+( [a-z0-9_-]+)*")
_BLANK = re.compile(r"\{(\w+)\}")


class RespostaInvalida(ValueError):
    """A quick answer that cannot be: `motivo` is `nome`, `texto`, `vazio` or `lacuna`; `o_que`: what is wrong."""

    def __init__(self, motivo: str, o_que: str = "") -> None:
        super().__init__(motivo)
        self.motivo = motivo
        self.o_que = o_que


def as_name(text: str) -> str:
    """The name a person means, whatever accents and capitals they type it with."""
    return folded(text)


def checked(nome: str, texto: str) -> None:
    """Raises RespostaInvalida for a name that cannot be typed or tapped, or a text that cannot be sent."""
    if not _NAME.fullmatch(nome) or len(nome) > NAME_LIMIT or nome.split()[0] == REMOVE:
        raise RespostaInvalida("nome", nome)
    if len(texto) > TEXT_LIMIT:
        raise RespostaInvalida("texto")
    for blank in _BLANK.findall(texto):
        if blank.casefold() not in BLANKS:
            raise RespostaInvalida("lacuna", blank)


def filled(texto: str, values: Mapping[str, str]) -> str:
    """The text with its blanks filled in; braces of any other kind stay. `values` by the names in `BLANKS`."""
    return _BLANK.sub(lambda found: values.get(found[1].casefold(), found[0]), texto)


def similar(nome: str, names: Sequence[str], limit: int = 3) -> list[str]:
    """The names that were perhaps meant, best first."""
    beginning = [one for one in names if one.startswith(nome)]
    close = get_close_matches(nome, names, n=limit, cutoff=0.5)
    return list(dict.fromkeys([*beginning, *close]))[:limit]


async def guardar(tx: Transaction, nome: str, texto: str, por: Autor) -> bool:
    """Keep it under that name, in place of the one there was; whether it is new. Raises RespostaInvalida."""
    checked(nome, texto)
    if not texto:
        raise RespostaInvalida("vazio", nome)
    assert por.usuario_id is not None
    new = await save_resposta(tx, nome, texto, por.usuario_id)
    registrar(tx, Ato.RESPOSTA, por, alvo=f"resposta:{nome}", o_que="guardar")
    return new


async def apagar(tx: Transaction, nome: str, por: Autor) -> bool:
    """Forget it; False when there was none of that name."""
    removed = await remove_resposta(tx, nome)
    if removed:
        registrar(tx, Ato.RESPOSTA, por, alvo=f"resposta:{nome}", o_que="apagar")
    return removed
