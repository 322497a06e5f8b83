"""A file of a processo as it came, and the rows in which it is kept."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.commands.base import write_command
from core.commands.processo import StoreDocumento
from core.ids import new_id
from core.processo.quem import Quem
from core.testemunha.leitura import Leitura
from core.testemunha.nota.xml import NotaXml
from storage.processo.documentos import add_documento, same_file_of
from storage.processo.processos import Processo
from storage.processo.status import TipoDocumento
from storage.transaction import Transaction

# These are what is approved and sent; an NF or an XML lies beside.
INVOICES = frozenset({TipoDocumento.FATURA, TipoDocumento.BOLETO})
NAME_LIMIT = 200
_NO_NAME = re.compile("[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_XML = ("application/xml", "text/xml")
_ENDINGS = {"application/pdf": "pdf", "application/xml": "xml"}


@dataclass(frozen=True, slots=True)
class Arquivo:
    """A file as it came, checked by its reader. `nome` is shown to people and never part of a key.

    `valor_centavos`, `data_vencimento`: as whoever brought it says; the witnesses in the file may say otherwise.
    `leitura`: what the reader made of it; `recebido`: the day it came, in the business time zone.
    """

    conteudo: bytes
    nome: str
    content_type: str = "application/pdf"
    tipo: TipoDocumento = TipoDocumento.FATURA
    valor_centavos: int | None = None
    data_vencimento: date | None = None
    url: str | None = None
    leitura: Leitura | None = None
    recebido: date | None = None

    @property
    def nota(self) -> NotaXml | None:
        """What it says, when it is the XML of an NFCom."""
        return self.leitura.lido.nota if self.leitura is not None else None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.conteudo).hexdigest()


def object_key_of(documento_id: UUID, competencia: int, content_type: str) -> str:
    """Our own key, whatever the file is called: `faturas/2026/11/….pdf`."""
    return f"faturas/{competencia // 100}/{competencia % 100:02d}/{documento_id}.{_ENDINGS.get(content_type, 'bin')}"


def is_xml(nome: str | None, mime_type: str | None) -> bool:
    """Whether a file that somebody sends is said to be an XML, by its kind or its name."""
    return mime_type in _XML or (nome or "").lower().endswith(".xml")


def shown_name(nome: str) -> str:
    """The name that people are shown: the last part of it, without what turns text around; never part of a key."""
    return _NO_NAME.sub("", nome).replace("\\", "/").rpartition("/")[2].strip()[:NAME_LIMIT] or "fatura.pdf"


async def keep_documentos(
    tx: Transaction, processo: Processo, arquivo: Arquivo, quem: Quem, execucao_id: UUID | None
) -> tuple[UUID, str, bool]:
    """The rows of this file; of the one that is approved and sent its id, its key, and whether it is new here.

    Of a file with a password that is the copy without; the original lies beside it.
    """
    kept = await _documento(tx, processo, arquivo, arquivo.conteudo, quem, execucao_id)
    if arquivo.leitura is not None and arquivo.leitura.aberto is not None:
        return await _documento(tx, processo, arquivo, arquivo.leitura.aberto, quem, execucao_id)
    return kept


async def _documento(
    tx: Transaction, processo: Processo, arquivo: Arquivo, conteudo: bytes, quem: Quem, execucao_id: UUID | None
) -> tuple[UUID, str, bool]:
    """The row of this content: its id, its key, and whether it is new to this processo."""
    sha256 = hashlib.sha256(conteudo).hexdigest()
    documento_id = new_id(tx.now)
    key = object_key_of(documento_id, processo.competencia, arquivo.content_type)
    nota = arquivo.nota
    values = {
        "id": documento_id,
        "processo_id": processo.id,
        "tipo": arquivo.tipo,
        "nome_arquivo": arquivo.nome[:NAME_LIMIT],
        "content_type": arquivo.content_type,
        "sha256": sha256,
        "tamanho": len(conteudo),
        "paginas": arquivo.leitura.paginas if arquivo.leitura is not None and nota is None else None,
        "nota": nota.as_json() if nota is not None else None,
        "object_key": key,
        "conteudo": conteudo,
        "feito_por_usuario_id": quem.usuario_id,
        "execucao_id": execucao_id,
    }
    if await add_documento(tx, values):
        await write_command(tx, StoreDocumento(documento_id))
        return documento_id, key, True
    same = await same_file_of(tx.connection, processo.id, sha256)
    assert same is not None
    return same.id, same.object_key, False
