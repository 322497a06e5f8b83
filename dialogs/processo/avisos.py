"""What the back office hears of invoices without asking."""

from collections.abc import Sequence
from uuid import UUID

from core.commands.processo import Aviso
from core.robo.trancadas import ARQUIVO_COM_SENHA
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Choice, Talk
from dialogs.processo.buttons import DownloadProcesso, SeeProcesso, SendToSat, TypeSenha
from dialogs.processo.recusas import refusal_text
from storage.operadora.operadoras import Operadora
from storage.processo.execucoes import Execucao
from storage.processo.processos import Processo
from storage.processo.status import StatusExecucao, TipoExecucao


async def tell(talk: Talk, aviso: Aviso, processo: Processo, execucao: Execucao, operadora: Operadora) -> None:
    """One message about one execucao."""
    talk.speak()
    await talk.say(_text(talk, aviso, processo, execucao, operadora), *_offers(aviso, execucao))


def _offers(aviso: Aviso, execucao: Execucao) -> list[Choice]:
    """What one can do about it with a tap."""
    if aviso is not Aviso.FALHOU:
        return []
    see: Choice = (_("Ver processo"), SeeProcesso(processo_id=execucao.processo_id))
    if (senha := asks_for_password(execucao)) is not None:
        return [senha, see]
    if _login_refused(execucao):
        # Nothing is tried with that login until somebody has put it right.
        return [see]
    if execucao.tipo_execucao == TipoExecucao.UPLOAD_SAT:
        return [(_("Enviar de novo"), SendToSat(processo_id=execucao.processo_id)), see]
    return [(_("Baixar de novo"), DownloadProcesso(processo_id=execucao.processo_id)), see]


def asks_for_password(execucao: Execucao) -> Choice | None:
    """The tap after which the password of what its robot brought is typed; None where none is needed."""
    erro = execucao.detalhes_erro or {}
    if erro.get("codigo") != ARQUIVO_COM_SENHA:
        return None
    return _("Digitar a senha"), TypeSenha(de="doc", which=UUID(str(erro["documento_id"])))


async def no_file_yet(talk: Talk) -> None:
    """The file is not in the object store, or there is none."""
    await talk.say(_("O arquivo desta fatura ainda não está disponível. Tente de novo em alguns minutos."))


async def no_such_fatura(talk: Talk) -> None:
    """It is not there any more."""
    await talk.say(_("Essa fatura não existe mais."))


def _text(talk: Talk, aviso: Aviso, processo: Processo, execucao: Execucao, operadora: Operadora) -> str:
    which = name_of(processo)
    if aviso is Aviso.INICIO_ADIADO:
        text = _("⏳ {processo}: o serviço dos robôs não está respondendo. Continuo tentando e aviso se não der.")
        return text.format(processo=which)
    if aviso is Aviso.LOGIN_RECUSADO:
        text = _(
            "🔑 {operadora}: o portal recusou o login de {processo}. Ninguém que usa esse login será tentado de novo"
            " até a senha ser corrigida no cadastro do cliente."
        )
        return text.format(operadora=operadora.nome, processo=which)
    if aviso is Aviso.OPERADORA_PAUSADA:
        until = talk.local_time(operadora.pausada_ate) if operadora.pausada_ate is not None else "–"
        text = _("⏸️ {operadora}: cinco falhas técnicas seguidas no portal. Os downloads param até {hora}.")
        return text.format(operadora=operadora.nome, hora=until)
    if aviso is Aviso.NO_SAT:
        return _("📤 {processo}: fatura enviada ao SAT.").format(processo=which)
    return failure_text(processo, execucao)


def failure_text(processo: Processo, execucao: Execucao) -> str:
    """What went wrong, in the robot's words where there are any, and what one can do."""
    which, why = name_of(processo), why_failed(execucao)
    if execucao.tipo_execucao == TipoExecucao.UPLOAD_SAT:
        text = _("❌ {processo}: o envio ao SAT falhou. {motivo}\nConfira o SAT e mande enviar de novo.")
        return text.format(processo=which, motivo=why)
    if asks_for_password(execucao) is not None:
        text = _("🔒 {processo}: o robô trouxe um PDF com senha, e nenhum dos números do cliente abre. Qual é a senha?")
        return text.format(processo=which)
    text = _("❌ {processo}: o download falhou. {motivo}\nMande baixar de novo, ou envie o PDF aqui.")
    if _login_refused(execucao):
        text = _(
            "❌ {processo}: o download falhou. {motivo}\nCorrija a senha no cadastro do cliente, ou envie o PDF aqui."
        )
    return text.format(processo=which, motivo=why)


def _login_refused(execucao: Execucao) -> bool:
    refused = (execucao.detalhes_erro or {}).get("codigo") == "CREDENCIAL_RECUSADA"
    return refused and execucao.tipo_execucao == TipoExecucao.DOWNLOAD_FATURA


def name_of(processo: Processo) -> str:
    """How people call a processo: whose it is, where, which month."""
    return f"{processo.razao_social} · {processo.operadora} · {processo.mes_ano}"


def left_out(ficaram: Sequence[Processo]) -> list[str]:
    """Which of several that were confirmed together changed in the meantime, a line each; nothing for none."""
    if not ficaram:
        return []
    text = n_("✋ {n} ficou de fora, porque mudou:", "✋ {n} ficaram de fora, porque mudaram:", len(ficaram))
    return [text.format(n=len(ficaram)), *map(name_of, ficaram)]


def why_failed(execucao: Execucao) -> str:
    """The robot's own words; else ours for what it is called."""
    erro = execucao.detalhes_erro or {}
    codigo, mensagem = str(erro.get("codigo") or ""), str(erro.get("mensagem") or "")
    if codigo in ("ARQUIVO_INVALIDO", ARQUIVO_COM_SENHA):
        return refusal_text(mensagem)
    if codigo == "SEM_RESPOSTA":
        return _("O robô perguntou “{pergunta}” e ninguém que pudesse responder estava por perto.").format(
            pergunta=mensagem
        )
    if found := _ours().get(codigo):
        return found
    if execucao.status_execucao == StatusExecucao.TIMEOUT:
        return _("O robô parou de dar notícias.")
    if mensagem:
        return mensagem if mensagem[-1] in ".!?…" else f"{mensagem}."
    return _("O robô não disse por quê ({codigo}).").format(codigo=codigo or "–")


def _ours() -> dict[str, str]:
    return {
        "ROBO_INDISPONIVEL": _("O serviço dos robôs não respondeu."),
        "INICIO_RECUSADO": _("O serviço dos robôs recusou o pedido."),
        "SENHA_ILEGIVEL": _("A senha do portal guardada não pode ser lida: grave-a de novo no cadastro."),
        "ARQUIVO_BLOQUEADO": _("O endereço do arquivo não é permitido e não foi aberto."),
        "ARQUIVO_INDISPONIVEL": _("O arquivo que o robô encontrou não pôde ser buscado."),
        "CANCELADO": _("O robô foi cancelado."),
        "CANCELADO_POR_PESSOA": _("Alguém parou o robô."),
    }
