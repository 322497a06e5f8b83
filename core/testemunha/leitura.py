"""What became of a file that should be a bill: read, or refused with one reason."""

from dataclasses import dataclass
from enum import StrEnum

from core.testemunha.lido import Lido

MAIOR_ARQUIVO = 20_000_000
"""Bytes: what a Telegram bot can fetch (Bot API), and more than any bill seen."""


class Recusa(StrEnum):
    """Why a file is not taken; the dialogs have a sentence for each, and what to do then."""

    VAZIO = "vazio"
    PAGINA_HTML = "pagina_html"  # the portal's login page, saved as a PDF
    ARQUIVO_ZIP = "arquivo_zip"
    NAO_E_PDF = "nao_e_pdf"
    CORTADO = "cortado"
    COM_SENHA = "com_senha"  # none of the candidates opens it: a person is asked
    COM_SCRIPT = "com_script"
    COM_ACAO = "com_acao"  # it would start a program or send itself somewhere
    COM_ANEXO = "com_anexo"
    COM_DADOS_NO_FIM = "com_dados_no_fim"
    DOIS_PDFS = "dois_pdfs"  # one behind the other: readers show the last, and nobody sees the first
    GRANDE = "grande"
    MUITAS_PAGINAS = "muitas_paginas"
    ILEGIVEL = "ilegivel"
    DEMOROU = "demorou"
    MEMORIA = "memoria"
    XML_SEM_NFCOM = "xml_sem_nfcom"  # another document, several notes, or with a DTD


@dataclass(frozen=True, slots=True)
class Leitura:
    """A file that was read: a PDF, or the XML of a note when `lido.nota` is there.

    `senha`: the candidate that opened it, empty when none was needed.

    `aberto`: then a copy without password, which is what SAT gets; the original is kept beside it.
    """

    lido: Lido
    senha: str = ""
    aberto: bytes | None = None

    @property
    def paginas(self) -> int:
        return len(self.lido.paginas)


@dataclass(frozen=True, slots=True)
class Recusado:
    """A file that was not taken."""

    motivo: Recusa


class LeituraAdiada(Exception):
    """The file could not be read just now, and nobody knows yet what it is: the same one is read again later."""


def password_candidates(cnpj: str, cpf: str = "", conta: str = "", guardada: str = "") -> tuple[str, ...]:
    """The passwords that operadoras make of a client's numbers, the one that is known first; eight at most.

    All of CNPJ, CPF and account, then the first 5, 4, 3 and 8 characters of each (what the field has seen).
    """
    numbers = [number for number in (cnpj, cpf, conta) if number]
    made = [number[:length] for length in (None, 5, 4, 3, 8) for number in numbers]
    return tuple(dict.fromkeys([guardada, *made] if guardada else made))[:8]
