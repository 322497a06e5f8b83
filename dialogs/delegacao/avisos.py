"""What the two sides of a delegation hear of it: that there is one, that it was ended, that one of them is gone."""

from dialogs.delegacao.frases import last_moment
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from storage.delegacao.delegacoes import Delegacao


async def tell_delegate(talk: Talk, delegacao: Delegacao) -> None:
    """Whoever got the right hears of it, and of its early end."""
    talk.speak()
    if delegacao.revogada_em is not None:
        text = _("{nome} encerrou a delegação: você não aprova mais faturas em nome dessa pessoa.")
        await talk.say(text.format(nome=delegacao.de))
        return
    text = _(
        "🤝 {nome} delegou a você as aprovações de faturas, de {inicio} até {fim}. Nesse tempo os cartões chegam aqui;"
        " o que já espera está em PROCESSOS para aprovar."
    )
    inicio, fim = talk.local_time(delegacao.inicio), last_moment(talk, delegacao.fim)
    await talk.say(text.format(nome=delegacao.de, inicio=inicio, fim=fim))


async def tell_giver_is_gone(talk: Talk, delegacao: Delegacao) -> None:
    """Whoever got the right hears that nobody has it any more to give."""
    talk.speak()
    text = _("{nome} não aprova mais faturas, e a delegação acabou: você também não aprova em nome dessa pessoa.")
    await talk.say(text.format(nome=delegacao.de))


async def tell_delegate_is_gone(talk: Talk, delegacao: Delegacao) -> None:
    """Whoever relied on somebody hears that they are not there: they may be away themselves."""
    talk.speak()
    text = _("⚠️ {nome} não pode mais decidir em seu nome, e a delegação acabou. Para escolher outra pessoa: DELEGAR.")
    await talk.say(text.format(nome=delegacao.para))
