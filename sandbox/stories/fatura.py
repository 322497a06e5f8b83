"""An invoice, from the portal to SAT."""

from sandbox.stories.story import Actor, Stage, Story, Words


async def play(stage: Stage) -> None:
    hugo, flavia = await stage.enters("Hugo Prado"), await stage.enters("Flávia Melo")
    await stage.tells(
        "Hugo cuida das faturas. PROCESSOS mostra o mês: o que falta baixar, aprovar e enviar.",
        "Hugo looks after invoices. PROCESSOS shows the month: what is still to download, approve and send.",
    )
    await asks_for_the_next(hugo)
    await stage.tells(
        "Um robô entra no portal da operadora e traz o PDF. Hugo acompanha e pode fazer outra coisa.",
        "A robot enters the operadora's portal and brings the PDF. Hugo can do something else meanwhile.",
    )
    await flavia.sees("🧾")
    await stage.tells(
        "Flávia recebe o cartão. O PDF foi lido: cada campo diz quem o confirma – o robô, a linha, as barras, o Pix.",
        "Flávia gets the card. The PDF was read: each field says who confirms it – robot, line, bars, Pix.",
    )
    await flavia.taps("Aprovar")
    await flavia.sees("✅ Aprovada")
    await stage.tells(
        "Um toque, com o nome dela e a hora no histórico. Hugo manda ao SAT.",
        "One tap, with her name and the hour in the history. Hugo sends it to SAT.",
    )
    await hugo.says("PROCESSOS")
    await hugo.sees("📂")
    await hugo.taps("Aguardando envio ao SAT")
    await hugo.sees("1. ")
    await hugo.says("1")
    await hugo.sees("ID ")
    await hugo.taps("Enviar ao SAT")
    await hugo.sees("fatura enviada ao SAT")
    await stage.tells(
        "UPLOAD_REALIZADO: do portal ao SAT, sem ninguém digitar um número.",
        "UPLOAD_REALIZADO: from the portal to SAT, and nobody typed a number.",
    )


async def asks_for_the_next(hugo: Actor) -> None:
    """The first of those that wait is downloaded."""
    await hugo.says("PROCESSOS")
    await hugo.sees("📂")
    await hugo.taps("Aguardando download")
    await hugo.sees("1. ")
    await hugo.says("1")
    await hugo.sees("ID ")
    await hugo.taps("Baixar")


STORY = Story(
    "fatura",
    Words("Da fatura ao SAT", "From the invoice to SAT"),
    Words("Baixar, aprovar com um toque, enviar.", "Downloaded, approved with a tap, sent."),
    ("Hugo Prado", "Flávia Melo"),
    play,
)
