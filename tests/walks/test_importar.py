"""A file of rows that an administrator sends to the bot: looked at, asked, imported, and what comes back of it."""

import io
import zipfile
from typing import Any
from unittest.mock import patch
from uuid import UUID

import openpyxl
import pytest
from sqlalchemy import update

from bot.importacao import motor
from sandbox import Phone
from storage.backup.engine import known_file
from storage.importacao import importacoes
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import change_usuario, usuario_by_phone
from storage.tables import clientes as clientes_
from storage.transaction import Transaction
from tests.support.consultores import CHANNELS
from tests.support.faturas import nova_operadora
from tests.support.sellers import eventually
from tests.support.service import RunningService

IVO = ("Ivo Prado", "5531988806010")
CNPJS = ("11222333000181", "11444777000161")
HEADER = "razao_social;cnpj;operadora;filtro;senha_portal"


def file_of(*rows: str, header: str = HEADER) -> bytes:
    """A CSV."""
    return "\n".join([header, *rows]).encode()


def three_clientes(name: str = "Padaria") -> bytes:
    """Two that are right and one whose CNPJ is not."""
    rows = [f"{name} {n};{cnpj};VIVO;899{n};senha{n}" for n, cnpj in enumerate(CNPJS)]
    return file_of(*rows, f"{name} 2;11222333000180;VIVO;8992;senha2")


async def administrator(
    service: RunningService, channel: str = "telegram", perfil: Perfil = Perfil.ADMINISTRADOR
) -> Phone:
    """Somebody of the back office with their phone, and an operadora that clientes can be of."""
    await service.usuario(*IVO, perfil)
    await service.wiring.turns.run(lambda tx: nova_operadora(tx, "VIVO"))
    phone = await service.phone(channel, *IVO)
    if channel == "whatsapp":
        await phone.says("MENU")
        await phone.sees("O que você quer fazer")
    return phone


async def clientes(service: RunningService) -> list[str]:
    return [row["razao_social"] for row in await service.rows("SELECT razao_social FROM clientes ORDER BY filtro")]


async def kept_of(service: RunningService) -> list[str]:
    """What the store has of the files that people sent here; others' tests keep theirs in it."""
    ids = {str(UUID(str(row["id"]))) for row in await service.rows("SELECT id FROM arquivos")}
    return [key for key in await service.wiring.objects.list("arquivos/") if key.rpartition("/")[2] in ids]


@CHANNELS
async def test_a_file_is_looked_at_and_one_tap_imports_it(service: RunningService, channel: str) -> None:
    ivo = await administrator(service, channel)
    await ivo.sends_document("clientes novembro.csv", three_clientes(), "text/csv")
    asked = await ivo.sees("clientes novembro.csv: 3 linhas de clientes.\n2 novos · 1 linha recusada", timeout=30)
    assert "linha 2: novo (Padaria 0)" in asked.text
    assert "linha 4: recusada: cnpj: CNPJ inválido" in asked.text
    assert await clientes(service) == [], "nothing is written before the tap"
    await ivo.taps("Ver linha a linha")
    every = await ivo.sees("linhas-1.csv", timeout=30)
    assert (every.document or b"").decode("utf-8-sig").splitlines()[1] == "2;novo;;Padaria 0"
    await ivo.taps("Importar", bubble=asked)
    done = await ivo.sees("✅ Importação de clientes terminada: 2 criados, 1 linha recusada.", timeout=30)
    assert await clientes(service) == ["Padaria 0", "Padaria 1"]
    back = await ivo.sees("1 linha recusada, com o motivo", timeout=30)
    assert back.shows("clientes novembro.recusadas.csv")
    assert "4;cnpj: CNPJ inválido" in (back.document or b"").decode("utf-8-sig")
    said = [bubble.text for bubble in ivo.screen if "Importa" in bubble.text]
    assert done.text in said
    assert ("⏳" in " ".join(said)) == (channel == "whatsapp"), "on Telegram it is one message"
    (row,) = await service.rows(
        "SELECT canal, detalhe FROM auditoria WHERE acao = 'IMPORTAR' AND canal = :c", c=channel
    )
    assert "clientes" in str(row["detalhe"])
    # It may hold passwords: it goes, and so do the files that came of it.
    gone = "SELECT 1 FROM outbox WHERE method = 'apagar' AND done_at IS NOT NULL GROUP BY method HAVING count(*) = 3"
    await eventually(service, gone)
    assert await service.rows("SELECT 1 FROM arquivos WHERE object_key IS NOT NULL") == []
    assert await kept_of(service) == []
    assert await known_file(service.settings.database_url) is None, "the night's proof does not look for it"
    await ivo.taps("Importar", bubble=asked)
    await ivo.sees("já foi decidido antes")


@pytest.mark.falha(391)
@pytest.mark.parametrize("how", ["refused", "dropped", "forgotten"])
async def test_a_file_that_nothing_came_of_is_looked_for_by_no_backup(sqlite_service: RunningService, how: str) -> None:
    ivo = await administrator(sqlite_service)
    content = file_of("x", header=HEADER.replace("filtro;", "filtro;filtro;")) if how == "refused" else three_clientes()
    await ivo.sends_document("c.csv", content, "text/csv")
    await ivo.sees("c.csv", timeout=30)
    if how == "dropped":
        await ivo.taps("Não importar")
        await ivo.sees("não importei nada")
    if how == "forgotten":
        sqlite_service.clock.move(hours=3)
        await sqlite_service.clock_work.clean_up()
    await eventually(sqlite_service, "SELECT 1 FROM outbox WHERE method = 'apagar' AND done_at IS NOT NULL")
    assert await kept_of(sqlite_service) == []
    assert await known_file(sqlite_service.settings.database_url) is None


async def test_who_is_deactivated_stays_so_and_it_is_said(sqlite_service: RunningService) -> None:
    """A file does not bring back an account that somebody deactivated, and nobody is left to believe that it does."""
    ivo = await administrator(sqlite_service)
    row = f"Padaria;{CNPJS[0]};VIVO;8990;s"
    await ivo.sends_document("c.csv", file_of(row), "text/csv")
    await ivo.taps("Importar", bubble=await ivo.sees("1 novo", timeout=30))
    await ivo.sees("1 criado", timeout=30)
    await sqlite_service.wiring.turns.run(lambda tx: tx.execute(update(clientes_).values(status_ativo=False)))
    await ivo.sends_document("c.csv", file_of(row), "text/csv")
    said = await ivo.sees("1 sem mudança\nlinha 2: sem mudança: continua desativado (Padaria)", timeout=30)
    assert "⚠️ 1 está desativado e continua assim: importar não reativa." in said.text
    await ivo.sends_document("c.csv", file_of(f"Padaria Nova;{CNPJS[0]};VIVO;8990;s"), "text/csv")
    await ivo.sees("linha 2: muda: razao_social, continua desativado (Padaria Nova)", timeout=30)


@pytest.mark.falha(513)
async def test_rows_that_a_filter_hides_are_imported_and_that_is_said(sqlite_service: RunningService) -> None:
    """Somebody filtered the list by Vivo and sends it: they see one row, the file has two."""
    ivo = await administrator(sqlite_service)
    book = openpyxl.Workbook()
    for row in (HEADER.split(";")[:4], *([f"Cliente {n}", cnpj, "VIVO", 8990 + n] for n, cnpj in enumerate(CNPJS))):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    content = io.BytesIO()
    book.save(content)
    xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    await ivo.sends_document("c.xlsx", content.getvalue(), xlsx)
    said = await ivo.sees("2 linhas de clientes.\n2 novos", timeout=30)
    assert "⚠️ 1 linha está oculta na planilha, por um filtro ou grupo, e entra também.\nNada foi" in said.text


async def test_a_file_of_its_header_alone_is_said_to_be_that(sqlite_service: RunningService) -> None:
    ivo = await administrator(sqlite_service)
    await ivo.sends_document("c.csv", file_of(";;;;", ""), "text/csv")
    await ivo.sees("tem o cabeçalho de clientes e nenhuma linha abaixo dele")


async def test_reasons_are_said_in_the_persons_language(sqlite_service: RunningService) -> None:
    ivo = await administrator(sqlite_service)
    await ivo.says("IDIOMA")
    await ivo.taps("English")
    await ivo.sends_document("c.csv", three_clientes(), "text/csv")
    asked = await ivo.sees("cnpj: invalid CNPJ, its check digits do not match", timeout=30)
    await ivo.says("go ahead, import it")
    back = await ivo.sees("c.recusadas.csv", timeout=30)
    assert "4;cnpj: invalid CNPJ" in (back.document or b"").decode("utf-8-sig")
    assert "refused" in asked.text


async def test_a_workbook_changes_what_is_known_and_the_same_again_nothing(sqlite_service: RunningService) -> None:
    ivo = await administrator(sqlite_service)
    await ivo.sends_document("c.csv", file_of(f"Padaria;{CNPJS[0]};VIVO;8990;s"), "text/csv")
    await ivo.sees("1 novo", timeout=30)
    await ivo.says("não importa não")
    await ivo.sees("Tudo bem, não importei nada.")
    await ivo.sends_document("c.csv", file_of(f"Padaria;{CNPJS[0]};VIVO;8990;s"), "text/csv")
    await ivo.sees("1 novo", timeout=30)
    await ivo.says("pode importar")
    await ivo.sees("1 criado", timeout=30)
    book = openpyxl.Workbook()
    for row in (HEADER.split(";")[:4], ["Padaria Nova", CNPJS[0], "vivo", 8990]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    await ivo.sends_document("c.xlsx", content.getvalue(), xlsx)
    asked = await ivo.sees("1 linha de clientes.\n1 muda\nlinha 2: muda: razao_social (Padaria Nova)", timeout=30)
    await ivo.taps("Importar", bubble=asked)
    await ivo.sees("1 alterado", timeout=30)
    await ivo.sends_document("c.xlsx", content.getvalue(), xlsx)
    await ivo.sees("1 sem mudança\nNão há nada para importar", timeout=30)
    assert await clientes(sqlite_service) == ["Padaria Nova"]


@pytest.mark.falha(222)
async def test_what_is_no_import_gets_a_kind_sentence(sqlite_service: RunningService) -> None:
    ivo = await administrator(sqlite_service)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    hears: dict[str, tuple[bytes, str]] = {
        "vazio.csv": (b"", "O arquivo está vazio"),
        "foto.csv": (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "não é um CSV"),
        "velho.xls": (b"\xd0\xcf\x11\xe0" + bytes(600), "é uma pasta do Excel"),
        "bomba.xlsx": (bomb.getvalue(), "grande demais"),
        "lista.csv": (b"fruta;cor\nuva;roxa\n", "não diz de que cadastro é"),
        "quase.csv": (file_of("x;1;VIVO;azul", header="razao_social;cnpj;operadora;cor"), "Coluna 4 desconhecida"),
    }
    for name, (content, sentence) in hears.items():
        await ivo.sends_document(name, content, "application/octet-stream")
        bubble = await ivo.sees(sentence, timeout=30)
        assert name in bubble.text
    # The channel says how large it is; nobody fetches that.
    await ivo.sends_document("grande.csv", bytes(30_000_000), "text/csv")
    await ivo.sees("grande.csv passa de 20 MB", timeout=30)
    assert await sqlite_service.rows("SELECT 1 FROM importacoes") == []


async def test_a_header_of_two_kinds_is_asked_about(sqlite_service: RunningService) -> None:
    ivo = await administrator(sqlite_service)
    await ivo.sends_document("x.csv", b"nome;codigo;idiomas\nOi;OI;pt\n", "text/csv")
    await ivo.sees("pode ser um arquivo de consultores ou de operadoras. De que é?", timeout=30)
    await ivo.taps("operadoras")
    await ivo.sees("Coluna 3 desconhecida: «idiomas»", timeout=30)


@pytest.mark.falha(223)
async def test_only_administrators_import_and_the_tap_looks_again(sqlite_service: RunningService) -> None:
    ivo = await administrator(sqlite_service, perfil=Perfil.OPERADOR)
    await ivo.sends_document("c.csv", three_clientes(), "text/csv")
    await ivo.sees("é só para administradores: nada foi importado", timeout=30)

    async def becomes(tx: Transaction, perfil: Perfil) -> None:
        usuario_id = await usuario_by_phone(tx, [IVO[1]])
        assert usuario_id is not None
        await change_usuario(tx, usuario_id, perfil_usuario=perfil)

    await sqlite_service.wiring.turns.run(lambda tx: becomes(tx, Perfil.ADMINISTRADOR))
    await ivo.sends_document("c.csv", three_clientes(), "text/csv")
    asked = await ivo.sees("2 novos", timeout=30)
    await sqlite_service.wiring.turns.run(lambda tx: becomes(tx, Perfil.OPERADOR))
    await ivo.taps("Importar", bubble=asked)
    await ivo.sees("Importar cadastros é só para administradores", timeout=30)
    assert await clientes(sqlite_service) == []


@pytest.mark.falha(223)
async def test_an_old_question_imports_nothing(sqlite_service: RunningService) -> None:
    ivo = await administrator(sqlite_service)
    await ivo.sends_document("c.csv", three_clientes(), "text/csv")
    asked = await ivo.sees("2 novos", timeout=30)
    sqlite_service.clock.move(hours=2)
    await ivo.taps("Importar", bubble=asked)
    await ivo.sees("já não vale: nada foi feito", timeout=30)
    assert await clientes(sqlite_service) == []


@pytest.mark.falha(221)
@CHANNELS
async def test_a_kill_in_the_middle_goes_on_where_it_was(service: RunningService, channel: str) -> None:
    """Each piece is in once, counted once, and the file of refused rows is whole."""
    ivo = await administrator(service, channel)
    rows = [f"Padaria {n};{CNPJS[n % 2]};VIVO;{1000 + n};s" for n in range(10)]
    rows[1] = rows[1].replace(CNPJS[1], "11222333000180")
    brought, before = 0, importacoes.add_piece

    async def killed(tx: Transaction, importacao_id: int, pecas: int, **counted: Any) -> bool:
        nonlocal brought
        brought += 1
        if brought == 3:
            raise RuntimeError("the process is gone")
        return await before(tx, importacao_id, pecas, **counted)

    with patch.object(motor, "CHUNK", 3), patch("bot.senders.importacao.sender.add_piece", killed):
        await ivo.sends_document("c.csv", file_of(*rows), "text/csv")
        asked = await ivo.sees("9 novos · 1 linha recusada", timeout=30)
        await ivo.taps("Importar", bubble=asked)
        await ivo.sees("9 criados, 1 linha recusada", timeout=30)
    assert len(await clientes(service)) == 9
    (row,) = await service.rows("SELECT pecas, criados, sem_mudanca, recusadas FROM importacoes")
    assert row == {"pecas": 4, "criados": 9, "sem_mudanca": 0, "recusadas": 1}
    back = await ivo.sees("c.recusadas.csv", timeout=30)
    assert len((back.document or b"").decode("utf-8-sig").splitlines()) == 2


@pytest.mark.falha(358)
@pytest.mark.parametrize("row", ["VENDEDOR;sim", "ADMINISTRADOR;nao"])
async def test_an_import_leaves_an_administrator(sqlite_service: RunningService, row: str) -> None:
    ivo = await administrator(sqlite_service)
    header = "nome_completo;telefone;perfil_usuario;status_ativo"
    await ivo.sends_document("usuarios.csv", file_of(f"Ivo Prado;{IVO[1]};{row}", header=header), "text/csv")
    asked = await ivo.sees("usuarios.csv: 1 linha de usuários.", timeout=30)
    assert "linha 2: recusada: perfil_usuario: é o último administrador ativo" in asked.text
