"""DELEGAR in chat: to whom, from when, until when; the delegate decides in that name, until it is ended."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from core.processo.pendentes import people_who_approve
from sandbox import Phone
from storage.pessoa.perfil import Perfil
from storage.tables import usuarios
from storage.transaction import Transaction
from tests.support.service import RunningService
from tests.walks.test_aprovar import GIL, approver, arrives
from tests.walks.test_processos import BOTH, person


async def delegated(gil: Phone, until: str = "7 dias") -> None:
    await gil.says("DELEGAR")
    await gil.sees("Quem decide sobre faturas em seu nome?")
    await gil.taps("Hugo Melo")
    await gil.sees("A partir de quando?")
    await gil.taps("Agora")
    await gil.sees("Até quando")
    await gil.taps(until)
    await gil.sees("Hugo Melo decide em seu nome")
    await gil.taps("Sim, delegar")
    await gil.sees("✅ Gil Torres → Hugo Melo")


@BOTH
async def test_the_delegate_hears_of_it_and_approves_in_that_name(service: RunningService, channel: str) -> None:
    hugo = await person(service, channel)
    gil = await approver(service, channel=channel)
    await delegated(gil)
    await hugo.sees("🤝 Gil Torres delegou a você")
    await arrives(service)
    await hugo.sees("🧾")
    await hugo.taps("Aprovar")
    await hugo.sees("✅ Aprovada:")
    (row,) = await service.rows("SELECT em_nome_de_usuario_id FROM aprovacoes")
    assert row["em_nome_de_usuario_id"] is not None


async def test_it_is_listed_and_ended_and_the_delegate_decides_no_more(sqlite_service: RunningService) -> None:
    hugo = await person(sqlite_service, "telegram")
    gil = await approver(sqlite_service)
    await delegated(gil)
    await arrives(sqlite_service)
    card = await hugo.sees("🧾")
    await gil.says("DELEGAR")
    await gil.sees("Gil Torres → Hugo Melo: de")
    await gil.taps("Encerrar Hugo Melo")
    await gil.sees("Delegação a Hugo Melo encerrada.")
    await hugo.sees("Gil Torres encerrou a delegação")
    await hugo.taps("Aprovar", bubble=card)
    await hugo.sees("Você não pode aprovar nem rejeitar faturas.")


async def test_one_sentence_says_to_whom_and_until_when_and_is_read_back(sqlite_service: RunningService) -> None:
    await person(sqlite_service)
    gil = await approver(sqlite_service)
    today = sqlite_service.today
    last = today + timedelta(days=3)
    await gil.says(f"passa minhas aprovações pro Hugo até {last:%d/%m}")
    said = await gil.sees("Hugo Melo decide em seu nome de")
    assert f"até {last:%d/%m} 23:59" in said.text
    await gil.says("não")
    await gil.sees("nada foi delegado")
    await gil.says(f"passa minhas aprovações pro Hugo de amanhã até {last:%d/%m}")
    said = await gil.sees("Hugo Melo decide em seu nome")
    assert f"{today + timedelta(days=1):%d/%m}" in said.text
    assert f"{last:%d/%m}" in said.text
    assert await sqlite_service.rows("SELECT 1 FROM delegacoes") == []


async def test_a_yes_to_a_question_that_wants_a_day_leaves_it_open(sqlite_service: RunningService) -> None:
    """No menu stands between it and its answer."""
    await person(sqlite_service)
    gil = await approver(sqlite_service)
    await gil.says("DELEGAR")
    await gil.taps("Hugo Melo")
    await gil.sees("A partir de quando?")
    await gil.says("sim")
    await gil.sees("Isso não responde ao que perguntei acima.")
    await gil.says("amanhã")
    await gil.sees("Até quando")


async def test_what_is_no_day_is_asked_again_and_giving_up_delegates_nothing(sqlite_service: RunningService) -> None:
    await person(sqlite_service)
    gil = await approver(sqlite_service, channel="whatsapp")
    for typed in ("cancelar", "cancela a delegação", "volta", "não, deixa"):
        await gil.says("DELEGAR")
        await gil.taps("Hugo Melo")
        await gil.sees("A partir de quando?")
        await gil.says("depois do carnaval")
        await gil.sees("Não entendi o dia")
        await gil.says(typed)
        await gil.sees("nada foi delegado")
    assert await sqlite_service.rows("SELECT 1 FROM delegacoes") == []


@BOTH
async def test_giving_up_before_anybody_is_named_delegates_nothing(
    sqlite_service: RunningService, channel: str
) -> None:
    await person(sqlite_service)
    gil = await approver(sqlite_service, channel=channel)
    await gil.says("DELEGAR")
    await gil.sees("Quem decide sobre faturas em seu nome?")
    await gil.says("cancelar")
    await gil.sees("Tudo bem, nada foi delegado.")
    await gil.says("cancelar")
    await gil.sees("Não há nada em andamento para cancelar.")


async def test_a_day_that_cannot_be_is_named_and_asked_again(sqlite_service: RunningService) -> None:
    """A slip of the year, a day that has passed, a time that is too long: nothing is read into them."""
    await person(sqlite_service)
    gil = await approver(sqlite_service)
    await gil.says("DELEGAR")
    await gil.taps("Hugo Melo")
    await gil.sees("A partir de quando?")
    await gil.says("31/12/9999")
    await gil.sees("Não entendi o dia")
    yesterday = sqlite_service.today - timedelta(days=1)
    await gil.says(f"{yesterday:%d/%m}")
    await gil.sees(f"{yesterday:%d/%m/%Y} é cedo demais.")
    await gil.taps("Agora")
    await gil.sees("Até quando")
    await gil.says("31/12/9999")
    await gil.sees("Não entendi o dia")
    await gil.says("por 120 dias")
    await gil.sees("vale no máximo 90 dias. Escreva outro dia")
    await gil.says("não, por 89 dias")
    await gil.sees("Hugo Melo decide em seu nome")


@pytest.mark.falha(508)
async def test_so_many_days_are_so_many_with_the_first(sqlite_service: RunningService) -> None:
    """A right is not given for a day longer than was said."""
    await person(sqlite_service)
    gil = await approver(sqlite_service, channel="whatsapp")
    first = sqlite_service.today + timedelta(days=1)
    for said, days in (("por um dia", 1), ("3 dias", 3), ("uma semana", 7), ("7 dias", 7)):
        await gil.says("DELEGAR")
        await gil.taps("Hugo Melo")
        await gil.taps("Amanhã")
        await gil.sees("Até quando")
        await (gil.taps(said) if said == "7 dias" else gil.says(said))
        told = await gil.sees("Hugo Melo decide em seu nome")
        last = first + timedelta(days=days - 1)
        assert f"de {first:%d/%m} 00:00 até {last:%d/%m} 23:59" in told.text, said
        await gil.says("não")
        await gil.sees("nada foi delegado")


@pytest.mark.falha(508)
async def test_whoever_was_delegated_a_right_that_its_owner_lost_decides_no_more(
    sqlite_service: RunningService,
) -> None:
    hugo = await person(sqlite_service, "telegram")
    gil = await approver(sqlite_service)
    await delegated(gil)
    await arrives(sqlite_service)
    card = await hugo.sees("🧾")

    async def leave(tx: Transaction) -> None:
        await tx.execute(update(usuarios).where(usuarios.c.nome_completo == "Gil Torres").values(status_ativo=False))

    await sqlite_service.wiring.turns.run(leave)
    await hugo.taps("Aprovar", bubble=card)
    await hugo.sees("Você não pode aprovar nem rejeitar faturas.")
    assert await sqlite_service.rows("SELECT 1 FROM aprovacoes") == []


async def test_the_same_twice_is_refused(sqlite_service: RunningService) -> None:
    await person(sqlite_service)
    gil = await approver(sqlite_service)
    await delegated(gil)
    await gil.says("DELEGAR")
    await gil.taps("Nova delegação")
    await gil.taps("Hugo Melo")
    await gil.taps("Amanhã")
    await gil.taps("Só esse dia")
    await gil.taps("Sim, delegar")
    await gil.sees("Você já delegou a essa pessoa nesse tempo.")


async def test_only_approvers_delegate(sqlite_service: RunningService) -> None:
    hugo = await person(sqlite_service)
    await sqlite_service.usuario(*GIL, Perfil.APROVADOR)
    await hugo.says("DELEGAR")
    await hugo.sees("")
    assert await sqlite_service.rows("SELECT 1 FROM delegacoes") == []


@pytest.mark.falha(444)
async def test_people_of_one_name_are_told_apart(sqlite_service: RunningService) -> None:
    for telefone in ("5531977770001", "5531977770002"):
        await sqlite_service.usuario("João Silva", telefone, Perfil.OPERADOR)
    gil = await approver(sqlite_service, channel="whatsapp")
    await gil.says("DELEGAR")
    asked = await gil.sees("Quem decide sobre faturas em seu nome?")
    assert {"…0001 João Silva", "…0002 João Silva"} <= set(asked.labels)
    await gil.taps("…0002 João Silva")
    await gil.sees("A partir de quando?")
    for tapped in ("Agora", "Só esse dia", "Sim, delegar"):
        await gil.taps(tapped)
    await gil.sees("✅ Gil Torres → João Silva")
    (row,) = await sqlite_service.rows(
        "SELECT telefone FROM usuarios JOIN delegacoes ON usuarios.id = delegacoes.para_usuario_id"
    )
    assert row["telefone"] == "5531977770002"


@pytest.mark.falha(445)
async def test_a_delegate_who_left_the_back_office_decides_no_more(sqlite_service: RunningService) -> None:
    hugo = await person(sqlite_service, "telegram")
    gil = await approver(sqlite_service)
    await delegated(gil)
    heard = await hugo.sees("🤝 Gil Torres delegou a você")
    assert "até" in heard.text
    assert " 23:59." in heard.text, "the last moment, as Gil read it"
    await arrives(sqlite_service)
    card = await hugo.sees("🧾")

    async def leave(tx: Transaction) -> None:
        await tx.execute(
            update(usuarios).where(usuarios.c.nome_completo == "Hugo Melo").values(perfil_usuario="VENDEDOR")
        )

    await sqlite_service.wiring.turns.run(leave)
    await hugo.taps("Aprovar", bubble=card)
    await hugo.sees("Esse botão já não vale para você: nada foi feito.")
    async with sqlite_service.wiring.database.read() as connection:
        able = await people_who_approve(connection, sqlite_service.clock(), 9)
    (right,) = await sqlite_service.rows("SELECT id FROM usuarios WHERE nome_completo = 'Gil Torres'")
    assert [UUID(str(one)) for one in able] == [UUID(str(right["id"]))]
    assert await sqlite_service.rows("SELECT 1 FROM aprovacoes") == []


@pytest.mark.falha(514)
@pytest.mark.parametrize("values", [{"status_ativo": False}, {"perfil_usuario": "VENDEDOR"}], ids=["left", "moved"])
async def test_who_is_left_hears_that_the_other_one_is_gone(
    sqlite_service: RunningService, values: dict[str, Any]
) -> None:
    hugo = await person(sqlite_service, "telegram")
    gil = await approver(sqlite_service)
    await delegated(gil)
    await hugo.sees("🤝 Gil Torres delegou a você")
    assert await sqlite_service.clock_work.processos.end_delegations() == 0

    async def leaves(nome: str) -> None:
        changed = update(usuarios).where(usuarios.c.nome_completo == nome).values(**values)
        await sqlite_service.wiring.turns.run(lambda tx: tx.execute(changed))
        assert await sqlite_service.clock_work.processos.end_delegations() == 1

    await leaves("Gil Torres")
    await hugo.sees("Gil Torres não aprova mais faturas, e a delegação acabou")
    back = update(usuarios).values(status_ativo=True, perfil_usuario="APROVADOR")
    await sqlite_service.wiring.turns.run(lambda tx: tx.execute(back))
    await delegated(gil)
    await leaves("Hugo Melo")
    await gil.sees("⚠️ Hugo Melo não pode mais decidir em seu nome, e a delegação acabou.")
    assert await sqlite_service.clock_work.processos.end_delegations() == 0


async def test_whom_the_sentence_names_is_not_asked_for(sqlite_service: RunningService) -> None:
    await person(sqlite_service)
    gil = await approver(sqlite_service)
    await gil.says("quero delegar pro Hugo")
    await gil.sees("Delegar a Hugo Melo. A partir de quando?")
    await gil.says("não, deixa")
    await gil.sees("nada foi delegado")
    await gil.says("quero delegar pro Zeca")
    await gil.sees("Quem decide sobre faturas em seu nome?")


async def test_another_last_day_is_read_back_before_it_counts(sqlite_service: RunningService) -> None:
    await person(sqlite_service)
    gil = await approver(sqlite_service, channel="whatsapp")
    await gil.says("DELEGAR")
    await gil.taps("Hugo Melo")
    await gil.taps("Agora")
    await gil.taps("7 dias")
    await gil.sees("Hugo Melo decide em seu nome")
    for typed in ("não, amanhã", "até depois de amanhã", "não, pera, amanhã"):
        await gil.says(typed)
        until = sqlite_service.clock() + timedelta(days=2 if "depois" in typed else 1)
        told = await gil.sees("Hugo Melo decide em seu nome")
        assert f"até {until.astimezone(sqlite_service.wiring.settings.zone):%d/%m} 23:59" in told.text
    assert await sqlite_service.rows("SELECT 1 FROM delegacoes") == []
    await gil.says("não")
    await gil.sees("nada foi delegado")


async def test_who_covers_is_told(sqlite_service: RunningService) -> None:
    hugo = await person(sqlite_service, "telegram", perfil=Perfil.ADMINISTRADOR)
    gil = await approver(sqlite_service)
    await hugo.says("quem cobre o gil?")
    await hugo.sees("Ninguém decide em nome de Gil Torres agora.")
    await delegated(gil)
    await hugo.says("quem cobre o gil?")
    await hugo.sees("Gil Torres → Hugo Melo: de")
    await gil.says("quem decide enquanto eu viajo?")
    await gil.sees("Delegações que valem ou vão valer:")


async def test_only_one_day_is_that_day(sqlite_service: RunningService) -> None:
    await person(sqlite_service, "telegram")
    gil = await approver(sqlite_service)
    await gil.says("delega pro Hugo de quarta a sexta")
    asked = await gil.sees("Hugo Melo decide em seu nome de")
    await gil.says("não, só quinta")
    only = await gil.sees("Hugo Melo decide em seu nome de")
    first, last = re.findall(r"\d{2}/\d{2}", only.text)[:2]
    assert first == last
    assert asked.text != only.text


async def test_a_name_behind_the_offer_begins_with_them(sqlite_service: RunningService) -> None:
    await person(sqlite_service, "telegram")
    gil = await approver(sqlite_service)
    await gil.says("hugo")
    await gil.sees("Não entendi.")
    await gil.says("vou viajar amanha, passa pra alguem")
    await gil.sees("Você quis dizer “Quem aprova em meu nome”?")
    await gil.says("pro hugo")
    await gil.sees("Delegar a Hugo Melo. A partir de quando?")
    await gil.says("amanhã")
    await gil.sees("Até quando")


@pytest.mark.falha(515)
async def test_a_number_for_the_card_on_the_screen_is_no_day_of_a_delegation_further_up(
    sqlite_service: RunningService,
) -> None:
    """The question stands open above the card, and a stray number below it gives nobody a right."""
    await person(sqlite_service)
    gil = await approver(sqlite_service)
    await arrives(sqlite_service)
    await gil.says("DELEGAR")
    await gil.taps("Hugo Melo")
    await gil.sees("A partir de quando?")
    await gil.says("PENDENTES")
    await gil.sees("espera aprovação")
    await gil.says("1")
    await gil.sees("🧾")
    for answer in ("Você quis dizer “Aprovar”?", "só o número não basta"):
        await gil.says("1")
        await gil.sees(answer)
    assert await sqlite_service.rows("SELECT 1 FROM aprovacoes") == []


@pytest.mark.falha(515)
async def test_a_place_confirms_no_delegation(sqlite_service: RunningService) -> None:
    await person(sqlite_service)
    gil = await approver(sqlite_service)
    await gil.says("DELEGAR")
    await gil.taps("Hugo Melo")
    await gil.taps("Agora")
    await gil.taps("7 dias")
    await gil.sees("Confirma?")
    await gil.says("o primeiro")
    await gil.sees("Responda SIM")
    assert await sqlite_service.rows("SELECT 1 FROM delegacoes") == []
    await gil.says("sim")
    await gil.sees("✅ Gil Torres → Hugo Melo")
