"""All logins are busy: the next seller joins the queue with a tap, and is served by himself."""

from sandbox.stories.story import Actor, Stage, StepMissing, Story, Words

SELLERS = ("Ana Souza", "Bruno Lima", "Caio Reis")


async def play(stage: Stage) -> None:
    livres = (await stage.pool()).livres
    if not 0 < livres < len(SELLERS):
        raise StepMissing(
            f"Há {livres} acessos livres; esta história precisa de 1 ou 2.",
            f"There are {livres} free logins; this story needs 1 or 2.",
        )
    sellers = [await stage.enters(name) for name in SELLERS[: livres + 1]]
    holders, waiting = sellers[:-1], sellers[-1]
    await stage.tells(
        f"Todos os acessos BackOffice ({livres}) entram em uso: cada venda leva um.",
        f"Every BackOffice login ({livres}) is taken: each sale takes one.",
    )
    for seller in holders:
        await starts_to_sell(seller)
        await seller.sees("Qual é o CEP")
    await stage.tells("Agora mais um vendedor quer vender.", "Now one more seller wants to sell.")
    await starts_to_sell(waiting)
    await waiting.sees("TODOS OS ACESSOS BACKOFFICE ESTÃO EM USO")
    await waiting.taps("Entrar na fila")
    await waiting.sees("Você é o 1º da fila")
    await stage.tells(
        "Com um toque ele tem um lugar na fila, e não precisa tentar de novo. Enquanto isso, a primeira venda termina.",
        "With one tap he has a place in the queue, and need not try again. Meanwhile the first sale ends.",
    )
    await finishes(holders[0])
    await waiting.sees("Chegou a sua vez!")
    await waiting.sees("Qual é o CEP")
    await stage.tells(
        "O acesso que voltou foi para o primeiro da fila, e a venda dele começou sozinha.",
        "The login that came back went to the first in the queue, and his sale began by itself.",
    )
    for seller in (*holders[1:], waiting):
        await gives_up(seller)
    await stage.tells("Os outros desistem, e os acessos ficam livres.", "The others give up, and the logins are free.")


async def starts_to_sell(seller: Actor) -> None:
    await seller.says("VENDER")
    await seller.sees("Posso começar?")
    await seller.taps("SIM")


async def finishes(seller: Actor) -> None:
    """The four answers, and the order."""
    await seller.says("30140-071")
    await seller.sees("Qual é o CPF")
    await seller.says("529.982.247-25")
    await seller.sees("Qual plano")
    await seller.says("1")
    await seller.sees("Em que turno")
    await seller.says("tarde")
    await seller.sees("Venda concluída!")


async def gives_up(seller: Actor) -> None:
    await seller.says("CANCELAR")
    await seller.sees("Cancelar mesmo assim?")
    await seller.taps("SIM, cancelar")
    await seller.sees("Venda cancelada.")


STORY = Story(
    "fila",
    Words("Todos os acessos em uso", "All logins in use"),
    Words(
        "Um lugar na fila, e a venda que começa sozinha.", "A place in the queue, and the sale that begins by itself."
    ),
    SELLERS,
    play,
    room="pool",
)
