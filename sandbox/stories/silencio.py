"""A consultor falls silent with an open customer: she goes to the head of the queue, and to somebody who is there."""

from sandbox.stories.atendimento import is_online
from sandbox.stories.story import Stage, Story, Words, protocolo_in


async def play(stage: Stage) -> None:
    marina, davi, elisa = [await stage.enters(name) for name in ("Marina Castro", "Davi Alves", "Elisa Costa")]
    await stage.tells("Marina pede uma pessoa, e Davi aceita.", "Marina asks for a person, and Davi accepts.")
    await is_online(davi)
    await marina.says("CONSULTOR")
    numero = protocolo_in(await marina.sees("Seu protocolo"))
    await davi.sees("Marina Castro quer falar com um consultor")
    await davi.taps("Aceitar")
    await marina.sees("Agora você fala com Davi Alves")
    await marina.says("Minha fatura veio errada")
    await davi.sees("Minha fatura veio errada")
    await stage.tells(
        f"Davi atende Marina, protocolo {numero}, e some no meio da conversa. O relógio anda duas horas.",
        f"Davi attends Marina, protocolo {numero}, and disappears in the middle of it. The clock moves two hours on.",
    )
    await stage.moves_the_clock(minutes=121)
    await davi.sees("Faz tempo que você não aparece por aqui")
    await stage.tells(
        "O serviço pergunta se ele ainda está aí. Dez minutos sem resposta, e ele fica ausente.",
        "The service asks whether he is still there. Ten minutes without an answer, and he is away.",
    )
    await stage.moves_the_clock(minutes=11)
    await davi.sees("Você aparece como ausente")
    await is_online(elisa)
    await stage.moves_the_clock(seconds=30)
    await stage.tells(
        "Ausente com uma cliente aberta: ele ainda tem cinco minutos para voltar. Não volta.",
        "Away with an open customer: he has five more minutes to come back. He does not.",
    )
    await stage.moves_the_clock(minutes=6)
    await marina.sees("Você é o próximo da fila, com o mesmo protocolo")
    await davi.sees("voltou ao começo da fila")
    await elisa.sees("Marina Castro quer falar com um consultor")
    await elisa.taps("Aceitar")
    await marina.sees("Agora você fala com Elisa Costa")
    await elisa.opens_topic(numero)
    await elisa.sees("Minha fatura veio errada")
    await stage.tells(
        "Marina foi a primeira da fila, com o mesmo protocolo. Elisa lê o que ela já disse e continua.",
        "Marina was first in the queue, with the same protocolo. Elisa reads what she said and goes on.",
    )
    await elisa.says("Olá, Marina! Já estou vendo a sua fatura.")
    await marina.sees("Já estou vendo a sua fatura")
    await elisa.says("ENCERRAR")
    await elisa.sees("encerrado")
    await marina.sees("que nota você dá?")
    await marina.taps("4 ⭐⭐⭐⭐")
    await marina.sees("Obrigado pela nota!")
    await marina.taps("Agora não")
    await stage.tells("Nenhum cliente fica esquecido.", "No customer is forgotten.")


STORY = Story(
    "silencio",
    Words("Um consultor que se cala", "A consultant who falls silent"),
    Words(
        "A cliente volta ao começo da fila, e outra pessoa continua.",
        "Back to the head of the queue, and somebody else goes on.",
    ),
    ("Marina Castro", "Davi Alves", "Elisa Costa"),
    play,
    room="clock",
)
