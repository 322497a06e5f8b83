"""What nobody does by a sentence: "apaga todos os usuários", "zera o banco", "bloqueia o Davi"."""

import re
from enum import StrEnum, auto

from core.fala.lexico.imperativos import asked
from core.fala.lexico.nomes import FIRST_NAMES
from core.fala.lexico.rodeios import heart_of
from core.fala.lexico.texto import LIMIT, cleaned, plain


class Perigo(StrEnum):
    """What was asked for."""

    LIBERAR_TODOS = auto()
    """Every login that is lent."""
    APAGAR = auto()
    """People, clients, invoices, the database itself."""
    TIRAR_ACESSO = auto()
    """One person's, or everybody's."""
    MUDAR_CADASTRO = auto()
    """What somebody is called, may do, or is called at: a phone, a perfil, a password."""
    RESTAURAR = auto()
    """A backup put back in place of what there is."""
    PARAR = auto()
    """Schedules, robots, the whole service."""


_ALL = r"(?:tod[oa]s?|tudo|geral|todo mundo|a galera|o pessoal|everybody|everyone|all|todos|cada um)"
_FREE = rf"^(?:{asked('liberar soltar desbloquear destravar')}|liberem|release|free(?: up)?|unlock)\b"
_ERASE = (
    rf"^(?:{asked('apagar excluir deletar remover eliminar zerar limpar destruir resetar formatar esvaziar borrar')}"
    rf"|deletear|reset|wipe|erase|drop|some com|(?:{asked('acabar')}) com)\b"
)
_THINGS = (
    r"\b(?:usuarios?|users?|pessoas?|consultor(?:es)?|vendedor(?:es)?|atendentes?|aprovador(?:es)?"
    r"|clientes?|clients?|customers?"
    r"|operadoras?|faturas?|invoices?|facturas?|processos?|vendas?|sales|ventas|historico|auditoria"
    r"|conversas?|protocolos?|logs?|registros?"
    r"|banco|base|dados|datos|data ?base|data|tabelas?|tables?|sistema|system|backups?|tudo|todo mundo"
    r"|everything)\b|\btodo\W*$"
)
_LOCK = (
    rf"^(?:{asked('bloquear desativar desabilitar inativar suspender demitir')}"
    r"|desligar? (?:o |a )?(?:usuari|funcionari|vendedor|atendente|consultor)\w*|block|disable|deactivate"
    r"|lock(?: out)?|suspende|deshabilit\w+"
    rf"|(?:{asked('tirar cortar revogar remover cancelar quitar')}|revoke|remove)"
    r" (?:o |os |the |el )?(?:acessos?|permiss\w+|login|usuario|access|acceso)"
    rf"|(?:{asked('tirar remover excluir apagar deletar')}) [ao]s? [a-z]+ d[oa] (?:sistema|equipe|empresa|time))\b"
)
_NAMES = "|".join(sorted(FIRST_NAMES))
# "Remove o Davi", "tira a Ana daí", "o Caio foi demitido".
_PUT_OUT = (
    rf"^(?:{asked('tirar remover excluir apagar deletar eliminar desativar bloquear')}|remove|delete)"
    rf" (?:[ao] )?(?:{_NAMES})\b(?! d[ae]s? (?:fila|pausa|reuniao))"
    rf"|\b(?:o|a) (?:{_NAMES})\b.{{0,20}}\b(?:foi demitid[ao]|foi desligad[ao]|nao trabalha mais|saiu da empresa"
    r"|foi mandad[ao] embora|pediu (?:as )?contas|pediu demissao)\b"
)
_RECORD = (
    rf"^(?:{asked('mudar trocar alterar corrigir atualizar colocar botar promover tornar deixar redefinir resetar')}"
    r"|poe|reset|change)\b.*"
    r"\b(?:cadastro|telefone|celular|numero|cpf|nome|e-?mail|perfil|senha|cargo|funcao|matricula|permiss\w+"
    r"|como (?:um |uma )?(?:supervisor|administrador|adm|aprovador|operador|vendedor|consultor|gerente)\w*"
    r"|(?:pra|para|virar) (?:um |uma )?(?:supervisor|administrador|adm|aprovador|operador|consultor|gerente)\w*)\b"
    rf"|\b[oa] (?:{_NAMES}) (?:trocou|mudou|ta com|esta com|comprou) (?:de |outro |um )?(?:novo )?(?:telefone"
    r"|numero|celular|chip|whats\w*)"
    r"|\b(?:telefone|celular|numero|whats\w*|zap|e-?mail|sobrenome|cpf|senha) d[aeo]s? [\w ]{2,20} (?:mudou|trocou"
    r"|agora e|e agora|nova|expirou|venceu)"
)
_RESTORE = (
    rf"^(?:{asked('restaurar recuperar voltar')}|restore)\b.*"
    r"\b(?:backups?|copia de seguranca|bkp|o de ontem|banco)\b"
)
_STOP = (
    rf"^(?:(?:{asked('parar pausar cancelar suspender desativar desligar reiniciar derrubar')}|pause|stop|deten(?:er)?"
    r"|shut ?down|turn off|kill|restart)\b.*"
    r"\b(?:agendamentos?|backups?|rotinas?|schedules?|programaciones|agendamientos|rob[oô]s?|robots?|servidor|server"
    r"|sistema|system|servico|service|tudo|everything|todo)"
    r")\b"
)


def danger_of(text: str) -> Perigo | None:
    """What of the kind a sentence asks for; None for any other, and for a question."""
    if len(text) > LIMIT:
        return None
    said = heart_of(plain(cleaned(text)).strip())
    if re.search(r"^(?:como|quem|quando|onde|how|who|quien)\b", said):
        return None
    if re.search(rf"{_FREE}.*\b{_ALL}\b", said):
        return Perigo.LIBERAR_TODOS
    if re.search(_LOCK, said):
        return Perigo.TIRAR_ACESSO
    if re.search(_PUT_OUT, said):
        return Perigo.TIRAR_ACESSO
    if re.search(_RESTORE, said):
        return Perigo.RESTAURAR
    if re.search(_RECORD, said):
        return Perigo.MUDAR_CADASTRO
    if re.search(_STOP, said):
        return Perigo.PARAR
    return Perigo.APAGAR if re.search(rf"{_ERASE}.*{_THINGS}", said) else None
