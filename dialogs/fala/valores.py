"""What is asked about money: what a month came to, invoices by their value, what an approver decided so far."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.fala.leitura.tempo import days_said
from core.palavras import Palavra
from core.pessoa.perguntas import asks_what_somebody_decided
from core.pessoa.procura import the_one_called
from core.processo.consulta.nomeados import of_operadora
from core.processo.consulta.pedido import read_pedido
from core.processo.consulta.valores import (
    Decididas,
    PedidoDeValores,
    Pergunta,
    decididas_of,
    read_valores,
)
from core.processo.maquina import VIEWERS
from core.testemunha.meses import Mes
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Talk
from dialogs.frame.words import Free
from dialogs.processo.aprovacao import BackOffice
from dialogs.processo.cartao import listed_on_screen, looked_at
from dialogs.processo.ficha import show_ficha
from dialogs.processo.formas import reais
from dialogs.processo.frases import line, taps
from dialogs.processo.processos import answer
from storage.processo.aprovacoes import decided_by
from storage.processo.processos import Processo, list_by_value, processos_by_ids
from storage.processo.status import Decisao, StatusProcesso

router = Router(name="valores")
router.message.filter(BackOffice())

SHOWN = 9
# What such a sentence may have been taken for.
_FREE = Free(
    Palavra.PROCESSO,
    Palavra.PROCESSOS,
    Palavra.PENDENTES,
    Palavra.STATUS,
    Palavra.VENDAS,
    Palavra.RELATORIO,
    Palavra.AUDITORIA,
)


class AsksAboutMoney(Filter):
    """Given as `valores` or `decididas`."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, Any]:
        if (decididas := decididas_of(event.text or "", talk.today)) is not None:
            return {"decididas": decididas, "valores": None}
        valores = read_valores(event.text or "", talk.today)
        return False if valores is None else {"decididas": None, "valores": valores}


class AsksWhatSomebodyDecided(Filter):
    """ "A Flávia aprovou o que ontem?" of one who decides; given as `decididas` and `de_quem`."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, Any]:
        found = asks_what_somebody_decided(event.text or "", talk.today)
        assert talk.pessoa is not None
        de_quem = found and await the_one_called(talk.tx.connection, found[0].nome, VIEWERS, talk.pessoa.id)
        if found is None or not de_quem:
            return False
        de, ate = found[0].dias or days_said("", talk.today)
        return {"decididas": Decididas(found[1], de, ate), "de_quem": de_quem}


@router.message(Free(any_word=True), AsksWhatSomebodyDecided())
async def asked_of_another(event: Message, talk: Talk, decididas: Decididas, de_quem: tuple[UUID, str]) -> None:
    """Each card says who decided about it, too."""
    await _show_decided(talk, decididas, de_quem)


@router.message(_FREE, AsksAboutMoney())
async def asked(event: Message, talk: Talk, valores: PedidoDeValores | None, decididas: Decididas | None) -> None:
    """Shown, and nothing else."""
    if decididas is not None:
        await _show_decided(talk, decididas)
    elif valores is not None and valores.pergunta is Pergunta.TOTAL:
        await _show_total(talk, valores)
    elif valores is not None and not (valores.da_lista and await _show_of_list(talk, valores)):
        await _show_by_value(talk, valores)


async def _show_total(talk: Talk, valores: PedidoDeValores) -> None:
    """The month with its money; of one operadora, status or list on the screen, what those come to."""
    if valores.da_lista and await _show_sum_of_list(talk):
        return
    pedido = read_pedido(valores.resto, talk.today)
    some = pedido.status is not None
    if some or (pedido.palavras and await of_operadora(talk.tx.connection, pedido.palavras) is not None):
        await _show_by_value(talk, valores)
    else:
        await answer(talk, pedido)


async def _show_sum_of_list(talk: Talk) -> bool:
    """What those on the screen come to that have a value; False where no list is."""
    listed = listed_on_screen(talk)
    found = (await processos_by_ids(talk.tx.connection, listed)).values()
    priced = [one.valor_centavos for one in found if one.valor_centavos is not None]
    if not priced:
        return False
    head = n_("💰 {quais}: {n} fatura, {total}", "💰 {quais}: {n} faturas, {total}", len(priced))
    text = head.format(quais=_("nesta lista"), n=len(priced), total=reais(sum(priced)))
    await talk.say(text, *looked_at(talk))
    return True


async def _show_of_list(talk: Talk, valores: PedidoDeValores) -> bool:
    """The card of the largest (or smallest) of the list on the screen; False where there is none."""
    listed = listed_on_screen(talk)
    found = await processos_by_ids(talk.tx.connection, listed)
    priced = sorted(
        (one for one in found.values() if one.valor_centavos is not None), key=lambda one: one.valor_centavos or 0
    )
    if len(listed) < 2 or not priced:
        return False
    await show_ficha(talk, priced[0] if valores.pergunta is Pergunta.MENORES else priced[-1])
    return True


async def _show_by_value(talk: Talk, valores: PedidoDeValores) -> None:
    pedido = read_pedido(valores.resto, talk.today)
    words, filters = pedido.palavras, _filters(talk, pedido.competencia, pedido.status)
    if words and (operadora := await of_operadora(talk.tx.connection, words)) is not None:
        filters["operadora_id"], words = operadora
    between = {"minimo": valores.minimo, "maximo": valores.maximo}
    menores = valores.pergunta is Pergunta.MENORES
    found, n, total = await list_by_value(talk.tx.connection, SHOWN, words, **between, menores=menores, **filters)
    about = " · ".join([part for part in (_range(valores), *pedido.palavras, _when(filters)) if part])
    if not found:
        await talk.say(_("Nenhuma fatura: {quais}.").format(quais=about))
        return
    head = n_("💰 {quais}: {n} fatura, {total}", "💰 {quais}: {n} faturas, {total}", n)
    await _list(talk, head.format(quais=about, n=n, total=reais(total)), found)


def _filters(talk: Talk, competencia: int | None, status: StatusProcesso | None) -> dict[str, Any]:
    """Those that wait are of any month; all others of this one, where none is named."""
    filters: dict[str, Any] = {} if status is None else {"status_processo": status}
    if competencia is not None or status is not StatusProcesso.AGUARDANDO_APROVACAO:
        filters["competencia"] = competencia or Mes.of_date(talk.today).competencia
    return filters


def _when(filters: dict[str, Any]) -> str:
    competencia = filters.get("competencia")
    return str(Mes.of_competencia(competencia)) if competencia else _("esperam aprovação")


def _range(valores: PedidoDeValores) -> str:
    low, high = valores.minimo, valores.maximo
    if low is not None and high is not None:
        return _("de {de} a {ate}").format(de=reais(low), ate=reais(high))
    if low is not None:
        return _("a partir de {de}").format(de=reais(low))
    if high is not None:
        return _("até {ate}").format(ate=reais(high))
    names = {Pergunta.MAIORES: _("maiores valores"), Pergunta.MENORES: _("menores valores")}
    return names.get(valores.pergunta, "")


async def _list(talk: Talk, head: str, found: Sequence[Processo]) -> None:
    lines = [head, *(line(talk, place, one, with_month=True) for place, one in enumerate(found, 1))]
    await talk.say("\n".join(lines), *taps(found))


async def _show_decided(talk: Talk, decididas: Decididas, de_quem: tuple[UUID, str] | None = None) -> None:
    """How many, what they come to, and the newest of them; where each stands now its sign says. None: one's own, or
    everybody's.
    """
    assert talk.pessoa is not None
    usuario_id, nome = (None, _("A equipe")) if decididas.todos else de_quem or (talk.pessoa.id, "")
    since, until = (datetime.combine(day, time.min, talk.zone) for day in (decididas.de, decididas.ate))
    decisao = Decisao.REJEITADO if decididas.rejeitadas else Decisao.APROVADO
    ids = await decided_by(talk.tx.connection, usuario_id, decisao, since, until + timedelta(days=1))
    known = await processos_by_ids(talk.tx.connection, ids)
    found = [known[which] for which in ids if which in known]
    said = (_of_another if nome else _own)(len(found), rejected=decididas.rejeitadas)
    total = reais(sum(one.valor_centavos or 0 for one in found))
    head = said.format(nome=nome, n=len(found), total=total, de=f"{decididas.de:%d/%m}", ate=f"{decididas.ate:%d/%m}")
    if found:
        await _list(talk, head, found[:SHOWN])
    else:
        await talk.say(head)


def _own(n: int, *, rejected: bool) -> str:
    if not n:
        none = _("Você não rejeitou nenhuma de {de} a {ate}.")
        return none if rejected else _("Você não aprovou nenhuma de {de} a {ate}.")
    if rejected:
        return n_("Você rejeitou {n} fatura de {de} a {ate}:", "Você rejeitou {n} faturas de {de} a {ate}:", n)
    return n_(
        "Você aprovou {n} fatura de {de} a {ate}, {total}:", "Você aprovou {n} faturas de {de} a {ate}, {total}:", n
    )


def _of_another(n: int, *, rejected: bool) -> str:
    if not n:
        none = _("{nome} não rejeitou nenhuma de {de} a {ate}.")
        return none if rejected else _("{nome} não aprovou nenhuma de {de} a {ate}.")
    if rejected:
        return n_("{nome} rejeitou {n} fatura de {de} a {ate}:", "{nome} rejeitou {n} faturas de {de} a {ate}:", n)
    return n_(
        "{nome} aprovou {n} fatura de {de} a {ate}, {total}:", "{nome} aprovou {n} faturas de {de} a {ate}, {total}:", n
    )
