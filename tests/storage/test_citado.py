"""Erased from what is others': every column that takes a text is planted with one person's phone."""

import json
import sqlite3
import zlib
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Column, LargeBinary, Table, Text, update

from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.lgpd.lgpd import apagar, exportar
from storage.database import sqlite_file
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import add_usuario
from storage.tables import contatos, metadata
from storage.transaction import Transaction
from storage.types import Json, UtcDateTime
from tests.support.turning import World, open_world

GIL = ("Gil Torres", "5531988806002")
WRITTEN = ("5531988806002", "31988806002", "(31) 98880-6002", "+55 31 8880-6002", "98880 6002")
SAID = "; ".join(WRITTEN)
# Tables that hold it still, and why (docs/privacidade.md says the same to people).
KEPT = {
    "answered_calls": "a day",
    "auditoria": "a chain: what is typed loses its numbers before it is in it (tests/core/test_auditoria.py)",
    "auditoria_cabeca": "one row of ours",
    "clientes": "companies",
    "consultores": "another one, with their own name and phone",
    "documentos_fatura": "bills of companies",
    "early_callbacks": "a day",
    "exames": "what stands in a bill of a company",
    "operadoras": "companies",
    "usuarios": "another one, with their own name and phone",
}
OWN = {"contatos": {"external_id", "scoped_id", "telefone", "nome"}, "pap_bo_em_uso": {"telefone"}}
# Columns into which our own words, ids, hashes and paths are written, and nothing that somebody typed or a robot said;
# and the number of an order, which is the contract's.
WORDS_OF_OURS = {
    "acao", "announced", "autor", "caminho_s3_fatura", "canal", "channel", "claimed_by", "classe_rpa_utilizada",
    "cron_expressao", "de", "decisao", "desfecho", "destino", "encerrado_por", "estado", "fatura_filename",
    "fatura_s3_key", "idioma", "inbound_id", "ip_origem", "job_id", "lane", "last_inbound_id", "level", "mes_ano",
    "method", "mime_type", "mostrado", "motivo_liberacao", "numero_pedido", "o_que", "object_key", "para", "passo",
    "perfil_usuario", "pergunta_id", "perguntados", "provider_file_id", "referencia", "request_id", "respondida",
    "resposta", "senha", "sha256", "state", "status", "status_execucao", "status_processo", "status_venda", "target",
    "tipo", "tipo_agendamento", "tipo_execucao", "token_hash", "url_arquivo_s3", "url_fatura", "user_agent", "via",
}  # fmt: skip


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[World]:
    async with open_world(sqlite_url) as opened:
        yield opened


@pytest.mark.falha(317)
async def test_nobody_elses_rows_say_the_phone_of_who_was_erased(world: World, sqlite_url: str) -> None:
    """Whoever adds a column that takes a text decides."""
    gil = {"id": uuid4(), "nome_completo": GIL[0], "telefone": GIL[1], "perfil_usuario": Perfil.APROVADOR}
    await world.turns.run(lambda tx: add_usuario(tx, gil))
    plant(sqlite_file(sqlite_url))
    said_first = await world.turns.run(lambda tx: exportar(tx, GIL[1], LINHA_DE_COMANDO))
    assert said_first["citado_por_outros"].keys() >= {"mensagens", "historico", "agendamentos", "logs_compactados"}
    await world.turns.run(lambda tx: apagar(tx, GIL[1], LINHA_DE_COMANDO))
    found = [(table.name, name) for table in metadata.sorted_tables for name in await saying_it(world, table)]
    left = [one for one in found if one[0] not in KEPT and one[1] not in OWN.get(one[0], set()) | WORDS_OF_OURS]
    assert left == []
    assert {one[0] for one in found} >= KEPT.keys() - {"auditoria_cabeca"}
    (schedule,) = await world.rows("SELECT parametros_execucao, status_ativo FROM agendamentos")
    assert json.loads(schedule["parametros_execucao"])["para"] == []
    assert not schedule["status_ativo"], "for nobody it is not sent"
    (said,) = await world.rows("SELECT texto FROM mensagens")
    assert said["texto"] == f"fale no {'; '.join(['(apagado)'] * len(WRITTEN))} hoje", (
        "the rest of what another one said stays"
    )


@pytest.mark.falha(317)
async def test_a_question_that_is_open_before_somebody_else_names_nobody_who_was_erased(world: World) -> None:
    gil = {"id": uuid4(), "nome_completo": GIL[0], "telefone": GIL[1], "perfil_usuario": Perfil.APROVADOR}
    await world.turns.run(lambda tx: add_usuario(tx, gil))
    other = await world.person("5531988806009")

    async def asked(tx: Transaction) -> None:
        data = {"delegar": {"para": str(gil["id"]), "nome": GIL[0]}}
        row = {
            "state": "Delegar:inicio",
            "state_data": data,
            "choices": [[GIL[0], "dlg:1", "2026-03-02T12:00:00+00:00"]],
        }
        await tx.execute(update(contatos).where(contatos.c.id == other).values(row))

    await world.turns.run(asked)
    await world.turns.run(lambda tx: apagar(tx, GIL[1], LINHA_DE_COMANDO))
    (row,) = await world.rows("SELECT state, state_data, choices FROM contatos")
    assert row["state"] == "Delegar:inicio"
    assert GIL[0] not in str(row)
    assert "dlg:1" in row["choices"]


def plant(file: Path) -> None:
    """A row of somebody else's in every table."""
    with closing(sqlite3.connect(file)) as rows, rows:
        for table in metadata.sorted_tables:
            row = {column.name: _value(column) for column in table.columns}
            names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _ in row)
            rows.execute(f'INSERT OR IGNORE INTO "{table.name}" ({names}) VALUES ({marks})', list(row.values()))  # noqa: S608


def _value(column: "Column[Any]") -> Any:
    if column.name == "parametros_execucao":
        return json.dumps({"para": [WRITTEN[0]]})
    if isinstance(column.type, Text | Json) and not column.primary_key:
        return json.dumps({"de": [SAID]}) if isinstance(column.type, Json) else f"fale no {SAID} hoje"
    if isinstance(column.type, LargeBinary):
        return zlib.compress(json.dumps([[1, "2026-03-02T12:00:00+00:00", "INFO", SAID]]).encode())
    if isinstance(column.type, UtcDateTime):
        return "2026-03-02 12:00:00"
    return {str: "k", int: 900, bool: False, UUID: uuid4().hex, date: "2026-03-02"}[column.type.python_type]


async def saying_it(world: World, table: Table) -> list[str]:
    """The columns in which it still stands, in whatever writing."""
    names = []
    for row in await world.rows(f'SELECT * FROM "{table.name}"'):  # noqa: S608 - a name of ours
        for name, value in row.items():
            text = zlib.decompress(value).decode() if isinstance(value, bytes) else str(value)
            names += [name for one in WRITTEN if one in text][:1]
    return names
