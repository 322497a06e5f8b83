"""The demonstration month: invoices in every status, so that whoever opens the sandbox has something to do at once."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from uuid import UUID

from bot.wiring.wiring import Wiring
from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.cliente.clientes import SameAccount
from core.cliente.clientes import criar as new_cliente
from core.operadora.operadoras import criar as new_operadora
from core.processo.arquivos import Arquivo
from core.processo.faturas import receber
from core.processo.maquina import Acao
from core.processo.passo import dar_passo
from core.processo.processos import aprovar
from core.processo.processos import criar as new_processo
from core.processo.quem import O_RELOGIO, O_ROBO, Quem
from core.processo.valores import cents_of
from core.testemunha.leitura import Leitura
from sandbox.faturas.codigos import cnpj
from sandbox.faturas.estragos import pdf_of
from sandbox.faturas.portal import bill_for
from storage.operadora.operadoras import operadora_by_codigo
from storage.pages import Pagina
from storage.processo.execucoes import open_execucao_of
from storage.processo.processos import Processo, list_processos, lock_processo
from storage.processo.status import StatusProcesso
from storage.transaction import Transaction

OPERADORAS = {"VIVO": "Vivo", "OI": "Oi", "EMBRATEL": "Embratel", "DIGITALNET": "DigitalNet"}
# So many wait for their download when a story begins.
WAITING = 3


@dataclass(frozen=True)
class Conta:
    """One account of the demonstration, and how far its invoice of the month is."""

    razao_social: str
    raiz: int
    operadora: str
    filtro: str
    servico: str
    status: StatusProcesso = StatusProcesso.AGUARDANDO_DOWNLOAD


CONTAS = (
    Conta("Hotel Serra Azul Ltda", 31415926, "VIVO", "0441190_1", "3133330101", StatusProcesso.UPLOAD_REALIZADO),
    Conta("Clínica Bem Viver S.A.", 27182818, "OI", "0557301_1", "3132220202", StatusProcesso.AGUARDANDO_ENVIO_SAT),
    Conta("Escola Girassol Ltda", 16180339, "EMBRATEL", "0662412_1", "LINK BH 01", StatusProcesso.AGUARDANDO_APROVACAO),
    Conta("Oficina do Tonho ME", 14142135, "VIVO", "0773523_1", "3134440404", StatusProcesso.AGUARDANDO_APROVACAO),
    Conta("Mercado Bom Preço Ltda", 17320508, "DIGITALNET", "0884634_1", "LINK BH 02"),
    Conta("Transportes Ágil Ltda", 22360679, "OI", "0995745_1", "3136660606"),
    Conta("Padaria Pão Quente Ltda", 26457513, "VIVO", "0106856_24", "3135550505"),
)


async def seed_month(wiring: Wiring, aprovador: UUID) -> None:
    """The invoices of this month, once; a file is read as one from a portal is."""
    today = wiring.clock().astimezone(wiring.settings.zone).date()
    for conta in CONTAS:
        processo = await wiring.turns.run(lambda tx, one=conta: _begin(tx, one, today))  # type: ignore[misc]
        if processo is not None and conta.status is not StatusProcesso.AGUARDANDO_DOWNLOAD:
            await _go_on(wiring, processo, conta, aprovador, today)


async def keep_waiting(tx: Transaction, today: date) -> None:
    """As many as a story wants wait for their download: other accounts of the same companies get theirs."""
    found, _total = await list_processos(
        tx.connection,
        Pagina(50),
        competencia=today.year * 100 + today.month,
        status_processo=StatusProcesso.AGUARDANDO_DOWNLOAD,
        status_ativo=True,
    )
    free = [one for one in found if await open_execucao_of(tx.connection, one.id) is None]
    missing = WAITING - len(free)
    for number in count(1):
        if missing <= 0:
            return
        conta = CONTAS[-1 - number % WAITING]
        again = replace(conta, filtro=f"{conta.filtro.partition('_')[0]}{number}_{24 + number}")
        missing -= await _begin(tx, again, today) is not None


async def _begin(tx: Transaction, conta: Conta, today: date) -> Processo | None:
    """Its account and its processo of this month; None when they are there already."""
    operadora = await operadora_by_codigo(tx.connection, conta.operadora)
    if operadora is None:
        row = {"nome": OPERADORAS[conta.operadora], "codigo": conta.operadora, "possui_rpa": True}
        operadora = await new_operadora(tx, row, LINHA_DE_COMANDO)
    values = {
        "razao_social": conta.razao_social,
        "cnpj": cnpj(conta.raiz),
        "operadora_id": operadora.id,
        "unidade": "MATRIZ",
        "servico": conta.servico,
        "filtro": conta.filtro,
        "login_portal": f"{conta.operadora.lower()}-{conta.raiz}",
        "senha_portal": "demonstracao",
    }
    try:
        cliente_id: UUID | None = (await new_cliente(tx, values, LINHA_DE_COMANDO)).id
    except SameAccount as same:
        cliente_id = same.cliente_id
    if cliente_id is None:
        return None
    resultado = await new_processo(tx, cliente_id, f"{today:%m/%Y}", O_RELOGIO, automaticamente=True)
    return resultado.processo if resultado.is_done else None


async def _go_on(wiring: Wiring, processo: Processo, conta: Conta, aprovador: UUID, today: date) -> None:
    """Its file came, was approved, and is in SAT: as far as this account's has come."""
    arquivo = await _file(wiring, processo, conta, today)
    waits = conta.status is StatusProcesso.AGUARDANDO_APROVACAO
    # What one person approved before the demonstration began wants no second one, whatever the setting says.
    limits = wiring.processo_limits if waits else replace(wiring.processo_limits, dois_acima=None)

    async def work(tx: Transaction) -> None:
        await receber(tx, processo.id, arquivo, O_ROBO, limits)
        if waits:
            return
        quem = Quem("api", aprovador, "APROVADOR")
        await aprovar(tx, processo.id, quem, limits)
        approved = await lock_processo(tx, processo.id)
        if conta.status is StatusProcesso.UPLOAD_REALIZADO and approved is not None:
            values = {"enviado_para_sat": True, "data_envio_sat": tx.now, "envio_automatico_em": None}
            await dar_passo(tx, approved, Acao.CONCLUIR, O_ROBO, values, event="processo_enviado_para_sat")

    await wiring.turns.run(work)


async def _file(wiring: Wiring, processo: Processo, conta: Conta, today: date) -> Arquivo:
    job = {
        "mes_ano": processo.mes_ano,
        "cnpj": processo.cnpj,
        "razao": processo.razao_social,
        "nome_filtro": conta.filtro,
        "servico": conta.servico,
        "unidade": "MATRIZ",
    }
    bill = bill_for(conta.operadora, job, today)
    pdf = pdf_of(bill)
    leitura = await wiring.leitor.read(pdf)
    return Arquivo(
        pdf,
        "fatura.pdf",
        valor_centavos=cents_of(str(bill.valor)),
        data_vencimento=bill.vencimento,
        leitura=leitura if isinstance(leitura, Leitura) else None,
        recebido=today,
    )
