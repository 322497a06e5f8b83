"""The audit in words."""

from dialogs.frame.channels import channel_name
from dialogs.frame.i18n import _
from storage.auditoria.auditoria import Linha
from storage.auditoria.cadeia import Quebra
from storage.auditoria.tipos import Ato, TipoQuebra


def name_of(acao: str) -> str:
    """An act as people call it; one of another release as it is written."""
    names = {
        Ato.APROVAR: _("aprovação"),
        Ato.REJEITAR: _("rejeição"),
        Ato.DESFAZER: _("aprovação desfeita"),
        Ato.ENVIAR: _("envio ao SAT"),
        Ato.CORRIGIR: _("correção de fatura"),
        Ato.DESATIVAR: _("processo desativado"),
        Ato.REATIVAR: _("processo reativado"),
        Ato.DELEGAR: _("delegação"),
        Ato.LIBERAR: _("acessos liberados"),
        Ato.REVELAR: _("senha revelada"),
        Ato.ENTREGAR: _("senha entregue ao robô"),
        Ato.ABRIR: _("conversa ou arquivo de outra pessoa aberto"),
        Ato.IMPORTAR: _("importação"),
        Ato.EXPORTAR: _("exportação"),
        Ato.RECEBER: _("fatura trazida"),
        Ato.ANEXAR: _("arquivo trazido"),
        Ato.USUARIO: _("cadastro de pessoa"),
        Ato.OPERADORA: _("cadastro de operadora"),
        Ato.CLIENTE: _("cadastro de cliente"),
        Ato.CONSULTOR: _("cadastro de consultor"),
        Ato.AGENDAMENTO: _("agendamento"),
        Ato.RESPOSTA: _("resposta rápida"),
        Ato.VENDA: _("venda de outra pessoa parada"),
        Ato.ATENDIMENTO: _("atendimento de outra pessoa mudado"),
        Ato.CONVIDAR: _("convite"),
        Ato.TOKEN: _("token emitido"),
        Ato.ENTRAR: _("entrada no painel"),
        Ato.VINCULAR: _("entrada pelo chat"),
        Ato.BACKUP: _("backup"),
        Ato.REPROCESSAR: _("reprocessamento"),
        Ato.CHAVES: _("troca de chaves"),
        Ato.LGPD: _("dados de uma pessoa (LGPD)"),
    }
    return names[Ato(acao)] if acao in set(Ato) else acao


def line(linha: Linha, quando: str, alvo: str | None) -> str:
    """One act: number, moment, who, by which channel, what, to what and why."""
    quem = linha.usuario or (_("pessoa apagada") if linha.usuario_id else _("sistema"))
    text = f"{linha.numero} · {quando} · {quem} ({channel_name(linha.canal) or linha.canal}): {name_of(linha.acao)}"
    if alvo:
        text += f" · {alvo}"
    if linha.motivo:
        text += f" · «{linha.motivo}»"
    return text


def broken(quebra: Quebra) -> str:
    """Where the chain is broken."""
    texts = {
        TipoQuebra.MUDADA: _("a linha {numero} foi mudada à mão"),
        TipoQuebra.FALTA: _("a linha {numero} foi apagada à mão"),
        TipoQuebra.SOBRA: _("a linha {numero} foi posta à mão"),
    }
    if quebra.ate > quebra.numero:
        texts = {
            TipoQuebra.MUDADA: _("as linhas {numero} a {ate} foram mudadas à mão"),
            TipoQuebra.FALTA: _("as linhas {numero} a {ate} foram apagadas à mão"),
            TipoQuebra.SOBRA: _("as linhas {numero} a {ate} foram postas à mão"),
        }
    return texts[quebra.tipo].format(numero=quebra.numero, ate=quebra.ate)
