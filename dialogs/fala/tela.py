"""What is said of what is on the screen, as the tap that does it."""

from core.fala.tela import NaTela, of_screen
from dialogs.conversa.buttons import ShowOlder
from dialogs.delegacao.buttons import MorePeople
from dialogs.frame.buttons import Button, button_of
from dialogs.frame.prazos import choices_of
from dialogs.frame.talk import Talk
from dialogs.processo.buttons import ListExecucoes, ListProcessos, MoreFound, MorePendentes, SeeFatura, WhyProcesso

_KINDS: dict[NaTela, tuple[type[Button], ...]] = {
    NaTela.RESTO: (MorePendentes, MoreFound, MorePeople, ShowOlder),
    NaTela.ARQUIVO: (SeeFatura,),
    NaTela.PORQUE: (WhyProcesso,),
}


def named_on_screen(talk: Talk, text: str) -> str | None:
    """The tap of a button that shows what is asked for; None where the message shown last has none, or several."""
    if talk.contato.state is not None or not (choices := choices_of(talk)):
        return None
    wanted = of_screen(text)
    found = [data for _label, data in choices if wanted is not None and _does(button_of(data), wanted)]
    return found[0] if len(found) == 1 else None


def _does(button: Button | None, wanted: NaTela) -> bool:
    if isinstance(button, (ListProcessos, ListExecucoes)):
        return wanted is NaTela.RESTO and button.depois is not None
    return isinstance(button, _KINDS[wanted])
