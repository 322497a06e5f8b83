"""A delegation in a line, and why one is refused."""

from datetime import datetime, timedelta

from core.delegacao.delegacoes import Recusada
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from storage.delegacao.delegacoes import Delegacao


def last_moment(talk: Talk, fim: datetime) -> str:
    """The end, as the last minute in which it is valid."""
    return talk.local_time(fim - timedelta(minutes=1))


def told(talk: Talk, delegacao: Delegacao) -> str:
    """Whose it is, to whom, from when until when."""
    text = _("{de} → {para}: de {inicio} até {fim}")
    inicio, fim = talk.local_time(delegacao.inicio), last_moment(talk, delegacao.fim)
    return text.format(de=delegacao.de, para=delegacao.para, inicio=inicio, fim=fim)


def refusals() -> dict[Recusada, str]:
    """One sentence for each."""
    return {
        Recusada.SEM_DIREITO: _("Só quem aprova faturas pode delegar."),
        Recusada.A_SI_MESMO: _("Não dá para delegar a si mesmo."),
        Recusada.A_QUEM: _("Essa pessoa não pode receber a delegação: precisa estar ativa na equipe de faturas."),
        Recusada.ACABA_ANTES: _("A delegação acabaria antes de começar. Comece de novo com DELEGAR."),
        Recusada.LONGA: _("Uma delegação vale no máximo 90 dias. Comece de novo com DELEGAR."),
        Recusada.JA_EXISTE: _("Você já delegou a essa pessoa nesse tempo. DELEGAR mostra as que valem."),
    }
