"""A phrase of which piece after piece is understood and taken out; what is left at the end was not understood."""

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from core.palavras import folded


class Duvida(StrEnum):
    """What has to be asked before there is a schedule."""

    EMPTY = "empty"
    NOT_UNDERSTOOD = "not_understood"
    NO_TASK = "no_task"
    TWO_TASKS = "two_tasks"
    NEGATION = "negation"
    CONDITION = "condition"
    EXCEPTION = "exception"
    LIMITS = "limits"
    PAST = "past"
    ONCE = "once"
    NO_DAYS = "no_days"
    NO_TIME = "no_time"
    NO_WEEKDAY = "no_weekday"
    NO_MONTH_DAY = "no_month_day"
    NTH_WORKDAY = "nth_workday"
    VAGUE_DAY = "vague_day"
    VAGUE_TIME = "vague_time"
    VAGUE_FREQUENCY = "vague_frequency"
    BAD_TIME = "bad_time"
    BAD_DAY = "bad_day"
    BAD_NUMBER = "bad_number"
    AMBIGUOUS_TIME = "ambiguous_time"
    TIMES_APART = "times_apart"
    MIDNIGHT = "midnight"
    NOT_EVERY_MONTH = "not_every_month"
    DAYS_CLASH = "days_clash"
    RECURRING = "recurring"
    INTERVAL = "interval"
    WINDOW = "window"
    NO_OPERADORA = "no_operadora"
    UNKNOWN_OPERADORA = "unknown_operadora"
    AMBIGUOUS_OPERADORA = "ambiguous_operadora"
    NO_ROBOT = "no_robot"
    NO_RECIPIENT = "no_recipient"
    UNKNOWN_PERSON = "unknown_person"
    AMBIGUOUS_PERSON = "ambiguous_person"
    NO_PERIODO = "no_periodo"


class Perguntar(Exception):
    """It cannot be made so: `duvida` says what to ask, `trecho` the words it is about."""

    def __init__(self, duvida: Duvida, trecho: str = "") -> None:
        super().__init__(duvida.value)
        self.duvida = duvida
        self.trecho = trecho


class Marca(StrEnum):
    """What stands in the place of a piece that was understood."""

    TAREFA = "§t"
    DIAS = "§d"
    HORAS = "§h"
    OPERADORA = "§o"
    PESSOA = "§p"
    OUTRO = "§x"


class Cortado(NamedTuple):
    """A piece that was taken out: its groups."""

    texto: str
    grupos: tuple[str | None, ...]


_ORDINAL = re.compile(r"(?<=\d)\s?[ªº]")
_PUNCTUATION = re.compile(r"(?<![!?;.])[!?;.]++(?=\s|$)|[“”\"()]")


class Frase:
    """The phrase as it is compared: no accents, no case, single spaces, commas by themselves."""

    def __init__(self, texto: str) -> None:
        # An ordinal sign folds into nothing that says so: it is written out first.
        said = _ORDINAL.sub("a", unicodedata.normalize("NFC", texto.replace("°", "º")))
        said = _PUNCTUATION.sub(" ", folded(said))
        self.texto = " ".join(re.sub(r"[,–—]|:(?!\d)", " , ", said).split())
        # "Pras 3" is at that hour, "às 10 pras 8" is not.
        self.texto = re.sub(
            r"(?<!\d )(?<!dez )(?<!cinco )(?<!quinze )(?<!vinte )\b(?:pras|pra as|para as) (?=\d)", "as ", self.texto
        )
        # Of "duas vezes por dia".
        self.times: int | None = None

    def has(self, pattern: str) -> re.Match[str] | None:
        """Where it says that."""
        return re.search(rf"(?<![\w§-])(?:{pattern})(?![\w-])", self.texto)

    def cut(self, pattern: str, marca: Marca = Marca.OUTRO) -> Cortado | None:
        """Take the first piece of that form out."""
        found = self.has(pattern)
        if found is None:
            return None
        self.texto = f"{self.texto[: found.start()]} {marca} {self.texto[found.end() :]}"
        self.texto = " ".join(self.texto.split())
        return Cortado(found[0], found.groups())

    def left(self, fillers: frozenset[str]) -> list[str]:
        """The words that nobody understood, in order."""
        return [word for word in self.texto.split() if word not in fillers and not word.startswith("§") and word != ","]
