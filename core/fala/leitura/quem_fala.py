"""Somebody asks who answers them: "vc é robô?", "com quem eu falo?", "tem alguém de verdade aí?"."""

import re

from core.fala.lexico.texto import cleaned, plain

_LONGEST = 60
_FIRST = (
    r"(?:(?:oi+|ola|opa|bom dia|boa tarde|boa noite|mas|e|afinal|desculpa|me diz|me fala|hi|hello|hey|hola)[ ,.!]+)*"
)
_BOT = (
    r"(?:robo|robozinho|bot|maquina|automatic[oa]|ia|inteligencia artificial|chat ?gpt|computador|gravacao|robot"
    r"|machine|ai)"
)
_PERSON = r"(?:humano|humana|gente|pessoa|ser humano|atendente|alguem|real|de verdade|human|person|humana|persona)"
_ONE = rf"(?:(?:um|uma|o|a|algum|alguma|an|un|una|real) )*(?:{_BOT}|{_PERSON})(?: (?:de verdade|real|mesmo|humana|ai))*"
_ASKS = re.compile(
    rf"{_FIRST}(?:"
    rf"(?:(?:vc|voce|ce|tu|isso|isto|aqui|vcs|voces|sera que) )?(?:e|eh|es|sao|seria) (?:so )?{_ONE}(?: ou {_ONE})?"
    rf"|(?:eu )?(?:to|tou|estou|ta|esta) (?:falando|conversando|digitando) com {_ONE}(?: ou {_ONE})?"
    r"|(?:quem|kem) (?:e|eh) (?:voce|vc|tu)|(?:quem|kem) (?:ta|esta|que ta) (?:falando|respondendo|ai)"
    r"|com quem (?:eu )?(?:falo|to falando|estou falando)"
    r"|tem (?:algum |alguma )?(?:alguem|gente|pessoa|humano)(?: de verdade| real| humana)?"
    r" (?:ai|aqui|atendendo|respondendo)"
    rf"|are you (?:an? )?(?:real )?(?:{_BOT}|{_PERSON})(?: or (?:an? )?(?:{_BOT}|{_PERSON}))?|who (?:are you|is this)"
    rf"|(?:eres|es usted) (?:un |una )?(?:{_BOT}|{_PERSON})|quien eres"
    r")(?: (?:ai|aqui|mesmo|por favor|ne))*[ ?!.]*"
)


def asks_who_answers(text: str) -> bool:
    """Whether it asks just that; who asks *for* a person wants one."""
    return len(text) <= _LONGEST and _ASKS.fullmatch(plain(cleaned(text)).strip()) is not None
