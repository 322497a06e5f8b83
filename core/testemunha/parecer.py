"""What the witnesses say of one field of a bill. Codes only: the words for people are the dialogs'."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Fonte(StrEnum):
    """Where a witness stands (contract §8)."""

    ROBO = "robo"
    LINHA = "linha"
    BARRAS = "barras"
    PIX = "pix"
    NFCOM = "nfcom"
    TEXTO = "texto"


class Campo(StrEnum):
    """What is asked of a bill (contract §8)."""

    VALOR = "valor"
    VENCIMENTO = "vencimento"
    MES = "mes"
    CLIENTE = "cliente"
    DUPLICADA = "duplicada"
    BOLETO = "boleto"


class Veredito(StrEnum):
    """Of a field the first three; of a whole bill `CONFERE`, `DIVERGE` and `INCOMPLETO` (contract §8)."""

    CONFERE = "confere"
    DIVERGE = "diverge"
    SEM_TESTEMUNHA = "sem_testemunha"
    INCOMPLETO = "incompleto"


class Motivo(StrEnum):
    """Why a field's verdict is what it is; the dialogs have a sentence for each."""

    UMA_TESTEMUNHA = "uma_testemunha"  # one alone, nothing to hold it against
    FONTES_DIVERGEM = "fontes_divergem"
    VARIOS_NA_FONTE = "varios_na_fonte"  # two candidates in one place: no answer, never a guess
    ANTES_DA_EMISSAO = "antes_da_emissao"
    FORA_DO_MES = "fora_do_mes"  # due long before or after the processo's month
    OUTRO_MES = "outro_mes"
    EMISSAO_LONGE = "emissao_longe"
    CONTA = "conta"
    SERVICO = "servico"
    CNPJ = "cnpj"
    NOME = "nome"
    OUTRA_FILIAL = "outra_filial"
    OUTRA_CONTA = "outra_conta"  # its CNPJ, and an account printed that is not the one we know
    OUTRO_CNPJ = "outro_cnpj"
    CNPJ_DE_VARIOS = "cnpj_de_varios"
    PERTENCE_A_OUTRO = "pertence_a_outro"
    VARIOS_CLIENTES = "varios_clientes"
    MESMO_ARQUIVO = "mesmo_arquivo"
    MESMO_CODIGO = "mesmo_codigo"
    MESMA_NOTA = "mesma_nota"
    MESMO_VALOR_E_VENCIMENTO = "mesmo_valor_e_vencimento"
    LINHA_ERRADA = "linha_errada"
    BARRAS_ERRADAS = "barras_erradas"
    PIX_ERRADO = "pix_errado"
    LINHA_NAO_E_BARRAS = "linha_nao_e_barras"
    PIX_NAO_E_BOLETO = "pix_nao_e_boleto"
    OUTRO_FAVORECIDO = "outro_favorecido"
    NOTA_DE_TESTE = "nota_de_teste"
    NOTA_ERRADA = "nota_errada"  # key, issuer or slip of the XML do not hold
    OUTRA_NOTA = "outra_nota"  # the bill prints the key of another one
    PIX_NAO_E_NOTA = "pix_nao_e_nota"
    OUTRO_EMISSOR = "outro_emissor"
    DUAS_FATURAS = "duas_faturas"  # pages of one PDF that are of different bills: looked at, not ✖
    PARTE_ESCONDIDA = "parte_escondida"  # some of its text is cropped away: looked at, not ✖
    TOTAL_DA_NOTA = "total_da_nota"  # not what is to pay, which may be right: looked at, not ✖


@dataclass(frozen=True, slots=True, order=True)
class Testemunha:
    """One place that says something of a field. `valor`: `1234.56`, an ISO date, `MM/AAAA`, or digits."""

    fonte: Fonte
    valor: str


@dataclass(frozen=True, slots=True)
class Parecer:
    """The verdict on one field. `refere`: ids of what it points at, other clientes or the processos of twins."""

    campo: Campo
    veredito: Veredito
    valor: str | None = None
    testemunhas: tuple[Testemunha, ...] = ()
    motivos: tuple[Motivo, ...] = ()
    refere: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As it is kept in the history; `of_json` reads it back."""
        return {
            "campo": self.campo,
            "veredito": self.veredito,
            "valor": self.valor,
            "testemunhas": [{"fonte": one.fonte, "valor": one.valor} for one in self.testemunhas],
            "motivos": list(self.motivos),
            "refere": list(self.refere),
        }

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> "Parecer":
        """What `as_json` made. Raises KeyError or ValueError for anything else."""
        return cls(
            Campo(kept["campo"]),
            Veredito(kept["veredito"]),
            kept["valor"],
            tuple(Testemunha(Fonte(one["fonte"]), one["valor"]) for one in kept["testemunhas"]),
            tuple(Motivo(one) for one in kept["motivos"]),
            tuple(kept["refere"]),
        )


def weigh(campo: Campo, said: Iterable[Testemunha], motivos: Iterable[Motivo] = ()) -> Parecer:
    """The verdict on a field whose witnesses have to say the same: the robot's word, codes, print.

    All equal, and two or more: it holds. Two differ: it does not, and the value is what the codes say, whose check
    digits outrank print and robot, if they agree among themselves. One alone proves nothing.
    """
    witnesses = tuple(dict.fromkeys(said))
    values = {one.valor for one in witnesses}
    reasons = tuple(motivos)
    if len(values) > 1:
        return Parecer(campo, Veredito.DIVERGE, _outranking(witnesses), witnesses, (Motivo.FONTES_DIVERGEM, *reasons))
    if len(witnesses) < 2:
        alone = (Motivo.UMA_TESTEMUNHA,) if witnesses else ()
        return Parecer(campo, Veredito.SEM_TESTEMUNHA, next(iter(values), None), witnesses, (*alone, *reasons))
    return Parecer(campo, Veredito.CONFERE, values.pop(), witnesses, reasons)


_CODES = {Fonte.LINHA, Fonte.BARRAS, Fonte.PIX, Fonte.NFCOM}


def _outranking(witnesses: tuple[Testemunha, ...]) -> str | None:
    coded = {one.valor for one in witnesses if one.fonte in _CODES}
    return coded.pop() if len(coded) == 1 else None
