"""A consultant's presence: busy until an hour, silent, asked with a button, set away, and back."""

from datetime import timedelta

from sandbox.stories.story import Stage, Story, Words


async def play(stage: Stage) -> None:
    davi = await stage.enters("Davi Alves")
    await stage.tells(
        "Davi atende clientes. Ele diz que chegou com uma palavra.", "Davi attends customers. One word says he is here."
    )
    await davi.says("ONLINE")
    await davi.sees("Você está online.")
    ends = stage.now() + timedelta(minutes=31)
    await davi.says(f"OCUPADO em reunião até {ends:%H:%M}")
    await davi.sees("De volta a online")
    await stage.tells(
        f"Ele disse até quando: {ends:%H:%M}. O relógio do serviço anda até lá.",
        f"He said until when: {ends:%H:%M}. The service's clock moves on.",
    )
    await stage.moves_the_clock(minutes=31)
    await davi.sees("você está online de novo")
    await stage.tells(
        "Chegou a hora, e ele voltou sozinho. Agora Davi some: duas horas sem uma palavra.",
        "The time came, and he is back by himself. Now Davi disappears: two hours without a word.",
    )
    await stage.moves_the_clock(minutes=121)
    await davi.sees("Faz tempo que você não aparece por aqui")
    await stage.tells(
        "O serviço pergunta, com um botão. Ninguém toca nele por dez minutos.",
        "The service asks, with one button. Nobody taps it for ten minutes.",
    )
    await stage.moves_the_clock(minutes=11)
    await davi.sees("Você aparece como ausente")
    await stage.tells(
        "Ausente: nenhum cliente vai para quem não responde. Qualquer sinal dele desfaz isso.",
        "Away: no customer goes to somebody who does not answer. Any sign of his undoes that.",
    )
    await davi.taps("Ainda estou aqui")
    await davi.sees("Que bom ter você de volta!")
    await davi.says("PRESENCA")
    await davi.sees("🟢 Davi Alves · online")
    await stage.tells(
        "Davi está de volta, e a equipe inteira o vê: estado, desde quando, livre ou não.",
        "Davi is back, and the whole team sees him: his state, since when, free or not.",
    )


STORY = Story(
    "presenca",
    Words("Presença", "Presence"),
    Words("Ocupado até uma hora, silêncio, ausente e de volta.", "Busy until an hour, silence, away and back."),
    ("Davi Alves",),
    play,
    room="clock",
)
