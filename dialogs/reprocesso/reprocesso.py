"""A message that nobody could answer: what its writer hears, and the administrators' button."""

from aiogram import Router
from aiogram.types import CallbackQuery

from core.direitos.direitos import Direito
from core.reprocesso.reprocesso import Pendencia, marca_de, refazer, refazer_marcada
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.pessoa.administracao import Administrator
from dialogs.reprocesso.buttons import DoAgain, DoAllAgain

router = Router(name="reprocesso")
router.callback_query.filter(Administrator(Direito.AUDITAR))


async def say_unanswered(talk: Talk) -> None:
    """To whoever wrote it."""
    talk.speak()
    await talk.say(_("Não consegui responder ao que você enviou, por uma falha nossa. A equipe já foi avisada."))


async def offer_again(talk: Talk, falha: Pendencia) -> None:
    """To an administrator: what went wrong, and one tap once it is mended."""
    talk.speak()
    text = _(
        "⚠️ Uma mensagem ficou sem resposta por uma falha nossa ({o_que}): {erro}\n"
        "Quando estiver resolvido, ela pode ser respondida ainda. O que mais falhou está no painel, em Saúde."
    )
    choices = ((_("Tentar de novo"), DoAgain(marca=marca_de(falha.id))), (_("Tentar todas"), DoAllAgain()))
    await talk.say(text.format(o_que=falha.o_que, erro=falha.erro), *choices)


@router.callback_query(Tap(DoAgain, DoAllAgain))
async def do_again(event: CallbackQuery, talk: Talk, button: DoAgain | DoAllAgain) -> None:
    """As `balcao reprocessar` and the panel do."""
    if isinstance(button, DoAgain):
        done = await refazer_marcada(talk.tx, button.marca, talk.autor)
    else:
        done = await refazer(talk.tx, None, talk.autor)
    if done.feitas:
        await talk.say(
            _("Sendo refeito agora: {n}. O que falhar de novo continua no painel.").format(n=len(done.feitas))
        )
    else:
        await talk.say(_("Não há mais o que refazer."))
