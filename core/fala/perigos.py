"""What nobody does by a sentence: "apaga todos os usuários", "zera o banco", "bloqueia o Davi"."""

import re
from enum import StrEnum, auto

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
_FREE = (
    r"^(?:liber(?:a|e|ar|em)|solt(?:a|e|ar)|desbloque(?:ia|ie|ar)|destrav(?:a|e|ar)|release"
    r"|free(?: up)?|unlock|libera)\b"
)
_ERASE = (
    r"^(?:apag(?:a|ue|ar)|exclu(?:i|a|ir)|delet(?:a|e|ar|ear)|remov(?:a|e|er)|elimin(?:a|e|ar)|zer(?:a|e|ar)"
    r"|limp(?:a|e|ar)|destru(?:i|a|ir)|reset(?:a|e|ar)?|format(?:a|e|ar)|wipe|erase|drop|borr(?:a|ar|e)"
    r"|esvazi(?:a|e|ar)"
    r"|some com|acab(?:a|e|ar) com)\b"
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
    r"^(?:bloque(?:ia|ie|ar)|desativ(?:a|e|ar)|desabilit(?:a|e|ar)|inativ(?:a|e|ar)|suspend(?:a|e"
    r"|er)|demit(?:e|a|ir)"
    r"|desligar? (?:o |a )?(?:usuari|funcionari|vendedor|atendente|consultor)\w*|block|disable|deactivate"
    r"|lock(?: out)?|suspende|deshabilit\w+"
    r"|(?:tir(?:a|e|ar)|cort(?:a|e|ar)|revog(?:a|ue|ar)|remov(?:a|e|er)|cancel(?:a|e|ar)|revoke|remove|quit(?:a|ar))"
    r" (?:o |os |the |el )?(?:acessos?|permiss\w+|login|usuario|access|acceso)"
    r"|(?:tir(?:a|e|ar)|remov(?:a|e|er)|exclu(?:i|a|ir)|apag(?:a|ue|ar)|delet(?:a|e"
    r"|ar)) [ao]s? [a-z]+ d[oa] (?:sistema|equipe|empresa|time))\b"
)
_NAMES = "|".join(sorted(FIRST_NAMES))
# "Remove o Davi", "tira a Ana daí", "o Caio foi demitido".
_PUT_OUT = (
    rf"^(?:tir(?:a|e|ar)|remov(?:a|e|er)|exclu(?:i|a|ir)|apag(?:a|ue|ar)|delet(?:a|e|ar)|elimin(?:a|e|ar)"
    rf"|desativ(?:a|e|ar)|bloque(?:ia|ie|ar)|remove|delete) (?:[ao] )?(?:{_NAMES})\b(?! d[ae]s? (?:fila|pausa|reuniao))"
    rf"|\b(?:o|a) (?:{_NAMES})\b.{{0,20}}\b(?:foi demitid[ao]|foi desligad[ao]|nao trabalha mais|saiu da empresa"
    r"|foi mandad[ao] embora|pediu (?:as )?contas|pediu demissao)\b"
)
_RECORD = (
    rf"^(?:mud(?:a|e|ar)|troc(?:a|ue|ar)|alter(?:a|e|ar)|corrig(?:e|ir)|corrija|atualiz(?:a|e|ar)|coloc(?:a|ar)"
    r"|bot(?:a|ar)|poe|promov(?:e|er)|torn(?:a|e|ar)|deix(?:a|ar)|redefin(?:e|ir)|reset(?:a|e|ar)|change)\b.*"
    r"\b(?:cadastro|telefone|celular|numero|cpf|nome|e-?mail|perfil|senha|cargo|funcao|matricula|permiss\w+"
    r"|como (?:um |uma )?(?:supervisor|administrador|adm|aprovador|operador|vendedor|consultor|gerente)\w*"
    r"|(?:pra|para|virar) (?:um |uma )?(?:supervisor|administrador|adm|aprovador|operador|consultor|gerente)\w*)\b"
    rf"|\b[oa] (?:{_NAMES}) (?:trocou|mudou|ta com|esta com|comprou) (?:de |outro |um )?(?:novo )?(?:telefone"
    rf"|numero|celular|chip"
    r"|whats\w*)"
    r"|\b(?:telefone|celular|numero|whats\w*|zap|e-?mail|sobrenome|cpf|senha) d[aeo]s? [\w ]{2,20} (?:mudou|trocou"
    r"|agora e|e agora|nova|expirou|venceu)"
)
_RESTORE = (
    r"^(?:restaur(?:a|e|ar)|recuper(?:a|e|ar)|volt(?:a|e|ar)|restore)\b.*"
    r"\b(?:backups?|copia de seguranca|bkp|o de ontem|banco)\b"
)
_STOP = (
    r"^(?:(?:par(?:a|e|ar)|pause?|paus(?:a|e|ar)|cancel(?:a|e|ar)|suspend(?:a|e|er)|stop"
    r"|deten(?:er)?|desativ(?:a|e|ar)"
    r"|deslig(?:a|ue|ar)|shut ?down|turn off|kill|reinici(?:a|e|ar)|restart|derrub(?:a|e|ar))\b.*"
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
