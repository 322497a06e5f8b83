"""Gathers what is known of a processo, for the question why it stands where it stands."""

from core.processo.consulta.situacao import Fatos
from storage.cliente.clientes import cliente_by_id
from storage.operadora.operadoras import operadora_by_id
from storage.processo.aprovacoes import aprovacoes_of
from storage.processo.execucoes import last_execucoes_of
from storage.processo.historico import passos_of
from storage.processo.processos import Processo
from storage.transaction import Transaction


async def fatos_of(tx: Transaction, processo: Processo) -> Fatos:
    """As they stand in this turn; decisions are those about the file that it has now."""
    cliente = await cliente_by_id(tx.connection, processo.cliente_id)
    operadora = await operadora_by_id(tx.connection, processo.operadora_id)
    assert cliente is not None
    assert operadora is not None
    return Fatos(
        processo,
        cliente,
        operadora,
        await passos_of(tx.connection, processo.id),
        await last_execucoes_of(tx.connection, processo.id),
        await aprovacoes_of(tx.connection, processo.id, processo.versao),
    )
