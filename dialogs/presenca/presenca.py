"""ONLINE, OCUPADO, AUSENTE, OFFLINE and PRESENCA, for those who attend customers."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from core.atendimento.distribuicao import AtendimentoLimits
from core.commands.base import write_command
from core.commands.presenca import MakePresencaReport, Motivo
from core.direitos.direitos import Direito, tem
from core.fala.espera import Entendido
from core.palavras import Palavra
from core.presenca.ausencias import with_time
from core.presenca.horarios import return_time, understood
from core.presenca.mudancas import answer_question, choose
from core.presenca.presenca import Estado, PresenceLimits, effective
from core.presenca.relatorio import REPORTED, TempoPorEstado
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import WordButton, on_word
from dialogs.presenca.buttons import GoAway, ShowTimes, StillHere
from storage.atendimento.atendimentos import counts_by_usuario
from storage.presenca.presenca import Presenca, attendants, presenca_in, presenca_of
from storage.presenca.sinais import UNAVAILABLE, Signs, read_signs
from storage.presenca.status import StatusPresenca, Via

router = Router(name="presenca")

SHOWN = 40
# In the conversation's data: what was said of the absence that was offered last.
_SAID = "ausencia_dita"
_EMOJI = {
    StatusPresenca.ONLINE: "🟢",
    StatusPresenca.BUSY: "🔴",
    StatusPresenca.AWAY: "🟡",
    StatusPresenca.OFFLINE: "⚪",
}
_WORDS = {
    StatusPresenca.ONLINE: Palavra.ONLINE,
    StatusPresenca.BUSY: Palavra.OCUPADO,
    StatusPresenca.AWAY: Palavra.AUSENTE,
    StatusPresenca.OFFLINE: Palavra.OFFLINE,
}


class Attendant(Filter):
    """The person attends customers, as their row says in this turn."""

    direito = Direito.ATENDER

    async def __call__(self, event: Message | CallbackQuery, talk: Talk) -> bool:
        return talk.pessoa is not None and tem(talk.pessoa.perfil_usuario, self.direito)


router.message.filter(Attendant())
router.callback_query.filter(Attendant())


@on_word(router, Palavra.ONLINE)
async def online(event: Message | CallbackQuery, talk: Talk) -> None:
    await _choose(talk, StatusPresenca.ONLINE)


@on_word(router, Palavra.OCUPADO)
async def busy(event: Message | CallbackQuery, talk: Talk, argumento: str) -> None:
    await _choose(talk, StatusPresenca.BUSY, argumento)


@on_word(router, Palavra.AUSENTE)
async def away(event: Message | CallbackQuery, talk: Talk, argumento: str) -> None:
    await _choose(talk, StatusPresenca.AWAY, argumento)


def at_an_hour() -> str:
    """To whoever says at which hour they will leave."""
    return _("Com hora marcada eu não mudo nada. Na hora, escreva OFFLINE ou AUSENTE.")


def absence_said(talk: Talk, entendido: Entendido) -> str:
    """What was said of an absence, with a time that can be read."""
    recado = entendido.recado or ""
    if entendido.ate is None or return_time(recado, talk.tx.now, talk.zone) is not None:
        return recado
    return with_time(recado, entendido.ate)


async def keep_absence(talk: Talk, palavra: Palavra, recado: str) -> GoAway:
    """The button of an absence that is offered; what was said of it is kept until it is tapped."""
    await talk.state.update_data({_SAID: recado})
    return GoAway(palavra=palavra)


@router.callback_query(Tap(GoAway))
async def absence_offered(event: CallbackQuery, talk: Talk, button: GoAway) -> None:
    recado = str((await talk.state.get_data()).get(_SAID, ""))
    await _choose(talk, StatusPresenca.AWAY if button.palavra is Palavra.AUSENTE else StatusPresenca.BUSY, recado)


@on_word(router, Palavra.OFFLINE)
async def offline(event: Message | CallbackQuery, talk: Talk, atendimento_limits: AtendimentoLimits) -> None:
    await _choose(talk, StatusPresenca.OFFLINE, more=await _customers_left(talk, atendimento_limits))


async def _customers_left(talk: Talk, limits: AtendimentoLimits) -> list[str]:
    """To whoever leaves with customers: what becomes of them."""
    assert talk.pessoa is not None
    count = (await counts_by_usuario(talk.tx.connection, [talk.pessoa.id])).get(talk.pessoa.id, 0)
    if not count:
        return []
    minutes = math.ceil(limits.graca / timedelta(minutes=1))
    text = n_(
        "{n} cliente ainda está com você. Encerre ou transfira; daqui a {minutos} min volta para a fila.",
        "{n} clientes ainda estão com você. Encerre ou transfira; daqui a {minutos} min voltam para a fila.",
        count,
    )
    return [text.format(n=count, minutos=minutes)]


async def _choose(talk: Talk, status: StatusPresenca, message: str = "", *, more: Sequence[str] = ()) -> None:
    assert talk.pessoa is not None
    presenca = await choose(talk.tx, talk.pessoa.id, status, message, Via.CHAT, zone=talk.zone)
    lines = [_you_are(status, presenca.status_message or ""), *more]
    if status in (StatusPresenca.BUSY, StatusPresenca.AWAY):
        lines += _when_back(talk, presenca)
    if status is StatusPresenca.ONLINE:
        await talk.say("\n".join(lines), *_other_states(status))
    else:
        await talk.say("\n".join(lines), (_label(StatusPresenca.ONLINE), WordButton(palavra=Palavra.ONLINE)))


def _when_back(talk: Talk, presenca: Presenca) -> list[str]:
    """What was understood of the message: the moment, a day without an hour, or only that it is another day."""
    if presenca.returns_at is not None:
        return [_("De volta a online: {quando}. Eu aviso aqui.").format(quando=talk.local_time(presenca.returns_at))]
    volta = understood(presenca.status_message or "", talk.tx.now, talk.zone)
    if volta is None:
        return []
    if volta.dia is None:
        return [_("Não sei em que dia e hora você volta, por isso não mudo nada sozinho. Ao voltar, digite ONLINE.")]
    text = _("Entendi: até {dia}, sem hora certa. Não mudo nada sozinho; ao voltar, digite ONLINE.")
    return [text.format(dia=f"{volta.dia:%d/%m/%Y}")]


@on_word(router, Palavra.PRESENCA)
async def show_team(event: Message | CallbackQuery, talk: Talk, presence_limits: PresenceLimits) -> None:
    """Who is what, since when, and what they say about it; those who are here first."""
    assert talk.pessoa is not None
    people, total = await attendants(talk.tx.connection, SHOWN)
    signs = await signs_of(talk, [row.id for row in people])
    customers = await counts_by_usuario(talk.tx.connection, [row.id for row in people])
    lines, own = [], StatusPresenca.OFFLINE
    for row in people:
        presenca = presenca_in(row)
        estado = None
        if presenca is not None:
            known = signs.get(row.id) if signs is not None else None
            estado = effective(presenca, known, talk.tx.now, presence_limits)
        if row.id == talk.pessoa.id and estado is not None:
            own = estado.status
        returns_at = presenca.returns_at if presenca is not None else None
        until = talk.local_time(returns_at) if returns_at is not None and estado and estado.message else ""
        lines.append(_line(talk, row.nome_completo, estado, until, customers.get(row.id, 0)))
    if total > len(people):
        lines.append(_("… e mais {n}").format(n=total - len(people)))
    head = _("Presença da equipe:") if lines else _("Ainda não há consultores cadastrados.")
    await talk.say("\n".join([head, *lines]), *_other_states(own), (_("Tempo por estado"), ShowTimes()))


@router.callback_query(Tap(StillHere))
async def still_here(event: CallbackQuery, talk: Talk, presence_limits: PresenceLimits) -> None:
    """The answer to "are you still there?", however late, and however often."""
    assert talk.pessoa is not None
    estado = await answer_question(talk.tx, talk.pessoa.id, talk.tx.now, presence_limits)
    if estado is not None:
        await _welcome_back(talk, estado)
        return
    presenca = await presenca_of(talk.tx.connection, talk.pessoa.id)
    status = StatusPresenca.OFFLINE if presenca is None else StatusPresenca(presenca.announced)
    await talk.say(_("👍 Anotado. {estado}").format(estado=_you_are(status)))


@router.callback_query(Tap(ShowTimes))
async def ask_for_report(event: CallbackQuery, talk: Talk) -> None:
    """Drawn after this turn (bot/senders/presenca/sender.py): an administrator's shows everybody."""
    assert talk.pessoa is not None
    everybody = tem(talk.pessoa.perfil_usuario, Direito.ADMINISTRAR)
    whose = None if everybody else talk.pessoa.id
    await write_command(talk.tx, MakePresencaReport(talk.contato.id, talk.contato.idioma, whose))


async def follow_up(talk: Talk, motivo: Motivo, quando: datetime, limits: PresenceLimits) -> None:
    """What a person hears of their presence without asking; it is still true, or not said. `quando` it came about."""
    assert talk.pessoa is not None
    presenca = await presenca_of(talk.tx.connection, talk.pessoa.id)
    if presenca is None:
        return
    if motivo is Motivo.SINAL:
        if estado := await answer_question(talk.tx, talk.pessoa.id, quando, limits):
            await _welcome_back(talk, estado)
    elif motivo is Motivo.PERGUNTAR and presenca.asked_at is not None:
        text = _("{estado} Faz tempo que você não aparece por aqui. Sem resposta em {n} min, mudo para ausente.")
        minutes = max(1, limits.espera // timedelta(minutes=1))
        button = (_("Ainda estou aqui"), StillHere())
        await talk.say(text.format(estado=_you_are(StatusPresenca(presenca.status)), n=minutes), button)
    elif motivo is Motivo.AUSENTE and presenca.announced == StatusPresenca.AWAY:
        text = _("{estado} Não recebi resposta. Qualquer mensagem sua desfaz isso.")
        await talk.say(text.format(estado=_you_are(StatusPresenca.AWAY)), (_("Ainda estou aqui"), StillHere()))
    elif motivo is Motivo.DE_VOLTA and presenca.announced == StatusPresenca.ONLINE:
        text = _("⏰ Chegou a hora: você está online de novo.")
        await talk.say(text, *_other_states(StatusPresenca.ONLINE))


def labels_of_report() -> tuple[dict[StatusPresenca, str], str]:
    """What the picture calls the states and the hours."""
    return {status: _name(status) for status in REPORTED}, _("horas")


def caption_of_report(reports: list[TempoPorEstado]) -> str:
    """The picture in words, for those who cannot see it; or that there is nothing to show."""
    if not reports:
        return _("Ainda não há tempo de presença registrado nos últimos 7 dias.")
    lines = []
    for report in reports:
        times = [f"{_name(status)} {_hours(report.total(status))}" for status in REPORTED if report.total(status)]
        lines.append(f"{report.nome}: {', '.join(times)}")
    return "\n".join([_("Tempo por estado, últimos 7 dias"), *lines])


async def report_failed(talk: Talk) -> None:
    await talk.say(_("Não consegui montar o relatório agora. Tente de novo em alguns minutos."))


async def _welcome_back(talk: Talk, estado: Estado) -> None:
    await talk.say(_("Que bom ter você de volta! {estado}").format(estado=_you_are(estado.status, estado.message)))


async def signs_of(talk: Talk, usuario_ids: list[UUID]) -> dict[UUID, Signs] | None:
    """Their signs of life; None while Redis is away."""
    try:
        return await read_signs(talk.tx.redis, usuario_ids, talk.tx.now)
    except UNAVAILABLE:
        return None


def _line(talk: Talk, nome: str, estado: Estado | None, until: str, customers: int) -> str:
    if estado is None:
        return f"{_EMOJI[StatusPresenca.OFFLINE]} {nome} · {_name(StatusPresenca.OFFLINE)}"
    since = _("{estado} desde {hora}").format(estado=_name(estado.status), hora=talk.local_time(estado.since))
    parts = [f"{_EMOJI[estado.status]} {nome}", since]
    if estado.message:
        parts.append(f"“{estado.message}”")
    if until:
        parts.append(_("volta {hora}").format(hora=until))
    if customers:
        parts.append(n_("{n} cliente", "{n} clientes", customers).format(n=customers))
    elif estado.status is StatusPresenca.ONLINE:
        parts.append(_("livre"))
    return " · ".join(parts)


def _you_are(status: StatusPresenca, message: str = "") -> str:
    texts = {
        StatusPresenca.ONLINE: _("Você está online"),
        StatusPresenca.BUSY: _("Você está no modo ocupado"),
        StatusPresenca.AWAY: _("Você aparece como ausente"),
        StatusPresenca.OFFLINE: _("Você está offline"),
    }
    text = f"{_EMOJI[status]} {texts[status]}"
    return f"{text}: {message}" if message else f"{text}."


def _name(status: StatusPresenca) -> str:
    names = {
        StatusPresenca.ONLINE: _("online"),
        StatusPresenca.BUSY: _("ocupado"),
        StatusPresenca.AWAY: _("ausente"),
        StatusPresenca.OFFLINE: _("offline"),
    }
    return names[status]


def _label(status: StatusPresenca) -> str:
    labels = {
        StatusPresenca.ONLINE: _("Online"),
        StatusPresenca.BUSY: _("Ocupado"),
        StatusPresenca.AWAY: _("Ausente"),
        StatusPresenca.OFFLINE: _("Offline"),
    }
    return labels[status]


def _other_states(own: StatusPresenca) -> list[Choice]:
    return [(_label(status), WordButton(palavra=palavra)) for status, palavra in _WORDS.items() if status is not own]


def _hours(time: timedelta) -> str:
    minutes = time // timedelta(minutes=1)
    return f"{minutes // 60}h{minutes % 60:02d}"
