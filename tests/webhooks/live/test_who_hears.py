"""Who hears which live events, by perfil and by whom they are about."""

from typing import Any

import pytest

from core.live import Assunto, Audience
from storage.pessoa.perfil import Perfil
from tests.support.listening import LISTENERS, happen, hub, socket
from tests.support.sellers import ANA, BIA, change
from tests.support.service import RunningService

# Who hears of what, perfil by perfil (docs/integrators.md).
HEARD_BY = {
    Perfil.ADMINISTRADOR: set(Assunto),
    Perfil.APROVADOR: {Assunto.PRESENCA, Assunto.PROCESSO, Assunto.EXECUCAO},
    Perfil.OPERADOR: {Assunto.PRESENCA, Assunto.PROCESSO, Assunto.EXECUCAO},
    Perfil.VENDEDOR: {Assunto.PRESENCA},
    Perfil.BACKOFFICE: {Assunto.PRESENCA},
    Perfil.CONSULTOR: {Assunto.PRESENCA, Assunto.DIGITACAO, Assunto.ATENDIMENTO},
}


class TestWhoHears:
    @pytest.mark.parametrize("listen", LISTENERS.values(), ids=LISTENERS.keys())
    async def test_only_what_the_perfil_may_see(self, sqlite_service: RunningService, listen: Any) -> None:
        for number, perfil in enumerate(Perfil):
            somebody = await sqlite_service.usuario("Fulana", f"553197777000{number}", perfil)
            async with listen(sqlite_service, somebody) as reader:
                for assunto in Assunto:
                    await happen(sqlite_service, assunto, audience=Audience.of(assunto))
                await happen(sqlite_service, "fim")
                heard = await reader.heard("fim")
            assert set(heard[:-1]) == HEARD_BY[perfil], perfil
            async with listen(sqlite_service, somebody, desde="0") as reader:
                assert await reader.heard("fim") == heard, perfil

    async def test_whom_an_event_is_about_hears_it_whatever_their_perfil(self, sqlite_service: RunningService) -> None:
        ana, bia = await sqlite_service.vendedor(*ANA), await sqlite_service.vendedor(*BIA)
        async with socket(sqlite_service, ana) as hers, socket(sqlite_service, bia) as others:
            await happen(sqlite_service, "venda_iniciada", audience=Audience.of(Assunto.VENDA, ana))
            await happen(sqlite_service, "fim")
            assert await hers.heard("fim") == ["venda_iniciada", "fim"]
            assert await others.heard("fim") == ["fim"]

    async def test_another_perfil_counts_from_the_next_check(self, sqlite_service: RunningService) -> None:
        somebody = await sqlite_service.usuario("Fulana", "5531977770000", Perfil.VENDEDOR)
        pool = Audience.of(Assunto.POOL)
        async with socket(sqlite_service, somebody) as reader:
            await happen(sqlite_service, "antes", audience=pool)
            await change(sqlite_service, somebody, perfil_usuario=Perfil.ADMINISTRADOR)
            await hub(sqlite_service).check()
            await happen(sqlite_service, "promovida", audience=pool)
            assert (await reader.event())["event"] == "promovida"
            await change(sqlite_service, somebody, perfil_usuario=Perfil.VENDEDOR)
            await hub(sqlite_service).check()
            await happen(sqlite_service, "depois", audience=pool)
            await happen(sqlite_service, "fim")
            assert await reader.heard("fim") == ["fim"]
