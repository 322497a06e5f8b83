"""How a sale is doing: STATUS, VENDAS, and what the seller hears of the robot without asking."""

from datetime import date, timedelta
from uuid import UUID

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from core.direitos.direitos import Direito, tem
from core.fala.leitura.tempo import days_named
from core.fala.lexico.texto import LIMIT, in_a_line
from core.palavras import Palavra
from core.textos import behind
from core.venda import pool
from core.venda.pool import LIBERADO_PELO_ADMINISTRADOR
from core.venda.robo import OUTRO_NUMERO, Noticia
from core.venda.venda import SEM_CONFIRMACAO
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Talk
from dialogs.frame.words import WordButton, on_word
from dialogs.painel.buttons import OpenInPainel
from dialogs.venda.achados import answered_ahead, found_unconfirmed
from dialogs.venda.buttons import GoOnWithVenda
from dialogs.venda.perguntas import ask, read_back
from dialogs.venda.venda import TODOS_EM_USO, Vender, offer_queue, whom_to_ask
from storage.venda.por_vendedor import vendas_por_vendedor
from storage.venda.status import StatusVenda
from storage.venda.vendas import Venda, last_vendas_of, move_chat, open_venda_of

router = Router(name="acompanhamento")

SHOWN = 10


class Registered(Filter):
    """Somebody of the operation: a customer who taps such a button had it from somebody else."""

    async def __call__(self, event: CallbackQuery, talk: Talk) -> bool:
        return talk.pessoa is not None


router.callback_query.filter(Registered())


@on_word(router, Palavra.STATUS)
@router.callback_query(Tap(GoOnWithVenda))
async def status(event: Message | CallbackQuery, talk: Talk) -> None:
    await show_where_it_stands(talk)


@on_word(router, Palavra.VENDAS)
async def list_vendas(event: Message | CallbackQuery, talk: Talk) -> None:
    dias = days_named(in_a_line(event.text, LIMIT), talk.today) if isinstance(event, Message) and event.text else None
    if dias is not None and talk.pessoa is not None and tem(talk.pessoa.perfil_usuario, Direito.VENDER):
        await _list_of_days(talk, talk.pessoa.id, *dias)
        return
    vendas = await last_vendas_of(talk.tx, talk.pessoa.id, SHOWN) if talk.pessoa else []
    if not vendas and talk.pessoa is not None and tem(talk.pessoa.perfil_usuario, Direito.VER_TODAS_AS_VENDAS):
        others = _("Você mesmo não tem vendas. As de toda a equipe estão no relatório: RELATORIO vendas.")
        await talk.say(others, (_("Relatórios: o mês em imagem e planilha"), WordButton(palavra=Palavra.RELATORIO)))
        return
    if not vendas:
        await talk.say(_("Você ainda não tem vendas. Para começar, digite VENDER."))
        return
    lines = [f"{talk.local_time(venda.criada_em)} · {_outcome(venda)}" for venda in vendas]
    await talk.say("\n".join([_("Suas últimas vendas:"), *lines]))


async def _list_of_days(talk: Talk, usuario_id: UUID, first: date, last: date) -> None:
    """How many there were, how many have an order, and the newest of them."""
    between = talk.midnights(first, last)
    quando = talk.days(first, last)
    found = await vendas_por_vendedor(talk.tx.connection, *between, entre=[usuario_id])
    if not found or not found[0].total:
        await talk.say(_("{quando}: nenhuma venda sua.").format(quando=quando))
        return
    text = n_("{quando}: {n} venda, {feitas} com pedido.", "{quando}: {n} vendas, {feitas} com pedido.", found[0].total)
    lines = [text.format(quando=quando, n=found[0].total, feitas=found[0].concluidas)]
    for venda in await last_vendas_of(talk.tx, usuario_id, SHOWN, between):
        lines.append(f"{talk.local_time(venda.criada_em)} · {_outcome(venda)}")
    await talk.say("\n".join(lines))


async def show_where_it_stands(talk: Talk, before: str = "") -> None:
    """The sale as it is now; an open question is asked again, so that nothing typed so far is lost."""
    venda = await open_venda_of(talk.tx, talk.pessoa.id) if talk.pessoa else None
    if venda is None:
        await _show_what_was_asked(talk)
        return
    if venda.contato_id != talk.contato.id:
        # The person goes on here, on another channel than they began on, and so does the sale.
        await move_chat(talk.tx, venda.id, talk.contato.id)
    if venda.pergunta is not None:
        await ask(talk, venda, before or _("O robô espera a sua resposta:"))
        return
    await talk.state.set_state(Vender.robo)
    text = await _standing(talk, venda)
    await talk.say(behind(before, text))


async def _show_what_was_asked(talk: Talk) -> None:
    """Nothing runs: what we asked last before a sale begins, if anything."""
    state = await talk.state.get_state()
    if state == Vender.confirmacao.state:
        await talk.say(_("Falta só confirmar: responda SIM para iniciar a venda ou NÃO para desistir."))
    elif state == Vender.lugar_na_fila.state:
        await offer_queue(talk)
    elif talk.pessoa is None:
        await talk.say(_("Não há venda em andamento."))
    else:
        await talk.state.clear()
        lines = [_("Não há venda em andamento. Para começar, digite VENDER.")]
        for venda in await last_vendas_of(talk.tx, talk.pessoa.id, 1):
            last = _("A última: {quando}, {como}.")
            lines.append(last.format(quando=talk.local_time(venda.criada_em), como=_outcome(venda)))
        await talk.say("\n".join(lines))


async def tell(talk: Talk, venda: Venda, noticia: Noticia, ttl: timedelta) -> None:
    """Say what the robot's event means for the seller."""
    if noticia is Noticia.PERGUNTA:
        # While CANCELAR waits for its SIM, a SIM must not become the answer; NÃO brings the question.
        waits = await talk.state.get_state() == Vender.confirmacao_cancelamento.state
        if waits or await answered_ahead(talk, venda, ttl):
            return
        if (resposta := await found_unconfirmed(talk, venda)) is not None:
            await read_back(talk, venda, resposta)
        else:
            await ask(talk, venda)
    elif noticia is Noticia.PROGRESSO:
        await _grow(talk, venda)
    elif noticia is Noticia.PEDIDO_TARDIO:
        text = _("Notícia da venda de {hora}: o pedido saiu. Número do pedido: {numero}")
        await talk.say(text.format(hora=talk.local_time(venda.criada_em), numero=venda.numero_pedido or "–"))
    elif noticia is Noticia.OUTRO_PEDIDO:
        text = _(
            "Notícia da venda de {hora}: o robô informou outro número de pedido, {outro}; o primeiro era {numero}. "
            "Confira no portal se não saíram dois pedidos."
        )
        outro = (venda.resultado or {}).get(OUTRO_NUMERO)
        await talk.say(text.format(hora=talk.local_time(venda.criada_em), outro=outro, numero=venda.numero_pedido))
    else:
        await tell_the_end(talk, venda)


async def tell_the_end(talk: Talk, venda: Venda) -> None:
    """The order number, or why there is none and what to do."""
    await talk.state.clear()
    await _grow(talk, venda)
    again = (_("Nova venda"), WordButton(palavra=Palavra.VENDER))
    if venda.status_venda == StatusVenda.CONCLUIDO:
        text = (
            _("✅ Venda concluída! Número do pedido: {numero}")
            if venda.numero_pedido
            else _("✅ Venda concluída, mas o robô não informou o número do pedido. Confira no portal.")
        )
        await talk.say(text.format(numero=venda.numero_pedido), again)
    elif venda.status_venda == StatusVenda.CANCELADO:
        await talk.say(_cancelled(venda), again)
    elif venda.status_venda == StatusVenda.TIMEOUT:
        await talk.say(
            _(
                "A venda foi encerrada: passou tempo demais sem sinal do robô ou sem a sua resposta. "
                "Antes de tentar de novo, confira no portal se o pedido não saiu."
            ),
            again,
        )
    else:
        steps = (_("Abrir no painel"), OpenInPainel(pagina="vendas", id=venda.id))
        await talk.say(f"{_('❌ A venda não foi concluída.')} {await _why(talk, venda)}", again, steps)


async def tell_delay(talk: Talk) -> None:
    """Said once per sale, however often the start is tried."""
    await talk.say(_("O serviço dos robôs não está respondendo. Continuo tentando e aviso aqui; não precisa refazer."))


async def _grow(talk: Talk, venda: Venda) -> None:
    """Rewrite the one progress message; on a channel that cannot edit, a step is not worth a paid message."""
    if venda.progresso_message_id is None or "etapas" not in (venda.progresso or {}):
        return
    progresso = venda.progresso or {}
    etapas = progresso.get("etapas") or []
    done = venda.encerrada_em is not None
    mark = "✔️" if not done or venda.status_venda == StatusVenda.CONCLUIDO else "▫️"
    lines = [f"{mark} {etapa}" for etapa in etapas[:-1]]
    lines += [f"{mark if done else '⏳'} {etapa}" for etapa in etapas[-1:]]
    percentual = progresso.get("percentual")
    head = _("🤖 Venda em andamento") if not done else _("🤖 Venda encerrada")
    if not done and isinstance(percentual, int | float):
        head += f" · {percentual:.0f}%"
    await talk.rewrite(venda.progresso_message_id, "\n".join([head, *lines]))


async def _standing(talk: Talk, venda: Venda) -> str:
    if venda.status_venda == StatusVenda.NA_FILA:
        posicao = await pool.queue_position(talk.tx, venda.id)
        return f"{TODOS_EM_USO}\n\n" + _("Você é o {posicao}º da fila e será atendido automaticamente.").format(
            posicao=posicao or 1
        )
    if venda.status_venda == StatusVenda.TENTANDO_NOVAMENTE:
        return _("O serviço dos robôs não está respondendo; continuo tentando.")
    if venda.status_venda == StatusVenda.CANCELANDO:
        return _("A venda está sendo cancelada.")
    etapa = (venda.progresso or {}).get("etapa") or _("entrando no portal")
    return _("🤖 O robô está trabalhando na sua venda: {etapa}.").format(etapa=etapa)


def _cancelled(venda: Venda) -> str:
    sentences = {
        LIBERADO_PELO_ADMINISTRADOR: _("Um administrador liberou o seu acesso e a venda foi encerrada."),
        SEM_CONFIRMACAO: _("Venda cancelada, mas o robô não confirmou que parou."),
    }
    sentence = sentences.get((venda.erro or {}).get("codigo", ""))
    if sentence is None:
        return _("Venda cancelada. O acesso já está livre.")
    return f"{sentence} {_('Antes de tentar de novo, confira no portal se o pedido não saiu.')}"


async def _why(talk: Talk, venda: Venda) -> str:
    erro = venda.erro or {}
    sentences = {
        "CREDENCIAL_RECUSADA": _(
            "O portal recusou o acesso BackOffice usado; ele foi separado para conferência. Pode tentar de novo."
        ),
        "PORTAL_FORA": _("O portal da operadora está fora do ar. Tente de novo em alguns minutos."),
        "TEMPO_ESGOTADO": _("O portal demorou demais para responder. Tente de novo em alguns minutos."),
        "DADOS_INVALIDOS": _("O portal não aceitou os dados informados. Confira com o cliente e tente de novo."),
        "NEGADO": _("O pedido foi negado pela operadora para este cliente."),
        "SEM_DIREITO": _("O seu cadastro não permite mais vender, por isso a venda não começou."),
        "ROBO_INDISPONIVEL": _("O serviço dos robôs não respondeu a tempo. Tente de novo em alguns minutos."),
    }
    known = sentences.get(erro.get("codigo", ""))
    if known is None:
        return _("O robô encontrou um problema inesperado.") + " " + await whom_to_ask(talk)
    # For these the portal's own words are business, not internals.
    if erro.get("codigo") in ("NEGADO", "DADOS_INVALIDOS") and erro.get("mensagem"):
        known += " " + _("Motivo informado: {motivo}").format(motivo=erro["mensagem"])
    return known


def _outcome(venda: Venda) -> str:
    if venda.numero_pedido:
        return _("✅ pedido {numero}").format(numero=venda.numero_pedido)
    labels = {
        StatusVenda.CONCLUIDO: _("✅ concluída, sem número"),
        StatusVenda.FALHOU: _("❌ não concluída"),
        StatusVenda.CANCELADO: _("cancelada"),
        StatusVenda.TIMEOUT: _("encerrada por falta de resposta"),
        StatusVenda.NA_FILA: _("na fila"),
        StatusVenda.CANCELANDO: _("sendo cancelada"),
    }
    return labels.get(StatusVenda(venda.status_venda), _("em andamento"))
