"""The message that grows while a robot downloads an invoice; where a channel cannot edit, its start and its end."""

from core.processo.limites import ProcessoLimits
from core.robo.andamento import Andamento
from dialogs.frame.i18n import _
from dialogs.frame.talk import Choice, Talk
from dialogs.processo.avisos import name_of
from dialogs.processo.buttons import CancelExecucao
from storage.processo.processos import Processo
from storage.processo.status import StatusExecucao

_BAR = 10
_LINE_LIMIT = 120


async def announce(talk: Talk, processo: Processo, andamento: Andamento, limits: ProcessoLimits) -> int:
    """Say that it has begun, or how it ended if it was that quick; the message's id."""
    talk.speak()
    return await talk.say(_text(talk, processo, andamento, limits))


async def grow(talk: Talk, message_id: int, processo: Processo, andamento: Andamento, limits: ProcessoLimits) -> None:
    """The message says what is true now."""
    talk.speak()
    stop: list[Choice] = [(_("Parar"), CancelExecucao(execucao_id=andamento.execucao_id))]
    await talk.rewrite(
        message_id, _text(talk, processo, andamento, limits), *(stop if andamento.desfecho is None else ())
    )


async def tell_done(talk: Talk, processo: Processo) -> None:
    """The end, where the first message cannot change. A failure is told by itself, with what one can do."""
    talk.speak()
    await talk.say(_done(processo))


def _text(talk: Talk, processo: Processo, andamento: Andamento, limits: ProcessoLimits) -> str:
    if not talk.can_edit and andamento.desfecho is None:
        return _("⬇️ {processo}: o download começou. Aviso aqui quando terminar.").format(processo=name_of(processo))
    lines = [_head(talk, processo, andamento, limits)]
    if andamento.desfecho is None or andamento.percentual:
        lines.append(f"{bar(andamento.percentual)} {andamento.percentual}%")
    if andamento.desfecho is None and andamento.etapa:
        lines.append(f"⏳ {andamento.etapa}")
    lines += [f"· {line[:_LINE_LIMIT]}" for line in andamento.linhas]
    return "\n".join(lines)


def _head(talk: Talk, processo: Processo, andamento: Andamento, limits: ProcessoLimits) -> str:
    which = name_of(processo)
    if andamento.desfecho is StatusExecucao.CONCLUIDO:
        return _done(processo)
    if andamento.desfecho is not None:
        return _("❌ {processo}: o download terminou sem fatura.").format(processo=which)
    if andamento.espera_ate is not None:
        text = _("🔁 {processo}: tentativa {n} de {total} às {hora}.")
        hora = andamento.espera_ate.astimezone(talk.zone).strftime("%H:%M:%S")
        return text.format(processo=which, n=andamento.tentativa, total=limits.tentativas, hora=hora)
    if andamento.tentativa > 1:
        text = _("⬇️ {processo}: baixando, tentativa {n} de {total}.")
        return text.format(processo=which, n=andamento.tentativa, total=limits.tentativas)
    return _("⬇️ {processo}: baixando.").format(processo=which)


def _done(processo: Processo) -> str:
    return _("✅ {processo}: fatura baixada.").format(processo=name_of(processo))


def bar(percentual: int) -> str:
    """Ten squares, as many of them full as there are tenths done."""
    full = percentual * _BAR // 100
    return "▰" * full + "▱" * (_BAR - full)
