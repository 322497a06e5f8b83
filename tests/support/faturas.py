"""An operation with invoices: an operadora, clientes, people of the back office, a processo where a test wants it."""

from typing import Any
from uuid import UUID, uuid4

from core.cliente import clientes as core_clientes
from core.operadora import operadoras as core_operadoras
from core.processo.faturas import Arquivo, receber
from core.processo.limites import ProcessoLimits
from core.processo.processos import criar
from core.processo.quem import O_ROBO, Quem
from storage.cliente.clientes import Cliente
from storage.operadora.operadoras import Operadora
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import add_usuario
from storage.processo.processos import Processo
from storage.transaction import Transaction

CNPJ = "11222333000181"
LIMITS = ProcessoLimits()
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


async def nova_operadora(tx: Transaction, codigo: str = "VIVO", **values: Any) -> Operadora:
    row = {"nome": codigo.title(), "codigo": codigo, "possui_rpa": True, **values}
    return await core_operadoras.criar(tx, row)


async def novo_cliente(tx: Transaction, operadora_id: UUID, **values: Any) -> Cliente:
    row = {"razao_social": "Padaria Pão Quente Ltda", "cnpj": CNPJ, "operadora_id": operadora_id, "servico": "fixo"}
    return await core_clientes.criar(tx, {**row, "filtro": uuid4().hex[:8], **values})


async def nova_pessoa(tx: Transaction, perfil: Perfil, nome: str = "Gil Torres") -> Quem:
    usuario_id = uuid4()
    telefone = f"55319{usuario_id.int % 10**8:08d}"
    row = {"id": usuario_id, "nome_completo": nome, "telefone": telefone, "perfil_usuario": perfil}
    await add_usuario(tx, row)
    return Quem("api", usuario_id, perfil, nome)


async def novo_processo(tx: Transaction, mes_ano: str = "11/2026", **values: Any) -> Processo:
    """One that waits for its download, of an operadora and a cliente of its own."""
    operadora = await nova_operadora(tx, uuid4().hex[:6].upper())
    cliente = await novo_cliente(tx, operadora.id, **values)
    resultado = await criar(tx, cliente.id, mes_ano, O_ROBO)
    assert resultado.processo is not None
    return resultado.processo


def fatura(conteudo: bytes = PDF, **values: Any) -> Arquivo:
    return Arquivo(conteudo, **{"nome": "fatura.pdf", "valor_centavos": 12345, **values})


async def a_aprovar(tx: Transaction, limits: ProcessoLimits = LIMITS, quem: Quem = O_ROBO, **values: Any) -> Processo:
    """One whose file is there."""
    processo = await novo_processo(tx)
    resultado = await receber(tx, processo.id, fatura(**values), quem, limits)
    assert resultado.processo is not None
    return resultado.processo
