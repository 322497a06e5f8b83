"""A mobile in its two forms is one person's, whichever way somebody is registered."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.consultor.consultores import create_consultor
from core.consultor.importacao import ConsultorRow, import_consultores
from core.pessoa.administradores import ensure_administradores
from core.pessoa.importacao import import_usuarios
from core.pessoa.planilha import UsuarioRow
from core.pessoa.usuarios import Ocupado, criar
from core.planilha.importacao import Importacao
from core.telefones import same_person_forms
from storage.pessoa.perfil import Perfil
from storage.pessoa.repetidos import phones_of_several
from storage.pessoa.usuarios import add_usuario_if_new, usuario_by_phone
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


async def registered(tx: Transaction, telefone: str) -> None:
    row = {"id": uuid4(), "nome_completo": "Bo", "telefone": telefone, "perfil_usuario": Perfil.ADMINISTRADOR}
    await add_usuario_if_new(tx, row, same_person_forms(telefone))


@pytest.mark.each_database
@pytest.mark.falha(383)
async def test_administrators_of_both_forms_at_the_same_moment_are_one(service: RunningService) -> None:
    both = (ensure_administradores, WITH), (ensure_administradores, WITHOUT)
    await asyncio.gather(*(service.wiring.turns.run(lambda tx, f=f, t=t: f(tx, [t])) for f, t in both))  # type: ignore[misc]
    assert await people(service) == 1
    await service.wiring.turns.run(lambda tx: ensure_administradores(tx, [WITH, WITHOUT]))
    await service.wiring.turns.run(lambda tx: registered(tx, WITHOUT))
    assert await people(service) == 1


@pytest.mark.each_database
@pytest.mark.falha(383)
async def test_a_file_means_who_is_active_of_two_who_have_the_phone(service: RunningService) -> None:
    """Rows of before there was a guard: one of them was put out of service."""
    await service.usuario("Ana de antes", WITH, Perfil.VENDEDOR, status_ativo=False)
    ana = await service.usuario("Ana", WITHOUT, Perfil.VENDEDOR)
    done: list[Importacao] = []

    async def work(tx: Transaction) -> None:
        linha = UsuarioRow(linha=2, nome_completo="Ana Souza", telefone=WITH, perfil_usuario=Perfil.VENDEDOR)
        done.append(await import_usuarios(tx, [linha], Importacao()))

    await service.wiring.turns.run(work)
    assert (done[0].recusadas, done[0].alterados) == ([], 1)
    rows = await service.rows("SELECT nome_completo FROM usuarios ORDER BY nome_completo")
    assert [row["nome_completo"] for row in rows] == ["Ana Souza", "Ana de antes"]
    assert await found(service, WITH) == ana


@pytest.mark.each_database
@pytest.mark.falha(383)
async def test_a_file_does_not_choose_between_two_active_people_of_one_phone(service: RunningService) -> None:
    for name, digits in (("Ana", WITH), ("Bo", WITHOUT)):
        await service.usuario(name, digits, Perfil.VENDEDOR)
    done: list[Importacao] = []

    async def work(tx: Transaction) -> None:
        linha = UsuarioRow(linha=2, nome_completo="Ana Souza", telefone=WITH, perfil_usuario=Perfil.VENDEDOR)
        done.append(await import_usuarios(tx, [linha], Importacao()))

    await service.wiring.turns.run(work)
    assert done[0].recusadas == [(2, "telefone: já é de Bo")]


LANDLINE = "553133334444"


@pytest.mark.falha(383)
@pytest.mark.each_database
@pytest.mark.parametrize(
    ("rows", "pairs"),
    [
        ([("Ana", WITH, None, True), ("Bo", WITHOUT, None, True)], [["Ana", "Bo"]]),
        ([("Ana", WITH, None, False), ("Bo", WITHOUT, None, True)], [["Bo", "Ana"]]),
        ([("Ana", OTHER, WITHOUT, True), ("Bo", WITH, None, True)], [["Ana", "Bo"]]),
        ([("Ana", OTHER, WITH, True), ("Bo", LANDLINE, WITH, True)], [["Ana", "Bo"]]),
        ([("Ana", WITH, WITHOUT, True), ("Bo", OTHER, None, True)], []),
        # Not a mobile of before: another number altogether.
        ([("Ana", "5531933334444", None, True), ("Bo", LANDLINE, None, True)], []),
        ([("Ana", "351912345678", None, True), ("Bo", "35191234567", None, True)], []),
    ],
)
async def test_phones_of_several_people_are_found(
    service: RunningService, rows: list[tuple[str, str, str | None, bool]], pairs: list[list[str]]
) -> None:
    for nome, telefone, whatsapp, ativo in rows:
        await service.usuario(nome, telefone, Perfil.VENDEDOR, tel_whatsapp=whatsapp, status_ativo=ativo)
    async with service.wiring.database.read() as connection:
        found = await phones_of_several(connection)
    assert [[dono.nome for dono in donos] for donos in found] == pairs
