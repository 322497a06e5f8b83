"""What failed for good: what its writer hears, and the administrators' buttons."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.types import CallbackQuery

from core.direitos.direitos import Direito
from core.reprocesso.avisos import Desistencia
from core.reprocesso.causas import Causa, falha_de
from core.reprocesso.reprocesso import Pendencia, marca_de, refazer, refazer_marcada
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.talk import Choice, Talk
from dialogs.pessoa.administracao import Administrator
from dialogs.reprocesso.buttons import DoAgain, DoAllAgain

# Kinds that one message names.
SHOWN = 8

router = Router(name="reprocesso")
router.callback_query.filter(Administrator(Direito.AUDITAR))


async def say_unanswered(talk: Talk) -> None:
    """To whoever wrote it."""
    talk.speak()
    await talk.say(_("Não consegui responder ao que você enviou, por uma falha nossa. A equipe já foi avisada."))


async def offer_again(talk: Talk, found: Sequence[Desistencia], alike: Sequence[Pendencia]) -> None:
    """To an administrator: what went wrong, how often, and a tap once it is mended. `alike`: what can be done again."""
    talk.speak()
    lines = [_("⚠️ Falhou de vez, por uma falha nossa ou de quem nos atende:")]
    lines += [f"• {one.quantos} × {_named(one.o_que)}: {_why(one.erro)}" for one in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(_("… e mais {n}.").format(n=sum(one.quantos for one in found[SHOWN:])))
    if not alike:
        await talk.say("\n".join([*lines, _("Não dá para refazer daqui. Está tudo no painel, em Saúde.")]))
        return
    lines.append(_("Quando estiver resolvido, dá para refazer. O resto está no painel, em Saúde."))
    again: list[Choice] = [(_("Tentar todas"), DoAllAgain())]
    if len(alike) == 1:
        again.insert(0, (_("Tentar de novo"), DoAgain(marca=marca_de(alike[0].id))))
    await talk.say("\n".join(lines), *again)


def _named(o_que: str) -> str:
    """What administrators call it; what has no name of its own keeps the one of its row."""
    names = {
        "evento de telegram": _("mensagem sem resposta no Telegram"),
        "evento de whatsapp": _("mensagem sem resposta no WhatsApp"),
        "evento de rpa": _("notícia de robô sem efeito"),
        "telegram sendMessage": _("mensagem que não saiu pelo Telegram"),
        "whatsapp sendMessage": _("mensagem que não saiu pelo WhatsApp"),
        "pipedrive atendimento": _("nota que não chegou ao Pipedrive"),
        "rpa executar_pap": _("venda cujo robô não foi iniciado"),
        "rpa executar_execucao": _("download ou envio cujo robô não foi iniciado"),
    }
    return names.get(o_que, o_que)


def _why(erro: str) -> str:
    causa, codigo = falha_de(erro)
    text = {
        Causa.NOSSA: _("uma falha nossa"),
        Causa.ARMAZENAMENTO: _("o armazenamento de objetos não respondeu"),
        Causa.SEM_RESPOSTA: _("quem nos atende não respondeu"),
        Causa.ARQUIVO: _("o arquivo não está mais lá, ou não serve"),
        Causa.JA_NAO_EXISTE: _("o que era para fazer já não existe"),
        Causa.SENHA: _("a senha guardada não pode ser lida"),
        Causa.RECUSADO: _("quem nos atende recusou"),
    }[causa]
    return text + _(" (código {codigo})").format(codigo=codigo) if codigo else text


@router.callback_query(Tap(DoAgain, DoAllAgain))
async def do_again(event: CallbackQuery, talk: Talk, button: DoAgain | DoAllAgain) -> None:
    """As `balcao reprocessar` and the panel do."""
    if isinstance(button, DoAgain):
        done = await refazer_marcada(talk.tx, button.marca, talk.autor)
    else:
        done = await refazer(talk.tx, None, talk.autor)
    if done.feitas:
        said = _("Sendo refeito agora: {n}. O que falhar de novo eu aviso aqui.").format(n=len(done.feitas))
        more: list[Choice] = []
        if done.restam:
            said += " " + _("Ainda restam {n}.").format(n=done.restam)
            more.append((_("Tentar todas"), DoAllAgain()))
        await talk.say(said, *more)
    else:
        await talk.say(_("Não há mais o que refazer."))
