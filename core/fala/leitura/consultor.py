"""What a consultor wants for themselves in front of a customer: a pause, the end of the day, or of this atendimento.

Small letters without accents come in; a whole line is meant, never a part.
"""

import re

from core.fala.lexico.imperativos import asked
from core.fala.lexico.nomes import FIRST_NAMES

_END = r"(?: (?:aqui|ai|agora|ja|logo|mesmo|hoje|por favor|pf|pfv|pra mim|urgente|rapidinho|gente))*[ .!?]*"
_MINUTES = r"(?:uns |umas )?(?:[0-9]{1,2}|um|dois|cinco|dez|quinze|vinte|trinta) ?(?:min|minutos?|minutinhos?|mins)"
_LEAVES = r"(?:almoco|almocar|janta|jantar|lanche|lanchar|cafe|banheiro|intervalo|pausa)"
# "Preciso de 5 min", "saindo pro almoço": whoever says for what ("pra verificar") speaks to the customer.
_DAY_ENDS = re.compile(
    rf"(?:to |tou |estou )?(?:saindo|indo embora) por hoje{_END}"
    rf"|(?:desliga|encerra|fecha|termina) (?:o )?meu turno{_END}"
    rf"|(?:encerro|encerrei|fechei|fecho|parei|paro|por hoje) (?:por hoje|eh so|o dia){_END}"
)
_AWAY = re.compile(
    rf"(?:preciso|vou precisar) de {_MINUTES}(?: de (?:pausa|intervalo|descanso))?{_END}"
    rf"|(?:me da|quero|vou tirar|tirando|tiro) {_MINUTES} de (?:pausa|intervalo|descanso){_END}"
    rf"|{_MINUTES} de (?:pausa|intervalo|descanso){_END}"
    rf"|(?:to |tou |estou )?(?:saindo|indo)(?: \w+)? (?:pr[oa]|para o|ao|a) {_LEAVES}{_END}"
    rf"|(?:ja )?(?:(?:to |tou |estou )?(?:indo|saindo)|fui|vou tirar|tirando|to n[oa]|entrando n[oa]|entrando em) "
    rf"(?:pr[oa] |de |(?:o )?meu |n[oa] |o |a )*{_LEAVES}{_END}"
    rf"|(?:to |tou |estou )(?:almocando|jantando|lanchando){_END}"
    rf"|vou (?:fazer (?:uma? )?lanche|pausar){_END}"
    r"|(?:to |tou |estou |vou )?(?:indo )?(?:tomar|beber|buscar) (?:uma? )?(?:agua|cafe)[ ,]+"
    r".*\b(?:online|fila|pausa)\b.*"
)
_BUSY = re.compile(
    r"(?:me )?(?:deixa|bota|coloca|poe|fica|fico|ficar|muda|marca)(?: eu)? (?:como |pra |para )?"
    rf"ocupad[oa]{_END}"
)
_CLOSES = re.compile(
    rf"(?:bora|vamo|partiu|simbora) (?:encerr|finaliz)ar{_END}"
    rf"|(?:pode |da )(?:dar )?por (?:encerrad|finalizad|concluid)[oa]{_END}"
    r"|(?:ess[ea]|est[ea]|(?:o|a) client[ea])(?: aqui| ai)?(?: ja)? (?:ta |esta |foi )?"
    r"(?:resolv\w+|finalizad[oa]|atendid[oa])"
    rf"[ ,.]+(?:ja )?(?:pode )?(?:{asked('fechar encerrar finalizar')}){_END}"
    rf"|(?:pode |ja pode )?d(?:a|ar) baixa n?ess[ea]{_END}"
    r"|(?:ess[ea]|est[ea])(?: aqui| ai)? (?:ta |esta )(?:pront|ok|resolvid|feit)\w*"
    rf"[ ,.]+(?:ja )?(?:pode )?(?:{asked('fechar encerrar finalizar')}){_END}"
    rf"|(?:acabou|acabei|terminei|pronto|resolvi|fechou) com (?:ess[ea]|est[ea]|el[ea])[ ,.]+(?:pode )?"
    rf"(?:{asked('fechar encerrar finalizar')}){_END}"
    rf"|(?:bora|vamo|vamos|partiu|simbora) (?:{asked('fechar encerrar finalizar')}) "
    rf"(?:(?:ja )?(?:ess[ea]|est[ea])(?! \w*plano)|(?:ess[ea]|est[ea]|o) (?:atendimento|chamado|caso|ticket)){_END}"
    rf"|(?:pode )?(?:{asked('encerrar fechar finalizar')}) (?:o|a)(?: caso| atendimento)? d[aoe]s? "
    rf"(?:seu |dona |sr |sra )?(?P<nome>[a-z]+){_END}"
)
_NAMED = re.compile(
    r"\b[oa] (?:seu |dona |sr |sra )?(?P<nome>[a-z]+)(?= (?:de volta )?(?:pr[ao]|para|n[ao] fila|pro outro))"
)


def says_away(said: str) -> bool:
    """ "Preciso de 5 min"."""
    return _AWAY.fullmatch(said) is not None


def says_over(said: str) -> bool:
    """ "Encerro por hoje": the day, no atendimento."""
    return _DAY_ENDS.fullmatch(said) is not None


def says_busy(said: str) -> bool:
    """ "Me deixa ocupado"."""
    return _BUSY.fullmatch(said) is not None


def says_close(said: str) -> bool:
    """ "Bora fechar essa", "encerra o da Marina"."""
    found = _CLOSES.fullmatch(said) if "?" not in said else None
    return found is not None and (found["nome"] is None or found["nome"] in FIRST_NAMES)


def with_customer_for_name(said: str) -> str:
    """ "Manda a Marina pra retenção" speaks of a customer."""
    return _NAMED.sub(lambda found: "a cliente" if found["nome"] in FIRST_NAMES else found[0], said)
