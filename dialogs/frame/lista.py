"""The list of invoices that was opened last: people go back to it from a card ("volta pra lista")."""

from dialogs.frame.buttons import Button
from dialogs.frame.talk import Talk

# In the conversation's data: what a tap that shows it says.
_LISTA = "lista_aberta"


async def keep_list(talk: Talk, button: Button) -> None:
    """This one is open now."""
    await talk.state.update_data({_LISTA: button.pack()})


async def last_list(talk: Talk) -> str | None:
    """What a tap that shows it again says; None where none was opened."""
    kept = (await talk.state.get_data()).get(_LISTA)
    return kept if isinstance(kept, str) else None
