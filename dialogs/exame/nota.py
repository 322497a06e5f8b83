"""What people hear of an NFCom that comes when its bill is decided already."""

from core.exame.guardado import Visto
from dialogs.frame.i18n import _
from dialogs.frame.talk import Choice, Talk
from dialogs.processo.avisos import name_of
from dialogs.processo.buttons import SeeProcesso
from dialogs.processo.frases import status_name
from dialogs.processo.testemunhas import diverging_lines
from storage.processo.processos import Processo


async def contradicts(talk: Talk, processo: Processo, visto: Visto) -> None:
    """The note does not agree with the approved bill: what differs, and where the bill stands."""
    talk.speak()
    text = _("⚠️ A NFCom de {processo} não confere com a fatura, que já foi aprovada ({situacao}).")
    head = text.format(processo=name_of(processo), situacao=status_name(processo.status_processo))
    see: Choice = (_("Ver processo"), SeeProcesso(processo_id=processo.id))
    await talk.say("\n".join([head, *diverging_lines(visto.campos, visto.nomes)]), see)


async def not_compared(talk: Talk, processo: Processo) -> None:
    """The note is kept, and its bill could not be read with it."""
    talk.speak()
    text = _(
        "⚠️ A NFCom de {processo} está guardada, mas não consegui comparar com a fatura. "
        "Confira as duas antes de aprovar; a administração já sabe e pode mandar comparar de novo."
    )
    see: Choice = (_("Ver processo"), SeeProcesso(processo_id=processo.id))
    await talk.say(text.format(processo=name_of(processo)), see)
