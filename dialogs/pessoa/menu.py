"""MENU, AJUDA and IDIOMA: what this person can ask for here, in their language."""

from aiogram import Router
from aiogram.types import BotCommand, BotCommandScopeChat, CallbackQuery, Message

from core.atendimento.atendimento import wait_in
from core.atendimento.distribuicao import AtendimentoLimits
from core.direitos.direitos import Direito, tem
from core.palavras import Palavra, words_for
from core.presenca.presenca import ATENDENTES
from core.textos import behind
from dialogs.customer.customer import tell_place, waits
from dialogs.customer.dito import greet
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import LANGUAGE_NAMES, LANGUAGES, SOURCE, _, in_language, use_language
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import WordButton, a_person, on_word
from dialogs.pessoa.buttons import SpeakIdioma
from storage.contatos.contatos import update_contato
from storage.pessoa.perfil import Perfil

router = Router(name="menu")

# A list on WhatsApp holds ten: administrators, who have every word, find these under PRESENCA, FILA and AJUDA.
_ELSEWHERE = (
    Palavra.ONLINE,
    Palavra.OCUPADO,
    Palavra.AUSENTE,
    Palavra.OFFLINE,
    Palavra.ENCERRAR,
    Palavra.TRANSFERIR,
    Palavra.DELEGAR,
    Palavra.EXECUCOES,
    Palavra.AGENDAMENTOS,
    Palavra.RELATORIO,
    Palavra.FECHAMENTO,
    Palavra.BACKUP,
    Palavra.TOKEN,
    # Under POOL.
    Palavra.LIBERAR,
    Palavra.AUDITORIA,
)


def descriptions() -> dict[Palavra, str]:
    """The words there is a dialog for, in menu order, and what each does."""
    return {
        Palavra.VENDER: _("Iniciar uma venda"),
        Palavra.STATUS: _("Ver como está a venda"),
        Palavra.VENDAS: _("Minhas últimas vendas"),
        Palavra.CANCELAR: _("Desistir do que está em andamento"),
        Palavra.ONLINE: _("Atender clientes"),
        Palavra.OCUPADO: _("Estou ocupado (pode dizer até quando)"),
        Palavra.AUSENTE: _("Vou me ausentar"),
        Palavra.OFFLINE: _("Encerrar o meu turno"),
        Palavra.PRESENCA: _("Quem da equipe está disponível"),
        Palavra.FILA: _("Quem espera e quem está com você"),
        Palavra.ENCERRAR: _("Encerrar o atendimento da tela"),
        Palavra.TRANSFERIR: _("Passar o cliente para outra pessoa"),
        Palavra.NOTA: _("Anotar o que o cliente não vê"),
        Palavra.PENDENTES: _("Faturas que esperam aprovação"),
        Palavra.DELEGAR: _("Quem aprova em meu nome"),
        Palavra.PROCESSOS: _("Como estão as faturas do mês"),
        Palavra.PROCESSO: _("Uma fatura, pelo cliente, conta ou ID"),
        Palavra.EXECUCOES: _("O que os robôs estão fazendo"),
        Palavra.POOL: _("Acessos BackOffice em uso"),
        Palavra.LIBERAR: _("Liberar acessos BackOffice"),
        Palavra.AGENDAMENTOS: _("O que roda sozinho, e quando"),
        Palavra.RELATORIO: _("Relatórios: o mês em imagem e planilha"),
        Palavra.FECHAMENTO: _("Quanto falta para fechar o mês"),
        Palavra.BACKUP: _("Fazer um backup agora"),
        Palavra.USUARIOS: _("Pessoas e convites"),
        Palavra.TOKEN: _("Meu token da API"),
        Palavra.PAINEL: _("Abrir o painel no navegador"),
        Palavra.AUDITORIA: _("Quem fez o quê"),
        Palavra.CONSULTOR: _("Falar com uma pessoa"),
        Palavra.IDIOMA: _("Mudar o idioma"),
        Palavra.AJUDA: _("O que posso pedir aqui"),
    }


def way_to(palavra: Palavra) -> Choice:
    """A chat word, a tap away, by what it does."""
    return descriptions().get(palavra, palavra.value.capitalize()), WordButton(palavra=palavra)


def words_of(talk: Talk) -> list[tuple[Palavra, str]]:
    """The words this person may use, with what each does."""
    return _described(Perfil(talk.pessoa.perfil_usuario) if talk.pessoa else None)


def commands_of_strangers() -> dict[str, list[BotCommand]]:
    """What Telegram shows to somebody we do not know yet, by the language of their app; `""`: any other one."""
    menus = {}
    for code, idioma in LANGUAGES.items():
        with in_language(idioma):
            menus["" if idioma == SOURCE else code] = _commands(_described(None))
    return menus


def _described(perfil: Perfil | None) -> list[tuple[Palavra, str]]:
    allowed = words_for(perfil)
    return [(palavra, text) for palavra, text in descriptions().items() if palavra in allowed]


async def set_commands(talk: Talk) -> None:
    """Telegram's own menu shows the words of this person's perfil, in their language."""
    if talk.contato.channel != "telegram":
        return
    await talk.bot.set_my_commands(_commands(words_of(talk)), scope=BotCommandScopeChat(chat_id=talk.contato.id))


def _commands(words: list[tuple[Palavra, str]]) -> list[BotCommand]:
    return [BotCommand(command=palavra.lower(), description=text) for palavra, text in words]


@on_word(router, Palavra.MENU)
async def menu(event: Message | CallbackQuery, talk: Talk, atendimento_limits: AtendimentoLimits) -> None:
    await show_beginning(talk, atendimento_limits)


async def show_beginning(talk: Talk, limits: AtendimentoLimits, before: str = "") -> None:
    """The menu; to a customer who waits already, their place: they need not ask for a consultor again."""
    atendimento = await waits(talk) if talk.pessoa is None else None
    if atendimento is not None:
        await tell_place(talk, atendimento, limits, before)
    else:
        await show_menu(talk, before)


async def show_menu(talk: Talk, before: str = "") -> None:
    """The choices this person has."""
    if talk.pessoa is None:
        await greet(talk, before)
        return
    text = _("O que você quer fazer, {nome}?").format(nome=talk.pessoa.nome_completo.split()[0])
    everything = tem(talk.pessoa.perfil_usuario, Direito.ADMINISTRAR)
    hidden = {Palavra.CANCELAR, Palavra.NOTA, Palavra.PROCESSO, *(_ELSEWHERE if everything else ())}
    shown = [(text, palavra) for palavra, text in words_of(talk) if palavra not in hidden]
    choices: list[Choice] = [(label, WordButton(palavra=palavra)) for label, palavra in shown]
    await talk.say(behind(before, text), *choices)


@on_word(router, Palavra.AJUDA)
async def help_(event: Message | CallbackQuery, talk: Talk) -> None:
    lines = [f"{palavra} – {text}" for palavra, text in words_of(talk)]
    if talk.pessoa is not None and talk.pessoa.perfil_usuario in ATENDENTES:
        lines += [f"{command} – {text}" for command, text in _commands_of_attendants()]
    if talk.pessoa is not None and tem(talk.pessoa.perfil_usuario, Direito.TER_ACESSO):
        lines.append(_("Pergunte também pelo seu acesso BackOffice: “meu acesso está em uso?”"))
    head = _("Digite uma destas palavras a qualquer momento:")
    await talk.say("\n".join([head, *lines]))


def _commands_of_attendants() -> list[tuple[str, str]]:
    """What is typed with a `/` only (dialogs/conversa/comandos.py): without it, it would be a text for the customer."""
    return [
        ("/r", _("Respostas rápidas para o cliente")),
        ("/protocolo 42", _("O que foi dito em um atendimento")),
        ("/historico", _("Atendimentos de um telefone")),
    ]


@on_word(router, Palavra.IDIOMA)
async def ask_language(event: Message | CallbackQuery, talk: Talk) -> None:
    choices = [(name, SpeakIdioma(idioma=code)) for code, name in LANGUAGE_NAMES.items()]
    await talk.say(_("Em que idioma prefere conversar?"), *choices)


@router.callback_query(Tap(SpeakIdioma))
async def language_chosen(event: CallbackQuery, talk: Talk, button: SpeakIdioma) -> None:
    await update_contato(talk.tx, talk.contato.id, idioma=button.idioma)
    await wait_in(talk.tx, talk.contato.id, button.idioma)
    use_language(button.idioma)
    await set_commands(talk)
    done = _("Pronto, vamos conversar em português.")
    if talk.pessoa is None and talk.contato.atendimento_id is None:
        await talk.say(done, a_person())
    else:
        await talk.say(done)
