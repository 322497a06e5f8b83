"""“Por que está assim?”: why a processo stands where it stands, in plain words, and what comes next."""

from core.processo.consulta.situacao import Fatos, Porque, Situacao
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Talk
from dialogs.processo.avisos import why_failed
from dialogs.processo.frases import who_did
from storage.processo.execucoes import Execucao


def why(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    """The reason, and what one can do about it."""
    tell = {
        Porque.DESATIVADO: _out_of_lists,
        Porque.BAIXANDO: _downloading,
        Porque.NA_FILA_DO_ROBO: _in_line,
        Porque.OPERADORA_PAUSADA: _paused,
        Porque.LOGIN_RECUSADO: _login_refused,
        Porque.SEM_ROBO: _no_robot,
        Porque.REJEITADO: _rejected,
        Porque.DOWNLOAD_FALHOU: _download_failed,
        Porque.DOWNLOAD_PARADO: _download_stopped,
        Porque.NUNCA_BAIXADO: _never_downloaded,
        Porque.ESPERA_APROVADOR: _undecided,
        Porque.ESPERA_OUTRO: _half_approved,
        Porque.ENVIANDO: _sending,
        Porque.VAI_SOZINHO: _goes_by_itself,
        Porque.ENVIO_FALHOU: _sending_failed,
        Porque.ESPERA_ENVIO: _approved,
        Porque.NO_SAT: _in_sat,
    }
    return tell[found.porque](talk, fatos, found)


def progress_of(execucao: Execucao) -> str:
    """What its robot is at: `entrando no portal, 40%`; "" when it has not said."""
    progresso = execucao.progresso or {}
    percentual = progresso.get("percentual")
    parts = [str(progresso.get("etapa") or "")]
    parts += [f"{percentual:.0f}%"] if isinstance(percentual, int | float) else []
    return ", ".join(part for part in parts if part)


def _who_and_when(talk: Talk, found: Situacao) -> dict[str, str]:
    if found.passo is None:
        return {"quem": _("o Balcão"), "quando": "–"}
    return {"quem": who_did(found.passo), "quando": talk.at(found.passo.quando)}


def _sentence(text: str, **values: object) -> str:
    told = text.format(**values)
    return told[:1].upper() + told[1:]


def _out_of_lists(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    text = _("{quem} tirou este processo das listas {quando}. Um administrador pode devolvê-lo.")
    return _sentence(text, **_who_and_when(talk, found))


def _downloading(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    execucao = found.execucao
    assert execucao is not None
    assert execucao.enviada_em is not None
    text = _("🤖 Um robô está baixando desde {hora} (tentativa {n}).")
    told = [text.format(hora=talk.local_time(execucao.enviada_em), n=execucao.numero_tentativa)]
    if at := progress_of(execucao):
        told.append(_("Agora: {etapa}.").format(etapa=at))
    return " ".join([*told, _("Não precisa fazer nada: aviso se der errado.")])


def _in_line(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    execucao = found.execucao
    assert execucao is not None
    if execucao.devida_em > talk.tx.now:
        text = _("A tentativa anterior falhou; tento de novo {quando}. Não precisa fazer nada.")
        return text.format(quando=talk.at(execucao.devida_em))
    text = _("O download está na fila: todos os robôs da {operadora} estão ocupados. Começa sozinho.")
    return text.format(operadora=fatos.operadora.nome)


def _paused(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    assert found.ate is not None
    text = _("O portal da {operadora} falhou várias vezes seguidas: os downloads param até {hora} e voltam sozinhos.")
    return text.format(operadora=fatos.operadora.nome, hora=talk.local_time(found.ate))


def _login_refused(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    assert found.ate is not None
    text = _(
        "🔑 O portal da {operadora} recusou o login {quando}. Nada é tentado com ele até a senha ser corrigida no"
        " cadastro do cliente. Enquanto isso, mande o PDF aqui."
    )
    return text.format(operadora=fatos.operadora.nome, quando=talk.at(found.ate))


def _no_robot(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    text = _("A {operadora} não tem robô: alguém precisa pegar a fatura no portal e mandar o PDF aqui.")
    return text.format(operadora=fatos.operadora.nome)


def _rejected(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    text = _("{quem} rejeitou a fatura {quando}: “{motivo}”. Mande baixar de novo, ou envie o PDF certo aqui.")
    motivo = found.passo.motivo if found.passo is not None else None
    return _sentence(text, motivo=motivo or "–", **_who_and_when(talk, found))


def _download_failed(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    execucao = found.execucao
    assert execucao is not None
    text = _("O download falhou {quando}, na {n}ª tentativa: {motivo} Mande baixar de novo, ou envie o PDF aqui.")
    when = execucao.data_fim or execucao.data_inicio
    return text.format(quando=talk.at(when), n=execucao.numero_tentativa, motivo=why_failed(execucao))


def _download_stopped(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    if found.passo is None:
        return _("O download foi parado. Mande baixar de novo quando quiser.")
    text = _("{quem} parou o download {quando}. Mande baixar de novo quando quiser.")
    return _sentence(text, **_who_and_when(talk, found))


def _never_downloaded(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    text = _("{quem} criou o processo {quando} e ninguém pediu o download ainda.")
    return _sentence(text, **_who_and_when(talk, found))


def _undecided(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    text = n_(
        "{quem} trouxe a fatura {quando}. Espera que {n} aprovador decida.",
        "{quem} trouxe a fatura {quando}. Espera que {n} aprovadores diferentes decidam.",
        found.faltam,
    )
    return _sentence(text, n=found.faltam, **_who_and_when(talk, found))


def _half_approved(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    text = n_(
        "{quem} aprovou {quando}. Falta mais {n} pessoa aprovar.",
        "{quem} aprovou {quando}. Faltam mais {n} pessoas aprovarem.",
        found.faltam,
    )
    return _sentence(text, n=found.faltam, **_who_and_when(talk, found))


def _sending(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    text = _("{quem} aprovou {quando}, e um robô está levando a fatura ao SAT. Não precisa fazer nada.")
    return _sentence(text, **_who_and_when(talk, found))


def _goes_by_itself(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    assert found.ate is not None
    text = _("{quem} aprovou {quando}. Vai ao SAT às {hora}; até lá a aprovação pode ser desfeita.")
    hora = found.ate.astimezone(talk.zone).strftime("%H:%M:%S")
    return _sentence(text, hora=hora, **_who_and_when(talk, found))


def _sending_failed(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    assert found.execucao is not None
    text = _("{quem} aprovou {quando}, mas o envio ao SAT não deu certo: {motivo} Confira o SAT e envie de novo.")
    return _sentence(text, motivo=why_failed(found.execucao), **_who_and_when(talk, found))


def _approved(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    text = _("{quem} aprovou {quando}. Falta alguém mandar ao SAT.")
    return _sentence(text, **_who_and_when(talk, found))


def _in_sat(talk: Talk, fatos: Fatos, found: Situacao) -> str:
    text = _("{quem} aprovou {quando}, e a fatura está no SAT desde {chegada}. Está tudo pronto.")
    arrived = talk.local_time(found.ate) if found.ate is not None else "–"
    return _sentence(text, chegada=arrived, **_who_and_when(talk, found))
