"""`balcao importar usuarios`: what a file changes, what it may not, and what is told of it."""

import asyncio
import csv
import io
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from sqlalchemy import text

import bot.importacao.motor
from core.planilha.planilhas import csv_bytes
from storage.database import Database
from storage.secrets import SecretBox, SecretUnreadable
from tests.support.commands import HEADER, Balcao, UseEnvironment, importa, importa_bytes
from tests.support.sellers import ANA
from tests.support.service import RunningService

LOGIN = f"{HEADER};matricula_pap;senha_pap"
EMAIL = f"{HEADER};email"


@pytest.fixture
def pessoas(tmp_path: Path) -> Path:
    return tmp_path / "pessoas.csv"


async def usuarios(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    """Everybody registered, by telefone."""
    return await rows(environment, "SELECT * FROM usuarios ORDER BY telefone")


async def rows(environment: Mapping[str, str], sql: str, *, write: bool = False) -> list[dict[str, Any]]:
    database = Database(environment["DATABASE_URL"])
    try:
        async with database.begin() as connection:
            result = await connection.execute(text(sql))
            found = [] if write else [dict(row._mapping) for row in result]
            await connection.commit()
    finally:
        await database.close()
    return found


def id_of(row: Mapping[str, Any]) -> UUID:
    """SQLite gives an id as text."""
    return UUID(str(row["id"]))


def refused(path: Path) -> list[list[str]]:
    """The cells of the file of refused rows."""
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))


class TestWhatAFileChanges:
    async def test_the_same_file_again_changes_nothing(
        self, balcao: Balcao, on_database: dict[str, str], pessoas: Path
    ) -> None:
        people = ("Ana Souza;5531988804000;VENDEDOR;V1;senha-da-ana", "Bo Um;5531900000001;BackOffice;BO1;senha-do-bo")
        first = await importa(balcao, pessoas, *people, header=LOGIN)
        assert (first.exit_code, first.stdout) == (0, "2 criados, 0 alterados, 0 sem mudança, 0 recusados\n")
        before = await usuarios(on_database)

        again = await importa(balcao, pessoas, *people, header=LOGIN)
        assert (again.exit_code, again.stdout) == (0, "0 criados, 0 alterados, 2 sem mudança, 0 recusados\n")
        assert await usuarios(on_database) == before

    async def test_what_the_file_says_replaces_what_is_stored_and_what_it_leaves_empty_stays(
        self, balcao: Balcao, on_database: dict[str, str], pessoas: Path
    ) -> None:
        await importa(balcao, pessoas, "Ana;5531988804000;VENDEDOR;ana@exemplo.com", header=EMAIL)
        result = await importa(balcao, pessoas, "Ana Souza;5531988804000;APROVADOR;", header=EMAIL)
        assert "0 criados, 1 alterado, 0 sem mudança" in result.stdout
        (ana,) = await usuarios(on_database)
        assert (ana["nome_completo"], ana["perfil_usuario"], ana["email"]) == (
            "Ana Souza",
            "APROVADOR",
            "ana@exemplo.com",
        )

    @pytest.mark.parametrize(("stored", "sent"), [("5531988804000", "553188804000"), ("553188804000", "5531988804000")])
    async def test_a_mobile_with_or_without_the_ninth_digit_is_one_person(
        self, balcao: Balcao, on_sqlite: dict[str, str], pessoas: Path, stored: str, sent: str
    ) -> None:
        await importa(balcao, pessoas, f"Ana;{stored};VENDEDOR")
        result = await importa(balcao, pessoas, f"Ana Souza;{sent};VENDEDOR")
        assert "0 criados, 1 alterado" in result.stdout
        (ana,) = await usuarios(on_sqlite)
        assert (ana["nome_completo"], ana["telefone"]) == ("Ana Souza", stored)

    async def test_somebody_new_is_active_and_may_not_sell_without_auditing_unless_the_file_says_so(
        self, balcao: Balcao, on_sqlite: dict[str, str], pessoas: Path
    ) -> None:
        header = f"{HEADER};autorizar_venda_sem_auditoria;status_ativo"
        await importa(
            balcao, pessoas, "Ana;5531988804000;VENDEDOR;;", "Bo;5531988804001;VENDEDOR;sim;nao", header=header
        )
        found = await usuarios(on_sqlite)
        assert [(p["autorizar_venda_sem_auditoria"], p["status_ativo"]) for p in found] == [(0, 1), (1, 0)]

    @pytest.mark.falha(74)
    @pytest.mark.parametrize(
        ("encoding", "separator"), [("latin-1", ";"), ("cp1252", ","), ("utf-8-sig", ","), ("utf-8", ";")]
    )
    async def test_files_of_every_spreadsheet_program_give_the_same_people(
        self, balcao: Balcao, on_sqlite: dict[str, str], pessoas: Path, encoding: str, separator: str
    ) -> None:
        lines = (
            HEADER,
            "José Conceição;+55 (31) 98880-4000;Vendedor",
            "Ânia Ünlü;31 3265-4321;Back Office",
            "Zé;12;nada",
        )
        content = "\r\n".join(lines).replace(";", separator).encode(encoding)
        result = await importa_bytes(balcao, pessoas, content)
        assert result.exit_code == 1
        found = [(p["nome_completo"], p["telefone"], p["perfil_usuario"]) for p in await usuarios(on_sqlite)]
        assert found == [
            ("Ânia Ünlü", "553132654321", "BACKOFFICE"),
            ("José Conceição", "5531988804000", "VENDEDOR"),
        ]
        assert refused(pessoas.with_suffix(".recusadas.csv"))[1][:1] == ["4"]


class TestSenhas:
    async def test_are_sealed_for_their_row_and_unchanged_ones_are_not_written_again(
        self, balcao: Balcao, on_database: dict[str, str], pessoas: Path
    ) -> None:
        people = ("Bo Um;5531900000001;BACKOFFICE;BO1;senha-um", "Bo Dois;5531900000002;BACKOFFICE;BO2;senha-dois")
        await importa(balcao, pessoas, *people, header=LOGIN)
        before = await usuarios(on_database)
        box = SecretBox([on_database["SECRET_KEYS"]])
        um, dois = before
        assert box.open(um["senha_pap"], "usuarios", "senha_pap", id_of(um)) == "senha-um"
        with pytest.raises(SecretUnreadable):
            box.open(um["senha_pap"], "usuarios", "senha_pap", id_of(dois))

        await importa(balcao, pessoas, people[0], people[1].replace("senha-dois", "senha-nova"), header=LOGIN)
        after = await usuarios(on_database)
        assert after[0] == um
        assert box.open(after[1]["senha_pap"], "usuarios", "senha_pap", id_of(dois)) == "senha-nova"

    async def test_a_new_senha_puts_a_login_that_the_portal_refused_back_to_work(
        self, balcao: Balcao, on_sqlite: dict[str, str], pessoas: Path
    ) -> None:
        person = "Bo Um;5531900000001;BACKOFFICE;BO1;senha-um"
        await importa(balcao, pessoas, person, header=LOGIN)
        await rows(on_sqlite, "UPDATE usuarios SET login_recusado_em = '2026-01-01 00:00:00'", write=True)
        await importa(balcao, pessoas, person, header=LOGIN)
        assert (await usuarios(on_sqlite))[0]["login_recusado_em"] is not None
        await importa(balcao, pessoas, person.replace("senha-um", "senha-certa"), header=LOGIN)
        assert (await usuarios(on_sqlite))[0]["login_recusado_em"] is None


class TestRefusedRows:
    async def test_keep_nobody_else_out_and_come_back_with_line_and_reason(
        self, balcao: Balcao, on_sqlite: dict[str, str], pessoas: Path
    ) -> None:
        rows = ("Ana;5531988804000;VENDEDOR;V1;senha-da-ana", "Bia;5531988805000;CHEFE;V2;senha-da-bia")
        result = await importa(balcao, pessoas, *rows, header=LOGIN)
        target = pessoas.with_name("pessoas.recusadas.csv")
        assert result.exit_code == 1
        assert result.stdout == f"1 criado, 0 alterados, 0 sem mudança, 1 recusado; recusadas em {target}\n"
        assert [p["nome_completo"] for p in await usuarios(on_sqlite)] == ["Ana"]
        header, (linha, motivo, *cells) = refused(target)
        assert header == ["linha", "motivo", *LOGIN.split(";")]
        assert (linha, cells) == ("3", rows[1].split(";"))
        assert motivo.startswith("perfil_usuario: perfil desconhecido")

    @pytest.mark.falha(600)
    async def test_of_a_file_that_is_piped_in_are_printed_and_what_was_done_is_told_beside_them(
        self, balcao: Balcao, on_sqlite: dict[str, str], pessoas: Path
    ) -> None:
        rows = f"{HEADER}\nAna;5531988804000;VENDEDOR\nBia;5531988805000;CHEFE\n".encode()
        result = await balcao("importar", "usuarios", "-", piped=rows)
        assert (result.exit_code, result.stderr) == (1, "1 criado, 0 alterados, 0 sem mudança, 1 recusado\n")
        _, (linha, _motivo, *cells) = csv.reader(io.StringIO(result.stdout.removeprefix("\ufeff")), delimiter=";")
        assert (linha, cells) == ("3", ["Bia", "5531988805000", "CHEFE"])
        assert [p["nome_completo"] for p in await usuarios(on_sqlite)] == ["Ana"]

    @pytest.mark.falha(600)
    async def test_a_workbook_comes_through_a_pipe_as_well(
        self, balcao: Balcao, on_sqlite: dict[str, str], pessoas: Path
    ) -> None:
        book, content = openpyxl.Workbook(), io.BytesIO()
        for row in (HEADER.split(";"), ["Bia", "5531988805000", "VENDEDOR"]):
            book.active.append(row)  # type: ignore[union-attr]
        book.save(content)
        os.mkfifo(pessoas)
        writing = asyncio.to_thread(pessoas.write_bytes, content.getvalue())
        _, result = await asyncio.gather(writing, balcao("importar", "usuarios", str(pessoas)))
        assert (result.exit_code, result.stdout) == (0, "")
        assert [p["nome_completo"] for p in await usuarios(on_sqlite)] == ["Bia"]

    async def test_are_readable_by_their_owner_only_because_they_hold_passwords(
        self, balcao: Balcao, on_sqlite: dict[str, str], pessoas: Path
    ) -> None:
        target = pessoas.with_name("pessoas.recusadas.csv")
        target.write_text("de uma importação anterior")
        target.chmod(0o644)
        await importa(balcao, pessoas, "Ana;12;VENDEDOR")
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        assert "anterior" not in target.read_text()
        assert sorted(path.name for path in pessoas.parent.glob("*recusadas*")) == [target.name]

    async def test_once_corrected_can_be_imported_as_they_are(
        self, balcao: Balcao, on_sqlite: dict[str, str], pessoas: Path
    ) -> None:
        await importa(balcao, pessoas, "Ana;5531988804000;VENDEDOR", "Bia;12;VENDEDOR")
        target = pessoas.with_name("pessoas.recusadas.csv")
        corrected = [[cell.replace("12", "5531988805000") for cell in row] for row in refused(target)]
        target.write_bytes(csv_bytes(corrected[0], corrected[1:]))
        result = await balcao("importar", "usuarios", str(target))
        assert (result.exit_code, result.stdout[:9]) == (0, "1 criado,")

    async def test_an_email_of_somebody_else_refuses_its_row_alone(
        self, balcao: Balcao, on_database: dict[str, str], pessoas: Path
    ) -> None:
        await importa(balcao, pessoas, "Ana;5531988804000;VENDEDOR;ana@exemplo.com", header=EMAIL)
        rows = ("Bia;5531988805000;VENDEDOR;Ana@exemplo.com", "Caio;5531988806000;VENDEDOR;caio@exemplo.com")
        result = await importa(balcao, pessoas, *rows, header=EMAIL)
        assert (result.exit_code, result.stdout[:9]) == (1, "1 criado,")
        assert refused(pessoas.with_name("pessoas.recusadas.csv"))[1][:2] == ["2", "email: já é de outra pessoa"]
        assert [p["nome_completo"] for p in await usuarios(on_database)] == ["Ana", "Caio"]

    @pytest.mark.parametrize("chunk", [1, 2_000])
    @pytest.mark.parametrize("option", ["--simular", "--tudo-ou-nada", None])
    async def test_an_email_may_pass_from_one_person_to_another_in_one_file(
        self,
        balcao: Balcao,
        on_database: dict[str, str],
        pessoas: Path,
        monkeypatch: pytest.MonkeyPatch,
        chunk: int,
        option: str | None,
    ) -> None:
        monkeypatch.setattr(bot.importacao.motor, "CHUNK", chunk)
        await importa(balcao, pessoas, "Ana;5531988804000;VENDEDOR;loja@exemplo.com", header=EMAIL)
        rows = ("Ana;5531988804000;VENDEDOR;ana@exemplo.com", "Bia;5531988805000;VENDEDOR;loja@exemplo.com")
        result = await importa(balcao, pessoas, *rows, header=EMAIL, options=(option,) if option else ())
        assert (result.exit_code, "1 criado, 1 alterado, " in result.stdout) == (0, True)
        if option == "--simular":
            return
        assert [p["email"] for p in await usuarios(on_database)] == ["ana@exemplo.com", "loja@exemplo.com"]

    @pytest.mark.parametrize("option", ["--simular", None])
    async def test_an_email_twice_in_one_file_is_the_first_ones(
        self,
        balcao: Balcao,
        on_sqlite: dict[str, str],
        pessoas: Path,
        monkeypatch: pytest.MonkeyPatch,
        option: str | None,
    ) -> None:
        monkeypatch.setattr(bot.importacao.motor, "CHUNK", 1)
        rows = ("Ana;5531988804000;VENDEDOR;loja@exemplo.com", "Bia;5531988805000;VENDEDOR;loja@exemplo.com")
        result = await importa(balcao, pessoas, *rows, header=EMAIL, options=(option,) if option else ())
        assert (result.exit_code, "1 criado, 0 alterados, 0 sem mudança, 1 recusado" in result.stdout) == (1, True)
        assert refused(pessoas.with_name("pessoas.recusadas.csv"))[1][:2] == ["3", "email: já é de outra pessoa"]

    async def test_a_telefone_that_the_spreadsheet_rounded_is_refused_and_never_guessed(
        self, balcao: Balcao, on_sqlite: dict[str, str], pessoas: Path
    ) -> None:
        await importa(balcao, pessoas, "Ana;5,53199E+12;VENDEDOR", "Bia;5,531988805000E+12;VENDEDOR")
        assert [p["telefone"] for p in await usuarios(on_sqlite)] == ["5531988805000"]
        assert "perdeu dígitos" in refused(pessoas.with_name("pessoas.recusadas.csv"))[1][1]


async def test_a_file_of_its_header_alone_is_said_to_be_that(
    on_sqlite: dict[str, str], balcao: Balcao, tmp_path: Path
) -> None:
    done = await importa(balcao, tmp_path / "pessoas.csv")
    assert (done.exit_code, done.stdout) == (0, "o arquivo tem o cabeçalho e nenhuma linha abaixo dele\n")


class TestAllOrNothing:
    @pytest.mark.falha(74)
    @pytest.mark.parametrize("chunk", [1, 2_000])
    async def test_one_refused_row_keeps_every_row_out(
        self, balcao: Balcao, on_database: dict[str, str], pessoas: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
    ) -> None:
        monkeypatch.setattr(bot.importacao.motor, "CHUNK", chunk)
        await importa(balcao, pessoas, "Dono;5531988800000;VENDEDOR;dono@exemplo.com", header=EMAIL)
        before = await usuarios(on_database)
        people = ("Ana;5531988804000;VENDEDOR;", "Bia;5531988805000;VENDEDOR;dono@exemplo.com")
        result = await importa(balcao, pessoas, *people, header=EMAIL, options=("--tudo-ou-nada",))
        assert result.exit_code == 1
        assert result.stdout.startswith("nada foi gravado: seriam 1 criado, 0 alterados, 0 sem mudança, 1 recusado;")
        assert await usuarios(on_database) == before

        result = await importa(balcao, pessoas, people[0], header=EMAIL, options=("--tudo-ou-nada",))
        assert (result.exit_code, result.stdout[:9]) == (0, "1 criado,")
        assert len(await usuarios(on_database)) == 2

    async def test_a_row_that_cannot_be_read_counts_too(
        self, balcao: Balcao, on_sqlite: dict[str, str], pessoas: Path
    ) -> None:
        people = ("Ana;5531988804000;VENDEDOR", "Bia;12;VENDEDOR")
        result = await importa(balcao, pessoas, *people, options=("--tudo-ou-nada",))
        assert result.exit_code == 1
        assert await usuarios(on_sqlite) == []


class TestSimulation:
    async def test_changes_nothing_and_tells_what_would_happen(
        self, balcao: Balcao, on_database: dict[str, str], pessoas: Path
    ) -> None:
        await importa(balcao, pessoas, "Ana;5531988804000;VENDEDOR")
        before = await usuarios(on_database), await rows(on_database, "SELECT * FROM ocorrencias")
        people = ("Ana Souza;5531988804000;VENDEDOR", "Bia;5531988805000;VENDEDOR")
        result = await importa(balcao, pessoas, *people, options=("--simular",))
        assert (result.exit_code, result.stdout) == (
            0,
            "simulação, nada foi gravado: 1 criado, 1 alterado, 0 sem mudança, 0 recusados\n",
        )
        assert (await usuarios(on_database), await rows(on_database, "SELECT * FROM ocorrencias")) == before

    async def test_with_refused_rows_ends_with_1(
        self, balcao: Balcao, on_sqlite: dict[str, str], pessoas: Path
    ) -> None:
        assert (await importa(balcao, pessoas, "Ana;12;VENDEDOR", options=("--simular",))).exit_code == 1


class TestFilesThatCannotBeRead:
    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"%PDF-1.7 fatura", "é um PDF, não um CSV"),
            (b"", "está vazio"),
            (b"nome_completo;telefone\nAna;5531988804000", "Falta a coluna perfil_usuario"),
        ],
    )
    async def test_end_with_1_and_one_line(
        self, balcao: Balcao, on_sqlite: dict[str, str], pessoas: Path, content: bytes, reason: str
    ) -> None:
        result = await importa_bytes(balcao, pessoas, content)
        assert result.exit_code == 1
        assert reason in result.stderr
        assert result.stderr.count("\n") == 1


async def test_somebody_who_wrote_before_is_recognised_at_their_next_message(
    sqlite_service: RunningService, balcao: Balcao, use_environment: UseEnvironment, pessoas: Path
) -> None:
    use_environment(sqlite_service.environment)
    await sqlite_service.login_bo()
    ana = await sqlite_service.phone("whatsapp", *ANA)
    await ana.says("VENDER")
    await ana.quiet()
    assert not ana.shows("Posso começar?")

    header = f"{HEADER};matricula_pap;autorizar_venda_sem_auditoria"
    await importa(balcao, pessoas, f"Ana Souza;{ANA[1]};VENDEDOR;V4000;sim", header=header)
    await ana.says("VENDER")
    await ana.sees("Posso começar?")


@pytest.mark.falha(84)
@pytest.mark.parametrize("same_file", [True, False])
@pytest.mark.parametrize("column", ["telefone", "tel_whatsapp"])
@pytest.mark.parametrize("form", ["5531988804000", "553188804000", "+55 (31) 98880-4000"])
async def test_the_phone_of_somebody_else_is_refused_with_their_name(
    balcao: Balcao, on_database: dict[str, str], pessoas: Path, column: str, form: str, same_file: bool
) -> None:
    header = f"{HEADER};tel_whatsapp"
    ana = "Ana Souza;5531977770000;VENDEDOR;5531988804000"
    bia = f"Bia;{form};VENDEDOR;" if column == "telefone" else f"Bia;5531966660000;VENDEDOR;{form}"
    if not same_file:
        await importa(balcao, pessoas, ana, header=header)
    await importa(balcao, pessoas, *([ana] if same_file else []), bia, header=header)
    _, (_linha, motivo, *_cells) = refused(pessoas.with_suffix(".recusadas.csv"))
    assert motivo == f"{column}: já é de Ana Souza"
