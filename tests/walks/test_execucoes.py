"""EXECUCOES in chat: what robots do now, what failed and why, one of them with its log; stopped and tried again."""

from uuid import UUID

from core.processo.execucoes import baixar
from core.processo.limites import ProcessoLimits
from core.processo.quem import O_RELOGIO
from sandbox import fail
from storage.processo.execucoes import close_execucao
from storage.processo.processos import Processo
from storage.processo.status import StatusExecucao
from storage.transaction import Transaction
from tests.support.sellers import eventually
from tests.support.service import RunningService
from tests.walks.test_processos import BOTH, person, processos


async def download(service: RunningService, processo: Processo) -> None:
    await service.wiring.turns.run(lambda tx: baixar(tx, processo.id, O_RELOGIO, service.wiring.processo_limits))


@BOTH
async def test_what_failed_its_log_and_another_try(service: RunningService, channel: str) -> None:
    hugo = await person(service, channel)
    (processo,) = await processos(service, "Padaria Pão Quente Ltda")
    service.sandbox.rpa.next(fail("NEGADO", "Fatura ainda não emitida.", definitivo=True))
    await download(service, processo)
    await hugo.sees("o download falhou")
    await hugo.says("EXECUCOES")
    seen = await hugo.sees("❌ 1 falhou e espera alguém")
    assert "Fatura ainda não emitida." in seen.text
    await hugo.taps("1. Padaria Pão Quente Lt")
    one = await hugo.sees("download · Padaria Pão Quente Ltda")
    assert "❌ falhou às" in one.text
    await hugo.taps("Baixar de novo")
    await hugo.sees("um robô foi buscar a fatura")
    await eventually(service, "SELECT 1 FROM processos WHERE status_processo = 'AGUARDANDO_APROVACAO'")
    await hugo.says("EXECUCOES")
    await hugo.sees("Nenhum robô trabalhando agora")


async def test_what_runs_with_the_lines_of_its_log_is_stopped(sqlite_service: RunningService) -> None:
    service = sqlite_service
    hugo = await person(service)
    (processo,) = await processos(service, "Padaria Pão Quente Ltda")
    service.sandbox.rpa.next("manual")
    await download(service, processo)
    job = await service.sandbox.rpa.started()
    await eventually(service, "SELECT 1 FROM execucoes WHERE job_id = :job", job=job.id)
    for number in range(14):
        await job.log(f"linha {number}")
    await eventually(service, "SELECT 1 FROM logs_execucao WHERE message = 'linha 13'")
    await hugo.says("EXECUCOES")
    await hugo.sees("🤖 1 em andamento")
    await hugo.taps("1. Padaria Pão Quente Lt")
    shown = await hugo.sees("linha 13")
    await hugo.taps("Linhas anteriores", bubble=shown)
    await hugo.sees("linha 0")
    await hugo.taps("Parar", bubble=shown)
    await hugo.sees("download parado")


async def test_failures_are_listed_page_by_page(sqlite_service: RunningService) -> None:
    service = sqlite_service
    hugo = await person(service)
    for processo in await processos(service, *(f"Padaria {number:02d}" for number in range(12))):
        await service.wiring.turns.run(lambda tx, which=processo.id: _failed(tx, which))  # type: ignore[misc]
    await hugo.says("EXECUCOES")
    await hugo.sees("❌ 12 falharam e esperam alguém")
    await hugo.taps("Todas as falhas")
    await hugo.sees("9. Padaria")
    await hugo.taps("Ver mais")
    await hugo.sees("3. Padaria")


async def _failed(tx: Transaction, processo_id: UUID) -> None:
    """A download that failed without anybody hearing of it."""
    begun = (await baixar(tx, processo_id, O_RELOGIO, ProcessoLimits(por_operadora=0))).execucao
    assert begun is not None
    await close_execucao(
        tx, begun.id, StatusExecucao.FALHOU, detalhes_erro={"codigo": "NEGADO", "mensagem": "sem fatura"}
    )
