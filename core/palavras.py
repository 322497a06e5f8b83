"""The chat words (contract §6): which they are, who may use them, how they are recognised in a message."""

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum, StrEnum, auto

from core.direitos.direitos import Direito, tem
from storage.engines.folding import folded as folded
from storage.pessoa.perfil import Perfil


class Palavra(StrEnum):
    """A word a person can type alone, any case, with or without accents or `/`; in the order of the menu."""

    VENDER = "VENDER"
    SIM = "SIM"
    NAO = "NAO"
    CANCELAR = "CANCELAR"
    STATUS = "STATUS"
    VENDAS = "VENDAS"
    ONLINE = "ONLINE"
    OCUPADO = "OCUPADO"
    AUSENTE = "AUSENTE"
    OFFLINE = "OFFLINE"
    PRESENCA = "PRESENCA"
    FILA = "FILA"
    ENCERRAR = "ENCERRAR"
    TRANSFERIR = "TRANSFERIR"
    NOTA = "NOTA"
    PENDENTES = "PENDENTES"
    DELEGAR = "DELEGAR"
    PROCESSOS = "PROCESSOS"
    PROCESSO = "PROCESSO"
    EXECUCOES = "EXECUCOES"
    POOL = "POOL"
    LIBERAR = "LIBERAR"
    AGENDAMENTOS = "AGENDAMENTOS"
    RELATORIO = "RELATORIO"
    FECHAMENTO = "FECHAMENTO"
    BACKUP = "BACKUP"
    USUARIOS = "USUARIOS"
    TOKEN = "TOKEN"  # noqa: S105 - a chat word
    PAINEL = "PAINEL"
    AUDITORIA = "AUDITORIA"
    AJUDA = "AJUDA"
    MENU = "MENU"
    IDIOMA = "IDIOMA"
    INICIO = "INICIO"
    CONSULTOR = "CONSULTOR"


P = Palavra
_ANYONE = frozenset({P.AJUDA, P.MENU, P.IDIOMA, P.INICIO})
# They answer whatever is on the screen, so every registered person needs them, not only the seller:
# an operator confirms a suggested processo, an approver gives up a rejection.
_ANSWERS = frozenset({P.SIM, P.NAO, P.CANCELAR})
_DIREITO: dict[Palavra, Direito] = {
    P.PAINEL: Direito.ENTRAR_NO_PAINEL,
    **dict.fromkeys((P.VENDER, P.STATUS, P.VENDAS), Direito.VENDER),
    **dict.fromkeys((P.ONLINE, P.OCUPADO, P.AUSENTE, P.OFFLINE, P.PRESENCA), Direito.ATENDER),
    **dict.fromkeys((P.FILA, P.ENCERRAR, P.TRANSFERIR, P.NOTA), Direito.ATENDER),
    **dict.fromkeys((P.PROCESSOS, P.PROCESSO), Direito.VER_PROCESSOS),
    P.EXECUCOES: Direito.CUIDAR_DE_PROCESSOS,
    **dict.fromkeys((P.PENDENTES, P.DELEGAR), Direito.DECIDIR),
    **dict.fromkeys((P.POOL, P.LIBERAR), Direito.VER_ACESSOS),
    **dict.fromkeys((P.AGENDAMENTOS, P.RELATORIO, P.FECHAMENTO), Direito.AGENDAR),
    **dict.fromkeys((P.USUARIOS, P.TOKEN), Direito.ADMINISTRAR),
    **dict.fromkeys((P.BACKUP, P.AUDITORIA), Direito.AUDITAR),
}


class _Argument(Enum):
    TEXT = auto()
    """Anything, several words."""
    ONE = auto()
    """A single token: a month, an id, the payload of a link."""
    REPORT = auto()
    """A month, or what the report is about, or both: `vendas`, `vendas 11/2026`, `logins ontem`."""


_ARGUMENTS = {
    P.OCUPADO: _Argument.TEXT,
    P.AUSENTE: _Argument.TEXT,
    P.NOTA: _Argument.TEXT,
    P.PROCESSOS: _Argument.ONE,
    P.PROCESSO: _Argument.ONE,
    P.RELATORIO: _Argument.REPORT,
    P.FECHAMENTO: _Argument.ONE,
    P.INICIO: _Argument.ONE,
}
# Every Telegram bot has `start` and `help` (core.telegram.org/bots/features#global-commands).
_SPELLINGS = {palavra.value.casefold(): palavra for palavra in Palavra} | {"start": P.INICIO, "help": P.AJUDA}
_TYPED = re.compile(r"/?([^\s@/]+)(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
_COMMAND = re.compile(r"\A/(\w+)(?:@\w+)?(?=\s|\Z)")
_REPORT = re.compile(
    r"\S+(?: (?:\S*[0-9]\S*|hoje|ontem|semana))?"
    r"|(?:d[aeo]s? )?(?:vendas?|atendimentos?|consultores|logins?|pool|acessos|presencas?)(?: \S+){1,6}"
)
# So many words behind one that takes none are still said to us.
_MORE = 4
_MARKS = ",.:;-!"
_TOWARDS = frozenset(("para", "pra", "pro", "a", "ao", "o", "p", "to"))
# As it stands before a choice: neither `01` nor digits of another script.
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
# "Opção 5", "a 2", "número 3", "quero o 6".
_NUMBER_SAID = re.compile(
    r"^(?:(?:quero|queria|escolho|prefiro|vou de|fico com|pode ser|i want|quiero) )?(?:(?:a|o) )?(?:(?:opcao|op"
    r"|numero|num|nr|n|item|option|opcion) )?(?=\d+$)"
)
_EDGES = "".join(
    char for char in map(chr, [*range(0x3001), 0xFEFF]) if char.isspace() or unicodedata.category(char) == "Cf"
)
# Letters and cells that show nothing are how an "empty" message is sent on purpose.
_EDGES += "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"


def trimmed(text: str) -> str:
    """The text without surrounding spaces and invisible characters (zero width, direction marks, BOM, blanks)."""
    return text.strip(_EDGES)


def is_bare_command(text: str) -> bool:
    """Whether it is `/word`, of ours or not, and nothing else."""
    typed = _COMMAND.match(bare := trimmed(text))
    return typed is not None and typed.end() == len(bare)


def match_word(text: str, bot_username: str | None = None) -> tuple[Palavra, str] | None:
    """The chat word of a message and its argument (as typed, `""` when there is none), or None.

    A word that takes no argument counts only alone: "vender tudo" is None. NOTA, PROCESSO and RELATORIO match
    without their argument too, so that the dialog can ask for it. `bot_username` is ours on Telegram, None on
    a channel without names; `/word@OtherBot` is not for us and is None.
    """
    typed = _TYPED.fullmatch(trimmed(text))
    if typed is None:
        return None
    word, addressee, rest = typed.groups()
    if addressee is not None and not _is_ours(addressee, bot_username):
        return None
    palavra = _SPELLINGS.get(folded(word))
    argument = (rest or "").strip()
    if palavra is None or not _accepts(palavra, argument):
        return None
    return palavra, argument


def word_with_more(text: str, *words: Palavra) -> tuple[Palavra, str] | None:
    """One of these words, which take no argument, and what a few words behind it name: `TRANSFERIR para Elisa`."""
    typed = _TYPED.fullmatch(trimmed(text))
    # "TRANSFERIR, Elisa." is said as often.
    palavra = _SPELLINGS.get(folded(typed[1]).rstrip(_MARKS)) if typed is not None and typed[2] is None else None
    more = ((typed[3] if typed is not None else None) or "").split()
    if palavra not in words or not 0 < len(more) <= _MORE or "?" in text:
        return None
    return palavra, " ".join(more[1:] if len(more) > 1 and folded(more[0]) in _TOWARDS else more).rstrip(_MARKS)


def is_for_another_bot(text: str, bot_username: str | None) -> bool:
    """Whether this is `/word@OtherBot`. On a channel without names (None) nothing is."""
    typed = _TYPED.fullmatch(trimmed(text)) if bot_username and trimmed(text).startswith("/") else None
    return typed is not None and typed[2] is not None and not _is_ours(typed[2], bot_username)


def _is_ours(addressee: str, bot_username: str | None) -> bool:
    return addressee.casefold() == (bot_username or "").lstrip("@").casefold()


def _accepts(palavra: Palavra, argument: str) -> bool:
    if not argument:
        return True
    kind = _ARGUMENTS.get(palavra)
    if kind is _Argument.REPORT:
        return _REPORT.fullmatch(folded(argument)) is not None
    return kind is _Argument.TEXT or (kind is _Argument.ONE and len(argument.split()) == 1)


def chosen_place(labels: Sequence[str], text: str, *, by_number: bool = True) -> int | None:
    """Which of the choices on the screen a typed text names, counted from 0: by its label, else by its number there.

    Labels come first: of the choices `2 1 0`, typing 1 takes the one called 1.
    """
    typed = folded(text)
    for place, label in enumerate(labels):
        if folded(label) == typed:
            return place
    number = _NUMBER_SAID.sub("", typed) if by_number else ""
    if _NUMBER.fullmatch(number) and 1 <= int(number) <= len(labels):
        return int(number) - 1
    return None


def words_for(perfil: Perfil | None) -> tuple[Palavra, ...]:
    """The words a person of that perfil may use, in menu order; None is a customer, registered by no one."""
    if perfil is None:
        return tuple(palavra for palavra in Palavra if palavra in _ANYONE or palavra is P.CONSULTOR)
    own = _ANYONE | _ANSWERS | {palavra for palavra, direito in _DIREITO.items() if tem(perfil, direito)}
    return tuple(palavra for palavra in Palavra if palavra in own)


def may_use(palavra: Palavra, perfil: Perfil | None) -> bool:
    """Whether that perfil (None: a customer) may use the word."""
    return palavra in words_for(perfil)
