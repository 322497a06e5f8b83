"""A mobile in its two forms is one person's, whichever way somebody is registered."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.consultor.consultores import create_consultor
from core.consultor.importacao import ConsultorRow, import_consultores
from core.pessoa.importacao import import_usuarios
from core.pessoa.planilha import UsuarioRow
from core.pessoa.usuarios import Ocupado, criar
from core.planilha.importacao import Importacao
from core.telefones import same_person_forms
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import usuario_by_phone
from storage.tables import usuarios
from storage.transaction import Transaction
from tests.support.service import RunningService

WITH, WITHOUT = "5531988804003", "553188804003"
OTHER = "5531988804999"


async def people(service: RunningService) -> int:
    return len(await service.rows("SELECT id FROM usuarios"))


async def found(service: RunningService, digits: str) -> UUID | None:
    seen: list[UUID | None] = []

    async def work(tx: Transaction) -> None:
        seen.append(await usuario_by_phone(tx, same_person_forms(digits)))

    await service.wiring.turns.run(work)
    return seen[0]


@pytest.mark.parametrize(("stored", "sent"), [(WITH, WITHOUT), (WITHOUT, WITH)])
@pytest.mark.parametrize("campo", ["telefone", "tel_whatsapp"])
async def test_a_registration_of_the_other_form_is_refused(
    service: RunningService, stored: str, sent: str, campo: str
) -> None:
    there = {"telefone": stored} if campo == "telefone" else {"telefone": OTHER, "tel_whatsapp": stored}
    ana = await service.usuario("Ana", perfil=Perfil.VENDEDOR, **there)
    row: dict[str, Any] = {"nome_completo": "Bo", "telefone": sent, "perfil_usuario": Perfil.VENDEDOR}
    with pytest.raises(Ocupado) as refused:
        await service.wiring.turns.run(lambda tx: criar(tx, row, LINHA_DE_COMANDO))
    assert (refused.value.campo, refused.value.usuario_id, await people(service)) == ("telefone", ana, 1)


async def test_a_file_of_usuarios_refuses_whose_whatsapp_it_is(service: RunningService) -> None:
    await service.usuario("Ana", OTHER, Perfil.VENDEDOR, tel_whatsapp=WITHOUT)
    done: list[Importacao] = []

    async def work(tx: Transaction) -> None:
        rows = [UsuarioRow(linha=2, nome_completo="Bo", telefone=WITH, perfil_usuario=Perfil.VENDEDOR)]
        done.append(await import_usuarios(tx, rows, Importacao()))

    await service.wiring.turns.run(work)
    assert (done[0].recusadas, await people(service)) == ([(2, "telefone: já é de Ana")], 1)


@pytest.mark.parametrize("sent", [WITH, WITHOUT])
async def test_a_file_of_consultores_ties_whose_whatsapp_it_is(service: RunningService, sent: str) -> None:
    ana = await service.usuario("Ana", OTHER, Perfil.CONSULTOR, tel_whatsapp=WITHOUT)

    async def work(tx: Transaction) -> None:
        await import_consultores(tx, [ConsultorRow(2, "Ana", ["pt"], sent)], Importacao())

    await service.wiring.turns.run(work)
    (tied,) = await service.rows("SELECT usuario_id FROM consultores")
    assert (await people(service), UUID(str(tied["usuario_id"]))) == (1, ana)


async def test_two_consultores_of_both_forms_at_once_are_one_person(service: RunningService) -> None:
    async def one(digits: str) -> None:
        values = {"nome": f"C {digits}", "idiomas": ["pt"], "telefone": digits}
        await service.wiring.turns.run(lambda tx: create_consultor(tx, values, LINHA_DE_COMANDO))

    await asyncio.gather(one(WITH), one(WITHOUT), return_exceptions=True)
    assert await people(service) == 1


async def test_of_two_who_were_there_the_active_one_is_found_then_always_the_same(service: RunningService) -> None:
    first = await service.usuario("Ana", WITH, Perfil.VENDEDOR, status_ativo=False)
    second = await service.usuario("Bo", WITHOUT, Perfil.VENDEDOR)
    assert {await found(service, digits) for digits in (WITH, WITHOUT)} == {second}
    same = update(usuarios).values(status_ativo=True, criado_em=datetime(2026, 1, 1, tzinfo=UTC))

    async def work(tx: Transaction) -> None:
        await tx.execute(same)

    await service.wiring.turns.run(work)
    assert {await found(service, digits) for digits in (WITH, WITHOUT)} == {min(first, second)}
