"""The passwords that may open a processo's file: what is tried, what somebody typed, what is remembered of it."""

import re
from uuid import UUID

from core.auditoria.auditoria import Autor, registrar_cadastro
from core.exame.exames import titular_of
from core.testemunha.leitura import password_candidates
from storage.auditoria.tipos import Ato
from storage.cliente.clientes import Cliente, change_cliente, cliente_by_id, sealed_invoice_password
from storage.conversa.arquivos import keep_password
from storage.processo.processos import processo_by_id
from storage.secrets import SecretUnreadable
from storage.transaction import Transaction

MOST_TRIED = 8


async def senhas_of(tx: Transaction, processo_id: UUID) -> tuple[str, ...]:
    """What is tried, in this order: the one that opened this cliente's PDFs before, then what operadoras make of its
    numbers; nothing without a processo.
    """
    processo = await processo_by_id(tx.connection, processo_id)
    cliente = await cliente_by_id(tx.connection, processo.cliente_id) if processo is not None else None
    return () if cliente is None else await _candidates(tx, cliente)


async def lembrar(tx: Transaction, cliente_id: UUID, senha: str, autor: Autor) -> None:
    """This one opened a PDF of the cliente: the next one is opened with it. Those made of its numbers need no place."""
    cliente = await cliente_by_id(tx.connection, cliente_id)
    assert cliente is not None
    if senha in await _candidates(tx, cliente):
        return
    sealed = tx.secrets.seal(senha, "clientes", "senha_fatura", cliente_id)
    if await change_cliente(tx, cliente_id, senha_fatura=sealed):
        registrar_cadastro(tx, Ato.CLIENTE, autor, cliente_id, ["senha_fatura"])


async def guardar_digitada(tx: Transaction, arquivo_id: UUID, senha: str) -> None:
    """What its sender typed, sealed at the file until a processo has it."""
    await keep_password(tx, arquivo_id, tx.secrets.seal(senha, "arquivos", "senha", arquivo_id))


def tentativas(texto: str) -> tuple[str, ...]:
    """What somebody typed, and what they may have meant: `a senha é "12.345"` is 12.345, or 12345, too."""
    whole = texto.strip()
    told = re.sub(r"(?i)^.*?\bsenha(?:\s+(?:dele|dela|do pdf|da fatura))?\s*(?:é|e|:|=|-)?\s+", "", whole)
    bare = [one.strip("\"'“”‘’.,;:!") for one in (whole, told, *told.split()[-1:])]
    digits = [re.sub(r"[.\-/ ]", "", one) for one in bare if re.fullmatch(r"[0-9.\-/ ]+", one)]
    return tuple(dict.fromkeys(one for one in (whole, told, *bare, *digits) if one))[:MOST_TRIED]


def digitada(tx: Transaction, arquivo_id: UUID, sealed: str | None) -> str:
    """What was typed for this file; empty when nothing was, or no key opens it any more."""
    return _opened(tx, sealed, "arquivos", "senha", arquivo_id)


async def _candidates(tx: Transaction, cliente: Cliente) -> tuple[str, ...]:
    sealed = await sealed_invoice_password(tx.connection, cliente.id)
    kept = _opened(tx, sealed, "clientes", "senha_fatura", cliente.id)
    return password_candidates(cliente.cnpj, cliente.cpf or "", titular_of(cliente).conta, kept)


def _opened(tx: Transaction, sealed: str | None, *row: str | UUID) -> str:
    if sealed is None:
        return ""
    try:
        return tx.secrets.open(sealed, *row)
    except SecretUnreadable:
        return ""
