"""What nobody does by a sentence: "apaga todos os usuários", "zera o banco", "bloqueia o Davi"."""

import re
from enum import StrEnum, auto

from core.fala.lexico.texto import LIMIT, cleaned, plain


class Perigo(StrEnum):
    """What was asked for."""

    LIBERAR_TODOS = auto()
    """Every login that is lent."""
    APAGAR = auto()
    """People, clients, invoices, the database itself."""
    TIRAR_ACESSO = auto()
    """One person's, or everybody's."""
    PARAR = auto()
    """Schedules, robots, the whole service."""


_ALL = r"(?:tod[oa]s?|tudo|geral|todo mundo|a galera|o pessoal|everybody|everyone|all|todos|cada um)"
_ASKS = (
    r"^(?:(?:por favor|pf|please|pode|poderia|quero|preciso|vamos|bora|can you|i want to|quiero|da pra"
    r"|agora|ja|robo)[ ,]+)*"
)
_FREE = (
    rf"{_ASKS}(?:liber(?:a|e|ar|em)|solt(?:a|e|ar)|desbloque(?:ia|ie|ar)|destrav(?:a|e|ar)|release"
    rf"|free(?: up)?|unlock|libera)\b"
)
_ERASE = (
    rf"{_ASKS}(?:apag(?:a|ue|ar)|exclu(?:i|a|ir)|delet(?:a|e|ar|ear)|remov(?:a|e|er)|elimin(?:a|e|ar)|zer(?:a|e|ar)"
    r"|limp(?:a|e|ar)|destru(?:i|a|ir)|reset(?:a|e|ar)?|format(?:a|e|ar)|wipe|erase|drop|borr(?:a|ar|e)"
    r"|esvazi(?:a|e|ar)"
    r"|some com|acab(?:a|e|ar) com)\b"
)
_THINGS = (
    r"\b(?:usuarios?|users?|pessoas?|consultor(?:es)?|vendedor(?:es)?|atendentes?|aprovador(?:es)?"
    r"|clientes?|clients?|customers?"
    r"|operadoras?|faturas?|invoices?|facturas?|processos?|vendas?|sales|ventas|historico|auditoria"
    r"|conversas?|protocolos?"
    r"|banco|base|dados|datos|data ?base|data|tabelas?|tables?|sistema|system|backups?|tudo|todo mundo"
    r"|everything)\b|\btodo\W*$"
)
_LOCK = (
    rf"{_ASKS}(?:bloque(?:ia|ie|ar)|desativ(?:a|e|ar)|desabilit(?:a|e|ar)|inativ(?:a|e|ar)|suspend(?:a|e"
    rf"|er)|demit(?:e|a|ir)"
    r"|desligar? (?:o |a )?(?:usuari|funcionari|vendedor|atendente|consultor)\w*|block|disable|deactivate"
    r"|lock(?: out)?|suspende|deshabilit\w+"
    r"|(?:tir(?:a|e|ar)|cort(?:a|e|ar)|revog(?:a|ue|ar)|remov(?:a|e|er)|cancel(?:a|e|ar)|revoke|remove|quit(?:a|ar))"
    r" (?:o |os |the |el )?(?:acessos?|permiss\w+|login|usuario|access|acceso)"
    r"|(?:tir(?:a|e|ar)|remov(?:a|e|er)|exclu(?:i|a|ir)|apag(?:a|ue|ar)|delet(?:a|e"
    r"|ar)) [ao]s? [a-z]+ d[oa] (?:sistema|equipe|empresa|time))\b"
)
_STOP = (
    rf"{_ASKS}(?:(?:par(?:a|e|ar)|pause?|paus(?:a|e|ar)|cancel(?:a|e|ar)|suspend(?:a|e|er)|stop"
    rf"|deten(?:er)?|desativ(?:a|e|ar)"
    r"|deslig(?:a|ue|ar)|shut ?down|turn off|kill|reinici(?:a|e|ar)|restart|derrub(?:a|e|ar))\b.*"
    r"\b(?:agendamentos?|schedules?|programaciones|agendamientos|rob[oô]s?|robots?|servidor|server"
    r"|sistema|system|servico|service|tudo|everything|todo)"
    r")\b"
)


def danger_of(text: str) -> Perigo | None:
    """What of the kind a sentence asks for; None for any other, and for a question."""
    if len(text) > LIMIT:
        return None
    said = plain(cleaned(text)).strip()
    if re.search(r"^(?:como|quem|quando|onde|how|who|quien)\b", said):
        return None
    if re.search(rf"{_FREE}.*\b{_ALL}\b", said):
        return Perigo.LIBERAR_TODOS
    if re.search(_LOCK, said):
        return Perigo.TIRAR_ACESSO
    if re.search(_STOP, said):
        return Perigo.PARAR
    return Perigo.APAGAR if re.search(rf"{_ERASE}.*{_THINGS}", said) else None
