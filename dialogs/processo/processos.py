"""PROCESSOS: how a month stands, lists of it page by page, and what is found by client, CNPJ or account."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from core.fala.espera import NADA, Entendido
from core.fala.intencoes import Intencao
from core.fala.lexico.nomes import OPERADORAS
from core.palavras import Palavra, folded
from core.processo.consulta.nomeados import named, of_operadora
from core.processo.consulta.pedido import Pedido, is_search, of_whom, read_pedido
from core.testemunha.meses import Mes
from core.textos import CITADO, shortened
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _, n_
from dialogs.frame.lista import keep_list
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Free, on_word
from dialogs.processo.aprovacao import BackOffice
from dialogs.processo.buttons import ListProcessos, MoreFound, ShowMes
from dialogs.processo.cartao import looked_at_above
from dialogs.processo.ficha import show_ficha
from dialogs.processo.formas import reais
from dialogs.processo.frases import line, status_name, taps
from storage.pages import Pagina
from storage.processo.figures import Soma, somas_do_mes
from storage.processo.processos import Processo, list_processos, processos_beginning
from storage.processo.status import StatusProcesso

router = Router(name="processos")
router.message.filter(BackOffice())
router.callback_query.filter(BackOffice())

# A list on WhatsApp holds ten: these, and the one that leads on.
SHOWN = 9
# What is found is counted so far: whoever has more has to ask more closely anyway.
COUNTED = 1000
# Letters of a word that is looked for at the beginning of others only.
_INSIDE = 3
_BEGINS = ("processos ", "processo ")
_NO_OTHER = (Intencao.NADA, Intencao.PROCESSO, Intencao.PROCESSOS, Intencao.VER_FATURA)
# In the conversation's data: what was searched for last.
_SEARCH = "busca_processos"

_QUAIS = {
    "baixar": StatusProcesso.AGUARDANDO_DOWNLOAD,
    "aprovar": StatusProcesso.AGUARDANDO_APROVACAO,
    "enviar": StatusProcesso.AGUARDANDO_ENVIO_SAT,
    "feito": StatusProcesso.UPLOAD_REALIZADO,
}


class AsksForProcessos(Filter):
    """`processos padaria da praça`, `buscar padaria`, a bare CNPJ or account, `mandar pro SAT as aprovadas`.

    It is nothing that was asked for, nothing else that was understood, and for nobody on the other side. `todas`: all
    of a status at once, and nothing else.
    """

    todas: ClassVar[bool] = False

    async def __call__(
        self,
        event: Message,
        talk: Talk,
        alheia: Palavra | None = None,
        entendido: Entendido = NADA,
        vencida: str | None = None,
    ) -> bool:
        if alheia is not None or vencida is not None:
            return False
        said = folded(event.text or "").strip().lstrip("/")
        if self.todas and not read_pedido(said, talk.today).todas:
            return False
        # "Me vê a da clínica" is perhaps no more than that, and only shows something.
        names = entendido.intencao is Intencao.PROCESSO and entendido.cliente is not None and not self.todas
        return (
            names
            or said.startswith(_BEGINS)
            or ((entendido.intencao in _NO_OTHER or _is_vague(entendido)) and is_search(said))
        )


def _is_vague(entendido: Entendido) -> bool:
    """Perhaps a choice that shares a word: "faturas da vivo" under a card with `Ver fatura`."""
    return entendido.intencao is Intencao.OPCAO and not entendido.certo


@on_word(router, Palavra.PROCESSOS)
@on_word(router, Palavra.PROCESSO)
async def asked(
    event: Message | CallbackQuery,
    talk: Talk,
    argumento: str = "",
    entendido: Entendido = NADA,
    palavra: Palavra | None = None,
) -> None:
    """A month's counts, or what is named by month, status, id, client, CNPJ or account."""
    pedido = _pedido(talk, event, argumento, entendido)
    if palavra is Palavra.PROCESSO and pedido == Pedido():
        await talk.say(_("Qual? Escreva PROCESSO e o cliente, a conta, o CNPJ ou o começo do ID."))
        return
    await answer(talk, pedido)


@router.message(Free(), AsksForProcessos())
async def asked_in_words(event: Message, talk: Talk, entendido: Entendido = NADA) -> None:
    await answer(talk, _pedido(talk, event, "", entendido))


@router.callback_query(Tap(ShowMes))
async def month_tapped(event: CallbackQuery, talk: Talk, button: ShowMes) -> None:
    await _show_month(talk, button.competencia)


@router.callback_query(Tap(ListProcessos))
async def list_tapped(event: CallbackQuery, talk: Talk, button: ListProcessos) -> None:
    await _show_list(talk, button)


@router.callback_query(Tap(MoreFound))
async def more_found(event: CallbackQuery, talk: Talk, button: MoreFound) -> None:
    kept = (await talk.state.get_data()).get(_SEARCH)
    if not isinstance(kept, dict):
        await talk.say(_("Essa busca já passou. Escreva PROCESSOS e o que você procura."))
        return
    status = StatusProcesso(kept["status"]) if kept.get("status") else None
    await _search(talk, Pedido(kept.get("competencia"), status, tuple(kept["palavras"])), button.depois)


def _pedido(talk: Talk, event: Message | CallbackQuery, argumento: str, entendido: Entendido) -> Pedido:
    """What was typed behind the word; of a sentence, what was understood of it."""
    typed = folded(event.text or "").lstrip("/") if isinstance(event, Message) else ""
    if typed.startswith(_BEGINS):
        return read_pedido(typed.partition(" ")[2], talk.today)
    if is_search(typed):
        return read_pedido(typed, talk.today)
    cliente = entendido.cliente or (of_whom(typed, talk.today) if entendido.mes else None)
    named = " ".join(part for part in (cliente, entendido.mes) if part)
    return read_pedido(named or argumento, talk.today)


async def answer(talk: Talk, pedido: Pedido) -> None:
    """What was asked for: a month's counts, a list, or what was found."""
    if pedido.mes_errado is not None:
        text = _("{mes} não é um mês. Escreva assim: PROCESSOS {exemplo}.")
        await talk.say(text.format(mes=pedido.mes_errado, exemplo=Mes.of_date(talk.today)))
        return
    if pedido.inicio is not None and await _by_id(talk, pedido.inicio):
        return
    if pedido.palavras:
        await _search(talk, pedido)
        return
    competencia = pedido.competencia or Mes.of_date(talk.today).competencia
    if pedido.status is None:
        await _show_month(talk, competencia)
    else:
        await show_list(talk, competencia, pedido.status)


async def show_list(talk: Talk, competencia: int, status: StatusProcesso) -> None:
    """Those of a month that stand there."""
    quais = next(word for word, one in _QUAIS.items() if one is status)
    await _show_list(talk, ListProcessos.model_validate({"competencia": competencia, "quais": quais}))


async def _by_id(talk: Talk, inicio: str) -> bool:
    """Whether an id begins so; the one that does is shown, several are listed."""
    found = await processos_beginning(talk.tx.connection, inicio, SHOWN + 1)
    if len(found) == 1:
        await show_ficha(talk, found[0])
    elif found:
        head = _("Mais de um processo começa com {inicio}. Qual deles?").format(inicio=inicio)
        await talk.say(_listed(talk, head, found[:SHOWN], with_month=True), *taps(found[:SHOWN]))
    return bool(found)


async def _show_month(talk: Talk, competencia: int) -> None:
    """How many stand where; the lists are a tap away."""
    mes = _month(competencia)
    somas = await somas_do_mes(talk.tx.connection, competencia, talk.today, talk.today)
    total = sum(one.total for one in somas.values())
    before: Choice = (str(mes.plus(-1)), ShowMes(competencia=mes.plus(-1).competencia))
    if not total:
        await talk.say(_("Não há processos em {mes}.").format(mes=mes), before, beneath=looked_at_above(talk))
        return
    head = n_("📂 {mes}: {n} processo", "📂 {mes}: {n} processos", total).format(mes=mes, n=total)
    # The value of what was rejected is none: it waits for another file.
    paid = {status: one.valor for status, one in somas.items() if status != StatusProcesso.AGUARDANDO_DOWNLOAD}
    known = [(quais, status, somas.get(status)) for quais, status in _QUAIS.items()]
    lines = [f"{status_name(status)}: {_counted(several, paid.get(status, 0))}" for _quais, status, several in known]
    lines += [_("💰 {total} no total.").format(total=reais(sum(paid.values())))]
    choices: list[Choice] = [
        (status_name(status), ListProcessos.model_validate({"competencia": competencia, "quais": quais}))
        for quais, status, several in known
        if several
    ]
    await talk.say("\n".join([head, *lines]), *choices, before)


async def _show_list(talk: Talk, button: ListProcessos) -> None:
    status = _QUAIS.get(button.quais)
    filters: dict[str, Any] = {"competencia": button.competencia, "status_ativo": True}
    filters |= {"status_processo": status} if status is not None else {}
    found, total = await list_processos(talk.tx.connection, Pagina(SHOWN, depois=button.depois), **filters)
    what = status_name(status) if status is not None else _("Todos")
    head = f"{what} · {_month(button.competencia)} · {total}"
    if not found:
        await talk.say(f"{head}\n" + (_("Não há mais.") if button.depois else _("Nenhum.")))
        return
    await keep_list(talk, button.model_copy(update={"depois": None}))
    further = button.model_copy(update={"depois": found[-1].id})
    more: list[Choice] = [(_("Ver mais"), further)] if len(found) == SHOWN else []
    await talk.say(_listed(talk, head, found, with_month=False), *taps(found), *more)


async def _search(talk: Talk, pedido: Pedido, depois: UUID | None = None) -> None:
    """The newest first; the search is kept for the next page."""
    filters: dict[str, Any] = {"status_ativo": True}
    filters |= {"competencia": pedido.competencia} if pedido.competencia is not None else {}
    filters |= {"status_processo": pedido.status} if pedido.status is not None else {}
    connection = talk.tx.connection
    said, pagina = shortened(" ".join(pedido.palavras), CITADO), Pagina(SHOWN, depois=depois)
    found, total = await list_processos(connection, pagina, pedido.palavras, COUNTED, **filters)
    # Of those that everybody knows the name is no beginning of a cliente's: "oi" stands in "Moinho".
    known = not OPERADORAS.isdisjoint(pedido.palavras)
    if (known or not found) and (operadora := await of_operadora(connection, pedido.palavras)) is not None:
        filters["operadora_id"], others = operadora
        found, total = await list_processos(connection, pagina, others, COUNTED, **filters)
    if (short := _short_name(pedido.palavras)) is not None:
        # "Gil" stands in "Ágil", and is not meant there.
        found = [one for one in found if any(word.startswith(short) for word in _words_of(one))]
        total = len(found) if len(found) < SHOWN else total
    if not found and depois is None and (near := await named(connection, pedido.palavras, pedido.competencia)):
        # "boleto do hotel", "jp morgan": not all the words are in the name.
        found, total = near[:SHOWN], len(near[:SHOWN])
    if not found and pedido.status is not None and known:
        # "O que falta baixar da Vivo?", and nothing does.
        await talk.say(f"{status_name(pedido.status)} · {said}\n" + _("Nenhum."))
        return
    if not found:
        none = _("Não achei processo de “{busca}”. Tente o CNPJ ou a conta.")
        text = _("Nada mais para “{busca}”.") if depois else none
        await talk.say(text.format(busca=said))
        return
    if total == 1:
        await show_ficha(talk, found[0])
        return
    kept = {"palavras": list(pedido.palavras), "competencia": pedido.competencia, "status": pedido.status}
    await talk.state.update_data({_SEARCH: kept})
    await keep_list(talk, MoreFound(depois=None))
    head = n_("🔍 “{busca}”: {n} processo", "🔍 “{busca}”: {n} processos", total).format(busca=said, n=total)
    if total > COUNTED:
        head = _("🔍 “{busca}”: mais de {n} processos. Diga também o mês, ou mais do nome.").format(
            busca=said, n=COUNTED
        )
    more: list[Choice] = [(_("Ver mais"), MoreFound(depois=found[-1].id))] if len(found) == SHOWN else []
    await talk.say(_listed(talk, head, found, with_month=pedido.competencia is None), *taps(found), *more)


def _short_name(palavras: tuple[str, ...]) -> str | None:
    """The one word that is looked for, where it is so short that it stands inside others."""
    return palavras[0] if len(palavras) == 1 and len(palavras[0]) <= _INSIDE and palavras[0].isalpha() else None


def _words_of(processo: Processo) -> list[str]:
    return f"{folded(processo.razao_social)} {folded(processo.operadora)} {folded(processo.servico or '')}".split()


def _listed(talk: Talk, head: str, found: Sequence[Processo], *, with_month: bool) -> str:
    lines = [line(talk, place, one, with_month=with_month) for place, one in enumerate(found, 1)]
    return "\n".join([head, *lines])


def _counted(several: Soma | None, valor: int) -> str:
    """How many, and what those of them come to whose value is known."""
    n = several.total if several is not None else 0
    return f"{n} · {reais(valor)}" if valor else str(n)


def _month(competencia: int) -> Mes:
    return Mes.of_digits(str(competencia)) or Mes(competencia // 100, 1)
