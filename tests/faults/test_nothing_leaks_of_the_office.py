"""Planted secrets, CPFs and phones through the office's work: panel, imports, files, robots, commands, backups."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from redis.asyncio import Redis

from sandbox.faturas.estragos import encrypted
from storage.pessoa.perfil import Perfil
from tests.bot.conftest import balcao as balcao
from tests.bot.conftest import use_environment as use_environment
from tests.faults.test_nothing_leaks import everything_under
from tests.faults.test_secrets_at_rest import files_of_sqlite
from tests.support.commands import Balcao, UseEnvironment
from tests.support.consultores import nothing_is_under_way
from tests.support.everything import everything
from tests.support.faturas import conta
from tests.support.log_lines import Logged
from tests.support.owned import keeps_a_file
from tests.support.painel import Browser, browser_of
from tests.support.sellers import eventually
from tests.support.service import RunningService
from tests.webhooks.processo.test_upload import PATH as UPLOAD
from tests.webhooks.processo.test_upload import form, waits

# What opens something, and what is of a person. In a log neither stands; a page shows its own people to staff.
PORTAL, OUTRA, PDF = "Portal!4q8-plantada", "Outra!7z1-plantada", "Pdf!5k3-plantada"
SEGREDOS = {PORTAL, OUTRA, PDF}
CPF, FONE = "52998224725", "5531988804321"
PESSOAS = {CPF, "529.982.247-25", FONE, FONE[2:], "31 98880-4321"}
ADM = ("Adm Silva", "5531966662222")
pytestmark = pytest.mark.usefixtures("logging_put_back")


class Day:
    """What was said to people and programs meanwhile, by where."""

    def __init__(self, service: RunningService, balcao: Balcao, logged: Logged) -> None:
        self.service, self.balcao, self.logged = service, balcao, logged
        self.pages: list[str] = []
        self.refusals: list[str] = []
        self.lines: list[str] = []

    async def in_the_panel(self, adm: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
        """Registers made, refused, looked for; pages that are not there; faults of ours, a person in their locals."""
        async with browser_of(self.service) as browser:
            await browser.enters(adm)
            await self._registers(browser)
            for path in (f"/painel/clientes?busca={CPF}", f"/painel/usuarios?busca={FONE}", "/painel/saude", "/painel"):
                self.pages.append(await browser.sees(path))
            for path in (f"/painel/nao-ha/{CPF}?senha={PORTAL}", f"/painel/clientes/{CPF}"):
                self.refusals.append(await browser.sees(path, 404))
            # No page asks for that.
            self.refusals.append(await browser.sees(f"/painel/clientes?token={PORTAL}", 422))
            for path, broken in (
                ("/painel/clientes", "webhooks.painel.cliente.clientes.list_clientes"),
                ("/painel/usuarios", "webhooks.painel.pessoa.usuarios.page"),
            ):
                with monkeypatch.context() as once:
                    once.setattr(broken, fails)
                    self.refusals.append(await browser.sees(path, 500))
            await self._import(browser)

    async def _registers(self, browser: Browser) -> None:
        people = {"nome_completo": "Zoe Dias", "perfil_usuario": "BACKOFFICE", "matricula_pap": "BO77"}
        for telefone in ("não é", FONE):
            made = await browser.does(
                "/painel/usuarios/novo", "/painel/usuarios", **people, telefone=telefone, senha_pap=OUTRA
            )
            self.pages.append(made[1])
        (operadora,) = await self.service.rows("SELECT id FROM operadoras LIMIT 1")
        cliente = {
            "razao_social": "Bar Ltda",
            "operadora_id": str(UUID(str(operadora["id"]))),
            "login_portal": "bar",
            "filtro": "9",
        }
        for cnpj in ("123", "11222333000181"):
            made = await browser.does(
                "/painel/clientes/novo",
                "/painel/clientes",
                **cliente,
                cnpj=cnpj,
                cpf=CPF,
                senha_portal=PORTAL,
            )
            self.pages.append(made[1])

    async def _import(self, browser: Browser) -> None:
        rows = f"Padaria;11444777000161;VIVO;8990;{OUTRA};{CPF}\nErrada;1144477700016;VIVO;8991;{PORTAL};{CPF}\n"
        content = f"razao_social;cnpj;operadora;filtro;senha_portal;cpf\n{rows}".encode()
        name = await keeps_a_file(browser, content, "clientes")
        looked = await browser.sees(f"/painel/importar/{name}")
        self.pages.append(looked)
        soma = looked.partition('name="soma" value="')[2].partition('"')[0]
        await browser.does(f"/painel/importar/{name}", f"/painel/importar/{name}/confirmar", soma=soma)

    async def over_http(self, adm: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
        """A bill with its password, a note with a person in it, refused bodies, a fault of ours."""
        headers, processo = self.service.token(adm), await waits(self.service)
        note = f"<NFCom><dest><CPF>{CPF}</CPF><fone>{FONE}</fone></dest></NFCom>".encode()
        sent = [("n.xml", note, {"tipo": "XML"}), ("f.pdf", encrypted(conta(), PDF), {"senha": OUTRA})]
        for nome, content, fields in (*sent, ("f.pdf", encrypted(conta(), PDF), {"senha": PDF})):
            body = form(processo.id, content, nome, **fields)
            async with self.service.http.post(UPLOAD, data=body, headers=headers) as response:
                self.refusals.append(await response.text())
        with monkeypatch.context() as once:
            once.setattr("webhooks.cliente.endpoints.list_clientes", fails, raising=False)
            once.setattr("webhooks.pool.endpoints.pool.pool_status", fails, raising=False)
            wrong: list[tuple[str, str, Any]] = [
                ("GET", f"/clientes?busca={CPF}", None),
                ("GET", "/pool-bo", None),
                ("POST", "/clientes", {"senha_portal": PORTAL, "cpf": f"{CPF}9", "cnpj": FONE}),
                ("POST", "/usuarios", {"telefone": f"{FONE}{CPF}", "senha_pap": [PORTAL], "nome_completo": 7}),
                ("POST", "/agendamentos", {"parametros_execucao": {"senha": PORTAL, "para": [FONE]}}),
                ("POST", "/reprocessar", {"ids": [f"outbox:{CPF}"]}),
            ]
            for method, path, body in wrong:
                async with self.service.http.request(method, path, json=body, headers=headers) as response:
                    if response.status >= 400:
                        self.refusals.append(await response.text())

    async def by_robots(self, adm: UUID) -> None:
        """What a robot says of a person, in every part of its answers."""
        self.service.sandbox.rpa.next("manual")
        (row,) = await self.service.rows("SELECT id FROM clientes WHERE razao_social = 'Bar Ltda'")
        made, headers = {"cliente_id": str(UUID(str(row["id"]))), "mes_ano": "11/2026"}, self.service.token(adm)
        async with self.service.http.post("/processos", json=made, headers=headers) as response:
            path = f"/processos/baixar/{(await response.json())['id']}"
        async with self.service.http.post(path, headers=headers) as response:
            assert response.status == 202, await response.text()
        job = await self.service.sandbox.rpa.started()
        await eventually(self.service, "SELECT 1 FROM execucoes WHERE job_id IS NOT NULL AND data_fim IS NULL")
        await job.log(f"entrando com senha={PORTAL} de {CPF}")
        await job.fail("DADOS_INVALIDOS", f"senha={PORTAL} de {CPF}, {FONE}", definitivo=True)
        await eventually(self.service, "SELECT 1 FROM execucoes WHERE data_fim IS NOT NULL")

    async def in_chat(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file of rows that is not wanted, a PDF's password typed, an event that fails for good."""
        ivo = await self.service.phone("telegram", *ADM)
        rows = f"razao_social;cnpj;operadora;filtro;senha_portal;cpf\nBar;11222333000181;VIVO;7;{OUTRA};{CPF}\n"
        await ivo.sends_document("clientes.csv", rows.encode(), "text/csv")
        await ivo.taps("Não importar")
        await ivo.sees("não importei nada")
        await ivo.sends_document("esquecidos.csv", rows.replace(";7;", ";8;").encode(), "text/csv")
        await ivo.sees("esquecidos.csv")
        await ivo.sends_document("quebrado.csv", rows.replace("filtro;", "filtro;filtro;").encode(), "text/csv")
        await ivo.sees("quebrado.csv")
        await ivo.sends_document("x.pdf", encrypted(conta(numero=2), PDF))
        await ivo.sees("Qual é a senha?")
        await ivo.says(f"a senha é {OUTRA}")
        await ivo.sees("Essa senha não abre")
        await ivo.says(f"{PDF}")
        await ivo.sees("x.pdf")
        with monkeypatch.context() as once:
            once.setattr("dialogs.pessoa.menu.show_menu", fails)
            await (await ivo.says("MENU")).accepted()

    async def by_command(self, folder: Path) -> None:
        """What each command prints."""
        sheet = folder / "usuarios.csv"
        header = "nome_completo;telefone;perfil_usuario;senha_pap;matricula_pap"
        people = (f"{FONE}9;BACKOFFICE;{OUTRA};L1", f"5531988804322;BACKOFFICE;{PORTAL};L2", f"{FONE};X;{PORTAL};L3")
        sheet.write_text("\n".join([header, *(f"Leo;{one}" for one in people)]))
        for words in (
            ("importar", "usuarios", str(sheet), "--simular"),
            ("importar", "usuarios", str(sheet)),
            ("reprocessar", "--listar"),
            ("agendamentos", "padrao"),
            ("agendamentos",),
            ("liberar-pap-bo", "--listar"),
            ("rotacionar-chaves",),
            ("doctor",),
            ("backup", "--para", str(folder / "copia.balcao")),
            ("restaurar", str(sheet)),
        ):
            done = await self.balcao(*words)
            self.lines.append(f"{words[0]}: {done.output}")


def fails(*args: object, **kwargs: object) -> None:
    """A fault of ours, with a person and what opens something in its text and its locals."""
    senha, cpf, telefone = PORTAL, CPF, FONE
    raise RuntimeError(f"senha={senha} de {cpf}, {telefone}")


@pytest.fixture
async def day(
    service: RunningService, use_environment: UseEnvironment, balcao: Balcao, monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Day:  # fmt: skip
    use_environment(service.environment | service.sandbox.settings())
    day = Day(service, balcao, Logged(service.settings.secret_values()))
    adm = await service.usuario(*ADM, Perfil.ADMINISTRADOR)
    # The bucket is there: the first two who bring a file do not both make it.
    await service.wiring.objects.check()
    await day.over_http(adm, monkeypatch)
    await day.in_the_panel(adm, monkeypatch)
    await day.by_robots(adm)
    await day.in_chat(monkeypatch)
    await nothing_is_under_way(service)
    await day.by_command(tmp_path)
    service.clock.move(hours=3)
    for step in ("wake_workers", "clean_up", "poll_robots", "reconcile"):
        await getattr(service.clock_work, step)()
    await nothing_is_under_way(service)
    return day


@pytest.mark.falha(279, 280)
async def test_what_opens_something_is_nowhere_and_people_only_where_staff_read_of_them(
    day: Day, service: RunningService, clean_redis_url: str, tmp_path: Path
) -> None:
    store = service.wiring.objects
    async with Redis.from_url(clean_redis_url, decode_responses=False) as redis:
        held = repr([await everything_under(redis, key) async for key in redis.scan_iter()])
        held += repr([key async for key in redis.scan_iter()])
    names = await store.list("")
    kept = {name: (await store.get(name)).decode("latin-1") for name in names}
    async with service.http.get("/metrics") as response:
        metrics = await response.text()
    nobody = {
        "logs": day.logged.text,
        "redis": held,
        "metrics": metrics,
        "refusals": "\n".join(day.refusals),
        "commands": "\n".join(day.lines),
        "names of files": repr(names),
        "backup": (tmp_path / "copia.balcao").read_bytes().decode("latin-1"),
    }
    secret = nobody | {
        "pages": "\n".join(day.pages),
        "tables": await everything(service),
        "database file": files_of_sqlite(tmp_path).decode("latin-1") or "on a server",
        "files": "\n".join(kept.values()),
    }
    assert [where for where, text in secret.items() if not text] == [], "there is something in each of them"
    assert len(day.logged.lines("error")) >= 4, "the faults were logged"
    assert sorted((where, one) for where, text in secret.items() for one in SEGREDOS if one in text) == []
    assert sorted((where, one) for where, text in nobody.items() for one in PESSOAS if one in text) == []
