"""A customer is handed to a consultor: protocolo, the card, what they say to each other, the end and the rating."""

from sandbox.stories.story import Actor, Stage, Story, Words, protocolo_in


async def play(stage: Stage) -> None:
    marina, davi, elisa = [await stage.enters(name) for name in ("Marina Castro", "Davi Alves", "Elisa Costa")]
    await stage.tells("Davi está livre para atender clientes.", "Davi is free to attend customers.")
    await is_online(davi)
    await stage.tells(
        "Marina ninguém cadastrou: é uma cliente. Ela escreve no WhatsApp e pede uma pessoa.",
        "Nobody registered Marina: she is a customer. She writes on WhatsApp and asks for a person.",
    )
    await marina.says("Oi")
    await marina.sees("escolha CONSULTOR")
    await marina.says("CONSULTOR")
    numero = protocolo_in(await marina.sees("Seu protocolo"))
    await davi.sees("Marina Castro quer falar com um consultor")
    await stage.tells(
        f"Ela já tem o protocolo {numero}. Davi, o primeiro da vez, recebe um cartão, mas está ocupado: ele passa.",
        f"She has protocolo {numero} already. Davi, first in turn, gets a card, but he is busy: he passes.",
    )
    await is_online(elisa)
    await davi.taps("Passar")
    await davi.sees("Você passou")
    await elisa.sees("Marina Castro quer falar com um consultor")
    await elisa.taps("Aceitar")
    await marina.sees("Agora você fala com Elisa Costa")
    await elisa.sees("Você atende Marina Castro")
    await elisa.opens_topic(numero)
    await stage.tells(
        "Elisa aceita no Telegram, onde cada cliente tem um tópico. Agora elas conversam, cada uma no seu aplicativo.",
        "Elisa accepts on Telegram, where each customer has a topic. Now they talk, each in her own app.",
    )
    await marina.says("Minha internet caiu")
    await elisa.sees("Minha internet caiu")
    await elisa.says("Vou reiniciar a sua conexão agora. Voltou?")
    await marina.sees("Vou reiniciar a sua conexão agora. Voltou?")
    await marina.says("Voltou, obrigada!")
    await elisa.sees("Voltou, obrigada!")
    await elisa.says("ENCERRAR")
    await elisa.sees("encerrado")
    await marina.sees("que nota você dá?")
    await marina.taps("5 ⭐⭐⭐⭐⭐")
    await marina.sees("Obrigado pela nota!")
    await marina.taps("Agora não")
    await marina.sees("Até a próxima!")
    await stage.tells(
        f"Encerrado com nota 5. A conversa fica guardada no protocolo {numero}.",
        f"It ended with a 5. The conversation is kept under protocolo {numero}.",
    )


async def is_online(consultor: Actor) -> None:
    """One word, and customers may come."""
    await consultor.says("ONLINE")
    await consultor.sees("Você está online")


STORY = Story(
    "atendimento",
    Words("Um cliente e um consultor", "A customer and a consultant"),
    Words("Do pedido à nota, cada um no seu aplicativo.", "From the request to the rating, each in their own app."),
    ("Marina Castro", "Davi Alves", "Elisa Costa"),
    play,
    room="stories",
)
