"""`/r nome` sends a prepared text to the customer; `/r` lists them; administrators change them here.

`/r nome = texto` makes or changes one, `/r apagar nome` removes it.
"""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from core.consultor.protocolos import numero_de
from core.conversa.conversa import Conteudo
from core.conversa.respostas_rapidas import (
    BLANKS,
    NAME_LIMIT,
    REMOVE,
    TEXT_LIMIT,
    RespostaInvalida,
    apagar,
    as_name,
    filled,
    guardar,
)
from core.conversa.respostas_rapidas import similar as similar_names
from core.direitos.direitos import Direito, tem
from core.palavras import Palavra, is_bare_command, trimmed
from dialogs.conversa.buttons import KeepResposta, RemoveResposta, SendResposta
from dialogs.conversa.comandos import SLASHES, Destino, Slash, customer_meant
from dialogs.conversa.consultor import customers_now, is_with, name_or_customer, on_screen
from dialogs.conversa.conversa import carry
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.talk import Choice, Talk
from dialogs.presenca.presenca import Attendant
from storage.atendimento.atendimentos import lock_atendimento
from storage.consultor.consultores import Consultor, consultor_of_usuario
from storage.contatos.contatos import glance
from storage.conversa.respostas_rapidas import names_of_respostas, resposta_rapida
from storage.conversa.tipos import TipoMensagem

router = Router(name="respostas_rapidas")
router.message.filter(Attendant())
router.callback_query.filter(Attendant())

# On WhatsApp more than ten become numbered text.
SHOWN = 40


@router.message(Slash("r"))
async def quick_answer(event: Message, talk: Talk, resto: str) -> None:
    name, equals, texto = resto.partition("=")
    first, _space, rest = resto.partition(" ")
    if not resto:
        await _show_all(talk)
    elif equals:
        await _save(talk, as_name(name), texto.strip())
    elif as_name(first) == REMOVE and rest:
        await _ask_to_remove(talk, as_name(rest))
    else:
        await _use(event, talk, as_name(resto))


class NamedByCommand(Filter):
    """`/nome` and nothing else, no word of ours: as other programs have it; the name is given as `resto`."""

    async def __call__(
        self,
        event: Message,
        talk: Talk,
        palavra: Palavra | None = None,
        alheia: Palavra | None = None,
        raw_state: str | None = None,
    ) -> bool | dict[str, str]:
        text = trimmed(event.text or "")
        if palavra is not None or raw_state is not None or not is_bare_command(text):
            return False
        nome = as_name(text.removeprefix("/").partition("@")[0])
        if nome in SLASHES:
            return False
        is_one = await resposta_rapida(talk.tx.connection, nome) is not None
        # A word of another perfil has an answer of its own.
        return {"resto": nome} if is_one or (alheia is None and await customers_now(talk)) else False


@router.message(NamedByCommand())
async def named(event: Message, talk: Talk, resto: str) -> None:
    """Sent where there is one; a command that is none is no message for a customer."""
    await _use(event, talk, resto)


@router.callback_query(Tap(SendResposta))
async def tapped(event: CallbackQuery, talk: Talk, button: SendResposta) -> None:
    await _use(event, talk, button.nome)


async def _show_all(talk: Talk) -> None:
    names = await names_of_respostas(talk.tx.connection)
    lines = [_("Respostas rápidas:") if names else _("Ainda não há respostas rápidas.")]
    if len(names) > SHOWN:
        lines.append(_("… e mais {n}").format(n=len(names) - SHOWN))
    if _may_change(talk):
        lines.append(_("Para criar ou mudar: /r nome = texto. Para apagar: /r apagar nome."))
        lines.append(_("No texto, {lacunas} são preenchidos no envio.").format(lacunas=_blanks()))
    await talk.say("\n".join(lines), *map(_choice, names[:SHOWN]))


def _choice(nome: str) -> Choice:
    # The label is what one may type: on WhatsApp a typed label works as the tap does, and a bare word could be
    # meant for the customer.
    return f"/r {nome}", SendResposta(nome=nome)


def _blanks() -> str:
    return ", ".join(f"{{{blank}}}" for blank in BLANKS)


async def _use(event: Message | CallbackQuery, talk: Talk, nome: str) -> None:
    """Send it to the customer; somebody who attends nobody at all reads what it says."""
    texto = await resposta_rapida(talk.tx.connection, nome)
    if texto is None:
        await _unknown(talk, nome)
        return
    assert talk.pessoa is not None
    consultor = await consultor_of_usuario(talk.tx.connection, talk.pessoa.id)
    if consultor is None:
        await talk.say(f"/r {nome}:\n{texto}")
        return
    destino = await _whom(event, talk, consultor)
    if destino is not None:
        await _send(talk, consultor, destino, texto)


async def _unknown(talk: Talk, nome: str) -> None:
    names = similar_names(nome, await names_of_respostas(talk.tx.connection))
    text = _("Não conheço /r {nome}. Nada foi enviado.").format(nome=nome)
    await talk.say(f"{text} {_('Quis dizer:')}" if names else text, *map(_choice, names))


async def _whom(event: Message | CallbackQuery, talk: Talk, consultor: Consultor) -> Destino | None:
    if isinstance(event, Message):
        return await customer_meant(event, talk, consultor)
    found = await on_screen(talk, consultor)
    locked = await lock_atendimento(talk.tx, found.id, shared=True) if found is not None else None
    if locked is None or not is_with(locked, consultor):
        await talk.say(_("Você não está atendendo ninguém agora."))
        return None
    return Destino(locked, None)


async def _send(talk: Talk, consultor: Consultor, destino: Destino, texto: str) -> None:
    known = await glance(talk.tx.connection, destino.atendimento.contato_id)
    nome = name_or_customer(known.nome if known is not None else None)
    values = {
        "nome": (nome.split() or [nome])[0],
        "protocolo": numero_de(destino.atendimento.protocolo_id),
        "consultor": consultor.nome,
    }
    sent = filled(texto, values)
    if await carry(talk, destino.atendimento, Conteudo(TipoMensagem.TEXTO, sent), destino.citada) is not None:
        await talk.say(_("➡️ {nome} recebe:\n{texto}").format(nome=nome, texto=sent))


async def _save(talk: Talk, nome: str, texto: str) -> None:
    if not await _allowed(talk):
        return
    assert talk.pessoa is not None
    try:
        new = await guardar(talk.tx, nome, texto, talk.autor)
    except RespostaInvalida as invalida:
        await talk.say(_why(invalida))
        return
    text = _("✅ /r {nome} criada:\n{texto}") if new else _("✅ /r {nome} mudou:\n{texto}")
    await talk.say(text.format(nome=nome, texto=texto))


def _why(invalida: RespostaInvalida) -> str:
    if invalida.motivo == "vazio":
        return _("Falta o texto: /r {nome} = texto").format(nome=invalida.o_que)
    if invalida.motivo == "texto":
        return _("O texto passa de {n} caracteres.").format(n=TEXT_LIMIT)
    if invalida.motivo == "lacuna":
        text = _("Não sei preencher {{{lacuna}}}. Posso preencher {lacunas}.")
        return text.format(lacuna=invalida.o_que, lacunas=_blanks())
    text = _("O nome tem até {n} letras, números, espaços ou traços, e não começa com “apagar”.")
    return text.format(n=NAME_LIMIT)


async def _ask_to_remove(talk: Talk, nome: str) -> None:
    if not await _allowed(talk):
        return
    texto = await resposta_rapida(talk.tx.connection, nome)
    if texto is None:
        await _unknown(talk, nome)
        return
    choices = [(_("Apagar"), RemoveResposta(nome=nome)), (_("Manter"), KeepResposta())]
    await talk.say(_("Apagar /r {nome}?\n{texto}").format(nome=nome, texto=texto), *choices)


@router.callback_query(Tap(RemoveResposta))
async def remove(event: CallbackQuery, talk: Talk, button: RemoveResposta) -> None:
    if not await _allowed(talk) or talk.pessoa is None:
        return
    await apagar(talk.tx, button.nome, talk.autor)
    await talk.say(_("/r {nome} não existe mais.").format(nome=button.nome))


@router.callback_query(Tap(KeepResposta))
async def keep(event: CallbackQuery, talk: Talk) -> None:
    await talk.say(_("Tudo bem, fica como está."))


async def _allowed(talk: Talk) -> bool:
    if _may_change(talk):
        return True
    await talk.say(_("Só administradores mudam as respostas rápidas. Nada foi enviado."))
    return False


def _may_change(talk: Talk) -> bool:
    return talk.pessoa is not None and tem(talk.pessoa.perfil_usuario, Direito.ADMINISTRAR)
