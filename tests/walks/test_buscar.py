"""What people of the back office look for in their own words, where nothing was asked of them."""

import pytest

from tests.support.consultores import MARIA, customer
from tests.support.service import RunningService
from tests.walks.test_aprovar import approver, arrives
from tests.walks.test_delegar import BOTH


@pytest.mark.falha(309)
@BOTH
async def test_invoices_are_found_by_how_people_ask_for_them(sqlite_service: RunningService, channel: str) -> None:
    gil = await approver(sqlite_service, channel=channel)
    await arrives(sqlite_service)
    await gil.sees("🧾")
    for typed in ("buscar padaria", "me acha a padaria pf", "procura o cnpj 11 222 333 0001 81", "11.222.333/0001-81"):
        await gil.says(typed)
        await gil.sees("Conta: ")
    await gil.says("fatura de outubro da padaria")
    await gil.sees("Não achei processo de “padaria”")
    await gil.says("manda pro SAT as aprovadas")
    await gil.sees("Aguardando envio ao SAT")
    await gil.says("busca as vendas de hoje")
    assert "Não achei processo" not in (await gil.sees("")).text


@pytest.mark.falha(310)
@pytest.mark.parametrize(
    ("first", "answered"),
    [
        ("hello", "Hello! This is our customer service."),
        ("hola, buenos días", "¡Hola! Este es nuestro servicio de atención."),
        ("Hello! quero falar de uma fatura", "Olá! Este é o atendimento da operação."),
    ],
)
async def test_a_customer_is_answered_in_the_language_that_they_begin_in(
    sqlite_service: RunningService, first: str, answered: str
) -> None:
    maria = await customer(sqlite_service, MARIA)
    await maria.says(first)
    await maria.sees(answered)


@pytest.mark.falha(310)
async def test_a_customer_who_goes_over_to_another_language_is_answered_in_it(sqlite_service: RunningService) -> None:
    maria = await customer(sqlite_service, MARIA)
    await maria.says("oi")
    await maria.sees("Este é o atendimento da operação.")
    await maria.says("sorry, I don't speak portuguese, is there someone who can help me?")
    await maria.sees("Hello! This is our customer service.")
    await maria.says("desculpa, minha irmã escreveu isso aqui, eu só queria uma coisa")
    await maria.sees("Quer que eu chame uma pessoa da equipe?")
