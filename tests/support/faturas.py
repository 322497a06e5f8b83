"""An operation with invoices: an operadora, clientes, people of the back office, a processo where a test wants it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.cliente import clientes as core_clientes
from core.operadora import operadoras as core_operadoras
from core.processo.arquivos import Arquivo
from core.processo.faturas import receber
from core.processo.limites import ProcessoLimits
from core.processo.processos import criar
from core.processo.quem import O_ROBO, Quem
from core.testemunha.leitura import Leitura
from core.testemunha.lido import Lido
from core.testemunha.meses import Mes
from sandbox.faturas import codigos
from sandbox.faturas.estragos import pdf_of
from sandbox.faturas.fatura import Fatura as Bill
from storage.auditoria.auditoria import noted_rows
from storage.cliente.clientes import Cliente, list_clientes
from storage.operadora.operadoras import Operadora, list_operadoras
from storage.pages import Pagina
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import add_usuario
from storage.processo.processos import Processo
from storage.transaction import Transaction
from tests.support.testemunhas import MES, look

CNPJ = "11222333000181"
LIMITS = ProcessoLimits()
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@contextmanager
def _before_the_story(tx: Transaction) -> Iterator[None]:
    """What is there when a test begins is nobody's act: the audit does not have it."""
    noted = noted_rows.of(tx)
    before = len(noted)
    yield
    del noted[before:]


async def nova_operadora(tx: Transaction, codigo: str = "VIVO", **values: Any) -> Operadora:
    row = {"nome": codigo.title(), "codigo": codigo, "possui_rpa": True, **values}
    with _before_the_story(tx):
        return await core_operadoras.criar(tx, row, LINHA_DE_COMANDO)


async def novo_cliente(tx: Transaction, operadora_id: UUID, **values: Any) -> Cliente:
    row = {"razao_social": "Padaria Pão Quente Ltda", "cnpj": CNPJ, "operadora_id": operadora_id, "servico": "fixo"}
    with _before_the_story(tx):
        return await core_clientes.criar(tx, {**row, "filtro": uuid4().hex[:8], **values}, LINHA_DE_COMANDO)


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


def conta(mes: Mes = MES, numero: int = 1, **values: Any) -> Bill:
    """The bill of that month of the cliente of that number; the same numbers make the same bill."""
    issued, due = mes.primeiro_dia.replace(day=20), mes.plus(1).primeiro_dia.replace(day=10)
    of_cliente = {
        "razao_social": f"Padaria Número {numero} Ltda",
        "cnpj": codigos.cnpj(33_000_000 + numero),
        "conta": f"899123{numero:03}",
    }
    row = {"operadora": "VIVO", "valor": Decimal(f"{100 + mes.mes}.00"), "vencimento": due, "emissao": issued}
    return Bill(**{**of_cliente, **row, "mes_ano": str(mes), "numero": mes.mes * 1000 + numero, **values})


async def cliente_da_conta(tx: Transaction, bill: Bill) -> Cliente:
    """The cliente whose bill it is, and its operadora, where they are not there yet."""
    operadoras = {one.codigo: one for one in (await list_operadoras(tx.connection, Pagina()))[0]}
    operadora = operadoras.get(bill.operadora) or await nova_operadora(tx, bill.operadora)
    found, _total = await list_clientes(tx.connection, Pagina(), cnpj=bill.cnpj, filtro=bill.conta)
    row = {"razao_social": bill.razao_social, "cnpj": bill.cnpj, "filtro": bill.conta, "servico": bill.servico}
    return found[0] if found else await novo_cliente(tx, operadora.id, **row)


def lida(content: bytes, **values: Any) -> Arquivo:
    """A file as its reader hands it over; a robot says no more than what stands in it."""
    found = look(content)
    assert isinstance(found, Lido), found
    values = {"nome": "fatura.pdf", "leitura": Leitura(found), "recebido": date(2026, 11, 25), **values}
    return Arquivo(content, **values)


async def chega(
    tx: Transaction, mes: Mes = MES, content: bytes | None = None, *, numero: int = 1,
    limits: ProcessoLimits = LIMITS, quem: Quem = O_ROBO, **values: Any,
) -> Processo:  # fmt: skip
    """The bill of that cliente and month comes, or `content` in its place, and was read."""
    bill = conta(mes, numero)
    cliente = await cliente_da_conta(tx, bill)
    made = await criar(tx, cliente.id, str(mes), O_ROBO)
    assert made.processo is not None
    said = {"valor_centavos": int(bill.valor * 100), "data_vencimento": bill.vencimento} if content is None else {}
    arquivo = lida(content or pdf_of(bill), **{**said, **values})
    resultado = await receber(tx, made.processo.id, arquivo, quem, limits)
    assert resultado.processo is not None
    return resultado.processo


async def a_aprovar(tx: Transaction, limits: ProcessoLimits = LIMITS, quem: Quem = O_ROBO, **values: Any) -> Processo:
    """One whose file is there."""
    processo = await novo_processo(tx)
    resultado = await receber(tx, processo.id, fatura(**values), quem, limits)
    assert resultado.processo is not None
    return resultado.processo
