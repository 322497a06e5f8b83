"""A month of invoices in every state, and robots that did well and badly: what the panel's pages are looked at with."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from uuid import UUID

from sqlalchemy import update

from core.processo.execucoes import baixar
from core.processo.faturas import receber
from core.processo.processos import aprovar, criar, rejeitar
from core.processo.quem import O_ROBO, Quem
from core.testemunha.parecer import Campo, Fonte, Motivo, Parecer, Testemunha, Veredito
from sandbox.faturas.estragos import pdf_of
from sandbox.faturas.portal import bill_for
from storage.exame.exames import keep_exame
from storage.pessoa.perfil import Perfil
from storage.processo.processos import Processo
from storage.processo.status import StatusProcesso
from storage.tables import execucoes, processos
from storage.transaction import Transaction
from tests.support.faturas import fatura, nova_operadora, novo_cliente
from tests.support.service import RunningService

NOMES = (
    "Padaria Pão Quente Ltda", "Auto Peças São Jorge", "Clínica Vida & Saúde S/A", "Supermercados Boa Compra",
    "Transportes Rápido Mineiro", "Escola Pequeno Príncipe", "Hotel Serra Azul", "Construtora Horizonte",
    "Farmácia do Povo", "Metalúrgica Ipiranga", "Restaurante Dona Flor", "Livraria Cultura Viva",
)  # fmt: skip
_CNPJS = ("11222333000181", "11444777000161")


async def uma_operacao(service: RunningService, quantos: int = 12) -> list[UUID]:
    """Ids of processos of this month, from the oldest: by turns in SAT, waiting for SAT, for approvers, for a robot."""
    adm = await service.usuario("Ivone Prado", "5531988806003", Perfil.ADMINISTRADOR)
    quem = Quem("telegram", adm, Perfil.ADMINISTRADOR, "Ivone Prado")
    today = service.today

    async def work(tx: Transaction) -> list[UUID]:
        operadoras = [await nova_operadora(tx, codigo) for codigo in ("VIVO", "OI", "EMBRATEL")]
        made = []
        for place in range(quantos):
            operadora = operadoras[place % len(operadoras)]
            nome = NOMES[place % len(NOMES)] + ("" if place < len(NOMES) else f" {place}")
            cliente = await novo_cliente(
                tx,
                operadora.id,
                razao_social=nome,
                cnpj=_CNPJS[place % 2],
                filtro=f"{88990000 + place}",
                login_portal="x",
            )
            for months in (3, 2, 1):
                await _month_before(tx, cliente.id, today, months, 40_000 + place * 9_000)
            made.append(await _one(tx, cliente.id, place, today, quem, service))
        return made

    made: list[UUID] = await service.wiring.turns.run(work)
    return made


async def _one(tx: Transaction, cliente_id: UUID, place: int, today: date, quem: Quem, service: RunningService) -> UUID:
    limits = service.wiring.processo_limits
    resultado = await criar(tx, cliente_id, f"{today.month:02d}/{today.year}", O_ROBO)
    assert resultado.processo is not None
    processo = resultado.processo
    state = place % 4
    if state == 3:
        await baixar(tx, processo.id, quem, limits)
        if place % 8 == 7:
            erro = {
                "codigo": "CREDENCIAL_RECUSADA" if place % 16 == 7 else "PORTAL_FORA",
                "mensagem": "",
                "definitivo": True,
            }
            failed = {"status_execucao": "FALHOU", "data_fim": tx.now, "detalhes_erro": erro}
            await tx.execute(update(execucoes).where(execucoes.c.processo_id == processo.id).values(failed))
        return processo.id
    due = today + timedelta(days=(place % 5) * 4 - 5)
    arquivo = fatura(
        _pdf(processo, today), nome=f"fatura-{place}.pdf", valor_centavos=41_000 + place * 9_900, data_vencimento=due
    )
    received = await receber(tx, processo.id, arquivo, O_ROBO, limits)
    assert received.documento_id is not None
    await _examined(
        tx, received.documento_id, arquivo.valor_centavos or 0, due, processo.mes_ano, contradicted=place % 6 == 2
    )
    if state < 2:
        await aprovar(tx, processo.id, quem, limits)
    if state == 0:
        sent = {"status_processo": StatusProcesso.UPLOAD_REALIZADO, "enviado_para_sat": True, "data_envio_sat": tx.now}
        await tx.execute(update(processos).where(processos.c.id == processo.id).values(sent))
    if place == 10:
        await rejeitar(tx, processo.id, quem, "mês errado")
    return processo.id


async def _month_before(tx: Transaction, cliente_id: UUID, today: date, months: int, valor: int) -> None:
    first = today.replace(day=1)
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    resultado = await criar(tx, cliente_id, f"{first.month:02d}/{first.year}", O_ROBO)
    assert resultado.processo is not None
    values = {"status_processo": StatusProcesso.UPLOAD_REALIZADO, "valor_centavos": valor, "data_vencimento": first}
    await tx.execute(update(processos).where(processos.c.id == resultado.processo.id).values(values))


def _pdf(processo: Processo, today: date) -> bytes:
    account = processo.cnpj, processo.razao_social, processo.operadora, processo.filtro, processo.servico
    return _drawn(account, processo.mes_ano, today)


@cache
def _drawn(account: tuple[str | None, ...], mes_ano: str, today: date) -> bytes:
    """A page takes as long to draw as all the rest of a processo to write, and is the same for the same account."""
    cnpj, razao, operadora, filtro, servico = account
    job = {"mes_ano": mes_ano, "cnpj": cnpj, "razao": razao, "nome_filtro": filtro, "unidade": "", "servico": servico}
    return pdf_of(bill_for(str(operadora).lower(), job, today))


async def _examined(
    tx: Transaction, documento_id: UUID, valor: int, due: date, mes_ano: str, *, contradicted: bool
) -> None:
    text = f"{valor // 100}.{valor % 100:02d}"
    of_valor = Parecer(
        Campo.VALOR, Veredito.CONFERE, text, (Testemunha(Fonte.LINHA, text), Testemunha(Fonte.PIX, text))
    )
    if contradicted:
        said = (Testemunha(Fonte.LINHA, text), Testemunha(Fonte.ROBO, "10.00"))
        of_valor = replace(of_valor, veredito=Veredito.DIVERGE, testemunhas=said, motivos=(Motivo.FONTES_DIVERGEM,))
    day = due.isoformat()
    of_due = Parecer(
        Campo.VENCIMENTO, Veredito.CONFERE, day, (Testemunha(Fonte.TEXTO, day), Testemunha(Fonte.BARRAS, day))
    )
    said = (Testemunha(Fonte.NFCOM, mes_ano), Testemunha(Fonte.TEXTO, mes_ano))
    of_mes = Parecer(Campo.MES, Veredito.CONFERE, mes_ano, said)
    whose = Parecer(
        Campo.CLIENTE, Veredito.CONFERE, "88990001", (Testemunha(Fonte.TEXTO, "88990001"),), (Motivo.CONTA,)
    )
    await keep_exame(
        tx,
        documento_id,
        (),
        veredito=Veredito.DIVERGE if contradicted else Veredito.CONFERE,
        campos=[one.as_json() for one in (of_valor, of_due, of_mes, whose)],
        valor_centavos=valor,
        data_vencimento=due,
        linha="",
        referencia=None,
        favorecidos=[],
    )
