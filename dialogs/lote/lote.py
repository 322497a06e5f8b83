""" "Baixar todas", "manda tudo pro SAT": how many, and what they are worth, is confirmed before they are begun."""

from dataclasses import replace
from uuid import UUID

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from core.direitos.direitos import Direito, tem
from core.fala.decisoes import named_each
from core.fala.respostas.algumas import does_to_these
from core.lote.lote import ACAO_DE, Comecadas, Lote, a_comecar, a_comecar_destas, comecar
from core.palavras import Palavra, folded
from core.processo.consulta.pedido import read_pedido
from core.processo.limites import ProcessoLimits
from core.processo.maquina import Acao
from core.testemunha.meses import Mes
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _, n_
from dialogs.frame.prazos import buttons_shown
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Free, NamesSome, WordButton, on_word
from dialogs.lote.buttons import BeginAll
from dialogs.processo.aprovacao import BackOffice, who
from dialogs.processo.avisos import left_out, name_of
from dialogs.processo.buttons import DownloadProcesso, ListProcessos, SeeFatura, SeeProcesso, SendToSat, WhyProcesso
from dialogs.processo.cartao import looked_at
from dialogs.processo.formas import reais
from dialogs.processo.frases import status_name
from dialogs.processo.processos import AsksForProcessos, show_list
from storage.processo.processos import Processo
from storage.processo.status import StatusProcesso

router = Router(name="lote")
router.message.filter(BackOffice())
router.callback_query.filter(BackOffice())

# Named in the question; the others are counted.
NAMED = 10
# In the conversation's data: which ones a confirmation is about, and what is to be done.
_LOTE, _ACAO = "lote_a_comecar", "lote_acao"


class Comecar(StatesGroup):
    """Many were shown: begin them?"""

    confirmacao = State()


class AsksForAll(AsksForProcessos):
    """Something is to be done to all of a status at once, and nobody is named."""

    todas = True


class AsksForThese(Filter):
    """ "Baixa elas", of the invoices that are on the screen; given as `estas`, with what they are to stand at."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, object]:
        kinds = (SeeProcesso, DownloadProcesso, SendToSat, SeeFatura, WhyProcesso)
        shown = {button.processo_id for button in buttons_shown(talk) if isinstance(button, kinds)}
        sends = does_to_these(event.text or "", len(shown) or 2)
        if sends is None:
            return False
        if not shown:
            # The counts of a month are on the screen.
            months = [one.competencia for one in buttons_shown(talk) if isinstance(one, ListProcessos)]
            if not months:
                return False
            month = await a_comecar(talk.tx.connection, months[0], _stands_at(sends=sends))
            return {"estas": {one.id for one in month.processos}, "status": _stands_at(sends=sends)}
        return {"estas": shown, "status": _stands_at(sends=sends)}


def _stands_at(*, sends: bool) -> StatusProcesso:
    return StatusProcesso.AGUARDANDO_ENVIO_SAT if sends else StatusProcesso.AGUARDANDO_DOWNLOAD


@router.message(Free(any_word=True), AsksForThese())
async def ask_about_these(event: Message, talk: Talk, estas: set[UUID], status: StatusProcesso) -> None:
    """As `ask`, of those alone."""
    assert talk.pessoa is not None
    if not tem(talk.pessoa.perfil_usuario, Direito.CUIDAR_DE_PROCESSOS):
        await talk.say(_("O seu perfil não pode fazer isso."), *looked_at(talk))
        return
    lote = await a_comecar_destas(talk.tx.connection, estas, status)
    if not lote.processos:
        text = _("{situacao}: nenhuma das que mostrei, ou nenhuma que um robô possa levar agora.")
        await talk.say(text.format(situacao=status_name(status)), *looked_at(talk))
        return
    await _confirm(talk, lote, ACAO_DE[status])


@router.message(AsksForAll())
async def ask(event: Message, talk: Talk) -> None:
    """Nothing is begun before it was confirmed; of whoever may not begin one, the list is shown."""
    pedido = read_pedido(folded(event.text or "").lstrip("/"), talk.today)
    assert pedido.status is not None
    assert talk.pessoa is not None
    competencia = pedido.competencia or Mes.of_date(talk.today).competencia
    if not tem(talk.pessoa.perfil_usuario, Direito.CUIDAR_DE_PROCESSOS):
        await talk.say(_("O seu perfil não pode fazer isso."))
        await show_list(talk, competencia, pedido.status)
        return
    lote = await a_comecar(talk.tx.connection, competencia, pedido.status)
    if not lote.processos:
        none = _("{situacao}, {mes}: nenhuma que um robô possa levar agora.")
        mes = Mes.of_digits(str(competencia))
        await talk.say(none.format(situacao=status_name(pedido.status), mes=mes))
        if lote.total:
            await show_list(talk, competencia, pedido.status)
        return
    kept = _without(lote, pedido.menos) if pedido.menos else lote
    if kept is None or not kept.processos:
        none = _("Não achei “{quem}” entre elas, e não comecei nada. Diga o nome como está na lista.")
        none = none if kept is None else _("Sem “{quem}” não sobra nenhuma, e não comecei nada.")
        await talk.say(none.format(quem=" ".join(pedido.menos)))
        await show_list(talk, competencia, pedido.status)
        return
    await _confirm(talk, kept, ACAO_DE[pedido.status])


async def _confirm(talk: Talk, lote: Lote, acao: Acao) -> None:
    await talk.state.set_state(Comecar.confirmacao)
    await talk.state.update_data({_LOTE: {str(one.id): one.versao for one in lote.processos}, _ACAO: acao.value})
    yes: Choice = (_("Sim, baixar"), BeginAll()) if acao is Acao.BAIXAR else (_("Sim, enviar"), BeginAll())
    no: Choice = (_("Não"), WordButton(palavra=Palavra.NAO))
    await talk.say("\n".join(_question(acao, lote)), yes, no)


def _without(lote: Lote, menos: tuple[str, ...]) -> Lote | None:
    """Those that nobody wants to leave out; None where the words name none of them."""
    several = lote.processos
    places, _reason = named_each(" ".join(menos), [f"{one.razao_social} {one.operadora}" for one in several])
    kept = [one for place, one in enumerate(several) if place not in places]
    n = len(places)
    return replace(lote, processos=kept, prontas=lote.prontas - n, total=lote.total - n) if places else None


def _question(acao: Acao, lote: Lote) -> list[str]:
    several, n = lote.processos, len(lote.processos)
    if acao is Acao.BAIXAR:
        head = n_("Mandar um robô baixar {n} fatura?", "Mandar robôs baixarem {n} faturas?", n).format(n=n)
    else:
        head = n_("Enviar {n} fatura ao SAT, {total}?", "Enviar {n} faturas ao SAT, {total} no total?", n)
        head = head.format(n=n, total=reais(lote.centavos))
    lines = [head, *(_in_short(place, one) for place, one in enumerate(several[:NAMED], 1))]
    if n > NAMED:
        lines.append(n_("e mais {n}.", "e mais {n}.", n - NAMED).format(n=n - NAMED))
    if later := lote.prontas - n:
        text = n_(
            "Mais {n} fica para a próxima vez que você pedir.",
            "Mais {n} ficam para a próxima vez que você pedir.",
            later,
        )
        lines.append(text.format(n=later))
    if left := lote.total - lote.prontas:
        text = n_("Fica {n}, sem robô ou já em andamento.", "Ficam {n}, sem robô ou já em andamento.", left)
        lines.append(text.format(n=left))
    if acao is Acao.ENVIAR:
        lines.append(_("Enviada, a aprovação não se desfaz mais."))
    return lines


def _in_short(place: int, processo: Processo) -> str:
    valor = processo.valor_centavos
    return f"{place}. {name_of(processo)}" + ("" if valor is None else f" · {reais(valor)}")


@router.message(StateFilter(Comecar.confirmacao), NamesSome())
async def keep_some(event: Message, talk: Talk) -> None:
    """A yes behind it would be to all of them, and is not what they mean."""
    await talk.state.clear()
    said = _("Não mandei nenhum robô: o SIM valeria para todas as que mostrei. Para algumas, abra uma por uma.")
    await talk.say(said, (_("Ver todas"), WordButton(palavra=Palavra.PROCESSOS)))


@on_word(router, Palavra.NAO, Comecar.confirmacao)
@on_word(router, Palavra.CANCELAR, Comecar.confirmacao)
async def keep(event: Message | CallbackQuery, talk: Talk) -> None:
    await talk.state.clear()
    await talk.say(_("Tudo bem, não mandei nenhum robô."))


@on_word(router, Palavra.SIM, Comecar.confirmacao)
@router.callback_query(Tap(BeginAll), StateFilter(Comecar.confirmacao))
async def confirmed(event: Message | CallbackQuery, talk: Talk, processo_limits: ProcessoLimits) -> None:
    """Those that were shown, as they were shown; what changed in the meantime is left out, and said."""
    data = await talk.state.get_data()
    await talk.state.clear()
    acao = Acao(data[_ACAO])
    wanted = {UUID(one): int(versao) for one, versao in data[_LOTE].items()}
    done = await comecar(talk.tx, wanted, acao, who(talk), processo_limits)
    await talk.say("\n".join(_came_of(acao, done)))


def _came_of(acao: Acao, done: Comecadas) -> list[str]:
    n, lines = len(done.feitas), []
    if n and acao is Acao.BAIXAR:
        lines.append(n_("🤖 {n} download pedido.", "🤖 {n} downloads pedidos.", n).format(n=n))
    elif n:
        lines.append(n_("📤 {n} fatura a caminho do SAT.", "📤 {n} faturas a caminho do SAT.", n).format(n=n))
    lines += left_out(done.ficaram)
    return lines or [_("Nenhuma delas está mais ali.")]


@router.callback_query(Tap(BeginAll))
async def too_late(event: CallbackQuery, talk: Talk) -> None:
    await talk.say(_("Essa confirmação já passou. Peça de novo."))
