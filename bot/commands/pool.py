"""`balcao liberar-pap-bo` (reference: pool-bo-pap, "Quando as sessões são limpas")."""

from bot.commands.expected import CommandError
from bot.commands.turns import command_turns
from core.auditoria.auditoria import LINHA_DE_COMANDO, registrar
from core.telefones import digits_of
from core.venda import pool
from core.venda.venda import end_freed
from storage.auditoria.tipos import Ato
from storage.transaction import Transaction
from storage.venda.status import StatusVenda


async def list_logins() -> list[str]:
    """Who uses which login, since when, until when."""
    async with command_turns() as (settings, turns), turns.database.read() as connection:
        status = await pool.pool_status(connection, turns.now())
    lines = [
        f"{uso.telefone}  {uso.bo_usuario_id}  desde {uso.desde.astimezone(settings.zone):%d/%m %H:%M}"
        f"  expira {uso.expira_em.astimezone(settings.zone):%d/%m %H:%M}"
        for uso in status.em_uso
    ]
    return [*lines, f"{len(status.em_uso)} em uso, {status.livres} livres, {status.na_fila} na fila"]


async def free_logins(*, todos: bool, telefone: str | None) -> str:
    """Free all, those of one seller, or the expired ones; their sales end, and their sellers are told."""
    try:
        digits = digits_of(telefone) if telefone is not None else None
    except ValueError:
        raise CommandError(f"--telefone={telefone} não é um telefone com DDI e DDD") from None

    async def work(tx: Transaction) -> int:
        if digits is not None:
            freed = await pool.free_of_phone(tx, digits)
        else:
            freed = await (pool.free_all if todos else pool.free_expired)(tx)
        expired = digits is None and not todos
        status = StatusVenda.TIMEOUT if expired else StatusVenda.CANCELADO
        await end_freed(tx, freed, status, LINHA_DE_COMANDO)
        quais = "um" if digits is not None else "todos" if todos else "expirados"
        registrar(tx, Ato.LIBERAR, LINHA_DE_COMANDO, quais=quais, liberados=len(freed))
        return len(freed)

    async with command_turns() as (_, turns):
        count = await turns.run(work)
    return f"{count} {'login liberado' if count == 1 else 'logins liberados'}"
