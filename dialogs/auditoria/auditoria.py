"""AUDITORIA: who did what, the newest first, for administrators."""

from uuid import UUID

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from core.auditoria.leitura import LinhaLida, acts, people, read_page
from core.direitos.direitos import Direito
from core.palavras import Palavra
from core.pessoa.nomes import told_apart
from core.pessoa.perguntas import DeQuem, asks_what_somebody_did
from core.pessoa.procura import the_one_called
from dialogs.auditoria import frases
from dialogs.auditoria.buttons import AuditoriaOfAto, AuditoriaOfPessoa, ChooseAto, ChoosePessoa, ShowAuditoria
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Free, on_word
from dialogs.pessoa.administracao import Administrator
from storage.auditoria.auditoria import Filtro
from storage.pessoa.perfil import Perfil

router = Router(name="auditoria")
# Asked before what such a sentence may have been taken for.
de_alguem = Router(name="auditoria_de_alguem")
de_alguem.message.filter(Administrator(Direito.AUDITAR))
router.message.filter(Administrator(Direito.AUDITAR))
router.callback_query.filter(Administrator(Direito.AUDITAR))

SHOWN = 10
# Of so many since a day.
SEARCHED = 200
# A list on WhatsApp holds ten.
CHOICES = 10

Page = ShowAuditoria | AuditoriaOfAto | AuditoriaOfPessoa


class AsksWhatSomebodyDid(Filter):
    """ "O Hugo mexeu em algo hoje?", where one person is called so; given as `de_quem` and `pessoa`."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, object]:
        found = asks_what_somebody_did(event.text or "", talk.today)
        assert talk.pessoa is not None
        pessoa = await the_one_called(talk.tx.connection, found.nome, tuple(Perfil), talk.pessoa.id) if found else None
        return False if pessoa is None else {"de_quem": found, "pessoa": pessoa}


@de_alguem.message(Free(any_word=True), AsksWhatSomebodyDid())
async def show_what_they_did(event: Message, talk: Talk, de_quem: DeQuem, pessoa: tuple[UUID, str]) -> None:
    """On the days that were named, or lately."""
    usuario_id, nome = pessoa
    if de_quem.dias is None:
        await _show(talk, AuditoriaOfPessoa(usuario_id=usuario_id))
        return
    since, until = talk.midnights(*de_quem.dias)
    found, _more = await read_page(talk.tx.connection, Filtro(usuario_id=usuario_id, desde=since), SEARCHED)
    lines = [_line(talk, one) for one in found if one.linha.quando < until][:SHOWN]
    more: Choice = (_("Tudo dessa pessoa"), AuditoriaOfPessoa(usuario_id=usuario_id))
    head = f"{nome} · {talk.days(*de_quem.dias)}"
    await talk.say("\n".join([head, *(lines or [_("Nada na auditoria.")])]), more)


@on_word(router, Palavra.AUDITORIA)
async def show_newest(event: Message | CallbackQuery, talk: Talk) -> None:
    await _show(talk, ShowAuditoria())


@router.callback_query(Tap(ShowAuditoria, AuditoriaOfAto, AuditoriaOfPessoa))
async def show_page(event: CallbackQuery, talk: Talk, button: Page) -> None:
    await _show(talk, button)


async def _show(talk: Talk, page: Page) -> None:
    filtro = Filtro(
        usuario_id=page.usuario_id if isinstance(page, AuditoriaOfPessoa) else None,
        acao=page.acao.value if isinstance(page, AuditoriaOfAto) else None,
        antes=page.antes or None,
    )
    found, more = await read_page(talk.tx.connection, filtro, SHOWN)
    if not found:
        await talk.say(_("Não há mais nada na auditoria.") if page.antes else _("Ainda não há nada na auditoria."))
        return
    choices: list[Choice] = []
    if more:
        older = page.model_copy(update={"antes": found[-1].linha.numero})
        choices.append((_("Mais antigas"), older))
    choices += [(_("Só uma pessoa"), ChoosePessoa()), (_("Só uma ação"), ChooseAto())]
    await talk.say("\n".join(_line(talk, one) for one in found), *choices)


def _line(talk: Talk, one: LinhaLida) -> str:
    return frases.line(one.linha, talk.local_time(one.linha.quando), one.alvo)


@router.callback_query(Tap(ChoosePessoa))
async def choose_person(event: CallbackQuery, talk: Talk) -> None:
    found = await people(talk.tx.connection, CHOICES)
    names = told_apart([(nome, telefone) for _id, nome, telefone in found])
    choices = [(name, AuditoriaOfPessoa(usuario_id=one[0])) for name, one in zip(names, found, strict=True)]
    await talk.say(_("De quem?"), *choices)


@router.callback_query(Tap(ChooseAto))
async def choose_act(event: CallbackQuery, talk: Talk) -> None:
    found = await acts(talk.tx.connection, CHOICES)
    await talk.say(_("Que ação?"), *((frases.name_of(acao), AuditoriaOfAto(acao=acao)) for acao in found))
