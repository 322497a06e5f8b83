"""What a consultor with a customer on the screen asks of us and not of them: "passa pra Elisa", "encerra aí".

Everything there goes to the customer, and what went cannot be taken back. What speaks of the customer to somebody
else, as an order, is held back once; said again, it is for the customer after all.
"""

import re
from datetime import date

from core.fala.entende import understand
from core.fala.espera import NADA, Espera
from core.fala.intencoes import Intencao
from core.fala.leitura.leitura import read
from core.fala.lexico.nomes import FIRST_NAMES
from core.fala.lexico.texto import cleaned, plain
from core.fala.partes import noted
from storage.pessoa.perfil import Perfil

_LONGEST = 120
_CONSULTOR = Espera.of(Perfil.CONSULTOR)
_WORDS_OF_A_PLACE = 4
# Said to the person on the other side, of what one will do oneself, or asked.
_TO_THEM = re.compile(
    r"\b(?:te|voces?|vcs?|ce|senhor|senhora|sra?|seus?|suas?|lhe|contigo|vou|vamos|irei|iremos|posso|podemos|estou|tou"
    r"|you|your|i|ill|le|usted|voy)\b"
)
_ASK = (
    r"(?:(?:por favor|pf|pfv|entao|agora|ok|e|robo|bot|balcao|pode|pode ja|ja pode|preciso|quero|da pra|please|can"
    r"|favor)[ ,]+)*"
)
_THEM = (
    r"(?:(?:o|a|os|as|esse|essa|este|esta|isso|ele|ela|them|him|her|this|the|este|al)\b ?)?"
    r"(?:(?:client[ea]s?|atendimento|chamado|conversa|protocolo|caso|ticket|customer|chat|atencion)\b ?)?"
    r"(?:(?:da|do|de|d[ae] \w+)\b ?\w* ?)?"
)
_PASS = re.compile(
    rf"{_ASK}(?:re)?(?P<verb>pass(?:a|e|ar)|transfer(?:e|ir)|transfira|mand(?:a|e|ar)|jog(?:a|ue|ar)"
    r"|encaminh(?:a|e|ar)|devolv(?:e|a|er)|direcion(?:a|e|ar)"
    r"|bot(?:a|e|ar)|coloc(?:a|ar)|coloque|poe|transfere|pass|send|transfer|transfiere|pasa)\b[ ]?"
    rf"(?P<them>{_THEM})(?:de volta )?(?:pr[aoe]s?|para|p|ao?s?|n[ao]s?|to|back to)(?: ?/)? ?(?:[ao]s?|the|la|el)?\b ?"
    r"(?P<whom>.+)"
)
_PLACES = re.compile(
    r"(?:fila|financeiro|suporte|comercial|cobranca|retencao|outr[oa]s?|outra pessoa|alguem|equipe|setor|colega"
    r"|supervisor\w*|gerente|gerencia|queue|somebody|someone|another|other|otr[oa]|alguien|cola|quem|qualquer|ingles|espanhol)\b"
)
_END = re.compile(
    rf"{_ASK}(?:encerr(?:a|e|ar)|finaliz(?:a|e|ar)|fech(?:a|e|ar)|feche|conclu(?:i|a|ir)|termin(?:a|e|ar)|close|end|finish"
    r"|cierra|termina)\b(?: (?:ai|ja|agora|logo))*"
    r"(?: (?:aqui|isso|ess[ea]|est[ea]|el[ea]"
    r"|(?:o |a |esse |essa |este |esta |com (?:o |a |esse |essa )|the |this |el |la )?"
    r"(?:client[ea]|atendimento|chamado|conversa|protocolo|ticket|chat|atencion|conversacion)\b.*))?"
    r"(?:[ ,]+(?:por favor|pf|please|ai|ja|que .*|ja .*|porque .*))?[ .!]*"
)
# "Resolvido, pode fechar": said of a customer who has what they came for.
_DONE = re.compile(
    r"(?:(?:ja |ta |esta |tudo |caso |problema |client[ea] |por aqui )*"
    r"(?:resolvid[oa]|resolvi|resolveu|atendid[oa]|finalizad[oa]|concluid[oa]|certo|pronto|prontinho|terminei|acabou|acabei)"
    r"\b(?: (?:com|para) (?:o |a )?client[ea]\b)?[ ,.!]*)+(?:e |entao )?(?=\w)"
)
# "Pode passar ela pra Elisa?": of the customer, as of somebody else.
_OF_THEM = re.compile(r"\b(?:el[ea]s?|client[ea]s?|atendimento|chamado|him|her|them|customer)\b")
# "Quem mais tá online?", "tem gente na fila?": of our own rooms, which no customer knows.
_ASKS = re.compile(r"\b(?:quem|quant\w+|qts|tem|ha|alguem|quais|who|how many)\b")
_OUR_ROOMS = re.compile(r"\b(?:online|on ?line|offline|fila|queue|equipe|time|consultor\w*|atendentes?)\b")
# "A Elisa tá livre?": of a colleague by name.
_HOW_ONE_IS = re.compile(r"\b(?:livre|disponivel|ocupad[oa]|ausente|online|on|off|offline|ai)\b")
_SHOWN = frozenset({Intencao.PRESENCA, Intencao.FILA})
# "Nota: prefere à tarde" is headed as one.
_HEADED = re.compile(r"(?:nota|obs|observacao)\W{0,2}:")
# The verb alone may end the customer's own business, as "fecha" and "termina" do; these end an atendimento.
_BARE = re.compile(rf"{_ASK}(?!encerr|finaliz)\w+[ .!]*")
_PUT_ME = r"(?:me )?(?:deixa|bota|coloca|poe|fica|ficar|quero ficar|muda) (?:como |pra |para )?"
_NOW = r"(?: aqui| daqui| ai| agora| ja)*"
# About who writes, and nobody else: "pausa aqui", "quero voltar", "me deixa ausente".
_OF_MINE = {
    Intencao.AUSENTE: r"(?:quero |preciso |fazer? |dar? )?(?:de )?(?:uma |um )?(?:pausa|pausar|intervalo|break)"
    rf"{_NOW}|{_PUT_ME}(?:ausente|away){_NOW}",
    Intencao.OFFLINE: rf"{_PUT_ME}(?:off|offline){_NOW}|(?:quero )?(?:deslogar|desloga|logout)"
    "|fim de (?:turno|expediente)",
    Intencao.MENU: r"(?:quero |preciso |como |da pra )?(?:voltar|volta|sair|sai)"
    rf"(?: (?:pro|ao) (?:menu|inicio))?{_NOW}",
}


def order_of(text: str, today: date) -> tuple[Intencao, str] | None:
    """ENCERRAR or TRANSFERIR with whom it names, NOTA with its text, or what the consultor wants for themselves.

    None for what is said to the customer.

    A note is one only where it speaks of the customer as of somebody else.
    """
    if len(text) > _LONGEST:
        return None
    note = noted(text)
    of_them = r"(?:[oa] )?(?:client[ea]|customer|el[ea])\b"
    if note is not None and (_HEADED.match(plain(cleaned(text)).strip()) or re.match(of_them, plain(note))):
        return Intencao.NOTA, note
    said = plain(cleaned(text)).strip()
    if (mine := _of_mine(said)) is not None:
        return mine, ""
    if _TO_THEM.search(said) is not None:
        return None
    asks = "?" in said
    names_a_room = _ASKS.search(said) is not None and _OUR_ROOMS.search(said) is not None
    names_one = asks and _HOW_ONE_IS.search(said) is not None and not FIRST_NAMES.isdisjoint(said.split())
    room = understand(text, _CONSULTOR, today=today) if names_a_room or names_one else NADA
    if room.intencao in _SHOWN and (names_one or room.certo):
        return room.intencao, ""
    if asks and _OF_THEM.search(said) is None:
        return None
    done = _DONE.match(said)
    ends = _END.fullmatch(said, done.end() if done is not None else 0) is not None
    if not asks and ends and (done is not None or _BARE.fullmatch(said) is None):
        return Intencao.ENCERRAR, ""
    found = _PASS.match(said)
    if found is None or len(found["whom"].split()) > _WORDS_OF_A_PLACE:
        return None
    leitura = read(text, today)
    name = (leitura.pessoa if leitura is not None else None) or ""
    speaks_of_them = re.search(r"client|atendimento|chamado|customer", found["them"]) is not None
    is_named = bool(name) and found["whom"].startswith(plain(name))
    if not (is_named or speaks_of_them or _PLACES.match(found["whom"])):
        return None
    return Intencao.TRANSFERIR, name if is_named else ""


def _of_mine(said: str) -> Intencao | None:
    bare = re.sub(rf"^{_ASK}(?=\w)|[ .!]+$", "", said)
    return next((one for one, words in _OF_MINE.items() if re.fullmatch(words, bare)), None)
