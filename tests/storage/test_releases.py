"""Rows that a release left are brought to this one's schema, and everybody goes on where they were."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.importacao.cadastros import CADASTROS
from core.agendamento.parametros import check_parametros
from core.commands.base import COMMANDS, EVERY, read_command
from core.heard import Heard
from core.time import utc_now
from dialogs.frame.kept import let_go_of_older
from sandbox.whatsapp.phone import WhatsAppPhone
from storage.auditoria.cadeia import check_chain
from storage.contatos.contatos import Contato
from storage.database import Database
from storage.engines.s3 import EmbeddedS3
from storage.importacao.importacoes import Estado
from storage.schema import migrate
from tests.support.consultores import DAVI, MARIA
from tests.support.release_dump import GIL, RELEASES, UNSENT
from tests.support.sellers import ANA
from tests.support.service import RunningService, settings_for

KEPT = sorted(RELEASES.glob("*.sql"))


def test_a_release_is_kept() -> None:
    """`python -m tests.support.release_dump` makes one, when a release is made."""
    assert KEPT


@pytest.mark.falha(191)
@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
async def test_everybody_goes_on_where_they_were(
    kept: Path, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
) -> None:
    file = tmp_path / "balcao.db"
    left_at, scoped_ids = opened(kept, file)
    url = f"sqlite+aiosqlite:///{file}"
    database = Database(url)
    await migrate(database)
    await database.close()
    service = RunningService(settings_for(url, clean_redis_url, s3, tmp_path))
    # A little later: what the processes of then had for themselves is anybody's by now.
    service.clock.ahead = datetime.fromisoformat(left_at).replace(tzinfo=UTC) + timedelta(minutes=1) - utc_now()
    ana, davi, gil, _ = (had_written(service, *quem, scoped_ids[quem[1]]) for quem in (ANA, DAVI, GIL, MARIA))
    waited = open_questions(file)
    async with service:
        await davi.sees(UNSENT)
        await ana.says("STATUS")
        await ana.sees("Qual é o CEP")
        await gil.says("PENDENTES")
        card = await gil.sees("Padaria Pão Quente Ltda")
        # The button that they were shown then, on a card that is still on their phone.
        sql = "SELECT json_extract(params, '$.reply_markup.inline_keyboard[0][0].callback_data') AS data FROM outbox"
        (button,) = await service.rows(f"{sql} WHERE params LIKE '%🧾%' ORDER BY id LIMIT 1")
        await gil.taps_data(button["data"], bubble=card)
        await gil.sees("Aprovada")
        for row in await service.rows("SELECT target, method, params FROM outbox"):
            if kind := COMMANDS.get((row["target"], row["method"])) or COMMANDS.get((row["target"], EVERY)):
                read_command(kind, json.loads(row["params"]))
        await what_waits_is_known(service, waited)
        async with service.wiring.database.read() as connection:
            assert (await check_chain(connection)).quebras == []


def open_questions(file: Path) -> dict[int, tuple[str, str]]:
    """The conversations that wait for a word: what is asked, and what is kept of it."""
    with closing(sqlite3.connect(file)) as rows, rows:
        found = rows.execute("SELECT id, state, coalesce(state_data, '{}') FROM contatos WHERE state IS NOT NULL")
        return {number: (state, data) for number, state, data in found}


async def what_waits_is_known(service: RunningService, waited: dict[int, tuple[str, str]]) -> None:
    """No question is let go; schedules, imports and what failed for good are what they were."""
    assert waited
    for number, (state, data) in waited.items():
        contato = Contato(number, "whatsapp", "", state=state, state_data=json.loads(data))
        assert let_go_of_older(contato) is None, state
    for row in await service.rows("SELECT tipo_agendamento, parametros_execucao FROM agendamentos"):
        kept = json.loads(row["parametros_execucao"])
        assert check_parametros(row["tipo_agendamento"], kept) == kept
    for row in await service.rows("SELECT channel, event_id, payload, last_at FROM failed_events"):
        heard = Heard.of_payload(row["channel"], row["event_id"], json.loads(row["payload"]), utc_now())
        assert heard.kind == "message"
    for row in await service.rows("SELECT o_que, estado FROM importacoes"):
        assert row["o_que"] in CADASTROS
        assert row["estado"] in set(Estado)


def opened(kept: Path, file: Path) -> tuple[str, dict[str, str]]:
    """The rows in a database of their own; when the last of them was written, and the accounts of the phones."""
    with closing(sqlite3.connect(file)) as rows, rows:
        rows.executescript(kept.read_text(encoding="utf-8"))
        left_at = str(rows.execute("SELECT max(created_at) FROM outbox").fetchone()[0])
        return left_at, dict(rows.execute("SELECT external_id, scoped_id FROM contatos"))


def had_written(service: RunningService, nome: str, telefone: str, scoped_id: str) -> WhatsAppPhone:
    """A phone as it was when the service was there last: its 24 hours are open."""
    phone = service.sandbox.whatsapp.phone(nome, telefone, user_id=scoped_id)
    phone.last_wrote = service.clock().timestamp()
    return phone
