"""A customer whom somebody of the operation answers past us, in the WhatsApp Business app of the same number.

Meta calls it coexistence: what is written there is told to us, and who wrote it is not.
"""

from datetime import datetime

from core.prazos import NO_APLICATIVO, is_over
from storage.contatos.contatos import Contato

# In the conversation's data: when somebody wrote there last.
DESDE = "no_aplicativo"


def is_left_to_the_app(contato: Contato, at: datetime) -> bool:
    """Whether what this person writes at that moment is rather for whoever answered them there lately.

    A question of ours that is open is answered here all the same.
    """
    said = contato.state_data.get(DESDE)
    if said is None or contato.state is not None:
        return False
    try:
        return not is_over(datetime.fromisoformat(said), NO_APLICATIVO, at)
    except (TypeError, ValueError):
        # Another release's; it is let go of when this turn listens (dialogs/frame/kept.py).
        return False
