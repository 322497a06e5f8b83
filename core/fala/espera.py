"""Who speaks and what is being waited for; and what was understood."""

from dataclasses import dataclass, replace
from enum import StrEnum, auto

from core.fala.intencoes import Certeza, Intencao
from core.venda.respostas import AnswerCode, Opcao, Pergunta, TipoResposta
from storage.pessoa.perfil import Perfil


class Lugar(StrEnum):
    """Where the person stands."""

    LIVRE = auto()
    """With us alone."""
    NA_FILA = auto()
    """A customer who waits for a consultor."""
    EM_ATENDIMENTO = auto()
    """A customer and a consultor who have each other on the screen."""


class Aguarda(StrEnum):
    """What the last thing we said asks for."""

    NADA = auto()
    SIM_NAO = auto()
    OPCAO = auto()
    VALOR = auto()
    AVALIACAO = auto()
    """A rating from 1 to 5."""
    MOTIVO = auto()
    """A reason, in their own words."""


@dataclass(frozen=True, slots=True)
class Espera:
    """Who speaks (no perfil: a customer), where, and what is waited for.

    `opcoes` belong to `Aguarda.OPCAO`, `tipo` to `Aguarda.VALOR`, `pergunta` (its text, when it is not
    ours) to `Aguarda.SIM_NAO` and `VALOR`. `bot_username` is ours on Telegram, None on a
    channel without names. `nao_leve`: a no leaves everything as it is, so that one with its reason behind it counts.
    """

    perfis: frozenset[Perfil] = frozenset()
    lugar: Lugar = Lugar.LIVRE
    aguarda: Aguarda = Aguarda.NADA
    opcoes: tuple[Opcao, ...] = ()
    tipo: TipoResposta = TipoResposta.TEXTO
    bot_username: str | None = None
    pergunta: str = ""
    nao_leve: bool = False

    @classmethod
    def of(cls, *perfis: Perfil, lugar: Lugar = Lugar.LIVRE) -> "Espera":
        """Somebody of these perfis, of whom nothing is waited for."""
        return cls(frozenset(perfis), lugar)

    def for_question(self, pergunta: Pergunta) -> "Espera":
        """The same person, asked what a robot wants to hear."""
        if pergunta.tipo is TipoResposta.SIM_NAO:
            return replace(self, aguarda=Aguarda.SIM_NAO, pergunta=pergunta.texto)
        if pergunta.tipo is TipoResposta.OPCAO:
            return self.for_options(*pergunta.opcoes)
        return replace(self, aguarda=Aguarda.VALOR, tipo=pergunta.tipo, pergunta=pergunta.texto)

    def for_options(self, *opcoes: Opcao) -> "Espera":
        """The same person, shown these choices."""
        return replace(self, aguarda=Aguarda.OPCAO, opcoes=opcoes)


@dataclass(frozen=True, slots=True)
class Entendido:
    """An intention and its parts; every part is None when the sentence has none.

    `valor`: the answer in the form a robot gets, the reason, or the text of a NOTA. `puro`: nothing else was said, so
    there is no need to read it back. `opcao`: index of the chosen one. `recado`: what an attendant says of their
    absence, as typed; `ate`: when they come back, as `return_time` (core.presenca.horarios) reads it. `mes`: `MM/AAAA`.
    `cliente`, `pessoa`: a name, as typed. `idioma`: `pt`, `en` or `es`. `nota`: the rating. `recusa`: why what was
    typed is no such answer. `tambem`: what else the sentence wants, to be offered beside it.
    """

    intencao: Intencao = Intencao.NADA
    certeza: Certeza = Certeza.NENHUMA
    valor: str | None = None
    puro: bool = False
    opcao: int | None = None
    recado: str | None = None
    ate: str | None = None
    mes: str | None = None
    cliente: str | None = None
    pessoa: str | None = None
    idioma: str | None = None
    nota: int | None = None
    recusa: AnswerCode | None = None
    tambem: tuple[Intencao, ...] = ()

    @property
    def certo(self) -> bool:
        """Whether it may be done without asking."""
        return self.certeza is Certeza.CERTA

    def unsure(self) -> "Entendido":
        """The same, to be offered and not done."""
        return replace(self, certeza=Certeza.PROVAVEL) if self.certo else self


NADA = Entendido()
