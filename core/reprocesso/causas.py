"""Why something failed for good, as people are told; the words of a library or a provider stay in the row."""

import re
from enum import StrEnum
from typing import NamedTuple

from core.delivery_errors import LATE, NO_OBJECT, NOT_TAKEN, TOO_LARGE, TOO_OLD

# As the courier writes it down (bot/outbox/tries.py): the code, then words that nobody but a technician is shown.
_OF_A_CALL = re.compile(r"(\w{1,40}): ")


class Causa(StrEnum):
    """Whose fault it was."""

    NOSSA = "nossa"
    ARMAZENAMENTO = "armazenamento"
    SEM_RESPOSTA = "sem_resposta"
    ARQUIVO = "arquivo"
    JA_NAO_EXISTE = "ja_nao_existe"
    SENHA = "senha"
    RECUSADO = "recusado"


class Falha(NamedTuple):
    """`codigo`: by which whoever reads the log finds it; "" for what has none."""

    causa: Causa
    codigo: str


_BY_CODE = {
    **dict.fromkeys(("fault", "unknown_command", "unreadable_command"), Causa.NOSSA),
    **dict.fromkeys(("objects", "object_store"), Causa.ARMAZENAMENTO),
    **dict.fromkeys(("network", "redis", "not_json", "no_id", "no_url", "408"), Causa.SEM_RESPOSTA),
    **dict.fromkeys(
        ("missing", "no_file", "other_file", "unreadable", NO_OBJECT, TOO_LARGE, NOT_TAKEN, TOO_OLD, LATE),
        Causa.ARQUIVO,
    ),
    **dict.fromkeys(("no_venda", "no_execucao", "no_job"), Causa.JA_NAO_EXISTE),
    **dict.fromkeys(("senha", "SENHA_ILEGIVEL"), Causa.SENHA),
}


def falha_de(erro: str) -> Falha:
    """What a row's error says, without its words. An event's has no code: it is an exception of our own."""
    found = _OF_A_CALL.match(erro)
    if found is None:
        return Falha(Causa.NOSSA, "")
    codigo = found[1]
    if codigo.isdecimal() and len(codigo) == 3 and codigo.startswith("5"):
        return Falha(Causa.SEM_RESPOSTA, codigo)
    return Falha(_BY_CODE.get(codigo, Causa.RECUSADO), codigo)
