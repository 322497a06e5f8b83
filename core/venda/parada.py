"""A sale stopped by hand, elsewhere than in its own chat: by its seller, or by an administrator who takes the login."""

from enum import StrEnum
from uuid import UUID

from core.auditoria.auditoria import Autor, registrar
from core.commands.base import write_command
from core.commands.venda import TellEnd
from core.direitos.direitos import Direito, tem
from core.venda import pool
from core.venda.venda import cancel_sale, end_freed
from storage.auditoria.tipos import Ato
from storage.servico.servico import pessoa_by_id
from storage.transaction import Transaction
from storage.venda.status import StatusVenda
from storage.venda.vendas import Venda, venda_by_id


class Parada(StrEnum):
    """What came of it."""

    PARANDO = "PARANDO"
    """The robot was told to; the end is said when it has stopped."""
    ENCERRADA = "ENCERRADA"
    JA_TERMINOU = "JA_TERMINOU"
    NAO_E_SUA = "NAO_E_SUA"


def may_see(venda: Venda, usuario_id: UUID | None, perfil: str | None) -> bool:
    """Administrators every sale, sellers their own."""
    return tem(perfil, Direito.VER_TODAS_AS_VENDAS) or venda.usuario_id == usuario_id


async def stop_by_hand(tx: Transaction, venda_id: UUID, por: Autor, perfil: str | None) -> Parada:
    """Stop it; its seller hears of the end in chat, as always."""
    venda = await venda_by_id(tx.connection, venda_id)
    if venda is None or not may_see(venda, por.usuario_id, perfil):
        return Parada.NAO_E_SUA
    if venda.usuario_id != por.usuario_id and await _take_login(tx, venda, por):
        return Parada.ENCERRADA
    status = await cancel_sale(tx, venda, por)
    if status is not None and venda.usuario_id != por.usuario_id:
        registrar(tx, Ato.VENDA, por, alvo=f"venda:{venda_id}", o_que="parar")
    if status is StatusVenda.CANCELADO:
        await write_command(tx, TellEnd(venda_id))
        return Parada.ENCERRADA
    return Parada.JA_TERMINOU if status is None else Parada.PARANDO


async def _take_login(tx: Transaction, venda: Venda, por: Autor) -> bool:
    """What LIBERAR does in chat, for this one seller; False while the sale holds no login."""
    pessoa = await pessoa_by_id(tx.connection, venda.usuario_id)
    if pessoa is None or venda.encerrada_em is not None or venda.epoch is None:
        return False
    freed = await pool.free_of_phone(tx, pessoa.telefone)
    await end_freed(tx, freed, StatusVenda.CANCELADO, por)
    if freed:
        registrar(tx, Ato.LIBERAR, por, alvo=f"usuario:{venda.usuario_id}", liberados=len(freed))
    return bool(freed)
