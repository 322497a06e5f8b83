"""Invoices decided in a sentence: what it names is shown, and a rejection's reason is carried to its confirmation."""

from uuid import UUID

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from core.direitos.direitos import Direito, tem
from core.fala.decisoes import (
    Decisao,
    because,
    decisions_of,
    named_each,
    names_another,
    refrains,
    whose_history,
)
from core.fala.entende import understand
from core.fala.espera import Aguarda, Espera
from core.fala.intencoes import Intencao
from core.fala.lexico.texto import cleaned, plain
from core.fala.respostas.faixas import faixa_in
from core.fala.vencendo import asks_due_first, due_days
from core.palavras import Palavra
from core.processo.consulta.pedido import read_pedido
from core.processo.limites import ProcessoLimits
from dialogs.fala.filtros import Said
from dialogs.frame.i18n import _
from dialogs.frame.prazos import buttons_shown
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Free, WordButton, on_word
from dialogs.pessoa.menu import way_to
from dialogs.processo.aprovacao import BackOffice, Rejeitar, reject_for
from dialogs.processo.avisos import name_of
from dialogs.processo.buttons import ApproveProcesso, SeeFatura, SeeProcesso, WhyProcesso
from dialogs.processo.cartao import listed_on_screen, looked_at
from dialogs.processo.ficha import show_ficha
from dialogs.processo.formas import due_text
from dialogs.processo.frases import taps
from dialogs.processo.pendentes import ask_about_all
from dialogs.processo.processos import answer
from storage.processo.pendentes import pendentes
from storage.processo.processos import Processo, processo_by_id, processos_by_ids

router = Router(name="decisoes")
router.message.filter(BackOffice())
router.callback_query.filter(BackOffice())

# Looked through for a name; shown at once.
LOOKED_AT, SHOWN = 200, 9
# What such a sentence may have been taken for: it names an invoice.
_FREE = Free(Palavra.PROCESSO, Palavra.PROCESSOS, Palavra.PENDENTES, Palavra.AUDITORIA)


class Decides(Filter):
    """A decision that names invoices; given as `decisoes`."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, list[Decisao]]:
        if talk.pessoa is None:
            return False
        found = decisions_of(event.text or "") if tem(talk.pessoa.perfil_usuario, Direito.DECIDIR) else []
        return {"decisoes": found} if found else False


class Refrains(Filter):
    """ "Não aprova nada ainda": whoever may decide says that nothing is to be decided."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        may = talk.pessoa is not None and tem(talk.pessoa.perfil_usuario, Direito.DECIDIR)
        return may and refrains(event.text or "")


class AsksWhoDecided(Filter):
    """ "Quem aprovou a da oficina?" """

    async def __call__(self, event: Message) -> bool:
        return whose_history(event.text or "") is not None


class AsksWhatIsDue(Filter):
    """ "Faturas que vencem essa semana"."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        return due_days(event.text or "", talk.today) is not None


class AsksDueFirst(Filter):
    """ "Qual vence primeiro?" """

    async def __call__(self, event: Message) -> bool:
        return asks_due_first(event.text or "")


@router.message(_FREE, AsksDueFirst())
async def show_due_first(event: Message, talk: Talk) -> None:
    """Of the list on the screen its card; with none, those that wait, by their due date."""
    listed = listed_on_screen(talk)
    known = await processos_by_ids(talk.tx.connection, listed) if len(listed) > 1 else {}
    dated = _by_due_date(list(known.values()))
    if dated:
        await show_ficha(talk, dated[0])
        return
    waiting, _total = await pendentes(talk.tx.connection, talk.today, LOOKED_AT)
    dated = _by_due_date([one.processo for one in waiting])
    if not dated:
        await talk.say(_("Nenhuma das que esperam aprovação tem vencimento."))
        return
    await _list(talk, _("Esperam aprovação, a que vence primeiro em cima:"), dated, day=True)


def _by_due_date(several: list[Processo]) -> list[Processo]:
    """Those that have one."""
    return sorted((one for one in several if one.data_vencimento), key=lambda one: (one.data_vencimento, str(one.id)))


@router.message(_FREE, AsksWhatIsDue())
async def show_due(event: Message, talk: Talk) -> None:
    """Those that wait for approval and fall due on these days."""
    days = due_days(event.text or "", talk.today)
    assert days is not None
    waiting, _total = await pendentes(talk.tx.connection, talk.today, LOOKED_AT)
    several = [one.processo for one in waiting]
    found = [one for one in several if one.data_vencimento is not None and days[0] <= one.data_vencimento <= days[1]]
    between = {"de": f"{days[0]:%d/%m}", "ate": f"{days[1]:%d/%m}"}
    if not found:
        none = _("Nenhuma das que esperam aprovação vence de {de} a {ate}.").format(**between)
        await talk.say(none, way_to(Palavra.PENDENTES))
        return
    head = _("Esperam aprovação e vencem de {de} a {ate}:").format(**between)
    await _list(talk, head, found)


async def _list(talk: Talk, head: str, found: list[Processo], *, day: bool = False) -> None:
    lines = [head]
    for place, one in enumerate(found[:SHOWN], 1):
        due = f" · {due_text(one.data_vencimento, talk.today)}" if day else ""
        lines.append(f"{place}. {name_of(one)}{due}")
    await talk.say("\n".join(lines), *taps(found[:SHOWN]))


@router.message(_FREE, Refrains())
async def left_alone(event: Message, talk: Talk) -> None:
    await talk.say(_("Tudo bem, nada foi decidido: elas continuam esperando em PENDENTES."))


@router.message(_FREE, AsksWhoDecided())
async def show_who(event: Message, talk: Talk) -> None:
    """Its card, with the history a tap away."""
    await answer(talk, read_pedido(whose_history(event.text or "") or "", talk.today))


@router.message(_FREE, Decides())
async def named(event: Message, talk: Talk, decisoes: list[Decisao], processo_limits: ProcessoLimits) -> None:
    """One with a reason is asked about, with the reason; whatever else is decided on the cards."""
    if any(one.todas and not one.resto for one in decisoes):
        await ask_about_all(talk, processo_limits)
        return
    waiting, _total = await pendentes(talk.tx.connection, talk.today, LOOKED_AT)
    several = [one.processo for one in waiting]
    meant = [await _meant(talk, one, several) for one in decisoes]
    found = [one for each, _reason in meant for one in each]
    of_screen = len(decisoes) == 1 and not decisoes[0].numeros and not names_another(decisoes[0].resto)
    if not found and of_screen and (on_screen := _on_screen(talk, several)) is not None:
        # "Rejeita, o valor está errado": of the card they look at.
        found, meant = [on_screen], [([on_screen], because(decisoes[0].resto))]
    by_tap = _("Aprovar e rejeitar é com um toque no cartão da fatura: por escrito nada é decidido.")
    if not found:
        none = _("Não achei essa entre as que esperam aprovação.")
        await talk.say(f"{none}\n{by_tap}", *_looked_at_or_waiting(talk))
    elif len(found) > 1:
        await _list(talk, by_tap, found)
    elif decisoes[0].rejeita and _is_reason(talk, meant[0][1]):
        await _ask_with_reason(talk, found[0], meant[0][1])
    else:
        await talk.say(by_tap)
        await show_ficha(talk, found[0])


def _on_screen(talk: Talk, waiting: list[Processo]) -> Processo | None:
    """The one whose card was shown last, or leads back to it, if it waits for approval."""
    buttons = buttons_shown(talk)
    shown = {one.processo_id for one in buttons if isinstance(one, ApproveProcesso)}
    shown = shown or {one.processo_id for one in buttons if isinstance(one, (SeeFatura, SeeProcesso, WhyProcesso))}
    return next((one for one in waiting if shown == {one.id}), None)


@router.message(Said(Intencao.APROVAR, Intencao.REJEITAR))
async def decided_in_words(event: Message, talk: Talk) -> None:
    """No invoice is decided by a sentence: the card they look at comes again, or what waits is a tap away."""
    by_tap = _("Aprovar e rejeitar é com um toque no cartão da fatura: por escrito nada é decidido.")
    waiting, _total = await pendentes(talk.tx.connection, talk.today, LOOKED_AT)
    if (on_screen := _on_screen(talk, [one.processo for one in waiting])) is not None:
        await talk.say(by_tap)
        await show_ficha(talk, on_screen)
        return
    await talk.say(by_tap, *_looked_at_or_waiting(talk))


def _looked_at_or_waiting(talk: Talk) -> list[Choice]:
    """What is on the screen stays; else the way to what waits."""
    return looked_at(talk) or [way_to(Palavra.PENDENTES)]


async def _meant(talk: Talk, decisao: Decisao, waiting: list[Processo]) -> tuple[list[Processo], str]:
    """Those that the sentence names among those that wait, and what it says behind the name."""
    if not decisao.numeros and (faixa := faixa_in(plain(cleaned(decisao.resto)))) is not None:
        # "Aprova tudo abaixo de 200".
        low, high, _rest = faixa
        priced = [one for one in waiting if one.valor_centavos is not None]
        return [
            one for one in priced if (low or 0) <= (one.valor_centavos or 0) <= (high or one.valor_centavos or 0)
        ], ""
    if decisao.numeros:
        ids = listed_on_screen(talk) or [one.id for one in waiting]
        wanted = [ids[place - 1] for place in decisao.numeros if 0 < place <= len(ids)]
        return [one for one in waiting if one.id in wanted], decisao.motivo
    places, reason = named_each(decisao.resto, [f"{one.razao_social} {one.operadora}" for one in waiting])
    if decisao.todas:
        return [one for place, one in enumerate(waiting) if place not in places] if places else [], ""
    return [waiting[place] for place in places], reason


def _is_reason(talk: Talk, text: str) -> bool:
    found = understand(text, Espera(aguarda=Aguarda.MOTIVO), today=talk.today) if text else None
    return found is not None and found.intencao is Intencao.MOTIVO


async def _ask_with_reason(talk: Talk, processo: Processo, motivo: str) -> None:
    await talk.state.set_state(Rejeitar.confirmacao)
    await talk.state.update_data(processo_id=str(processo.id), versao=processo.versao, motivo=motivo)
    text = _("Rejeitar {processo}?\nMotivo: {motivo}").format(processo=name_of(processo), motivo=motivo)
    await talk.say(text, (_("SIM"), WordButton(palavra=Palavra.SIM)), (_("NÃO"), WordButton(palavra=Palavra.NAO)))


@on_word(router, Palavra.SIM, Rejeitar.confirmacao)
async def confirmed(event: Message | CallbackQuery, talk: Talk) -> None:
    """As it was shown, for the reason that was shown."""
    data = await talk.state.get_data()
    await talk.state.clear()
    await reject_for(talk, UUID(data["processo_id"]), int(data["versao"]), data["motivo"])


@on_word(router, Palavra.NAO, Rejeitar.confirmacao)
@on_word(router, Palavra.CANCELAR, Rejeitar.confirmacao)
async def not_confirmed(event: Message | CallbackQuery, talk: Talk) -> None:
    """The card is there for whatever else is to be done with it."""
    data = await talk.state.get_data()
    await talk.state.clear()
    processo = await processo_by_id(talk.tx.connection, UUID(data["processo_id"]))
    await talk.say(_("Tudo bem, nada foi rejeitado."))
    if processo is not None:
        await show_ficha(talk, processo)
