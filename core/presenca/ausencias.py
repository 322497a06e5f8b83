"""What somebody says of their own absence: when it begins, and whether it is said of them and to nobody."""

import re
from datetime import date, datetime, time

from core.fala.entende import understand
from core.fala.espera import Entendido, Espera
from core.fala.intencoes import Intencao
from core.fala.leitura.curtas import spelt
from core.fala.leitura.tempo import CLOCK, WORD_HOUR, find_time, hour_and_minute
from core.fala.lexico.kinds import Kinds
from core.fala.lexico.texto import cleaned, plain
from storage.pessoa.perfil import Perfil

_LONGEST = 90
_CONSULTOR = Espera.of(Perfil.CONSULTOR)
_ABSENT = frozenset({Intencao.AUSENTE, Intencao.OCUPADO, Intencao.OFFLINE})

# "De 12 às 13", "entre dez e onze horas", "das 14 até as 15".
_RANGE = re.compile(
    rf"\b(?:d[ae]s?|entre)(?: as| o)? {CLOCK} (?:ate(?: as)?|as|a|ao|e(?: as)?)"
    rf" (?:[0-9]{{1,2}}|{WORD_HOUR}|mei[oa][ -])(?![\w/]|[.,][0-9])"
    r"(?! ?(?:min|dias?|semanas?|mes|client|pessoas?|reais|mega))"
)
_AT = re.compile(rf"\b(?:as|ao|a|a partir d[ae]s?|la pelas|pelas|perto das?|umas) {CLOCK}")
# "Saio 17h", "vou almoçar 12h", "largo cinco e meia".
_BARE = re.compile(rf"\b{CLOCK}")
_NUMBER = re.compile(r"[0-9]")
_SAYS_HOUR = re.compile(r"[0-9] ?(?:h|:)")
# Before an hour these say that it is another one than that of the beginning, or of something that is named by it.
_ENDS_IT = re.compile(
    r"\b(?:[ao]s? d[ao]s?|ate|volt\w*|retorn\w*|de volta|chego|fico|por|em|daqui|umas?|mais|desde)(?: (?:as|a|la))* ?$"
)
_STAYS = re.compile(
    rf"\b(?:fico|ficarei|trabalho|vou (?:ficar|trabalhar))(?: \w+){{0,2}} ate (?:as |ao |a |o )?{CLOCK}"
)
_AWAY = re.compile(r"\b(?:fora|ausente|ocupad[oa]|almoc\w*|reuniao|pausa|sem|aqui|casa)\b")
# `dia`: what one does with one's own day. `a alguem`: said to somebody, or of somebody else. `dura`: of these one knows
# for how long they are; a meal says so by itself.
_SAYS = Kinds("""
dia: (almoc/jant/lanch/paus/ausent)*, cafe(/*), rango, intervalo, banheiro, folga, ferias, expediente, turno, plantao,
 atestado, medic(o/a), dentista, ausencia, fora, sair, saio, saindo, saida, embora, largo, reuniao, call, consulta,
 fecho, encerro
eu: eu, vou, fui, vo, to, tou, estou, estarei, ficarei, fico, saio, largo, entro, tenho, preciso, meu, minha, fecho,
 me (ausent/paus)*, me (coloca/bota/deixa/poe)
a alguem: te, voce(s/), vc(s/), ce, senhor, senhora, sr(/a), seu(s/), sua(s/), lhe, contigo, el(e/a)(s/),
 tecnic(o/a)(s/), equipe, volto (pra/para) *, me (cham/avis/lig/mand/escrev/fal)*
dura: mei(o/a), folga, ferias, expediente, turno, plantao, atestado, almocar, jantar, lanchar, banheiro
""")
_BEGINS_WITH_IT = re.compile(
    r"(?:(?:hj|hoje|agora|bora|hora d[eo]|fim d[eo]|dia d[eo]) )*"
    r"(?:almoc|jant|lanch|paus|intervalo|cafe|banheiro|folga|expediente|turno|plantao)"
)
# As it was added once: "10 min (por 10 min)".
_ADDED = re.compile(r"\s*\((?:até|por) [^()]*\)$")
_NOT_TOMORROW = re.compile(
    r"(?:gente|pessoal|oi)?[ ,]*(?:eu )?amanha (?:eu )?(?:nao|n) (?:venho|trabalho|vou (?:vir|trabalhar))[ .!]*"
)


def begins_later(text: str, local: datetime) -> bool:
    """Whether an absence is said that begins at an hour of this day that is still to come."""
    said = _said(text)
    start = _start_of(said) if "dia" in _SAYS.of(said) else None
    return start is not None and start > local.time()


def leaves_later(text: str, local: datetime) -> bool:
    """`begins_later`, of whoever writes and said to nobody: "saio às 23h"."""
    said = _said(text)
    if _NOT_TOMORROW.fullmatch(said) is not None:
        return True
    return begins_later(text, local) and "eu" in (says := _SAYS.of(said)) and not _to_one(said, says)


def stays_until(text: str, local: datetime) -> bool:
    """Whether somebody says until when they work this day: "hj só fico até as quatro"."""
    found = _STAYS.search(said := _said(text))
    end = _time(found) if found is not None and not _to_one(said, _SAYS.of(said)) else None
    return end is not None and end > local.time() and _AWAY.search(said) is None


def with_time(recado: str, ate: str) -> str:
    """What was said of an absence, with this time in the place of the one in it."""
    clean = _ADDED.sub("", cleaned(recado))
    found = find_time(plain(clean))
    if found is None:
        return f"{clean} {ate}".strip()
    return f"{clean[: found.start]}{ate}{clean[found.end :]}".strip()


def own_absence(text: str, today: date) -> Entendido | None:
    """An absence of whoever writes with its time or its reason, and said to nobody: "vou jantar, 20 min"."""
    said = _said(text)
    says = _SAYS.of(said)
    if "dia" not in says or _to_one(said, says) or not ("dura" in says or _NUMBER.search(said)):
        return None
    if "eu" not in says and _BEGINS_WITH_IT.match(said) is None:
        return None
    found = understand(text, _CONSULTOR, today=today)
    return found if found.intencao in _ABSENT else None


def _said(text: str) -> str:
    return spelt(plain(cleaned(text))).strip() if len(text) <= _LONGEST else ""


def _to_one(said: str, says: frozenset[str]) -> bool:
    """A question is asked of somebody."""
    return "?" in said or "a alguem" in says


def _start_of(said: str) -> time | None:
    ranged = _RANGE.search(said)
    if ranged is not None:
        return _time(ranged)
    for pattern in (_AT, _BARE):
        for found in pattern.finditer(said):
            is_hour = pattern is _AT or _is_no_length(found)
            if is_hour and _ENDS_IT.search(said[: found.start()]) is None:
                return _time(found)
    return None


def _is_no_length(found: re.Match[str]) -> bool:
    """A number by itself is no hour, nor are "duas horas"."""
    parts = ("noon", "midnight", "half", "half_day", "part")
    return any(found[part] for part in parts) or _SAYS_HOUR.search(found[0]) is not None


def _time(found: re.Match[str]) -> time | None:
    clock = hour_and_minute(found)
    if clock is None:
        return None
    # Midnight is the end of the day.
    return time(*clock) if clock[0] else time.max
