"""What one person may do to a processo right now: where it stands, their rights as they are read, what runs already."""

from core.processo.maquina import Acao, actions, leads_to
from core.processo.processos import whose_rights
from core.processo.quem import Quem
from storage.cliente.clientes import cliente_by_id
from storage.operadora.operadoras import operadora_by_id
from storage.processo.execucoes import open_execucao_of
from storage.processo.processos import Processo
from storage.transaction import Transaction

_DELEGATED = (Acao.APROVAR, Acao.REJEITAR, Acao.DESFAZER)
_BEGIN = frozenset({Acao.BAIXAR, Acao.ENVIAR})


async def acoes_agora(tx: Transaction, processo: Processo, quem: Quem) -> list[Acao]:
    """In the order of the way. Whoever does one of them is asked for the right again."""
    if not processo.status_ativo:
        return []
    found = set(actions(processo.status_processo, quem.perfil or ""))
    if open_here := [acao for acao in _DELEGATED if leads_to(processo.status_processo, acao) is not None]:
        found |= (await whose_rights(tx, quem, open_here)).keys()
    running = await open_execucao_of(tx.connection, processo.id)
    found -= _BEGIN | {Acao.DESFAZER} if running is not None else {Acao.CANCELAR}
    if Acao.BAIXAR in found and not await _has_robot(tx, processo):
        found.discard(Acao.BAIXAR)
    return [acao for acao in Acao if acao in found]


async def may_undo(tx: Transaction, processo: Processo, quem: Quem) -> bool:
    """Whether this person may take its approval back at this moment; it is not on its way to SAT yet."""
    leaves_at = processo.envio_automatico_em
    on_its_way = leaves_at is not None and leaves_at <= tx.now
    return not on_its_way and Acao.DESFAZER in await acoes_agora(tx, processo, quem)


async def _has_robot(tx: Transaction, processo: Processo) -> bool:
    """Whether a robot could be sent for it."""
    operadora = await operadora_by_id(tx.connection, processo.operadora_id)
    cliente = await cliente_by_id(tx.connection, processo.cliente_id)
    able = operadora is not None and operadora.possui_rpa and operadora.status_ativo
    return able and cliente is not None and cliente.credencial_recusada_em is None
