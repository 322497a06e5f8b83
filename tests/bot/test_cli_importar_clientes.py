"""`balcao importar operadoras / clientes`: the operations' own sheets, Excel's damage, what is refused."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from sqlalchemy import text

import bot.importacao.motor
from storage.database import Database
from storage.secrets import SecretBox
from tests.support.commands import Balcao

CNPJ, OTHER = "11222333000181", "11444777000161"
SHEET = (
    "HASH;OPERADORA;RAZÃO SOCIAL;NOME SAT;CNPJ;FILTRO;SERVIÇO;DADOS SAT;UNIDADE / FILTRO SAT;SITE PARA EMISSÃO;LOGIN;"
    "SENHA;CPF"
)
A = "0123456789abcdef;VIVO;Padaria Pão Quente Ltda;PADARIA;11.222.333/0001-81;0899012_24;3133334444;;Matriz;;pao;s3nh4;"
B = (
    f"fedcba9876543210;Vivo;Padaria Pão Quente Ltda;PADARIA;{CNPJ};0899012_25;circuito A;;Matriz;;pao;s3nh4;"
    "529.982.247-25"
)


@pytest.fixture
async def arquivo(tmp_path: Path, balcao: Balcao, on_database: dict[str, str]) -> Path:
    """Vivo and Oi are registered."""
    operadoras = tmp_path / "operadoras.csv"
    operadoras.write_text("nome,codigo,possui_rpa\nVivo,vivo,sim\nOi,OI,nao\n")
    result = await balcao("importar", "operadoras", str(operadoras))
    assert result.stdout == "2 criados, 0 alterados, 0 sem mudança, 0 recusados\n"
    return tmp_path / "clientes.csv"


def written(path: Path, *lines: str) -> None:
    path.write_text("\n".join(lines))


async def rows(environment: Mapping[str, str], sql: str) -> list[dict[str, Any]]:
    database = Database(environment["DATABASE_URL"])
    try:
        async with database.read() as connection:
            return [dict(row._mapping) for row in await connection.execute(text(sql))]
    finally:
        await database.close()


async def clientes(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    return await rows(environment, "SELECT * FROM clientes ORDER BY filtro")


async def importa(balcao: Balcao, path: Path, *lines: str, header: str = SHEET, options: tuple[str, ...] = ()) -> Any:
    written(path, header, *lines)
    return await balcao("importar", "clientes", str(path), *options)


class TestOperadoras:
    async def test_by_code_and_twice_the_same_changes_nothing(
        self, balcao: Balcao, arquivo: Path, on_database: dict[str, str]
    ) -> None:
        file = arquivo.with_name("mais.csv")
        file.write_text("codigo;nome;url_portal\nVIVO;Vivo Empresas;https://vivo.example\nSAT;Sat;\nTIM;Oi;\nx y;X;\n")
        first = await balcao("importar", "operadoras", str(file))
        assert (first.exit_code, first.stdout.split(";")[0]) == (1, "0 criados, 1 alterado, 0 sem mudança, 3 recusados")
        refused = file.with_name("mais.recusadas.csv").read_text("utf-8-sig")
        assert "3;codigo: é o nome de outro robô" in refused
        assert "4;nome: já é de outra operadora" in refused
        again = await balcao("importar", "operadoras", str(file))
        assert "0 criados, 0 alterados, 1 sem mudança" in again.stdout
        (vivo,) = await rows(on_database, "SELECT * FROM operadoras WHERE codigo = 'VIVO'")
        assert (vivo["nome"], bool(vivo["possui_rpa"])) == ("Vivo Empresas", True)


class TestTheOperationsOwnSheets:
    async def test_their_headers_are_taken_as_they_are(
        self, balcao: Balcao, arquivo: Path, on_database: dict[str, str]
    ) -> None:
        result = await importa(balcao, arquivo, A, B)
        assert (result.exit_code, result.stdout) == (0, "2 criados, 0 alterados, 0 sem mudança, 0 recusados\n")
        one, two = await clientes(on_database)
        assert (one["hash_planilha"], one["cnpj"], one["filtro"]) == ("0123456789abcdef", CNPJ, "0899012_24")
        assert (one["servico"], one["unidade"], one["login_portal"]) == ("3133334444", "Matriz", "pao")
        assert two["cpf"] == "52998224725"
        box = SecretBox([on_database["SECRET_KEYS"]])
        assert box.open(one["senha_portal"], "clientes", "senha_portal", _id(one)) == "s3nh4"
        assert "padaria pao quente" in one["busca"]

    async def test_the_older_headers_and_the_contracts_own(self, balcao: Balcao, arquivo: Path) -> None:
        header = "OPERADORA,RAZAO SOCIAL,CNPJ,NOME FILTRO,SITE DE EMISSAO"
        assert "1 criado" in (await importa(balcao, arquivo, f"OI,Padaria,{CNPJ},1,x", header=header)).stdout
        header = "razao_social;cnpj;operadora;filtro;servico;unidade"
        result = await importa(balcao, arquivo, f"Padaria;{CNPJ};oi;1;;", header=header)
        assert "0 criados, 0 alterados, 1 sem mudança" in result.stdout

    async def test_the_same_file_again_changes_nothing_and_an_empty_cell_leaves_what_is_stored(
        self, balcao: Balcao, arquivo: Path, on_database: dict[str, str]
    ) -> None:
        await importa(balcao, arquivo, A, B)
        before = await clientes(on_database)
        assert "0 criados, 0 alterados, 2 sem mudança" in (await importa(balcao, arquivo, A, B)).stdout
        assert await clientes(on_database) == before
        assert "2 sem mudança" in (await importa(balcao, arquivo, A.replace("s3nh4", ""), B)).stdout

    async def test_who_is_deactivated_stays_so_and_is_counted(
        self, balcao: Balcao, arquivo: Path, on_database: dict[str, str]
    ) -> None:
        await importa(balcao, arquivo, A, B)
        database = Database(on_database["DATABASE_URL"])
        async with database.begin() as connection:
            off = text("UPDATE clientes SET status_ativo = false WHERE hash_planilha = 'fedcba9876543210'")
            await connection.execute(off)
            await connection.commit()
        await database.close()
        again = await importa(balcao, arquivo, A, B)
        assert again.stdout == "0 criados, 0 alterados, 2 sem mudança, 0 recusados, 1 continua desativado\n"

    async def test_a_given_hash_finds_the_row_again_whatever_changed(
        self, balcao: Balcao, arquivo: Path, on_database: dict[str, str]
    ) -> None:
        await importa(balcao, arquivo, A, B)
        assert {row["conta_chave"] for row in await clientes(on_database)} == {"899012"}
        moved = A.replace("0899012_24", "0777888").replace("Matriz", "Filial").replace("s3nh4", "nova")
        assert "0 criados, 1 alterado, 1 sem mudança" in (await importa(balcao, arquivo, moved, B)).stdout
        found = {row["filtro"]: row for row in await clientes(on_database)}
        assert (found["0777888"]["unidade"], found["0777888"]["conta_chave"]) == ("Filial", "777888")
        assert "0 criados, 0 alterados, 2 sem mudança" in (await importa(balcao, arquivo, moved, B)).stdout

    async def test_a_new_login_lets_robots_try_again(
        self, balcao: Balcao, arquivo: Path, on_database: dict[str, str]
    ) -> None:
        await importa(balcao, arquivo, A)
        database = Database(on_database["DATABASE_URL"])
        async with database.begin() as connection:
            await connection.execute(text("UPDATE clientes SET credencial_recusada_em = criado_em"))
            await connection.commit()
        await database.close()
        await importa(balcao, arquivo, A)
        assert (await clientes(on_database))[0]["credencial_recusada_em"] is not None
        await importa(balcao, arquivo, A.replace("s3nh4", "nova"))
        assert (await clientes(on_database))[0]["credencial_recusada_em"] is None


class TestWhatIsRefused:
    @pytest.mark.parametrize("chunk", [1, 2_000])
    async def test_each_with_its_line_and_reason_and_the_others_in(
        self, balcao: Balcao, arquivo: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
    ) -> None:
        monkeypatch.setattr(bot.importacao.motor, "CHUNK", chunk)
        unknown = B.replace("fedcba9876543210;Vivo;", ";Clarissima;")
        twice = A.replace("0123456789abcdef", "").replace("PADARIA", "OUTRO NOME")
        same_hash = B.replace("fedcba9876543210", "0123456789abcdef")
        result = await importa(balcao, arquivo, A, unknown, twice, same_hash, B)
        assert result.exit_code == 1
        assert "2 criados, 0 alterados, 0 sem mudança, 3 recusados" in result.stdout
        table = arquivo.with_name("clientes.recusadas.csv").read_text("utf-8-sig").splitlines()
        assert [line.split(";")[:2] for line in table[1:]] == [
            ["3", "operadora: não está cadastrada"],
            ["4", "é a mesma conta da linha 2"],
            ["5", "hash: repete o da linha 2"],
        ]

    @pytest.mark.falha(75)
    @pytest.mark.falha(77)
    @pytest.mark.parametrize(
        ("cell", "kept"),
        [
            ("1,12223E+13", None),
            ("11222333000181,00", CNPJ),
            ("12ABC34501DE35", "12ABC34501DE35"),
            ("12abc34501de35", "12ABC34501DE35"),
            ("12ABC34501DE36", None),
            ("1122233300018²", None),
            ("１１２２２３３３０００１８１", None),
        ],
    )
    async def test_a_cnpj_is_restored_if_provable_or_refused(
        self, balcao: Balcao, arquivo: Path, on_database: dict[str, str], cell: str, kept: str | None
    ) -> None:
        await importa(balcao, arquivo, f"Padaria;{cell};VIVO", header="razao_social;cnpj;operadora")
        assert [row["cnpj"] for row in await clientes(on_database)] == ([kept] if kept else [])

    async def test_an_account_number_that_excel_abbreviated_is_refused(self, balcao: Balcao, arquivo: Path) -> None:
        header = "razao_social;cnpj;operadora;filtro"
        result = await importa(balcao, arquivo, f"Padaria;{CNPJ};VIVO;8,99E+11", header=header)
        assert result.exit_code == 1
        assert "perdeu dígitos" in arquivo.with_name("clientes.recusadas.csv").read_text("utf-8-sig")

    async def test_all_or_nothing_and_a_dry_run_keep_nothing(
        self, balcao: Balcao, arquivo: Path, on_database: dict[str, str]
    ) -> None:
        bad = B.replace("Vivo;", "Clarissima;")
        result = await importa(balcao, arquivo, A, bad, options=("--tudo-ou-nada",))
        assert (result.exit_code, "nada foi gravado: seriam 1 criado" in result.stdout) == (1, True)
        result = await importa(balcao, arquivo, A, B, options=("--simular",))
        assert result.stdout == "simulação, nada foi gravado: 2 criados, 0 alterados, 0 sem mudança, 0 recusados\n"
        assert await clientes(on_database) == []


class TestAWorkbook:
    async def test_its_first_sheet_is_read_as_people_see_it(
        self, balcao: Balcao, arquivo: Path, on_database: dict[str, str]
    ) -> None:
        book = openpyxl.Workbook()
        book.active.append(["OPERADORA", "RAZÃO SOCIAL", "CNPJ", "FILTRO", "LOGIN"])  # type: ignore[union-attr]
        book.active.append(["VIVO", "Padaria", 11222333000181, 899012, 5.0])  # type: ignore[union-attr]
        book.active.append(["VIVO", "Oficina", OTHER, 1234567890123456, None])  # type: ignore[union-attr]
        content = BytesIO()
        book.save(content)
        path = arquivo.with_suffix(".xlsx")
        path.write_bytes(content.getvalue())
        result = await balcao("importar", "clientes", str(path))
        assert "1 criado, 0 alterados, 0 sem mudança, 1 recusado" in result.stdout
        (one,) = await clientes(on_database)
        assert (one["cnpj"], one["filtro"], one["login_portal"]) == (CNPJ, "899012", "5")
        assert "perdeu dígitos" in path.with_name("clientes.xlsx.recusadas.csv").read_text("utf-8-sig")

    async def test_what_is_none_is_said(self, balcao: Balcao, arquivo: Path) -> None:
        path = arquivo.with_suffix(".xlsx")
        path.write_bytes(b"PK\x03\x04 not a workbook")
        result = await balcao("importar", "clientes", str(path))
        assert result.exit_code == 1
        assert "não é uma pasta do Excel que se possa ler" in result.stderr


def _id(row: dict[str, Any]) -> Any:
    return UUID(str(row["id"]))
