"""What processos are called in chat: their status, a line in a list, who did what to them."""

from collections.abc import Sequence

from core.processo.maquina import Acao
from dialogs.frame.channels import channel_name
from dialogs.frame.i18n import _
from dialogs.frame.talk import Choice, Talk
from dialogs.processo.buttons import SeeProcesso
from dialogs.processo.cartao import due_text, reais
from storage.processo.historico import Passo
from storage.processo.processos import Processo
from storage.processo.status import StatusProcesso

# A row of a list on WhatsApp.
LABEL = 24
_NAME = 40

ICONS = {
    StatusProcesso.AGUARDANDO_DOWNLOAD: "📥",
    StatusProcesso.AGUARDANDO_APROVACAO: "🔎",
    StatusProcesso.AGUARDANDO_ENVIO_SAT: "📤",
    StatusProcesso.UPLOAD_REALIZADO: "✅",
}


def status_name(status: str) -> str:
    """Where it stands, with its sign."""
    names = {
        StatusProcesso.AGUARDANDO_DOWNLOAD: _("Aguardando download"),
        StatusProcesso.AGUARDANDO_APROVACAO: _("Aguardando aprovação"),
        StatusProcesso.AGUARDANDO_ENVIO_SAT: _("Aguardando envio ao SAT"),
        StatusProcesso.UPLOAD_REALIZADO: _("No SAT"),
    }
    which = StatusProcesso(status)
    return f"{ICONS[which]} {names[which]}"


def account_of(processo: Processo) -> str:
    """What tells it from the other accounts of the same company."""
    return " · ".join(part for part in (processo.filtro, processo.servico) if part)


def line(talk: Talk, place: int, processo: Processo, *, with_month: bool) -> str:
    """One processo in a list."""
    parts = [f"{place}. {ICONS[StatusProcesso(processo.status_processo)]} {processo.razao_social[:_NAME]}"]
    parts += [processo.operadora, account_of(processo)[:_NAME]]
    parts += [processo.mes_ano] if with_month else []
    if processo.valor_centavos is not None:
        parts.append(reais(processo.valor_centavos))
    if processo.data_vencimento is not None and processo.status_processo != StatusProcesso.UPLOAD_REALIZADO:
        parts.append(due_text(processo.data_vencimento, talk.today))
    return " · ".join(part for part in parts if part)


def label(place: int, processo: Processo) -> str:
    """What stands on its button."""
    return f"{place}. {processo.razao_social}"[:LABEL]


def taps(several: Sequence[Processo]) -> list[Choice]:
    """Each of a list, a tap away from its card."""
    return [(label(place, one), SeeProcesso(processo_id=one.id)) for place, one in enumerate(several, 1)]


def step_text(talk: Talk, passo: Passo) -> str:
    """One step of the history in plain words."""
    return f"{talk.local_time(passo.quando)} · {_deed(passo)}"


def who_did(passo: Passo) -> str:
    """Who took a step, by which channel, and in whose name."""
    if passo.usuario is None:
        return _("o robô") if passo.canal == "robo" else _("o Balcão")
    name = passo.usuario
    if passo.em_nome_de is not None:
        name = _("{nome}, em nome de {outro}").format(nome=name, outro=passo.em_nome_de)
    channel = channel_name(passo.canal)
    return f"{name} ({channel})" if channel else name


def _deed(passo: Passo) -> str:
    deeds = {
        Acao.CRIAR: _("{quem} criou o processo"),
        Acao.BAIXAR: _("{quem} pediu o download"),
        Acao.RECEBER: _("{quem} trouxe a fatura"),
        Acao.ANEXAR: _("{quem} anexou um arquivo"),
        Acao.REEXAMINAR: _("{quem} ouviu as testemunhas de novo, com a NFCom"),
        Acao.CORRIGIR: _("{quem} corrigiu valor ou vencimento"),
        Acao.APROVAR: _("{quem} aprovou mesmo assim: {motivo}") if passo.motivo else _("{quem} aprovou"),
        Acao.REJEITAR: _("{quem} rejeitou: {motivo}"),
        Acao.DESFAZER: _("{quem} desfez a aprovação"),
        Acao.ENVIAR: _("{quem} mandou ao SAT"),
        Acao.CONCLUIR: _("{quem} entregou a fatura ao SAT"),
        Acao.CANCELAR: _("{quem} parou o robô"),
        Acao.DESATIVAR: _("{quem} tirou o processo das listas"),
        Acao.REATIVAR: _("{quem} devolveu o processo às listas"),
    }
    deed = next((text for acao, text in deeds.items() if acao == passo.acao), passo.acao.capitalize())
    told = deed.format(quem=who_did(passo), motivo=passo.motivo or "–")
    return told[:1].upper() + told[1:]
