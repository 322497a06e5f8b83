"""A doctored slip: the printed line pays somebody else, and the card says so."""

from sandbox.stories.fatura import asks_for_the_next
from sandbox.stories.story import Stage, Story, Words


async def play(stage: Stage) -> None:
    flavia, hugo = await stage.enters("Flávia Melo"), await stage.enters("Hugo Prado")
    stage.portal_brings("linha_e_barras")
    await stage.tells(
        "Golpe conhecido: alguém troca a linha digitável do boleto. As barras continuam as da operadora.",
        "A known fraud: somebody changes the slip's printed line. The bars are still the operadora's.",
    )
    await asks_for_the_next(hugo)
    await flavia.sees("boleto adulterado")
    await stage.tells(
        "A linha impressa e as barras não dizem o mesmo: o cartão avisa e mostra os dígitos que diferem.",
        "The printed line and the bars do not say the same: the card warns, and shows the digits that differ.",
    )
    await flavia.taps("Rejeitar")
    await flavia.sees("Por que rejeitar")
    await flavia.says("boleto adulterado, a linha paga outra pessoa")
    await flavia.sees("Rejeitada")
    await stage.tells(
        "Rejeitada com o motivo. A fatura volta para o download, e nada foi pago.",
        "Rejected, with the reason. The invoice goes back to download, and nothing was paid.",
    )


STORY = Story(
    "adulterado",
    Words("Boleto adulterado", "A doctored slip"),
    Words("A linha não é a das barras.", "The line is not that of the bars."),
    ("Flávia Melo", "Hugo Prado"),
    play,
)
