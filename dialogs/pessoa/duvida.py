"""A phone that may be somebody else's: what its holder hears, and the administrators' answer."""

from aiogram import Router
from aiogram.types import CallbackQuery

from core.pessoa.duvida import Motivo, confirm
from core.telefones import masked
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.pessoa.administracao import Administrator
from dialogs.pessoa.buttons import ConfirmTelefone
from storage.contatos.contatos import Pessoa

router = Router(name="duvida")


async def say_in_doubt(talk: Talk) -> None:
    talk.speak()
    await talk.say(
        _(
            "Este número mudou de conta ou ficou meses parado. "
            "Por segurança, um administrador tem de confirmar de quem é."
        )
    )


async def ask_whose_it_is(talk: Talk, pessoa: Pessoa, motivo: Motivo) -> None:
    """One tap gives the rights back; without it they stay away."""
    talk.speak()
    why = {
        Motivo.NUMERO: _("o WhatsApp avisou que o número dessa pessoa mudou"),
        Motivo.APARELHO: _("o WhatsApp avisou que a conta desse número mudou"),
        Motivo.OUTRA_CONTA: _("outra conta do WhatsApp escreveu desse número"),
        Motivo.SILENCIO: _("o número escreveu depois de meses parado"),
    }[motivo]
    text = _(
        "⚠️ {nome} ({telefone}): {porque}. Até alguém confirmar, esse número não tem acesso a nada. "
        "Confirme só se falou com a pessoa; se o número é outro, mude o cadastro."
    )
    text = text.format(nome=pessoa.nome_completo, telefone=masked(pessoa.telefone), porque=why)
    await talk.say(text, (_("Continua sendo dela"), ConfirmTelefone(usuario_id=pessoa.id)))


@router.callback_query(Tap(ConfirmTelefone), Administrator())
async def confirmed(event: CallbackQuery, talk: Talk, button: ConfirmTelefone) -> None:
    """Nobody confirms their own phone: whoever has it would."""
    assert talk.pessoa is not None
    if talk.pessoa.id != button.usuario_id and await confirm(talk.tx, button.usuario_id, talk.autor):
        await talk.say(_("Confirmado: esse número volta a ter os acessos da pessoa."))
    else:
        await talk.say(_("Não há nada a confirmar desse número."))
