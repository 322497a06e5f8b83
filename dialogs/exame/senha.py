"""A PDF with a password that none of the cliente's numbers opens: a person is asked; their answer is never repeated."""

from typing import Literal
from uuid import UUID

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from core.commands.base import write_command
from core.commands.processo import IdentifyFatura, OpenDocumento
from core.exame.senhas import guardar_digitada
from core.palavras import Palavra
from core.processo.resultado import Resultado, Saida
from core.robo.trancadas import espera_senha
from core.venda.venda import record_forged
from dialogs.arquivos import FILES, received
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.prazos import Lapsed
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Carries, Unworded, WordButton, on_word
from dialogs.processo.avisos import name_of
from dialogs.processo.buttons import TypeSenha
from dialogs.processo.trazida import is_decided, may_bring
from storage.conversa.arquivos import arquivo_by_id

router = Router(name="senha_de_pdf")

# No PDF takes more (ISO 32000-2, 7.6.4.3: 127 bytes of UTF-8).
LONGEST = 127


class Senha(StatesGroup):
    """What we wait for."""

    fatura = State()


async def ask(
    talk: Talk, *, de: Literal["arq", "doc"], which: UUID, nome: str | None, again: bool, about: UUID | None = None
) -> None:
    """Ask for it: what they type next is tried, if nothing else is waited for; else after a tap.

    `about`: the processo that was named or on their screen when the file came.
    """
    talk.speak()
    nome = nome or _("sem nome")
    if again:
        text = _("🔒 Essa senha não abre {nome}. Qual é a senha? CANCELAR desiste.").format(nome=nome)
    else:
        text = _(
            "🔒 {nome} tem senha, e não consegui abrir. Qual é a senha? Costuma ser o começo do CNPJ ou do CPF de quem"
            " assinou. Espero 10 minutos; CANCELAR desiste."
        ).format(nome=nome)
    if talk.contato.atendimento_id is None and await talk.state.get_state() is None:
        await _wait(talk, de, which, about)
        await talk.say(text, _unknown())
    else:
        await talk.say(text, (_("Digitar a senha"), TypeSenha(de=de, which=which)))


async def not_needed(talk: Talk) -> None:
    """The processo has got its file, or is not there any more."""
    talk.speak()
    await talk.say(_("Essa senha não é mais necessária: o processo já tem fatura ou não existe mais."))


async def opened(talk: Talk, resultado: Resultado) -> None:
    """What became of a robot's file that this person's password has opened."""
    talk.speak()
    if resultado.saida is Saida.FEITO and resultado.processo is not None:
        text = _("🔓 Abriu: a fatura de {processo} está com os aprovadores. Guardei a senha para as próximas.")
        await talk.say(text.format(processo=name_of(resultado.processo)))
    elif resultado.saida is Saida.SEM_DIREITO:
        await talk.say(_("Você não pode enviar faturas."))
    else:
        await not_needed(talk)


@router.callback_query(Tap(TypeSenha))
async def will_type(event: CallbackQuery, talk: Talk, button: TypeSenha) -> None:
    if not await _is_theirs(talk, button.de, button.which):
        if not may_bring(talk):
            await record_forged(talk.tx, talk.contato.id, event.data or "")
        await not_needed(talk)
        return
    await _wait(talk, button.de, button.which, None)
    await talk.say(_("🔒 Escreva a senha do PDF. Espero 10 minutos; CANCELAR desiste."), _unknown())


@on_word(router, Palavra.CANCELAR, Senha.fatura)
@on_word(router, Palavra.NAO, Senha.fatura)
async def gives_up(event: Message | CallbackQuery, talk: Talk) -> None:
    await talk.state.clear()
    await talk.say(_("Tudo bem. Quando souber a senha, mande o PDF de novo, ou uma cópia sem senha."))


@router.message(StateFilter(Senha.fatura), Carries(*FILES))
async def another(event: Message, talk: Talk) -> None:
    """The next of several that were sent: taken as any file is, and the password is still waited for."""
    await received(event, talk)


@router.message(Lapsed(Senha.fatura), Unworded())
async def lapsed(event: Message, talk: Talk) -> None:
    await talk.say(_("Já não espero a senha: passou muito tempo. Mande o PDF de novo para tentar outra vez."))


@router.message(StateFilter(Senha.fatura), Unworded())
async def typed(event: Message, talk: Talk) -> None:
    """It is tried after the turn."""
    senha = (event.text or "").strip()
    if not senha or len(senha.encode()) > LONGEST:
        await talk.say(_("Preciso da senha em texto. CANCELAR desiste."))
        return
    data = await talk.state.get_data()
    await talk.state.clear()
    de, which = str(data.get("de")), UUID(str(data.get("which")))
    if not await _is_theirs(talk, de, which):
        await not_needed(talk)
    elif de == "doc":
        await write_command(talk.tx, OpenDocumento(which, talk.contato.id, senha), secret=True)
    else:
        await guardar_digitada(talk.tx, which, senha)
        about = data.get("about")
        command = IdentifyFatura(which, UUID(str(about)) if about else None)
        await write_command(talk.tx, command, contato_id=talk.contato.id)


def _unknown() -> Choice:
    return _("Não sei a senha"), WordButton(palavra=Palavra.CANCELAR)


async def _wait(talk: Talk, de: str, which: UUID, about: UUID | None) -> None:
    await talk.state.set_state(Senha.fatura)
    await talk.state.set_data({"de": de, "which": str(which), "about": str(about) if about else None})


async def _is_theirs(talk: Talk, de: str, which: UUID) -> bool:
    """Whether this person may open that file, and it still waits for its password."""
    if not may_bring(talk):
        return False
    if de == "doc":
        return await espera_senha(talk.tx, which) is not None
    arquivo = await arquivo_by_id(talk.tx, which)
    return arquivo is not None and arquivo.contato_id == talk.contato.id and not is_decided(talk, arquivo)
