"""`balcao importar consultores`: who a row is about, what it changes, and what is refused."""

import asyncio
import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import Result

import bot.importacao.motor
from storage.database import Database
from storage.pessoa.perfil import Perfil
from tests.support.commands import Balcao
from tests.support.consultores_api import Api

HEADER = "nome;idiomas;telefone;id_pipedrive;status_ativo;status_ativo_sequencial"
DAVI = "5531988804003"


@pytest.fixture
def arquivo(tmp_path: Path) -> Path:
    return tmp_path / "consultores.csv"


async def importa(
    balcao: Balcao, path: Path, *rows: str, header: str = HEADER, options: tuple[str, ...] = ()
) -> Result:
    await asyncio.to_thread(path.write_bytes, "\n".join([header, *rows]).encode())
    return await balcao("importar", "consultores", str(path), *options)


async def rows(environment: Mapping[str, str], sql: str) -> list[dict[str, Any]]:
    database = Database(environment["DATABASE_URL"])
    try:
        async with database.read() as connection:
            return [dict(row._mapping) for row in await connection.execute(text(sql))]
    finally:
        await database.close()


async def write(environment: Mapping[str, str], sql: str) -> None:
    database = Database(environment["DATABASE_URL"])
    try:
        async with database.begin() as connection:
            await connection.execute(text(sql))
            await connection.commit()
    finally:
        await database.close()


async def consultores(environment: Mapping[str, str]) -> list[tuple[Any, ...]]:
    found = await rows(
        environment,
        "SELECT nome, telefone, id_pipedrive, status_ativo AND status_online AS online FROM consultores ORDER BY id",
    )
    return [(row["nome"], row["telefone"], row["id_pipedrive"], bool(row["online"])) for row in found]


def refused(path: Path) -> list[list[str]]:
    """Line and reason of every refused row."""
    content = path.with_name("consultores.recusadas.csv").read_text("utf-8-sig")
    return [row[:2] for row in csv.reader(io.StringIO(content), delimiter=";")][1:]


FILE = ("João Silva;pt|en;+55 31 98880-4003;456;sim;sim", "Ana;PT, es;;457;;nao", "Bia;en;;;;")


PRESENT = """
INSERT INTO agent_presence (usuario_id, status, via, announced, status_changed_at)
SELECT id, 'online', 'chat', 'online', CURRENT_TIMESTAMP FROM usuarios
"""


class TestOutOfService:
    """Neither a consultor nor a person who was taken out of service by a file is online, until they are back."""

    @pytest.mark.parametrize(
        ("what", "header", "row"),
        [
            ("consultores", "nome;idiomas;telefone;status_ativo", "João Silva;pt|en;5531988804003;{}"),
            ("usuarios", "nome_completo;telefone;perfil_usuario;status_ativo", "João Silva;5531988804003;CONSULTOR;{}"),
        ],
    )
    async def test_they_are_offline_until_they_are_back(
        self, balcao: Balcao, on_database: dict[str, str], arquivo: Path, what: str, header: str, row: str
    ) -> None:
        await importa(balcao, arquivo, FILE[0])
        await write(on_database, PRESENT)
        for says, online in (("nao", False), ("sim", True), ("não", False), ("sim", True)):
            await asyncio.to_thread(arquivo.write_text, f"{header}\n{row.format(says)}\n")
            assert (await balcao("importar", what, str(arquivo))).exit_code == 0
            assert [one[-1] for one in await consultores(on_database)] == [online]
            assert len(await rows(on_database, "SELECT 1 FROM rodizio")) == 2 * online


class TestWhatAFileChanges:
    async def test_adds_consultores_and_the_people_of_their_phones(
        self, balcao: Balcao, on_database: dict[str, str], arquivo: Path
    ) -> None:
        result = await importa(balcao, arquivo, *FILE)
        assert (result.exit_code, result.stdout) == (
            0,
            "3 criados, 0 alterados, 0 sem mudança, 0 recusados\n",
        )
        assert await consultores(on_database) == [
            ("João Silva", DAVI, 456, False),
            ("Ana", None, 457, False),
            ("Bia", None, None, False),
        ]
        assert await rows(on_database, "SELECT nome_completo, telefone, perfil_usuario FROM usuarios") == [
            {"nome_completo": "João Silva", "telefone": DAVI, "perfil_usuario": "CONSULTOR"}
        ]
        assert await rows(on_database, "SELECT count(*) AS rows FROM rodizio") == [{"rows": 0}]

    @pytest.mark.parametrize("chunk", [1, 2_000])
    async def test_the_same_file_again_changes_nothing(
        self,
        balcao: Balcao,
        on_database: dict[str, str],
        arquivo: Path,
        monkeypatch: pytest.MonkeyPatch,
        chunk: int,
    ) -> None:
        monkeypatch.setattr(bot.importacao.motor, "CHUNK", chunk)
        await importa(balcao, arquivo, *FILE)
        before = await rows(on_database, "SELECT * FROM consultores ORDER BY id")
        result = await importa(balcao, arquivo, *FILE)
        assert result.stdout == "0 criados, 0 alterados, 3 sem mudança, 0 recusados\n"
        assert await rows(on_database, "SELECT * FROM consultores ORDER BY id") == before

    async def test_a_row_is_about_the_phone_then_the_number_in_pipedrive_then_the_name(
        self, balcao: Balcao, on_database: dict[str, str], arquivo: Path
    ) -> None:
        await importa(balcao, arquivo, *FILE)
        result = await importa(
            balcao, arquivo, "João S.;pt;553188804003;456;;", "Ana Maria;pt;;457;;", "Bia;en;5531988805000;9;;"
        )
        assert result.stdout == "0 criados, 3 alterados, 0 sem mudança, 0 recusados\n"
        assert await consultores(on_database) == [
            ("João S.", DAVI, 456, False),
            ("Ana Maria", None, 457, False),
            ("Bia", "5531988805000", 9, False),
        ]

    async def test_an_empty_cell_and_a_column_that_is_missing_leave_what_is_stored(
        self, balcao: Balcao, on_sqlite: dict[str, str], arquivo: Path
    ) -> None:
        await importa(balcao, arquivo, *FILE)
        result = await importa(balcao, arquivo, "Ana;pt|es", header="nome;idiomas")
        assert result.stdout == "0 criados, 0 alterados, 1 sem mudança, 0 recusados\n"
        assert ("Ana", None, 457, False) in await consultores(on_sqlite)

    async def test_another_phone_or_number_is_another_person_of_the_same_name(
        self, balcao: Balcao, on_sqlite: dict[str, str], arquivo: Path
    ) -> None:
        await importa(balcao, arquivo, "Ana;pt;5531988805000;1;;", "Ana;pt;5531988806000;2;;")
        await importa(balcao, arquivo, "Ana;pt;;3;;")
        assert len(await consultores(on_sqlite)) == 3


class TestRefusedRows:
    async def test_are_listed_with_line_and_reason_and_keep_nothing_else_out(
        self, balcao: Balcao, on_database: dict[str, str], arquivo: Path
    ) -> None:
        result = await importa(
            balcao, arquivo, "Ana;;;;;", "Bia;português!;;;;", "Caio;pt;12;;;", "Davi;pt;;x;;", "Eva;pt;;;;"
        )
        assert (result.exit_code, result.stdout[:9]) == (1, "1 criado,")
        assert refused(arquivo) == [
            ["2", "idiomas: não foi preenchido"],
            ["3", "idiomas: escreva os códigos dos idiomas, como em pt|en"],
            ["4", "telefone: telefone inválido, escreva com DDD"],
            ["5", "id_pipedrive: número inválido"],
        ]
        assert [nome for nome, *_ in await consultores(on_database)] == ["Eva"]

    @pytest.mark.parametrize("option", ["--simular", None])
    @pytest.mark.parametrize("chunk", [1, 2_000])
    async def test_one_that_may_be_the_consultor_of_an_earlier_row(
        self,
        balcao: Balcao,
        on_sqlite: dict[str, str],
        arquivo: Path,
        monkeypatch: pytest.MonkeyPatch,
        chunk: int,
        option: str | None,
    ) -> None:
        monkeypatch.setattr(bot.importacao.motor, "CHUNK", chunk)
        file = ("Ana;pt;5531988805000;;;", "Ana;en;;;;", "Bia;en;;;;")
        result = await importa(balcao, arquivo, *file, options=(option,) if option else ())
        assert "2 criados, 0 alterados, 0 sem mudança, 1 recusado" in result.stdout
        wanted = [["3", "parece o consultor da linha 2; informe telefone ou id_pipedrive"]]
        assert refused(arquivo) == wanted
        if option is None:
            result = await importa(balcao, arquivo, *file)
            assert "0 criados, 0 alterados, 2 sem mudança, 1 recusado" in result.stdout
            assert refused(arquivo) == wanted

    async def test_one_that_may_be_about_two(self, balcao: Balcao, on_sqlite: dict[str, str], arquivo: Path) -> None:
        await importa(balcao, arquivo, "Ana;pt;;1;;", "Ana;pt;;2;;")
        await importa(balcao, arquivo, "Ana;en;;;;")
        assert refused(arquivo) == [["2", "nome: há mais de um consultor assim; informe telefone ou id_pipedrive"]]

    async def test_with_tudo_ou_nada_keep_every_row_out(
        self, balcao: Balcao, on_database: dict[str, str], arquivo: Path
    ) -> None:
        result = await importa(balcao, arquivo, "Eva;pt;;;;", "Bia;;;;;", options=("--tudo-ou-nada",))
        assert (result.exit_code, await consultores(on_database)) == (1, [])

    async def test_a_simulation_changes_nothing(
        self, balcao: Balcao, on_database: dict[str, str], arquivo: Path
    ) -> None:
        result = await importa(balcao, arquivo, *FILE, options=("--simular",))
        assert result.stdout == ("simulação, nada foi gravado: 3 criados, 0 alterados, 0 sem mudança, 0 recusados\n")
        assert await consultores(on_database) == []


async def test_whoever_is_online_already_takes_turns_from_the_import_on(
    balcao: Balcao, api: Api, use_environment: Any, arquivo: Path
) -> None:
    use_environment(api.service.environment)
    davi = await api.service.usuario("Davi Alves", DAVI, Perfil.CONSULTOR)
    body = {"status": "online"}
    async with api.service.http.post(
        "/api/v1/presence/set-status", headers=api.service.token(davi), json=body
    ) as response:
        assert response.status == 200
    await importa(balcao, arquivo, *FILE)
    answer = await api.da_vez()
    assert (answer["consultor_nome"], answer["consultor_id_pipedrive"]) == ("João Silva", 456)
    await importa(balcao, arquivo, "João Silva;es;;456;;nao")
    await api.da_vez(404, idioma="es")
