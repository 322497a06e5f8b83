"""An approver, a vendedora and a consultor with a past are erased (LGPD): nothing of them is left to be found.

What may be left is what docs/privacidade.md says: what others wrote in their own words, and backups of before.
"""

import asyncio
import zlib
from pathlib import Path
from uuid import UUID

import pytest
from redis.asyncio import Redis
from sqlalchemy import select

from core.processo.faturas import receber
from core.processo.processos import criar
from core.processo.quem import O_ROBO
from sandbox import Phone
from storage.pessoa.perfil import Perfil
from storage.processo.processos import Processo
from storage.tables import logs_compactados, metadata
from storage.transaction import Transaction
from tests.bot.conftest import balcao as balcao
from tests.bot.conftest import use_environment as use_environment
from tests.faults.test_nothing_leaks import everything_under
from tests.faults.test_nothing_leaks_of_reports import _opened, _text
from tests.faults.test_secrets_at_rest import files_of_sqlite
from tests.support.commands import Balcao, UseEnvironment
from tests.support.consultores import ELISA, attended, consultor, customer, nothing_is_under_way
from tests.support.faturas import PDF, fatura, nova_operadora, novo_cliente
from tests.support.log_lines import Logged
from tests.support.painel import browser_of
from tests.support.sellers import eventually, seller, sells
from tests.support.service import RunningService
from tests.support.talking import opens
from tests.support.testemunhas import MES

ADM = ("Adm Silva", "5531966662222")
GIL = ("Gilberto Quaresma", "5531988806402")
ANA = ("Anastácia Pitanga", "5531988804413")
DAVI = ("Davino Serapião", "5531988804427")
HUGO = ("Hugo Melo", "5531988806001")
CLIENTE = ("Maria", "5531977701000")
PESSOAS = (GIL, ANA, DAVI)
EMAILS = ("gilberto@exemplo.com.br", "anastacia@exemplo.com.br", "davino@exemplo.com.br")
RECADO, FOTO, DITO = "fui ao dentista da rua sete", "vista da minha janela", "eu moro no bairro tal"
AO_CLIENTE = (DITO, FOTO, DAVI[0])
pytestmark = [pytest.mark.each_database, pytest.mark.usefixtures("logging_put_back")]


def writings() -> list[str]:
    """Whatever says who they are: names, phones as people and channels write them, e-mails, matrículas, own words."""
    found = [*EMAILS, RECADO, FOTO, DITO]
    for nome, telefone in PESSOAS:
        local = telefone[4:]
        found += [nome, telefone, telefone[2:], telefone[:4] + telefone[5:], f"V{telefone[-4:]}"]
        found += [f"{local[:5]}-{local[5:]}", local[1:]]
    return found


# Nobody wrote these here; a leak might.
OTHER_FORMS = [form for _, one in PESSOAS for form in (one[:4] + one[5:], f"V{one[-4:]}", f"{one[4:9]}-{one[9:]}")]


class Past:
    """Weeks of work in an hour."""

    def __init__(self, service: RunningService, balcao: Balcao) -> None:
        self.service, self.balcao = service, balcao
        self.ids: dict[str, UUID] = {}

    async def lived(self) -> None:
        service = self.service
        self.ids["adm"] = await service.usuario(*ADM, Perfil.ADMINISTRADOR, email="adm@exemplo.com.br")
        self.ids["hugo"] = await service.usuario(*HUGO, Perfil.OPERADOR)
        self.ids["gil"] = await service.usuario(*GIL, Perfil.APROVADOR, email=EMAILS[0])
        self.adm = await service.phone("telegram", *ADM)
        await service.phone("telegram", *HUGO)
        gil = await service.phone("telegram", *GIL)
        await self.of_the_approver(gil)
        await self.of_the_vendedora()
        await self.of_the_consultor()
        await self.told_to_the_administrator()
        await self.in_the_panel()
        await nothing_is_under_way(service, within=60)

    async def arrives(self, n: int) -> Processo:
        async def work(tx: Transaction) -> Processo:
            operadora = await nova_operadora(tx, f"OP{n}")
            cliente = await novo_cliente(tx, operadora.id, razao_social=f"Bar {n} Ltda")
            made = await criar(tx, cliente.id, str(MES), O_ROBO)
            assert made.processo is not None
            content = PDF + str(made.processo.id).encode() + b"\n%%EOF"
            got = await receber(tx, made.processo.id, fatura(content), O_ROBO, self.service.wiring.processo_limits)
            assert got.processo is not None
            return got.processo

        arrived: Processo = await self.service.wiring.turns.run(work)
        return arrived

    async def of_the_approver(self, gil: Phone) -> None:
        """Approved, taken back, rejected with a phone in the reason, delegated, a file sent, a word mistaken."""
        await self.arrives(1)
        await gil.sees("Bar 1 Ltda")
        await gil.taps("Aprovar")
        await gil.sees("Aprovada")
        await self.arrives(2)
        await gil.sees("Bar 2 Ltda")
        await gil.taps("Rejeitar")
        await gil.sees("Por que rejeitar")
        await gil.says("valor errado, me liga no (31) 98880-6402")
        await gil.sees("Rejeitada")
        await gil.says("DELEGAR")
        await gil.sees("Quem decide sobre faturas em seu nome?")
        await gil.taps(HUGO[0])
        await gil.sees("A partir de quando?")
        await gil.taps("Agora")
        await gil.sees("Até quando")
        await gil.taps("7 dias")
        await gil.sees("decide em seu nome")
        await gil.taps("Sim, delegar")
        await gil.sees("✅")
        await gil.sends_document("nota.pdf", PDF + b"x", caption=FOTO)
        await gil.says("PENDENTES")

    async def of_the_vendedora(self) -> None:
        """A sale that its robot talks about, one that fails, one cancelled; her login; a picture."""
        service = self.service
        await service.login_bo()
        ana = await seller(service, ANA, "whatsapp")
        (row,) = await service.rows("SELECT id FROM usuarios WHERE telefone = :t", t=ANA[1])
        self.ids["ana"] = UUID(str(row["id"]))
        job = await sells(service, ana)
        await job.log(f"vendedora {ANA[1]} entrou")
        await job.progress(20, "Entrando")
        await job.complete({"numero_pedido": "NIO-7", "obs": f"ligar {ANA[1]}"})
        await ana.sees("NIO-7")
        job = await sells(service, ana)
        await job.fail("PORTAL_FORA", f"não abriu para {ANA[1]}", definitivo=True)
        await ana.sees("não foi concluída")
        await ana.sends_photo(b"\xff\xd8\xff photo", caption=FOTO)
        await ana.says("VENDAS")
        await ana.says(DITO)
        await nothing_is_under_way(service)

    async def of_the_consultor(self) -> None:
        """A customer attended, noted about, given to another one; a file both ways; a message of absence."""
        service = self.service
        davi = await consultor(service, DAVI, "telegram")
        elisa = await consultor(service, ELISA, "telegram", online=False)
        maria = await customer(service, CLIENTE)
        await attended(service, maria, davi)
        await opens(davi, f"{CLIENTE[0]} (#00001)")
        await davi.says(f"sou {DAVI[0]}, meu número é {DAVI[1]}")
        await maria.sees("meu número é")
        await davi.says(f"NOTA {DITO}, {DAVI[1]}")
        await davi.sees("Anotado")
        await davi.sends_photo(b"\xff\xd8\xff of davi", caption=FOTO)
        await maria.sees(FOTO)
        await elisa.says("ONLINE")
        await elisa.sees("🟢")
        await davi.says("TRANSFERIR")
        await davi.sees("Para onde vai o cliente?")
        await davi.taps(ELISA[0])
        await elisa.sees(CLIENTE[0])
        await elisa.taps("Aceitar")
        await maria.sees(ELISA[0].split()[0])
        await opens(elisa, f"{CLIENTE[0]} (#00001)")
        await elisa.says("ENCERRAR")
        await maria.sees("De 1 a 5")
        await davi.says(f"AUSENTE {RECADO}")
        await davi.sees("Você aparece como ausente")
        await nothing_is_under_way(service)

    async def told_to_the_administrator(self) -> None:
        """Reports and lists with their names, a schedule for the approver, a transcript, who was there."""
        month = self.service.mes_ano
        for assunto in ("faturas", "vendas", "atendimentos", "logins", "presenca"):
            await self.adm.says(f"RELATORIO {assunto} {MES if assunto == 'faturas' else month}")
            await nothing_is_under_way(self.service, within=60)
        for said in (f"FECHAMENTO {MES}", "USUARIOS", f"USUARIOS {ANA[0]}", "POOL", "AUDITORIA", "PENDENTES"):
            await self.adm.says(said)
            await nothing_is_under_way(self.service, within=60)
        body = {
            "nome_agendamento": f"Relatório para {GIL[1]}",
            "cron_expressao": "0 2 * * *",
            "tipo_agendamento": "ENVIAR_RELATORIOS",
            "parametros_execucao": {"assunto": "vendas", "periodo": "diario", "para": [ADM[1], GIL[1]]},
        }
        headers = self.service.token(self.ids["adm"])
        async with self.service.http.post("/agendamentos", json=body, headers=headers) as response:
            assert response.status == 201, await response.text()
        self.service.clock.move(hours=23)
        await self.adm.says("MENU")
        self.service.clock.move(hours=2)
        await self.service.clock_work.agendamentos.run_schedules()
        await eventually(self.service, "SELECT 1 FROM execucoes_agendamento WHERE status = 'CONCLUIDA'")
        await nothing_is_under_way(self.service, within=60)

    async def in_the_panel(self) -> None:
        """Each of them signs in; the administrator imports and changes their registers, reads of them, exports."""
        for quem in ("gil", "ana", "adm"):
            async with browser_of(self.service) as browser:
                await browser.enters(self.ids[quem])
                await browser.sees("/painel")
                if quem == "adm":
                    await browser.sees(f"/painel/usuarios?busca={ANA[1]}")
                    await browser.sees(f"/painel/usuarios/{self.ids['ana']}")
                    await browser.sees("/painel/auditoria")
        sheet = Path("usuarios.csv")
        rows = [
            f"{nome};{telefone};{perfil};{email}"
            for (nome, telefone), perfil, email in zip(
                PESSOAS, ("APROVADOR", "VENDEDOR", "CONSULTOR"), EMAILS, strict=True
            )
        ]
        text = "\n".join(["nome_completo;telefone;perfil_usuario;email", *rows])
        await asyncio.to_thread(sheet.write_text, text)
        done = await self.balcao("importar", "usuarios", str(sheet))
        assert done.exit_code == 0, done.output
        await asyncio.to_thread(sheet.unlink)
        await self.adm.sends_document("usuarios.csv", text.encode(), "text/csv")
        await self.adm.sees("usuarios.csv")
        await nothing_is_under_way(self.service, within=60)


async def by_table(service: RunningService) -> dict[str, str]:
    """All rows of every table, as text."""
    async with service.wiring.database.read() as connection:
        return {
            table.name: repr([tuple(row) for row in await connection.execute(select(table))])
            for table in metadata.sorted_tables
        }


async def packed(service: RunningService) -> str:
    async with service.wiring.database.read() as connection:
        rows = await connection.execute(select(logs_compactados.c.conteudo))
        return "\n".join(zlib.decompress(row.conteudo).decode() for row in rows)


@pytest.mark.falha(390)
async def test_nothing_of_staff_with_a_past_is_found_but_what_the_page_lists(
    service: RunningService,
    clean_redis_url: str,
    tmp_path: Path,
    use_environment: UseEnvironment,
    balcao: Balcao,
) -> None:
    use_environment(service.environment | service.sandbox.settings())
    logged, store = Logged(service.settings.secret_values()), service.wiring.objects
    past = Past(service, balcao)
    await past.lived()
    before = "\n".join((await by_table(service)).values())
    assert [one for one in writings() if one not in before and one not in OTHER_FORMS] == [], "it was all there"
    for _, telefone in PESSOAS:
        done = await balcao("lgpd", "apagar", telefone)
        assert done.exit_code == 0, done.output
    await nothing_is_under_way(service)
    service.clock.move(hours=3)
    for step in ("wake_workers", "clean_up", "poll_robots", "reconcile"):
        await getattr(service.clock_work, step)()
    await nothing_is_under_way(service)
    made = await balcao("backup")
    assert made.exit_code == 0, made.output
    kept = {name: await store.get(name) for name in await store.list("")}
    async with Redis.from_url(clean_redis_url, decode_responses=False) as redis:
        held = repr([(key, await everything_under(redis, key)) async for key in redis.scan_iter()])
    async with service.http.get("/metrics") as response:
        metrics = await response.text()
    where = {
        **{f"table {name}": said for name, said in (await by_table(service)).items()},
        "packed lines": await packed(service),
        "redis": held,
        "logs": logged.text,
        "metrics": metrics,
        "names of files": repr(sorted(kept)),
        "files": "\n".join(map(_text, kept.values())),
        "list of backups": (await balcao("backup", "--listar")).stdout,
    }
    raw = {
        "database file": files_of_sqlite(tmp_path).decode("utf-8", "replace"),
        "backups, opened": _opened(service, {name: one for name, one in kept.items() if name.endswith(".age")}),
    }
    found = {(place, one) for place, text in where.items() for one in writings() if one in text}
    # What a consultor wrote to a customer is the customer's conversation.
    assert found == {("table mensagens", one) for one in AO_CLIENTE} | {("table outbox", FOTO)}
    assert {(place, one) for place, text in raw.items() for one in writings() if one in text} <= {
        (place, one) for place in raw for one in AO_CLIENTE
    }
