"""What a robot asks: the question's shape (contract, section 5), read from whatever the robot sends."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from core.doors.json_text import MAX_ID_LENGTH
from core.palavras import trimmed

# Characters of a question: what a message of either channel takes.
QUESTION_LIMIT = 4096
# No seller looks through more.
MOST_OPTIONS = 500
MARK_LENGTH = 16


class TipoResposta(StrEnum):
    """What the robot wants to hear (contract §5, `job.question`)."""

    TEXTO = "texto"
    CPF = "cpf"
    CNPJ = "cnpj"
    CEP = "cep"
    TELEFONE = "telefone"
    EMAIL = "email"
    DATA = "data"
    NUMERO = "numero"
    OPCAO = "opcao"
    SIM_NAO = "sim_nao"


@dataclass(frozen=True, slots=True)
class Opcao:
    """One of the answers a robot offers."""

    id: str | None
    texto: str

    @property
    def resposta(self) -> str:
        """What the robot gets when this one is chosen: its id, or its text when it has none."""
        return self.texto if self.id is None else self.id

    @classmethod
    def parse(cls, raw: object) -> Self:
        """From the robot's JSON: a text, or `{"id", "texto"}`. Raises ValueError on anything else."""
        if isinstance(raw, str) and trimmed(raw):
            return cls(None, raw)
        if isinstance(raw, dict):
            return cls(_text_or_number(raw, "id"), _text(raw, "texto"))
        raise ValueError('each of opcoes must be a text, or an object with "id" and "texto"')


@dataclass(frozen=True, slots=True)
class Pergunta:
    """A question a robot asked and waits on."""

    pergunta_id: str
    texto: str
    tipo: TipoResposta
    opcoes: tuple[Opcao, ...] = ()

    @classmethod
    def parse(cls, raw: object) -> Self:
        """From the `data` of `job.question`; a tipo we do not know is asked as free text.

        Raises ValueError, saying which field is wrong, when the shape is not the contract's.
        """
        if not isinstance(raw, dict):
            raise ValueError("a question must be an object")
        tipo = raw.get("tipo", TipoResposta.TEXTO.value)
        if not isinstance(tipo, str):
            raise ValueError("tipo must be a text")
        known = TipoResposta(tipo) if tipo in set(TipoResposta) else TipoResposta.TEXTO
        opcoes = raw.get("opcoes")
        if opcoes is None:
            opcoes = []
        if not isinstance(opcoes, list):
            raise ValueError("opcoes must be a list")
        if known is TipoResposta.OPCAO and not opcoes:
            raise ValueError("a question of tipo opcao needs opcoes")
        if len(opcoes) > MOST_OPTIONS:
            raise ValueError(f"opcoes must be at most {MOST_OPTIONS}")
        pergunta_id, texto = _text_or_number(raw, "pergunta_id"), _text(raw, "texto")
        if len(pergunta_id) > MAX_ID_LENGTH:
            raise ValueError(f"pergunta_id must be of at most {MAX_ID_LENGTH} characters")
        return cls(pergunta_id, texto[:QUESTION_LIMIT], known, tuple(map(Opcao.parse, opcoes)))

    @property
    def marca(self) -> str:
        """By which this very question is known when it was answered: a robot may ask its next one under the same id."""
        return f"{hashlib.sha256(self.texto.encode()).hexdigest()[:MARK_LENGTH]} {self.pergunta_id}"

    def to_json(self) -> dict[str, Any]:
        """The JSON that `parse` reads back to an equal question."""
        raw: dict[str, Any] = {"pergunta_id": self.pergunta_id, "texto": self.texto, "tipo": self.tipo.value}
        if self.opcoes:
            raw["opcoes"] = [o.texto if o.id is None else {"id": o.id, "texto": o.texto} for o in self.opcoes]
        return raw


def _text(raw: Mapping[str, Any], field: str) -> str:
    value = raw.get(field)
    if not isinstance(value, str) or not trimmed(value):
        raise ValueError(f"{field} must be a text that is not empty")
    return value


def _text_or_number(raw: Mapping[str, Any], field: str) -> str:
    value = raw.get(field)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text(raw, field)
