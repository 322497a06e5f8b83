"""A PDF with a password of its own: a person types it, the bill is opened, and the next one opens by itself."""

from typing import Any

import pytest

from core.processo.quem import Quem
from sandbox.faturas.estragos import encrypted, pdf_of
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import change_usuario, usuario_by_phone
from storage.processo.processos import Processo
from storage.transaction import Transaction
from tests.support.downloads import download, found
from tests.support.faturas import conta
from tests.support.sellers import eventually
from tests.support.service import RunningService
from tests.walks.test_fatura_trazida import HUGO, operator, status, waits

SENHA = "Pad4ria#senha-do-dono"
BOTH = pytest.mark.parametrize("channel", ["whatsapp", "telegram"])


async def everything(service: RunningService) -> str:
    """All that the database holds of it, once nothing is under way."""
    await eventually(service, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE done_at IS NULL)")
    tables = ("outbox", "contatos", "arquivos", "clientes", "execucoes", "historico", "ocorrencias", "failed_events")
    rows: list[Any] = [await service.rows(f"SELECT * FROM {table}") for table in tables]  # noqa: S608
    return repr(rows)


async def brought_by_a_robot(service: RunningService, processo: Processo, quem: Quem, content: bytes) -> None:
    """Its download ends with this file."""
    service.sandbox.rpa.next("manual")
    await download(service, processo, quem)
    job = await service.sandbox.rpa.started()
    await eventually(service, "SELECT 1 FROM execucoes WHERE job_id IS NOT NULL AND data_fim IS NULL")
    key = f"robos/{job.id}.pdf"
    await service.wiring.objects.put(key, content, "application/pdf")
    result = {name: value for name, value in found(service, job).items() if name != "url"}
    await job.complete(result | {"s3_key": key})


@BOTH
async def test_the_password_is_asked_for_typed_and_remembered_at_the_cliente(
    sqlite_service: RunningService, channel: str
) -> None:
    service = sqlite_service
    hugo = await operator(service, channel)
    processo = await waits(service, conta())
    await hugo.sends_document("fatura.pdf", encrypted(conta(), SENHA))
    await hugo.sees("fatura.pdf tem senha, e não consegui abrir. Qual é a senha?")
    await hugo.says("não é esta")
    await hugo.sees("Essa senha não abre fatura.pdf")
    await hugo.says(f"a senha é {SENHA}")
    await hugo.sees("parece ser de Padaria Número 1 Ltda")
    await hugo.taps("Sim, é dele")
    await hugo.sees("📥 Recebi a fatura de Padaria Número 1 Ltda")
    assert await status(service, processo) == "AGUARDANDO_APROVACAO"
    files = await service.rows("SELECT tipo FROM documentos_fatura")
    assert len(files) == 2, "the copy that opens goes to SAT, the original lies beside it"
    assert SENHA not in await everything(service)
    (kept,) = await service.rows("SELECT senha FROM arquivos")
    assert kept["senha"] is None

    await hugo.sends_document("de novo.pdf", encrypted(conta(numero=1), SENHA), caption=str(processo.id))
    await hugo.sees("já tem fatura")


@pytest.mark.falha(210)
@BOTH
async def test_the_files_sent_behind_one_with_a_password_are_taken_too(
    sqlite_service: RunningService, channel: str
) -> None:
    """Bills are forwarded by the dozen: the question about one of them drops none of the others."""
    service = sqlite_service
    hugo = await operator(service, channel)
    first, second = await waits(service, conta()), await waits(service, conta(numero=2))
    await hugo.sends_document("um.pdf", encrypted(conta(), SENHA), caption=str(first.id))
    await hugo.sees("um.pdf tem senha, e não consegui abrir. Qual é a senha?")
    await hugo.sends_document("dois.pdf", pdf_of(conta(numero=2)), caption=str(second.id))
    await hugo.sees("📥 Recebi a fatura de Padaria Número 2 Ltda")
    await hugo.says(SENHA)
    await hugo.sees("📥 Recebi a fatura de Padaria Número 1 Ltda")
    assert [await status(service, one) for one in (first, second)] == ["AGUARDANDO_APROVACAO"] * 2


@pytest.mark.falha(210)
@BOTH
async def test_a_robot_s_file_with_a_password_waits_for_whoever_knows_it(
    sqlite_service: RunningService, channel: str
) -> None:
    """It is asked at night, and answered in the morning."""
    service = sqlite_service
    hugo = await operator(service, channel)
    processo = await waits(service, conta())
    await brought_by_a_robot(service, processo, await _quem(service, channel), encrypted(conta(), SENHA))
    asked = await hugo.sees("o robô trouxe um PDF com senha")
    service.clock.move(hours=9)
    await hugo.taps("Digitar a senha", bubble=asked)
    await hugo.sees("Escreva a senha do PDF")
    await hugo.says("1234")
    await hugo.sees("Essa senha não abre")
    await hugo.says(SENHA)
    await hugo.sees("🔓 Abriu: a fatura de Padaria Número 1 Ltda")
    assert await status(service, processo) == "AGUARDANDO_APROVACAO"
    (step,) = await service.rows("SELECT usuario_id, canal, detalhe FROM historico WHERE acao = 'RECEBER'")
    assert (step["usuario_id"], step["canal"]) == (None, "robo")
    assert "senha_de" in str(step["detalhe"])
    assert SENHA not in await everything(service)
    await hugo.taps("Digitar a senha", bubble=asked)
    await hugo.sees("Essa senha não é mais necessária")


@pytest.mark.falha(211)
async def test_the_question_is_over_after_ten_minutes_and_what_comes_then_is_tried_on_nothing(
    sqlite_service: RunningService,
) -> None:
    hugo = await operator(sqlite_service)
    await waits(sqlite_service, conta())
    await hugo.sends_document("fatura.pdf", encrypted(conta(), SENHA))
    await hugo.sees("Qual é a senha?")
    sqlite_service.clock.move(minutes=11)
    await hugo.says(SENHA)
    await hugo.sees("Já não espero a senha")
    assert SENHA not in await everything(sqlite_service)


@pytest.mark.parametrize("typed", ["cancelar", "não", "não sei a senha"])
async def test_it_can_be_given_up(sqlite_service: RunningService, typed: str) -> None:
    hugo = await operator(sqlite_service)
    await hugo.sends_document("fatura.pdf", encrypted(conta(), SENHA))
    await hugo.sees("Qual é a senha?")
    await hugo.says(typed)
    await hugo.sees("Quando souber a senha, mande o PDF de novo")


async def test_a_password_of_ours_that_nobody_used_is_wiped(sqlite_service: RunningService) -> None:
    """The bill is nobody's that we know, or the question whose it is was never answered."""
    hugo = await operator(sqlite_service)
    await waits(sqlite_service, conta())
    await hugo.sends_document("fatura.pdf", encrypted(conta(numero=2), SENHA))
    await hugo.sees("Qual é a senha?")
    await hugo.says(SENHA)
    await hugo.sees("não achei o processo desta fatura")
    await hugo.sends_document("fatura.pdf", encrypted(conta(), SENHA))
    await hugo.sees("Qual é a senha?")
    await hugo.says(SENHA)
    await hugo.sees("parece ser de")
    kept = await sqlite_service.rows("SELECT senha FROM arquivos ORDER BY recebido_em")
    assert [row["senha"] is None for row in kept] == [True, False]
    sqlite_service.clock.move(hours=25)
    await sqlite_service.clock_work.clean_up()
    assert await sqlite_service.rows("SELECT 1 FROM arquivos WHERE senha IS NOT NULL") == []


async def test_whoever_may_not_bring_invoices_any_more_opens_nothing(sqlite_service: RunningService) -> None:
    service = sqlite_service
    hugo = await operator(service)
    processo = await waits(service, conta())
    await brought_by_a_robot(service, processo, await _quem(service, "telegram"), encrypted(conta(), SENHA))
    asked = await hugo.sees("o robô trouxe um PDF com senha")
    await _demote(service)
    await hugo.taps("Digitar a senha", bubble=asked)
    await hugo.sees("Essa senha não é mais necessária")
    assert await status(service, processo) == "AGUARDANDO_DOWNLOAD"


async def _demote(service: RunningService) -> None:
    async def work(tx: Transaction) -> None:
        usuario_id = await usuario_by_phone(tx, [HUGO[1]])
        assert usuario_id is not None
        await change_usuario(tx, usuario_id, perfil_usuario=Perfil.VENDEDOR)

    await service.wiring.turns.run(work)


async def _quem(service: RunningService, channel: str) -> Quem:
    usuario_id = await service.wiring.turns.run(lambda tx: usuario_by_phone(tx, [HUGO[1]]))
    return Quem(channel, usuario_id, Perfil.OPERADOR)
