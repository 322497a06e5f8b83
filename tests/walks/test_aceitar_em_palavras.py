"""The card of a customer who waits, answered in words as by its buttons."""

from tests.support.consultores import DAVI, ELISA, MARIA, consultor, customer
from tests.support.service import RunningService


async def test_a_consultor_takes_the_customer_in_words(sqlite_service: RunningService) -> None:
    """How else it is said: tests/core/fala/test_respondidas.py."""
    davi = await consultor(sqlite_service, DAVI, "whatsapp")
    maria = await customer(sqlite_service, MARIA, "whatsapp")
    await maria.says("CONSULTOR")
    await davi.sees("quer falar com um consultor")
    await davi.says("é meu, deixa comigo")
    await davi.sees("✅ Você atende Maria")
    await maria.sees("Agora você fala com")


async def test_a_consultor_lets_the_customer_pass_in_words(sqlite_service: RunningService) -> None:
    davi = await consultor(sqlite_service, DAVI, "whatsapp")
    elisa = await consultor(sqlite_service, ELISA, "whatsapp")
    maria = await customer(sqlite_service, MARIA, "whatsapp")
    await maria.says("CONSULTOR")
    await davi.sees("quer falar com um consultor")
    await davi.says("passa pra outro")
    await elisa.sees("quer falar com um consultor")


async def test_a_yes_after_something_else_takes_nobody(sqlite_service: RunningService) -> None:
    davi = await consultor(sqlite_service, DAVI, "whatsapp")
    maria = await customer(sqlite_service, MARIA, "whatsapp")
    await maria.says("CONSULTOR")
    await davi.sees("quer falar com um consultor")
    await davi.says("obrigado")
    await davi.sees("Por nada!")
    await davi.says("ok")
    await davi.sees("Certo! Se precisar, é só escrever.")
