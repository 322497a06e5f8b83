"""Two approvers at the same moment: one decision."""

import asyncio

from sandbox.stories.fatura import asks_for_the_next
from sandbox.stories.story import Stage, Story, Words


async def play(stage: Stage) -> None:
    flavia, gil, hugo = [await stage.enters(name) for name in ("Flávia Melo", "Gil Nunes", "Hugo Prado")]
    await gil.says("PENDENTES")
    await asks_for_the_next(hugo)
    await flavia.sees("🧾")
    await gil.sees("🧾")
    await stage.tells(
        "Flávia e Gil recebem o mesmo cartão, cada um no seu canal. Os dois tocam em Aprovar ao mesmo tempo.",
        "Flávia and Gil get the same card, each on their channel. Both tap Aprovar at the same moment.",
    )
    await asyncio.gather(flavia.taps("Aprovar"), gil.taps("Aprovar"))
    await flavia.sees("Aprovada")
    await gil.sees("Aprovada")
    await stage.tells(
        "Vale a primeira decisão, e só ela. Quem chegou depois lê quem decidiu, e quando.",
        "The first decision counts, and only that. Whoever came second reads who decided, and when.",
    )


STORY = Story(
    "aprovadores",
    Words("Dois aprovadores ao mesmo tempo", "Two approvers at once"),
    Words("A primeira decisão vale; todos leem qual.", "The first decision counts; everybody reads which."),
    ("Flávia Melo", "Gil Nunes", "Hugo Prado"),
    play,
)
