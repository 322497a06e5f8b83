"""POOL, LIBERAR, USUARIOS and TOKEN, for administrators."""

import secrets

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from core.auditoria.auditoria import registrar
from core.direitos.direitos import Direito, tem
from core.fala.espera import NADA, Entendido
from core.fala.intencoes import Intencao
from core.palavras import Palavra
from core.pessoa.convites import convidar, convite_link
from core.pessoa.nomes import is_called
from core.pessoa.procura import the_one_called
from core.pessoa.tokens import Tokens
from core.prazos import TOKEN
from core.telefones import masked
from core.venda import pool
from core.venda.emprestados import Emprestado, emprestados
from core.venda.venda import end_freed
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import WordButton, on_word
from dialogs.pessoa.buttons import FreeLoginOf, FreeLogins, InviteUsuario, ListUsuarios
from storage.auditoria.tipos import Ato
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import active_of_perfil, usuario_by_id
from storage.venda.status import StatusVenda

router = Router(name="administracao")

SHOWN = 10


class Administrator(Filter):
    """The person has this right of administrators, as the row says in this turn."""

    def __init__(self, direito: Direito = Direito.ADMINISTRAR) -> None:
        self.direito = direito

    async def __call__(self, event: Message | CallbackQuery, talk: Talk) -> bool:
        return talk.pessoa is not None and tem(talk.pessoa.perfil_usuario, self.direito)


router.message.filter(Administrator())
router.callback_query.filter(Administrator())


@on_word(router, Palavra.POOL)
async def show_pool(event: Message | CallbackQuery, talk: Talk) -> None:
    status = await pool.pool_status(talk.tx.connection, talk.tx.now)
    lines = [
        n_("{n} acesso livre", "{n} acessos livres", status.livres).format(n=status.livres),
        n_("{n} vendedor na fila", "{n} vendedores na fila", status.na_fila).format(n=status.na_fila),
    ]
    if status.afastados:
        text = n_(
            "{n} acesso afastado: o portal recusou a senha; importe a nova",
            "{n} acessos afastados: o portal recusou as senhas; importe as novas",
            status.afastados,
        )
        lines.append(text.format(n=status.afastados))
    em_uso = await emprestados(talk.tx.connection, talk.tx.now)
    lines += [_held(talk, one) for one in em_uso[:SHOWN]]
    if len(em_uso) > SHOWN:
        lines.append(_("… e mais {n}").format(n=len(em_uso) - SHOWN))
    choices = [(_("Liberar acessos"), WordButton(palavra=Palavra.LIBERAR))] if status.em_uso else []
    await talk.say("\n".join(lines), *choices)


def _held(talk: Talk, one: Emprestado) -> str:
    return _("em uso por {nome} ({telefone}) desde {desde}, até {ate}").format(
        nome=one.nome,
        telefone=masked(one.telefone),
        desde=talk.local_time(one.desde),
        ate=talk.local_time(one.expira_em),
    )


class OfSomebody(Filter):
    """ "Libera o login do João": a person is named, and only a tap frees."""

    async def __call__(self, event: Message, entendido: Entendido = NADA) -> bool:
        return entendido.intencao is Intencao.LIBERAR and entendido.pessoa is not None


@router.message(OfSomebody())
async def offer_login_of(event: Message, talk: Talk, entendido: Entendido) -> None:
    """Who is meant is looked for among those who hold one."""
    assert entendido.pessoa is not None
    await _offer_login_of(talk, entendido.pessoa)


async def _offer_login_of(talk: Talk, nome: str) -> None:
    in_use = await emprestados(talk.tx.connection, talk.tx.now)
    found = [one for one in in_use if is_called(one.nome, nome)]
    if not found:
        assert talk.pessoa is not None
        known = await the_one_called(talk.tx.connection, nome, tuple(Perfil), talk.pessoa.id)
        # As it is written of whoever is called so; what was said was read without capitals.
        named = known[1] if known is not None else nome.title()
        text = _("Nenhum acesso está em uso por {nome}.").format(nome=named)
        await talk.say(text, (_("Ver os acessos"), WordButton(palavra=Palavra.POOL)))
        return
    choices: list[Choice] = [
        (_("Liberar: {nome}").format(nome=one.nome), FreeLoginOf(vendedor_id=one.vendedor_id)) for one in found[:SHOWN]
    ]
    lines = [_held(talk, one) for one in found[:SHOWN]]
    head = _("A venda que usa o acesso é encerrada e o vendedor avisado.")
    await talk.say("\n".join([head, *lines]), *choices)


@router.callback_query(Tap(FreeLoginOf))
async def release_of(event: CallbackQuery, talk: Talk, button: FreeLoginOf) -> None:
    held = await emprestados(talk.tx.connection, talk.tx.now)
    telefone = next((one.telefone for one in held if one.vendedor_id == button.vendedor_id), None)
    freed = await pool.free_of_phone(talk.tx, telefone) if telefone is not None else []
    await end_freed(talk.tx, freed, StatusVenda.CANCELADO, talk.autor)
    registrar(talk.tx, Ato.LIBERAR, talk.autor, alvo=f"usuario:{button.vendedor_id}", liberados=len(freed))
    await _tell_freed(talk, len(freed))


async def _tell_freed(talk: Talk, count: int) -> None:
    if count:
        await talk.say(n_("{n} acesso liberado.", "{n} acessos liberados.", count).format(n=count))
    else:
        await talk.say(_("Não havia acesso para liberar: nada mudou."))


@on_word(router, Palavra.LIBERAR)
async def choose_release(event: Message | CallbackQuery, talk: Talk, argumento: str = "") -> None:
    """All of them, those past their end, or those of whoever is named behind the word."""
    if argumento:
        await _offer_login_of(talk, argumento)
        return
    await talk.say(
        _("Liberar quais acessos? As vendas que os usam são encerradas e os vendedores avisados."),
        (_("Só os expirados"), FreeLogins(quais="expirados")),
        (_("Todos"), FreeLogins(quais="todos")),
    )


@router.callback_query(Tap(FreeLogins))
async def release(event: CallbackQuery, talk: Talk, button: FreeLogins) -> None:
    everything = button.quais == "todos"
    free = pool.free_all if everything else pool.free_expired
    status = StatusVenda.CANCELADO if everything else StatusVenda.TIMEOUT
    freed = await free(talk.tx)
    await end_freed(talk.tx, freed, status, talk.autor)
    registrar(talk.tx, Ato.LIBERAR, talk.autor, quais=button.quais, liberados=len(freed))
    await _tell_freed(talk, len(freed))


@on_word(router, Palavra.USUARIOS)
async def list_people(event: Message | CallbackQuery, talk: Talk) -> None:
    """Sellers, each with a button that makes an invitation link for Telegram."""
    await _show_page(talk, 0)


@router.callback_query(Tap(ListUsuarios))
async def list_more_people(event: CallbackQuery, talk: Talk, button: ListUsuarios) -> None:
    await _show_page(talk, button.pagina)


async def _show_page(talk: Talk, page: int) -> None:
    """Ten choices are what a list of WhatsApp takes: the last one leads on while there are more."""
    people = await active_of_perfil(talk.tx.connection, Perfil.VENDEDOR, SHOWN + 1, skip=page * (SHOWN - 1))
    if not people and page == 0:
        await talk.say(_("Não há vendedores ativos. Importe um arquivo com: balcao importar usuarios ARQUIVO.csv"))
        return
    shown = people if len(people) <= SHOWN else people[: SHOWN - 1]
    choices: list[Choice] = [(person.nome_completo, InviteUsuario(usuario_id=person.id)) for person in shown]
    if len(people) > SHOWN:
        choices.append((_("Mais vendedores"), ListUsuarios(pagina=page + 1)))
    await talk.say(_("Toque em uma pessoa para gerar o convite dela no Telegram:"), *choices)


@router.callback_query(Tap(InviteUsuario))
async def invite(event: CallbackQuery, talk: Talk, button: InviteUsuario, telegram_username: str | None) -> None:
    """A link that ties whoever opens it first to this Usuario, within two days."""
    if telegram_username is None:
        await talk.say(_("O canal Telegram não está ligado nesta instalação."))
        return
    token = secrets.token_urlsafe(24)
    ate = await convidar(talk.tx, button.usuario_id, token, talk.autor)
    if ate is None:
        await talk.say(_("Esta pessoa não está mais ativa."))
        return
    usuario = await usuario_by_id(talk.tx.connection, button.usuario_id)
    nome = usuario.nome_completo if usuario is not None else "–"
    text = _("Convite de {nome}, de uso único, vale até {ate}. Encaminhe só a essa pessoa:\n{link}")
    link = convite_link(telegram_username, token)
    await talk.say_secret(text.format(nome=nome, ate=talk.local_time(ate), link=link))


@on_word(router, Palavra.TOKEN)
async def give_token(event: Message | CallbackQuery, talk: Talk, tokens: Tokens) -> None:
    assert talk.pessoa is not None
    token = tokens.issue(talk.pessoa.id, talk.tx.now, TOKEN)
    registrar(talk.tx, Ato.TOKEN, talk.autor, alvo=f"usuario:{talk.pessoa.id}")
    await talk.say_secret(_("Seu token da API, válido por 12 horas. Não o repasse:\n{token}").format(token=token))
