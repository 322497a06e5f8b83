"""A working day in the rows of this release, kept for later ones: `python -m tests.support.release_dump`.

Writes tests/storage/releases/REVISION.sql: a sale in the middle of a question, a customer with a consultor and a
message that is not sent yet, an invoice that waits for its approver, schedules, an import and a delegation that wait
for a word, an event and a call that failed for good, the audit. Made once for each release; what was written stays as
it is, and tests/storage/test_releases.py opens it with whatever comes after.
"""

import asyncio
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from core.agendamento.agendamentos import criar as novo_agendamento
from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.processo.faturas import receber
from core.processo.quem import O_ROBO
from storage.agendamento.tipos import TipoAgendamento
from storage.database import Database
from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3
from storage.failed_events import record_failure
from storage.pessoa.perfil import Perfil
from storage.schema import migrate, newest
from storage.transaction import Transaction
from tests.core.left_before import CARTAS
from tests.support.consultores import attended, consultor, customer, nothing_is_under_way
from tests.support.faturas import PDF, fatura, novo_processo
from tests.support.sellers import seller, sells
from tests.support.service import RunningService, settings_for

RELEASES = Path(__file__).parents[1] / "storage" / "releases"
GIL = ("Gil Torres", "5531988806002")
ADM = ("Adm Silva", "5531999990000")
BIA = ("Bia Reis", "5531988806003")
UNSENT = "ainda falta o comprovante"
DEAD = "wamid.morta"
_ROWS = "nome_completo;telefone;perfil_usuario\nLia Prado;5531988806004;OPERADOR\n"


async def a_day(service: RunningService) -> None:
    """Everybody in the middle of something."""
    await service.login_bo()
    ana = await seller(service)
    job = await sells(service, ana)
    await job.ask("Qual é o CEP da instalação?", "cep")
    await ana.sees("Qual é o CEP")
    davi, maria = await consultor(service), await customer(service)
    await attended(service, maria, davi)
    await maria.says(UNSENT)
    await davi.sees(UNSENT)
    await service.usuario(*GIL, Perfil.APROVADOR)
    gil = await service.phone("whatsapp", *GIL)
    await gil.says("MENU")
    await gil.sees("O que você quer fazer")
    await service.wiring.turns.run(lambda tx: _an_invoice(tx, service))
    await gil.sees("🧾 Padaria Pão Quente Ltda")
    row = {"nome_agendamento": "Backup", "cron_expressao": "0 2 * * *", "parametros_execucao": {}}
    row |= {"tipo_agendamento": TipoAgendamento.BACKUP_DIARIO_BD}
    await service.wiring.turns.run(lambda tx: novo_agendamento(tx, row, LINHA_DE_COMANDO))
    await _in_the_middle(service)
    await nothing_is_under_way(service)


async def _in_the_middle(service: RunningService) -> None:
    """An import and a delegation that wait for a word, a schedule for one person, an event that nobody could answer."""
    await service.administrador(*ADM)
    adm = await service.phone("whatsapp", *ADM)
    await adm.says("MENU")
    await adm.sees("O que você quer fazer")
    await adm.sends_document("pessoas.csv", _ROWS.encode(), "text/csv")
    await adm.sees("pessoas.csv: 1 linha", timeout=30)
    await service.usuario(*BIA, Perfil.APROVADOR)
    bia = await service.phone("whatsapp", *BIA)
    await bia.says("DELEGAR")
    await bia.sees("Quem decide sobre faturas em seu nome?")
    await bia.taps("Gil Torres")
    await bia.sees("A partir de quando?")
    row = {"nome_agendamento": "Vendas da semana", "cron_expressao": "0 8 * * 1"}
    row |= {"tipo_agendamento": TipoAgendamento.ENVIAR_RELATORIOS}
    row |= {"parametros_execucao": {"assunto": "vendas", "periodo": "semanal", "para": [GIL[1]]}}
    await service.wiring.turns.run(lambda tx: novo_agendamento(tx, row, LINHA_DE_COMANDO))
    for _ in range(3):
        await service.wiring.turns.run(lambda tx: record_failure(tx, "whatsapp", DEAD, "ValueError()", CARTAS[1][1]))


async def _an_invoice(tx: Transaction, service: RunningService) -> None:
    processo = await novo_processo(tx)
    await receber(tx, processo.id, fatura(PDF + b"\n%%EOF"), O_ROBO, service.wiring.processo_limits)


async def _written(directory: Path) -> None:
    redis, s3 = EmbeddedRedis(directory), EmbeddedS3(directory)
    file = directory / "balcao.db"
    url = f"sqlite+aiosqlite:///{file}"
    database = Database(url)
    await migrate(database)
    await database.close()
    await redis.start()
    await s3.start()
    try:
        async with RunningService(settings_for(url, redis.url, s3, directory)) as service:
            await a_day(service)
    finally:
        await s3.stop()
        await redis.stop()
    with closing(sqlite3.connect(file)) as rows, rows:
        # As it stands when the process ends between the commit and the send.
        rows.execute("UPDATE outbox SET done_at = NULL, provider_id = NULL WHERE params LIKE ?", (f"%{UNSENT}%",))
        # And as a call stands that its provider refused for good.
        rows.execute(
            "UPDATE outbox SET error = '400 refused' WHERE id = (SELECT min(id) FROM outbox WHERE contato_id > 0)"
        )
        rows.commit()
        text = "\n".join(rows.iterdump())
    RELEASES.mkdir(exist_ok=True)
    (RELEASES / f"{newest()}.sql").write_text(f"{text}\n", encoding="utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory() as directory:
        asyncio.run(_written(Path(directory)))


if __name__ == "__main__":
    main()
