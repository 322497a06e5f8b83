"""Planted secrets through reports of every kind, schedules that fire, notes, a sale and backups."""

import io
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from redis.asyncio import Redis

from bot.backup.copies import PREFIX, scratch
from sandbox import Phone
from sandbox.faturas.estragos import encrypted
from sandbox.faturas.xml import xml_of
from storage.backup.sealing import unseal
from storage.cliente.clientes import change_cliente
from storage.pessoa.perfil import Perfil
from storage.transaction import Transaction
from tests.faults.test_nothing_leaks import CPF_DIGITS, everything_under, refused_calls
from tests.faults.test_nothing_leaks import SENHA as ASKED_WITH
from tests.faults.test_nothing_leaks_of_invoices import _answers, _pages
from tests.faults.test_secrets_at_rest import files_of_sqlite
from tests.support.consultores import nothing_is_under_way
from tests.support.everything import everything
from tests.support.faturas import conta
from tests.support.log_lines import Logged
from tests.support.sellers import eventually, seller, sells
from tests.support.service import RunningService
from tests.support.testemunhas import MES
from tests.webhooks.processo.test_upload import PATH as UPLOAD
from tests.webhooks.processo.test_upload import form, waits

# What opens something, and what is of a person.
LOGIN, PORTAL, PDF = "Login!2h7-plantada", "Portal!6d4-plantada", "Pdf!8s1-plantada"
SEGREDOS = {LOGIN, PORTAL, PDF, ASKED_WITH}
CPF, FONE = CPF_DIGITS, "5531988804321"
PESSOAS = {CPF, FONE, FONE[2:]}
ADM = ("Adm Silva", "5531966662222")
ASSUNTOS = ("faturas", "vendas", "atendimentos", "logins", "presenca")
TIPOS = {
    "BACKUP_DIARIO_BD": {},
    "ENVIAR_RELATORIOS": {"assunto": "vendas", "periodo": "diario", "para": [ADM[1]]},
    "CRIAR_PROCESSOS_MENSAIS": {"mes": "proximo"},
    "EXECUTAR_DOWNLOADS": {"mes": "atual"},
    "LIMPEZA_LOGS": {"dias": 1},
}
pytestmark = pytest.mark.usefixtures("logging_put_back")


class Day:
    """What was done, and which ids it left."""

    def __init__(self, service: RunningService, adm: UUID) -> None:
        self.service, self.adm, self.headers = service, adm, service.token(adm)
        self.ids: list[UUID] = []
        self.month = service.mes_ano

    async def asks(self, method: str, path: str, **how: Any) -> Any:
        """A request of the administrator's."""
        async with self.service.http.request(method, path, headers=self.headers, **how) as response:
            assert response.status < 300, await response.text()
            return await response.json()

    async def of_bills(self) -> None:
        """A note and a bill with its password by hand; a note by a robot, in the next month."""
        processo = await waits(self.service)
        self.ids += [processo.id, processo.cliente_id]

        async def sealed(tx: Transaction) -> None:
            senha = tx.secrets.seal(PORTAL, "clientes", "senha_portal", processo.cliente_id)
            await change_cliente(tx, processo.cliente_id, login_portal="padaria", senha_portal=senha, cpf=CPF)

        await self.service.wiring.turns.run(sealed)
        await self.asks("POST", UPLOAD, data=form(processo.id, _note(conta()), "nota.xml", tipo="XML"))
        bill = encrypted(conta(), PDF)
        await self.asks("POST", UPLOAD, data=form(processo.id, bill, "fatura.pdf", senha=PDF))
        depois = MES.plus(1)
        made = await self.asks(
            "POST", "/processos", json={"cliente_id": str(processo.cliente_id), "mes_ano": str(depois)}
        )
        self.service.sandbox.rpa.next("manual")
        await self.asks("POST", f"/processos/baixar/{made['id']}")
        job = await self.service.sandbox.rpa.started()
        await eventually(self.service, "SELECT 1 FROM execucoes WHERE job_id IS NOT NULL AND data_fim IS NULL")
        await self.service.wiring.objects.put("robo/nota.xml", _note(conta(depois)), "application/xml")
        await job.log(f"achei a nota com {PORTAL}, de {CPF}")
        await job.complete({"s3_key": "robo/nota.xml", "nome_arquivo": "nota.xml", "obs": f"{PORTAL} de {CPF}"})
        await eventually(self.service, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM execucoes WHERE data_fim IS NULL)")

    async def of_a_sale(self) -> None:
        """Its robot repeats what it was given."""
        await self.service.login_bo(senha_pap=LOGIN)
        ana = await seller(self.service)
        job = await sells(self.service, ana)
        await job.progress(20, f"Entrando com {LOGIN}")
        await job.complete({"numero_pedido": "NIO-7", "obs": LOGIN})
        await ana.sees("NIO-7")

    async def of_schedules(self, phone: Phone) -> None:
        """One of each type, due each night; a day later they have run."""
        for tipo, parametros in TIPOS.items():
            body = {"nome_agendamento": tipo, "cron_expressao": "0 2 * * *", "tipo_agendamento": tipo}
            made = await self.asks("POST", "/agendamentos", json=body | {"parametros_execucao": parametros})
            self.ids.append(UUID(made["id"]))
        self.service.clock.move(hours=23)
        await phone.says("MENU")
        self.service.clock.move(hours=2)
        await self.service.clock_work.agendamentos.run_schedules()
        ran = "SELECT count(*) AS n FROM execucoes_agendamento WHERE status = 'CONCLUIDA' HAVING count(*) = :n"
        await eventually(self.service, ran, n=len(TIPOS))

    async def of_reports(self, phone: Phone) -> str:
        """Each about its subject, in every form that it has, and the closing with its PDF; what is in the files."""
        for assunto in ASSUNTOS:
            await phone.says(f"RELATORIO {assunto} {MES if assunto == 'faturas' else self.month}")
            # More than twenty messages to one chat: Telegram has one a second from then on.
            await nothing_is_under_way(self.service, within=60)
        await phone.says(f"FECHAMENTO {MES}")
        await phone.sees("Fechamento de", timeout=30)
        await phone.taps("PDF")
        await phone.sees("fechamento-", timeout=30)
        await nothing_is_under_way(self.service)
        files = [one.document for one in phone.screen if one.document]
        assert {kind for kind in (b"%PDF", b"PK", b"\x89PNG") for one in files if one.startswith(kind)} >= {
            b"%PDF",
            b"PK",
        }
        return "\n".join(map(_text, files))


@pytest.mark.falha(294)
async def test_no_report_schedule_note_or_backup_shows_what_opens_something(
    service: RunningService, clean_redis_url: str, tmp_path: Path
) -> None:
    logged, store = Logged(service.settings.secret_values()), service.wiring.objects
    adm = await service.usuario(*ADM, Perfil.ADMINISTRADOR)
    phone, day = await service.phone("telegram", *ADM), Day(service, adm)
    await day.of_bills()
    await day.of_a_sale()
    await day.of_schedules(phone)
    reports = await day.of_reports(phone)
    refusals = "\n".join(await refused_calls(service, day.headers))
    async with Redis.from_url(clean_redis_url, decode_responses=False) as redis:
        redis_holds = repr([(key, await everything_under(redis, key)) async for key in redis.scan_iter()])
    async with service.http.get("/metrics") as response:
        metrics = await response.text()
    kept = {name: await store.get(name) for name in await store.list("")}
    sealed = {name: content for name, content in kept.items() if name.startswith(PREFIX)}
    nobody = {
        "logs": logged.text,
        "redis": redis_holds,
        "metrics": metrics,
        "error answers": refusals,
        "names of files": repr(sorted(kept)),
        "sealed backups": "\n".join(_plain(one) for one in sealed.values()),
    }
    secret = nobody | {
        "reports": reports,
        "tables": await everything(service),
        "database file": _plain(files_of_sqlite(tmp_path)) or "on a server",
        "backups, opened": _opened(service, {name: one for name, one in sealed.items() if name.endswith(".age")}),
        "files": "\n".join(map(_text, kept.values())),
        "pages": await _pages(service, adm, *day.ids),
        "answers": await _answers(service, day.headers, *day.ids),
    }
    assert [where for where, text in secret.items() if not text] == [], "there is something in each of them"
    assert sorted((where, one) for where, text in secret.items() for one in SEGREDOS if one in text) == []
    assert sorted((where, one) for where, text in nobody.items() for one in PESSOAS if one in text) == []
    assert (CPF in reports, "Ana Souza" in reports, "Padaria Número 1" in reports) == (False, True, True)
    assert CPF in secret["files"], "a note is kept as it came"
    assert "Entrando com ***" in secret["backups, opened"], "they hold what was said"


def _note(bill: Any) -> bytes:
    """A sound one with a person in it, whom its schema has a place for."""
    person = f"<CPF>{CPF}</CPF><fone>{FONE}</fone></dest>".encode()
    return xml_of(bill).replace(b"</dest>", b"<enderDest>" + person.replace(b"</dest>", b"</enderDest></dest>"))


def _opened(service: RunningService, backups: dict[str, bytes]) -> str:
    """What stands in the dumps, without their seal; PostgreSQL's are not compressed (storage/backup/postgres.py)."""
    keys, found = service.wiring.backups.keys, []
    for content in backups.values():
        with scratch(service.wiring.backups.data_dir) as directory:
            (directory / "sealed").write_bytes(content)
            unseal(directory / "sealed", directory / "dump", keys, directory)
            found.append(_plain((directory / "dump").read_bytes()))
    return "\n".join(found)


def _text(content: bytes) -> str:
    """What a file says, and its bytes as they are."""
    said = [_plain(content)]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            said += [_plain(parts.read(name)) for name in parts.namelist()]
    if content.startswith(b"%PDF"):
        try:
            said += [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
        except pypdfium2.PdfiumError:
            said.append("with a password")
    return "\n".join(said)


def _plain(content: bytes) -> str:
    return content.decode("utf-8", "replace")
