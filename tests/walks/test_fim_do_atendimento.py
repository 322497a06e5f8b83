"""What customers say when an atendimento has ended: instead of the stars, after them, and who it was."""

import pytest

from sandbox import Phone
from tests.support.consultores import MARIA, attended, consultor, customer
from tests.support.service import RunningService
from tests.support.talking import talking


async def ended(service: RunningService) -> tuple[Phone, Phone]:
    """Maria is asked for the stars."""
    maria, davi = await talking(service, of_davi="whatsapp")
    await davi.says("ENCERRAR")
    await maria.sees("que nota você dá?")
    await davi.sees("encerrado")
    return maria, davi


async def kept(service: RunningService) -> tuple[int | None, str | None]:
    [row] = await service.rows("SELECT avaliacao, comentario FROM atendimentos")
    return row["avaliacao"], row["comentario"]


async def test_stars_after_a_free_word_count(sqlite_service: RunningService) -> None:
    """How else they are said: tests/core/fala/test_avaliacao.py."""
    maria, _davi = await ended(sqlite_service)
    await maria.says("gostei muito")
    again = await maria.sees("O seu comentário foi guardado.")
    assert "que nota você dá?" in again.text
    await maria.says("cinco estrelas")
    await maria.sees("Ela foi guardada com o seu comentário.")
    assert await kept(sqlite_service) == (5, "gostei muito")


async def test_whoever_is_not_content_is_told_how_to_go_on_and_is_read(sqlite_service: RunningService) -> None:
    maria, davi = await ended(sqlite_service)
    await maria.says("não resolveu nada")
    await maria.sees("Sinto muito por isso. O seu comentário foi guardado.")
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo")
    card = await davi.sees("quer falar com um consultor")
    assert "não resolveu nada" in card.text


async def test_whoever_gives_none_is_left_in_peace(sqlite_service: RunningService) -> None:
    maria, _davi = await ended(sqlite_service)
    await maria.says("não quero avaliar")
    await maria.sees("Combinado. Até a próxima!")
    assert await kept(sqlite_service) == (None, None)


async def test_who_it_was_is_told_and_the_question_stays_open(sqlite_service: RunningService) -> None:
    maria, _davi = await ended(sqlite_service)
    await maria.says("quem me atendeu?")
    await maria.sees("Quem atendeu você por último foi Davi Alves")
    await maria.says("4")
    await maria.sees("Obrigado pela nota!")
    assert await kept(sqlite_service) == (4, None)


async def test_who_was_attended_by_nobody_is_shown_the_way(sqlite_service: RunningService) -> None:
    maria = await customer(sqlite_service, MARIA)
    await maria.says("quem me atendeu?")
    await maria.sees("Ninguém da equipe falou com você por aqui ainda.")
    davi = await consultor(sqlite_service)
    await attended(sqlite_service, maria, davi)


async def test_whoever_is_in_danger_hears_who_helps_and_is_read_later(sqlite_service: RunningService) -> None:
    maria = await customer(sqlite_service, MARIA)
    await maria.says("meu marido passou mal preciso do samu")
    await maria.sees("192 (SAMU)")
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo")
    await maria.says("ta pegando fogo aqui")
    told = await maria.sees("193 (bombeiros)")
    assert "Você continua na fila" in told.text
    davi = await consultor(sqlite_service)
    card = await davi.sees("quer falar com um consultor")
    assert "passou mal" in card.text
    assert "pegando fogo" in card.text


async def test_thanks_and_a_laugh_are_no_comment_and_the_stars_are_asked_for_once_more(
    sqlite_service: RunningService,
) -> None:
    maria, _davi = await ended(sqlite_service)
    await maria.says("valeu, obrigada!")
    asked = await maria.sees("Por nada!")
    assert "De 1 a 5" in asked.text
    await maria.says("tchau")
    again = await maria.sees("Até mais!")
    assert "De 1 a 5" not in again.text
    await maria.says("muito atencioso")
    await maria.sees("O seu comentário foi guardado.")
    await maria.says("5")
    await maria.sees("Obrigado pela nota!")
    assert await kept(sqlite_service) == (5, "muito atencioso")


@pytest.mark.falha(548)
async def test_thanks_after_the_stars_are_no_comment_and_a_comment_may_still_come(
    sqlite_service: RunningService,
) -> None:
    maria, _davi = await ended(sqlite_service)
    await maria.says("5")
    await maria.sees("Obrigado pela nota!")
    await maria.says("obrigada!")
    await maria.sees("Por nada!")
    assert await kept(sqlite_service) == (5, None)
    await maria.says("ótimo atendimento")
    await maria.sees("O seu comentário foi guardado.")
    assert await kept(sqlite_service) == (5, "ótimo atendimento")


@pytest.mark.falha(548)
@pytest.mark.parametrize("said", ["na verdade 4", "na verdade 4/5", "ops, nota 4"])
async def test_stars_are_put_right_after_the_comment_too(sqlite_service: RunningService, said: str) -> None:
    maria, _davi = await ended(sqlite_service)
    await maria.says("5")
    await maria.sees("Obrigado pela nota!")
    await maria.says("foi muito rápido e gentil")
    await maria.sees("O seu comentário foi guardado.")
    await maria.says(said)
    await maria.sees("Anotei: a nota agora é 4.")
    assert await kept(sqlite_service) == (4, "foi muito rápido e gentil")


@pytest.mark.falha(549)
@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("quanto custa o de 600 mega?", "Preços, planos e cobertura quem responde é a equipe"),
        ("vcs cobrem o bairro Savassi?", "Preços, planos e cobertura quem responde é a equipe"),
        ("me liga por favor", "Por aqui eu não faço ligações"),
        ("vai demorar?", "Você não está na fila agora."),
        ("como reclamo do atendimento?", "Escreva aqui o que houve"),
    ],
)
async def test_what_only_a_person_answers_is_said_so_and_a_yes_calls_one(
    sqlite_service: RunningService, said: str, seen: str
) -> None:
    maria = await customer(sqlite_service, MARIA)
    await maria.says(said)
    await maria.sees(seen)
    await maria.says("sim")
    await maria.sees("Seu protocolo")
    davi = await consultor(sqlite_service)
    card = await davi.sees("quer falar com um consultor")
    assert said in card.text


@pytest.mark.falha(549)
async def test_who_wants_nobody_called_is_let_go_kindly_in_their_language(sqlite_service: RunningService) -> None:
    maria = await customer(sqlite_service, MARIA)
    await maria.says("hola, hablan español?")
    await maria.says("cuánto vale el plan de 500?")
    await maria.sees("Precios, planes y cobertura")
    await maria.says("deja, chau")
    await maria.sees("¡De acuerdo! Si necesitas algo, escribe.")
