"""A schedule said in English or Spanish, in the words of ours: "every monday at 8 download vivo".

Piece by piece, the longest first; what has no word here stays, and is asked about as anything else is.
"""

import re

from core.palavras import folded

_ENGLISH = re.compile(
    r"\b(?:every|each|daily|weekly|monthly|weekdays?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|nightly)\b"
)
_SPANISH = re.compile(
    r"\b(?:todos los|todas las|(?:los|cada|el|al) (?:lunes|martes|miercoles|jueves|viernes|dia)|lunes|miercoles|jueves"
    r"|viernes|dias? habil(?:es)?|laborables|a las? \d|a la una|descarg\w+|cada (?:noche|manana))\b"
)
_EN = (
    (r"(?:every|each) (?:evening|night) at (0?[6-9]|1[01])(:\d{2})?(?! ?[ap]\.?m)", r"todo dia as \1\2 da noite"),
    (r"(?:every|each) afternoon at (0?[1-7])(:\d{2})?(?! ?[ap]\.?m)", r"todo dia as \1\2 da tarde"),
    (r"(?:every|on|each)? ?(?:weekdays?|(?:business|working|work) days?)", "todo dia util"),
    (r"(?:every|each) (?:single )?(?:day|night|morning|evening|afternoon)|everyday|daily|nightly", "todo dia"),
    (r"(?:every|on) weekends?", "fins de semana"),
    (r"(?:every|each) hour|hourly", "de hora em hora"),
    (r"(?:every|each) (\d+) hours?", r"a cada \1 horas"),
    (r"(?:every|each) (\d+) min(?:ute)?s?", r"a cada \1 minutos"),
    (r"(?:on )?(?:the )?first day of (?:every|each|the) month", "todo dia 1"),
    (r"(?:on )?(?:the )?last day of (?:every|each|the) month", "no ultimo dia do mes"),
    (r"(?:every|each) month,? on (?:the |day )?(\d{1,2})(?:st|nd|rd|th)?", r"todo dia \1"),
    (r"(?:on )?(?:the |day )?(\d{1,2})(?:st|nd|rd|th)? of (?:every|each) month", r"todo dia \1"),
    (r"(?:every|each) (\d{1,2})(?:st|nd|rd|th)|monthly on (?:the |day )?(\d{1,2})(?:st|nd|rd|th)?", r"todo dia \1\2"),
    (r"at noon", "ao meio-dia"),
    (r"at midnight", "a meia-noite"),
    (r"(\d{1,2}) ?o'?clock", r"\1h"),
    (r"(\d{1,2})(:\d{2})? ?a\.?m\b\.?", r"\1\2 am"),
    (r"(\d{1,2})(:\d{2})? ?p\.?m\b\.?", r"\1\2 pm"),
    (r"in the morning", "da manha"),
    (r"in the afternoon", "da tarde"),
    (r"(?:in the evening|at night)", "da noite"),
    (r"(?:run|make|do|create|take) (?:a |the )?backups?|back ?up", "fazer backup"),
    (r"of the (?:data ?base|bank)|(?:the )?data ?base", "do banco"),
    (r"(?:send|e-?mail|mail) (?:me|us) (?:a |the )?(?:(weekly|monthly) )?reports?", r"mandar relatorio \1 para mim"),
    (r"send (?:a |the )?(?:(weekly|monthly) )?reports?", r"mandar relatorio \1"),
    (r"reports?", "relatorio"),
    (r"weekly", "semanal"),
    (r"monthly", "mensal"),
    (r"(?:create|open|make) (?:the )?(?:monthly )?process(?:es)?", "criar processos"),
    (r"(?:clean(?: up)?|clear|delete|remove) (?:the )?(?:old )?logs?", "limpar logs"),
    (r"(?:download|get|fetch|pull)(?:ing|s)?", "baixar"),
    (r"all (?:the )?(?:carriers|operators|operadoras|invoices|bills)|everything", "todas as operadoras"),
    (r"(?:the )?(?:invoices?|bills?)", "faturas"),
    (r"approvers", "aprovadores"),
    (r"administrators|admins", "administradores"),
    (r"to me|for me", "para mim"),
    (r"please", "por favor"),
    (r"schedule|set up", "agendar"),
)
_EN_DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_ES_DAYS = ("domingo", "lunes", "martes", "miercoles", "jueves", "viernes", "sabado")
_DAYS = ("domingo", "segunda", "terca", "quarta", "quinta", "sexta", "sabado")
_D = f"({'|'.join(_DAYS)})"
_EN_LAST = (
    (rf"(?:every|each)(?= {_D})", "toda"),
    (r"(?:can|could|would|will) you|i (?:want|need)(?: you)?(?: to)?|i would like(?: to)?", "quero"),
    (r"the|a|an|on|each|every", ""),
    (rf"(?:from )?{_D} (?:to|through|till|until|-) {_D}", r"de \1 a \2"),
    (r"to", "para"),
    (r"at", "as"),
    (r"and", "e"),
    (r"from|of|for", "de"),
)
_ES = (
    (r"(?:cada noche|todas las noches) a las? (0?[6-9]|1[01])(:\d{2})?", r"todo dia as \1\2 da noite"),
    (r"(?:cada tarde|todas las tardes) a las? (0?[1-7])(:\d{2})?", r"todo dia as \1\2 da tarde"),
    (r"(?:todos los |los |cada |en )?dias? (?:habil(?:es)?|laborables?|de semana)", "todo dia util"),
    (r"(?:todos los|cada) dias?|diariamente|a diario|(?:todas las|cada) (?:noche|manana)s?", "todo dia"),
    (r"(?:todos los |los )?fines de semana", "fins de semana"),
    (r"cada hora|todas las horas", "de hora em hora"),
    (r"cada (\d+) horas", r"a cada \1 horas"),
    (r"cada (\d+) minutos", r"a cada \1 minutos"),
    (r"(?:el |los )?(?:dia )?(\d{1,2}|primero) de (?:cada|todos los) mes(?:es)?", r"todo dia \1"),
    (r"(?:el )?ultimo dia de(?:l| cada) mes", "no ultimo dia do mes"),
    (r"(?:al |a )?medio ?dia", "ao meio-dia"),
    (r"(?:a la )?media ?noche", "a meia-noite"),
    (r"a la una", "as 1h"),
    (r"a las? (\d{1,2}) y media", r"as \1h30"),
    (r"a las? (\d{1,2}) y cuarto", r"as \1h15"),
    (r"(?:de|por|en) la manana", "da manha"),
    (r"(?:de|por|en) la tarde", "da tarde"),
    (r"(?:de|por|en) la noche", "da noite"),
    (r"(?:(?:hacer|haz|crear) (?:una? |el )?)?(?:copias? de seguridad|backups?|respaldos?)", "fazer backup"),
    (r"de la base(?: de datos)?", "do banco"),
    (r"(?:enviar?|manda(?:r)?|envia)me (?:el |un )?(?:informe|reporte)s?", "mandar relatorio para mim"),
    (r"(?:el |los |un )?(?:informe|reporte)s?", "relatorio"),
    (r"(?:crear|abrir) (?:los )?procesos", "criar processos"),
    (r"(?:limpiar|borrar|eliminar) (?:los )?(?:logs|registros)(?: viejos| antiguos)?", "limpar logs"),
    (r"(?:descarg(?:ar?|ue)|bajar?|bajar)", "baixar"),
    (r"todas las (?:operadoras|facturas|cuentas)|todo(?= a las)", "todas as operadoras"),
    (r"(?:las? |el |los )?(?:facturas?|boletas?)", "faturas"),
    (r"(?:las )?cuentas", "contas"),
    (r"a los aprobadores", "para aprovadores"),
    (r"programar|programa", "agendar"),
    (r"a las?", "as"),
)
_ES_LAST = (
    (rf"(?:todos )?(?:los|cada|el)(?= {_D})", "toda"),
    (rf"todos (?=toda {_D})", ""),
    (r"quiero|necesito|puedes|podrias", "quero"),
    (r"y", "e"),
    (r"del|de los|de las|de la", "de"),
    (r"las|los|el|la", ""),
)


def in_ours(texto: str) -> str:
    """The same phrase in Portuguese, as far as it is English or Spanish; any other one as it is."""
    said = folded(texto)
    if _ENGLISH.search(said):
        return _said(said, (*_EN, *_weekdays(_EN_DAYS), *_EN_LAST))
    if _SPANISH.search(said):
        return _said(said, (*_ES, *_weekdays(_ES_DAYS), *_ES_LAST))
    return texto


def _weekdays(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """A plural is every one of them: "mondays", "los sabados"."""
    plural = tuple(
        (rf"(?<!every )(?:(?:on|los|todos los) )?{name}s", f"toda {ours}")
        for name, ours in zip(names, _DAYS, strict=True)
        if not name.endswith("s")
    )
    return plural + tuple((f"{name}s?", ours) for name, ours in zip(names, _DAYS, strict=True))


def _said(said: str, pieces: tuple[tuple[str, str], ...]) -> str:
    for pattern, ours in pieces:
        said = " ".join(re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", ours, said).split())
    return said
