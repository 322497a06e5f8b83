"""The tables of phrases under tests/core/fala/frases, read: who says what where, and what is to be understood.

A table has `@ place`, `> INTENTION` and a phrase a line. `!`: it may act by itself. `NADA`: nothing is understood.
`NAO_AGE`: whatever is understood, nothing happens by itself. `=> …`: the value (and `bare`, nothing else was said), the
chosen option, or the parts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from core.fala.entende import understand
from core.fala.espera import Aguarda, Entendido, Espera, Lugar
from core.fala.intencoes import ACOES, SIM_OU_NAO, Certeza, Intencao
from core.venda.respostas import Opcao, TipoResposta
from storage.pessoa.perfil import Perfil

FOLDER = Path(__file__).parents[1] / "core" / "fala" / "frases"
TODAY = date(2026, 11, 10)
"""A Tuesday."""

_OPCOES = {
    "planos": {"p500": "500 Mega R$ 99,90", "p700": "700 Mega R$ 119,90", "p1000": "1 Giga R$ 149,90"},
    "instalacao": {"d1": "01/12 manhã", "d2": "01/12 tarde", "d3": "03/12 manhã"},
    "turnos": {"m": "Manhã", "t": "Tarde", "n": "Noite"},
    "vencimentos": {"d5": "Dia 5", "d10": "Dia 10", "d15": "Dia 15", "d20": "Dia 20", "d25": "Dia 25"},
    "pontos": {"1": "1", "2": "2", "3": "3", "0": "0"},
    "pagamentos": {"boleto": "Boleto", "cartao": "Cartão de crédito", "debito": "Débito em conta", "pix": "Pix"},
    "enderecos": {"e1": "Rua das Flores, 123", "e2": "Rua das Flores, 132", "nenhum": "Nenhum desses"},
    "confirmacao": {"ok": "Sim, confirmo", "corrigir": "Não, corrigir"},
    "cartao": {"aprovar": "Aprovar", "rejeitar": "Rejeitar", "ver": "Ver fatura"},
    "consultores": {"ana": "Ana Souza", "carlos": "Carlos Lima", "paula": "Ana Paula Dias"},
    "idiomas": {"pt": "Português", "en": "English", "es": "Español"},
    "titulares": {"proprio": "O próprio cliente", "outro": "Outra pessoa", "empresa": "Empresa (CNPJ)"},
}
_WHO = {
    "vendedor": Espera.of(Perfil.VENDEDOR),
    "consultor": Espera.of(Perfil.CONSULTOR),
    "consultor_na_tela": Espera.of(Perfil.CONSULTOR, lugar=Lugar.EM_ATENDIMENTO),
    "aprovador": Espera.of(Perfil.APROVADOR),
    "operador": Espera.of(Perfil.OPERADOR),
    "administrador": Espera.of(Perfil.ADMINISTRADOR),
    "cliente": Espera.of(),
    "cliente_na_fila": Espera.of(lugar=Lugar.NA_FILA),
    "cliente_atendido": Espera.of(lugar=Lugar.EM_ATENDIMENTO),
}
_WAITING = {"sim_nao": Aguarda.SIM_NAO, "avaliacao": Aguarda.AVALIACAO, "motivo": Aguarda.MOTIVO}


def place(name: str) -> Espera:
    """`vendedor`, `vendedor opcoes:planos`, `aprovador motivo`, `vendedor cpf`, … as the tables name it."""
    who, _, waiting = name.partition(" ")
    espera = _WHO[who]
    if waiting.startswith("opcoes:"):
        opcoes = _OPCOES[waiting.removeprefix("opcoes:")]
        return espera.for_options(*(Opcao(resposta, texto) for resposta, texto in opcoes.items()))
    if waiting in _WAITING:
        return replace(espera, aguarda=_WAITING[waiting], nao_leve=waiting == "sim_nao")
    return replace(espera, aguarda=Aguarda.VALOR, tipo=TipoResposta(waiting)) if waiting else espera


@dataclass(frozen=True, slots=True)
class Frase:
    """One line of a table. `sure`: it may act; `details`: the value or the parts it must have."""

    where: str
    lugar: str
    texto: str
    expected: str
    sure: bool
    details: str

    def understood(self, typed: str | None = None) -> Entendido:
        """What is understood there of this phrase, or of another one in its place."""
        return understand(self.texto if typed is None else typed, place(self.lugar), today=TODAY)


def phrases(folder: Path = FOLDER) -> Iterator[Frase]:
    """Every phrase of every table of a folder."""
    for path in sorted(folder.glob("*.txt")):
        yield from _of_file(path)


def _of_file(path: Path) -> Iterator[Frase]:
    lugar = expected = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("@ "):
            lugar = line[2:].strip()
        elif line.startswith("> "):
            expected = line[2:].strip()
        elif line and not line.startswith("#"):
            texto, _, details = line.partition(" => ")
            where = f"{path.name}:{number}"
            yield Frase(where, lugar, texto, expected.rstrip("!"), expected.endswith("!"), details.strip())


def is_right(frase: Frase, got: Entendido) -> bool:
    """Whether a phrase was understood as its table says."""
    if frase.expected == "NADA":
        return got.intencao is Intencao.NADA
    if frase.expected == "NAO_AGE":
        return not is_action(frase.lugar, got)
    sure_enough = got.certeza is Certeza.CERTA if frase.sure else got.certeza is not Certeza.NENHUMA
    return got.intencao.value == frase.expected and sure_enough and _has(got, frase.details)


def is_wrong_action(frase: Frase, got: Entendido) -> bool:
    """Something would happen by itself that the person did not want."""
    if not is_action(frase.lugar, got):
        return False
    return got.intencao.value != frase.expected or not _has(got, frase.details)


def is_action(lugar: str, got: Entendido) -> bool:
    """Whether it would change something without asking. A value that is read back changes nothing yet, and a yes to
    nothing changes nothing at all.
    """
    if got.intencao is Intencao.VALOR and not got.puro:
        return False
    if got.intencao in SIM_OU_NAO and "sim_nao" not in lugar:
        return False
    return got.certeza is Certeza.CERTA and got.intencao in ACOES


def _has(got: Entendido, details: str) -> bool:
    if not details:
        return True
    if got.intencao is Intencao.VALOR:
        value, _, _ = details.partition(" bare")
        return got.valor == value and got.puro == details.endswith(" bare")
    if "=" not in details:
        return got.valor == details
    return all(getattr(got, name) == value for name, value in _parts(details))


def _parts(details: str) -> Iterator[tuple[str, str]]:
    name, value = "", ""
    for word in details.split():
        if "=" in word:
            if name:
                yield name, value
            name, _, value = word.partition("=")
        else:
            value = f"{value} {word}"
    if name:
        yield name, value
