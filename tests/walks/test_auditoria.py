"""AUDITORIA: an administrator asks who did what."""

import pytest

from core.processo.processos import aprovar, rejeitar
from core.processo.quem import Quem
from sandbox import Phone
from storage.pessoa.perfil import Perfil
from storage.transaction import Transaction
from tests.support.faturas import a_aprovar
from tests.support.service import RunningService

RITA = ("Rita Prado", "5531988807001")
GIL = ("Gil Torres", "5531988806002")
BOTH = pytest.mark.parametrize("channel", ["whatsapp", "telegram"])


async def rita(service: RunningService, channel: str = "telegram") -> Phone:
    await service.administrador(*RITA)
    return await service.phone(channel, *RITA)


async def gil_decides(service: RunningService, times: int = 1) -> Quem:
    """An approver rejects some invoices, and approves one."""
    quem = Quem("telegram", await service.usuario(*GIL, Perfil.APROVADOR), Perfil.APROVADOR)

    async def work(tx: Transaction) -> None:
        for _ in range(times):
            await rejeitar(tx, (await a_aprovar(tx)).id, quem, "valor de outro mês")
        await aprovar(tx, (await a_aprovar(tx)).id, quem, service.wiring.processo_limits)

    await service.wiring.turns.run(work)
    return quem


@BOTH
async def test_the_newest_first_with_who_what_where_and_why(service: RunningService, channel: str) -> None:
    phone = await rita(service, channel)
    await gil_decides(service)
    await phone.says("TOKEN")
    await phone.sees("Seu token da API")
    await phone.says("AUDITORIA")
    said = await phone.sees("token emitido")
    token, *rest = said.text.splitlines()
    approval, rejection = (line for line in rest if "Gil" in line)
    (entrada,) = (line for line in rest if "Rita" in line)
    assert f"Rita Prado ({channel}): entrada pelo chat".casefold() in entrada.casefold()
    assert f"Rita Prado ({channel}): token emitido".casefold() in token.casefold()
    assert "Gil Torres (Telegram): aprovação · Padaria Pão Quente Ltda 11/2026" in approval
    assert "Gil Torres (Telegram): rejeição · Padaria Pão Quente Ltda 11/2026 · «valor de outro mês»" in rejection


async def test_by_pages_by_person_and_by_action(sqlite_service: RunningService) -> None:
    phone = await rita(sqlite_service)
    await gil_decides(sqlite_service, times=11)
    await phone.says("TOKEN")
    await phone.sees("Seu token da API")
    await phone.says("AUDITORIA")
    await phone.sees("14 · ")
    await phone.taps("Só uma pessoa")
    await phone.sees("De quem?")
    await phone.taps("Gil Torres")
    of_gil = await phone.sees("13 · ")
    assert "Rita" not in of_gil.text
    await phone.taps("Só uma ação")
    await phone.sees("Que ação?")
    await phone.taps("rejeição")
    first = await phone.sees("12 · ")
    assert len(first.text.splitlines()) == 10
    await phone.taps("Mais antigas")
    rest = await phone.sees("2 · ")
    assert len(rest.text.splitlines()) == 1


async def test_nobody_else_has_the_word(sqlite_service: RunningService) -> None:
    await sqlite_service.usuario(*GIL, Perfil.APROVADOR)
    gil = await sqlite_service.phone("telegram", *GIL)
    await (await gil.says("AUDITORIA")).finished()
    assert not gil.shows("auditoria.")


class TestOverHttp:
    async def test_administrators_read_it_by_person_action_and_moment(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        headers = service.token(await service.administrador(*RITA))
        quem = await gil_decides(service, times=2)
        service.clock.move(minutes=10)
        since = service.clock().isoformat()
        async with service.http.post("/pool-bo/liberar", json={"todos": True}, headers=headers) as response:
            assert response.status == 200

        async def read(**query: str) -> list[tuple[str, str | None]]:
            async with service.http.get("/auditoria", params=query, headers=headers) as response:
                assert response.status == 200, await response.text()
                rows = await response.json()
                assert int(response.headers["X-Total-Count"]) >= len(rows)
                return [(row["acao"], row["usuario"]) for row in rows]

        gil, rita = "Gil Torres", "Rita Prado"
        decided = [("APROVAR", gil), ("REJEITAR", gil), ("REJEITAR", gil)]
        assert await read() == [("LIBERAR", rita), *decided]
        assert await read(quem=str(quem.usuario_id)) == await read(quem="+55 31 98880-6002") == decided
        assert await read(acao="REJEITAR", limit="1") == [("REJEITAR", gil)]
        assert await read(desde=since) == [("LIBERAR", rita)]
        assert await read(depois="2") == [("REJEITAR", gil)]
        assert await read(quem="5531911112222") == []

    async def test_what_is_no_filter_is_422(self, sqlite_service: RunningService) -> None:
        headers = sqlite_service.token(await sqlite_service.administrador(*RITA))
        for query in ({"quem": "Gil"}, {"acao": "apagar"}, {"desde": "ontem"}, {"desde": "2026-11-29T10:00:00"}):
            async with sqlite_service.http.get("/auditoria", params=query, headers=headers) as response:
                assert response.status == 422

    async def test_nobody_but_administrators_reads_it(self, sqlite_service: RunningService) -> None:
        headers = sqlite_service.token(await sqlite_service.usuario(*GIL, Perfil.APROVADOR))
        async with sqlite_service.http.get("/auditoria", headers=headers) as response:
            assert response.status == 403


async def test_what_one_person_did_is_asked_by_name_and_day(sqlite_service: RunningService) -> None:
    phone = await rita(sqlite_service)
    await gil_decides(sqlite_service)
    await phone.says("o Gil mexeu em algo hoje?")
    said = await phone.sees("Gil Torres · Hoje")
    assert "rejeição" in said.text
    await phone.says("o que o gil fez hj?")
    assert "rejeição" in (await phone.sees("Gil Torres · Hoje")).text
    await phone.says("o que o gil fez ontem?")
    await phone.sees("Nada na auditoria.")
