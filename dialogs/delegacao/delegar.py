"""DELEGAR: to whom, from when, until when; read back before it counts. Those that run are ended with a tap."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from core.delegacao.delegacoes import LONGEST, Recusada, delegar, encerrar
from core.delegacao.dias import read_day, read_days, read_last_day
from core.delegacao.perguntas import asks_who_covers
from core.direitos.direitos import Direito, tem
from core.fala.espera import NADA, Entendido
from core.fala.recuos import Recuo, retreat_of
from core.fala.respostas.emendas import said_instead
from core.palavras import Palavra, folded
from core.pessoa.nomes import is_called, told_apart
from core.pessoa.procura import the_one_called
from core.processo.maquina import VIEWERS
from core.textos import behind
from dialogs.delegacao.buttons import (
    ChooseDelegado,
    ChooseDia,
    ChooseUltimoDia,
    ConfirmDelegacao,
    EndDelegacao,
    MorePeople,
    NewDelegacao,
)
from dialogs.delegacao.frases import last_moment, refusals, told
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.prazos import Offered, offered_last
from dialogs.frame.provided import Aside
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Free, Unworded, Word, WordButton, on_word
from dialogs.processo.aprovacao import who
from dialogs.processo.frases import LABEL
from storage.delegacao.delegacoes import delegacoes_of
from storage.pessoa.usuarios import active_of_perfis, usuario_by_id

router = Router(name="delegar")

# A list on WhatsApp holds ten; the last one leads on.
SHOWN = 9
_DATA = "delegar"


_LEADS_TO_IT = re.compile(r"^(?:(?:nao|n|opa|ops|alias|melhor|na verdade|entao|so|ate|o|a|na|no|pra|para)\b[ ,.]*)+")
_TO = re.compile(r"(?:(?:pra|pro|para|ao|com|o|a) ){1,3}")
_ONLY = re.compile(r"\b(?:so|somente|apenas)\b(?! ate)")
_GIVEN_UP = frozenset({Recuo.NAO, Recuo.DEPOIS, Recuo.DESISTE})
_BACK = re.compile(r"(?:quero |pode )?(?:volt(?:a|ar)|sair|sai)(?: (?:ai|tudo|daqui|pro menu))?\W*")


class Delegar(StatesGroup):
    """A delegation being made."""

    inicio = State()
    fim = State()
    confirmacao = State()


class Approver(Filter):
    """The person has the right to approve, as their row says in this turn."""

    direito = Direito.DECIDIR

    async def __call__(self, event: Message | CallbackQuery, talk: Talk) -> bool:
        return talk.pessoa is not None and tem(talk.pessoa.perfil_usuario, self.direito)


router.message.filter(Approver())
router.callback_query.filter(Approver())


class AnotherDay(Filter):
    """ "Não, quinta", where what was read back is to be confirmed."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        return _other_day(event.text or "", talk.today) is not None


@router.message(StateFilter(Delegar.confirmacao), AnotherDay())
async def other_last_day(event: Message, talk: Talk) -> None:
    """It ends on another day, and is read back again."""
    if (data := await _so_far(talk)) is not None:
        day = _other_day(event.text or "", date.fromisoformat(data["inicio"]))
        if day is not None and _ONLY.search(folded(event.text or "")):
            # "Não, só quinta": that day, and no other.
            data = data | {"inicio": max(day, talk.today).isoformat()}
        await _until_said(event, talk, data, day)


@router.message(Word(Palavra.CANCELAR, Palavra.NAO), Offered(ChooseDelegado))
@on_word(router, Palavra.CANCELAR, Delegar.inicio, Delegar.fim, Delegar.confirmacao)
@on_word(router, Palavra.NAO, Delegar.inicio, Delegar.fim, Delegar.confirmacao)
async def give_up(event: Message | CallbackQuery, talk: Talk) -> None:
    await talk.state.clear()
    await talk.say(_("Tudo bem, nada foi delegado."))


@on_word(router, Palavra.DELEGAR)
async def show_or_begin(event: Message | CallbackQuery, talk: Talk, entendido: Entendido = NADA) -> None:
    """What runs already, each with its end; else at once to whom, or from when where the sentence names somebody."""
    assert talk.pessoa is not None
    connection, me = talk.tx.connection, talk.pessoa.id
    if entendido.pessoa and (named := await the_one_called(connection, entendido.pessoa, VIEWERS, me)) is not None:
        days = read_days(event.text or "", talk.today) if isinstance(event, Message) else None
        if days is None:
            await _ask_from_when(talk, *named)
        else:
            await _all_said(event, talk, named, *days)
        return
    found = await delegacoes_of(talk.tx.connection, talk.pessoa.id, talk.tx.now)
    if not found:
        await _ask_whom(talk, 0)
        return
    lines = [_("Delegações que valem ou vão valer:"), *(told(talk, one) for one in found[:SHOWN])]
    own = [one for one in found if one.de_usuario_id == talk.pessoa.id][: SHOWN - 1]
    text = _("Encerrar {quem}")
    choices: list[Choice] = [(text.format(quem=one.para)[:LABEL], EndDelegacao(delegacao_id=one.id)) for one in own]
    await talk.say("\n".join(lines), *choices, (_("Nova delegação"), NewDelegacao()))


class AsksWhoCovers(Filter):
    """ "Quem cobre o Gil?", where one is called so; given as `coberto`, None for whoever asks."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, tuple[UUID, str] | None]:
        found = asks_who_covers(event.text or "")
        if found is None or talk.pessoa is None:
            return False
        if not found or is_called(talk.pessoa.nome_completo, found):
            return {"coberto": None}
        person = await the_one_called(talk.tx.connection, found, VIEWERS, talk.pessoa.id)
        return False if person is None else {"coberto": person}


@router.message(Free(any_word=True), AsksWhoCovers())
async def tell_who_covers(event: Message, talk: Talk, coberto: tuple[UUID, str] | None) -> None:
    """Of somebody else only what they gave away; one's own are those that can be ended, or begun."""
    if coberto is None:
        await show_or_begin(event, talk)
        return
    found = await delegacoes_of(talk.tx.connection, coberto[0], talk.tx.now)
    given = [told(talk, one) for one in found if one.de_usuario_id == coberto[0]]
    none = _("Ninguém decide em nome de {nome} agora. Delegar, só a própria pessoa, com DELEGAR.")
    await talk.say("\n".join(given) or none.format(nome=coberto[1]))


class NamesWhom(Filter):
    """Nothing but a name, where delegating was just offered; given as `pessoa`."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, tuple[UUID, str]]:
        delegates = WordButton(palavra=Palavra.DELEGAR).pack()
        if talk.pessoa is None or all(data != delegates for _label, data in offered_last(talk)):
            return False
        said = folded(event.text or "").strip(" .!?")
        said = said[to.end() :] if (to := _TO.match(said)) is not None else said
        found = await the_one_called(talk.tx.connection, said, VIEWERS, talk.pessoa.id) if said else None
        return False if found is None else {"pessoa": found}


@router.message(Free(any_word=True), NamesWhom())
async def named_at_once(event: Message, talk: Talk, pessoa: tuple[UUID, str]) -> None:
    """Read back before it counts, as any other."""
    await _ask_from_when(talk, *pessoa)


@router.callback_query(Tap(NewDelegacao))
async def new_one(event: CallbackQuery, talk: Talk) -> None:
    await _ask_whom(talk, 0)


@router.callback_query(Tap(MorePeople))
async def more_people(event: CallbackQuery, talk: Talk, button: MorePeople) -> None:
    await _ask_whom(talk, button.pagina)


@router.callback_query(Tap(ChooseDelegado))
async def chosen(event: CallbackQuery, talk: Talk, button: ChooseDelegado) -> None:
    row = await usuario_by_id(talk.tx.connection, button.usuario_id)
    if row is None or not row.status_ativo or row.perfil_usuario not in VIEWERS:
        await talk.say(refusals()[Recusada.A_QUEM])
        return
    await _ask_from_when(talk, row.id, row.nome_completo)


async def _all_said(
    event: Message | CallbackQuery, talk: Talk, para: tuple[UUID, str], first: date, last: date
) -> None:
    """To whom and from when until when stood in one sentence; it is read back all the same."""
    data = {"para": str(para[0]), "nome": para[1], "inicio": first.isoformat()}
    await talk.state.set_state(Delegar.fim)
    await talk.state.update_data({_DATA: data})
    await _until_said(event, talk, data, last)


async def _ask_from_when(talk: Talk, usuario_id: UUID, nome: str) -> None:
    await talk.state.set_state(Delegar.inicio)
    await talk.state.update_data({_DATA: {"para": str(usuario_id), "nome": nome}})
    await _from_when(talk, nome)


async def _from_when(talk: Talk, nome: str, before: str = "") -> None:
    text = _("Delegar a {nome}. A partir de quando? Toque, ou escreva um dia, como 15/12.").format(nome=nome)
    await talk.say(
        behind(before, text),
        (_("Agora"), ChooseDia(dias=0)),
        (_("Amanhã"), ChooseDia(dias=1)),
    )


@router.callback_query(Tap(ChooseDia), StateFilter(Delegar.inicio))
async def first_day_tapped(event: CallbackQuery, talk: Talk, button: ChooseDia) -> None:
    await _from(talk, talk.today + timedelta(days=button.dias))


@router.message(StateFilter(Delegar.inicio), Unworded())
async def first_day_typed(event: Message, talk: Talk, aside: Aside) -> None:
    data, days = await _so_far(talk), read_days(event.text or "", talk.today)
    if data is not None and days is not None:
        await _all_said(event, talk, (UUID(data["para"]), data["nome"]), *days)
        return
    day = _day_said(event.text or "", talk.today)
    again = partial(_from_when, talk, data["nome"]) if data is not None and day is None else None
    if again is not None and not _gives_up(event) and await aside(again):
        return
    if day is None or day < talk.today:
        await _which_day(event, talk, day)
        return
    await _from(talk, day)


@router.callback_query(Tap(ChooseUltimoDia), StateFilter(Delegar.fim))
async def last_day_tapped(event: CallbackQuery, talk: Talk, button: ChooseUltimoDia) -> None:
    data = await _so_far(talk)
    if data is not None:
        await _until(talk, data, date.fromisoformat(data["inicio"]) + timedelta(days=button.dias))


@router.message(StateFilter(Delegar.fim), Unworded())
async def last_day_typed(event: Message, talk: Talk, aside: Aside) -> None:
    if (data := await _so_far(talk)) is None:
        return
    day = _last_day_said(event.text or "", date.fromisoformat(data["inicio"]))
    if day is None and not _gives_up(event) and await aside(partial(_ask_until_when, talk)):
        return
    await _until_said(event, talk, data, day)


async def _until_said(event: Message | CallbackQuery, talk: Talk, data: dict[str, Any], day: date | None) -> None:
    inicio = date.fromisoformat(data["inicio"])
    if day is None or day < inicio:
        await _which_day(event, talk, day)
        return
    if day - inicio >= LONGEST:
        await talk.say(_("Uma delegação vale no máximo 90 dias. Escreva outro dia, ou CANCELAR."))
        return
    await _until(talk, data, day)


@on_word(router, Palavra.SIM, Delegar.confirmacao)
@router.callback_query(Tap(ConfirmDelegacao), StateFilter(Delegar.confirmacao))
async def confirmed(event: Message | CallbackQuery, talk: Talk) -> None:
    data = await _so_far(talk)
    if data is None:
        return
    await talk.state.clear()
    inicio, fim = _moments(talk, data)
    made = await delegar(talk.tx, who(talk), UUID(data["para"]), inicio, fim)
    if made.delegacao is None or made.recusada is not None:
        await talk.say(refusals()[made.recusada or Recusada.A_QUEM])
        return
    text = _("✅ {delegacao}. Encerre quando quiser com DELEGAR.")
    await talk.say(text.format(delegacao=told(talk, made.delegacao)))


@router.callback_query(Tap(ChooseDia), StateFilter(Delegar.fim))
async def first_day_again(event: CallbackQuery, talk: Talk) -> None:
    """The same tap twice: the last day is still to be said."""
    await _ask_until_when(talk)


@router.callback_query(Tap(ChooseDia, ChooseUltimoDia, ConfirmDelegacao))
async def too_late(event: CallbackQuery, talk: Talk) -> None:
    await _no_longer(talk)


@router.callback_query(Tap(EndDelegacao))
async def end(event: CallbackQuery, talk: Talk, button: EndDelegacao) -> None:
    ended = await encerrar(talk.tx, who(talk), button.delegacao_id)
    if ended is None:
        await talk.say(_("Essa delegação já acabou."))
        return
    await talk.say(_("Delegação a {nome} encerrada.").format(nome=ended.para))


async def _ask_whom(talk: Talk, page: int) -> None:
    assert talk.pessoa is not None
    skip = page * (SHOWN - 1)
    found = await active_of_perfis(talk.tx.connection, sorted(VIEWERS), talk.pessoa.id, SHOWN + 1, skip=skip)
    if not found:
        await talk.say(_("Não há a quem delegar: ninguém mais da equipe de faturas está ativo."))
        return
    shown = found if len(found) <= SHOWN else found[: SHOWN - 1]
    names = told_apart([(one.nome_completo, one.telefone) for one in shown])
    choices: list[Choice] = [
        (nome[:LABEL], ChooseDelegado(usuario_id=one.id)) for one, nome in zip(shown, names, strict=True)
    ]
    if len(found) > SHOWN:
        choices.append((_("Mais pessoas"), MorePeople(pagina=page + 1)))
    await talk.say(_("Quem decide sobre faturas em seu nome?"), *choices)


async def _from(talk: Talk, day: date) -> None:
    data = await _so_far(talk)
    if data is None:
        return
    await talk.state.set_state(Delegar.fim)
    await talk.state.update_data({_DATA: data | {"inicio": day.isoformat()}})
    await _ask_until_when(talk)


async def _ask_until_when(talk: Talk, before: str = "") -> None:
    text = _("Até quando, esse dia incluído? Toque, ou escreva um dia.")
    await talk.say(
        behind(before, text),
        (_("Só esse dia"), ChooseUltimoDia(dias=0)),
        (_("7 dias"), ChooseUltimoDia(dias=6)),
        (_("15 dias"), ChooseUltimoDia(dias=14)),
        (_("30 dias"), ChooseUltimoDia(dias=29)),
    )


def _day_said(text: str, today: date, read: Callable[[str, date], date | None] = read_day) -> date | None:
    """ "Sexta", "não, até sexta": the day, whatever leads to it."""
    day = read(text, today)
    return day if day is not None else read(_LEADS_TO_IT.sub("", folded(text)), today)


def _last_day_said(text: str, first: date) -> date | None:
    return _day_said(text, first, read_last_day)


def _other_day(text: str, today: date) -> date | None:
    """As `_day_said`, or what is said in place of what was read back."""
    return _last_day_said(text, today) or _last_day_said(said_instead(text) or "", today)


def _gives_up(event: Message | CallbackQuery) -> bool:
    said = (event.text or "") if isinstance(event, Message) else ""
    return retreat_of(said) in _GIVEN_UP or _BACK.fullmatch(folded(said)) is not None


async def _which_day(event: Message | CallbackQuery, talk: Talk, day: date | None) -> None:
    """It is asked again, but of whoever gives it up; what was read as a day that does not serve is named."""
    if day is None and _gives_up(event):
        await give_up(event, talk)
        return
    if day is None:
        await talk.say(_("Não entendi o dia. Escreva como 15/12, ou CANCELAR."))
        return
    text = _("{dia} é cedo demais. Escreva outro dia, como 15/12, ou CANCELAR.")
    await talk.say(text.format(dia=f"{day:%d/%m/%Y}"))


async def _until(talk: Talk, data: dict[str, Any], day: date) -> None:
    """Read back; nothing counts before it is confirmed."""
    data = data | {"fim": day.isoformat()}
    await talk.state.set_state(Delegar.confirmacao)
    await talk.state.update_data({_DATA: data})
    inicio, fim = _moments(talk, data)
    text = _("{nome} decide em seu nome de {inicio} até {fim}. Você continua podendo decidir também. Confirma?")
    said = text.format(nome=data["nome"], inicio=talk.local_time(inicio), fim=last_moment(talk, fim))
    await talk.say(said, (_("Sim, delegar"), ConfirmDelegacao()), (_("Não"), WordButton(palavra=Palavra.NAO)))


def _moments(talk: Talk, data: dict[str, Any]) -> tuple[datetime, datetime]:
    """From the first moment of the first day, or now, to the end of the last one, in the business time zone."""
    first, last = date.fromisoformat(data["inicio"]), date.fromisoformat(data["fim"])
    begins = datetime.combine(first, time.min, talk.zone)
    return max(begins, talk.tx.now), datetime.combine(last + timedelta(days=1), time.min, talk.zone)


async def _so_far(talk: Talk) -> dict[str, Any] | None:
    found: dict[str, Any] | None = (await talk.state.get_data()).get(_DATA)
    if found is None:
        await _no_longer(talk)
    return found


async def _no_longer(talk: Talk) -> None:
    await talk.say(_("Essa delegação já passou. Comece de novo com DELEGAR."))
