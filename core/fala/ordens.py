"""What a consultor with a customer on the screen asks of us and not of them: "passa pra Elisa", "encerra aí".

Everything there goes to the customer, and what went cannot be taken back. What speaks of the customer to somebody
else, as an order, is held back once; said again, it is for the customer after all.
"""

import re
from datetime import date

from core.fala.entende import understand
from core.fala.espera import NADA, Espera
from core.fala.intencoes import Intencao
from core.fala.leitura.casa import NINGUEM, Cena, is_for_the_house
from core.fala.leitura.como import Como, how_to
from core.fala.leitura.consultor import (
    says_away,
    says_busy,
    says_close,
    says_over,
    with_customer_for_name,
)
from core.fala.leitura.leitura import read
from core.fala.lexico.imperativos import asked
from core.fala.lexico.nomes import FIRST_NAMES
from core.fala.lexico.texto import cleaned, plain
from core.fala.partes import noted
from storage.pessoa.perfil import Perfil

LONGEST = 120
"""A line of more characters is told to somebody, and no order."""
_CONSULTOR = Espera.of(Perfil.CONSULTOR)
_WORDS_OF_A_PLACE = 4
# "Manda ela pra fila que não consigo resolver": the reason is no part of the place.
_REASON = re.compile(r"[ ,]+(?:que|q|pq|porque|pois|nao)\b.*")
# "Ela quer cancelar, manda pra retenção".
_SAYS_WHY = re.compile(r"^(?:el[ea]|(?:[oa] )?client[ea]) (?:quer|pediu|nao|ta|esta)\b[^,;.?]*[,;.] *")
# "Manda pro financeiro o comprovante": what a customer sends, and nobody whom we pass on.
_A_THING = re.compile(
    r"\b(?:comprovantes?|boletos?|fotos?|documentos?|e-?mail|rg|cpf|contratos?|pagamentos?|prints?|copias?|loja)\b"
)
# Said to the person on the other side, of what one will do oneself, or asked.
_TO_THEM = re.compile(
    r"\b(?:te|voces?|vcs?|ce|senhor|senhora|sra?|seus?|suas?|lhe|contigo|vou|vamos|irei|iremos|posso|podemos|estou|tou"
    r"|you|your|i|ill|le|usted|voy)\b"
)
_SAID_TO_ONE = re.compile(r"\b(?:te|voces?|vcs?|ce|tu|seus?|suas?|lhe|contigo|senhora?,|you|your|usted)\b")
_ASK = (
    r"(?:(?:por favor|pf|pfv|entao|agora|ok|e|robo|bot|balcao|pode|pode ja|ja pode|preciso|quero|da pra|please|can"
    r"|favor)[ ,]+)*"
)
_THEM = (
    r"(?:(?:o|a|os|as|esse|essa|este|esta|isso|ele|ela|them|him|her|this|the|este|al)\b ?)?"
    r"(?:(?:client[ea]s?|atendimento|chamado|conversa|protocolo|caso|ticket|customer|chat|atencion|moca|moco|mulher|bucha|bomba"
    r"|senhora?|pessoa|rapaz)\b ?)?"
    r"(?:(?:da|do|de|d[ae] \w+)\b ?\w* ?)?"
)
_PASS = re.compile(
    rf"{_ASK}(?:re)?(?P<verb>{asked('passar transferir mandar jogar encaminhar devolver direcionar botar colocar')}"
    r"|transfira|poe|pass|send|transfer|transfiere|pasa)\b[ ]?"
    rf"(?P<them>{_THEM})(?:de volta )?(?:pr[aoe]s?|para|p|ao?s?|n[ao]s?|to|back to)(?: ?/)? ?(?:[ao]s?|the|la|el)?\b ?"
    r"(?P<whom>.+)"
)
# "Quero transferir essa cliente": to whom is asked.
_PASS_ON = re.compile(
    rf"{_ASK}(?:re)?(?:transferir|transfere|transfira|devolver|devolve|repassar|encaminhar)"
    r" (?:el[ea]|(?:[oa] |ess[ea] |est[ea] )?(?:client[ea]|atendimento|chamado|conversa))(?: (?:aqui|ai|agora))*[ .!]*"
)
_PLACES = re.compile(
    r"(?:fila|financeiro|suporte|comercial|cobranca|retencao|outr[oa]s?|outra pessoa|alguem|equipe|setor|colega"
    r"|supervisor\w*|gerente|gerencia|queue|somebody|someone|another|other|otr[oa]|alguien|cola|quem|qualquer|ingles|espanhol)\b"
)
_END = re.compile(
    rf"{_ASK}(?:{asked('encerrar finalizar fechar concluir terminar')}|close|end|finish"
    r"|cierra|d(?:a|ar) baixa)\b(?: (?:ai|ja|agora|logo))*"
    r"(?: (?:aqui|isso|ess[ea]|est[ea]|el[ea]"
    r"|(?:o |a |n?ess[ea] |n?est[ea] |no |com (?:o |a |esse |essa )|the |this |el |la )?"
    r"(?:client[ea]|atendimento|chamado|conversa|protocolo|ticket|chat|atencion|conversacion)\b"
    r"(?!.*\b(?:com (?!el[ea]|ess[ea]|[oa] client)|outr[oa]|operadora|empresa|banco|site|app|aplicativo|link)).*))?"
    r"(?:[ ,]+(?:por favor|pfv?|please|ai|ja|agora|logo)\b)*(?:[ ,]+(?:que|ja|porque) .*)?[ .!]*"
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
_OUR_ROOMS = re.compile(r"\b(?:esperando|online|on ?line|offline|fila|queue|equipe|time|consultor\w*|atendentes?)\b")
# "A Elisa tá livre?": of a colleague by name.
_HOW_ONE_IS = re.compile(r"\b(?:livre|disponivel|ocupad[oa]|ausente|online|on|off|offline|ai)\b")
_SHOWN = frozenset({Intencao.PRESENCA, Intencao.FILA})
# "Nota: prefere à tarde" is headed as one.
_HEADED = re.compile(r"(?:nota|obs|observacao)\W{0,2}:")
_OBS_OF_THEM = re.compile(
    r"(?:nota|obs|observacao)[ \-–:]+"
    r"(?=(?:[oa] )?client[ea] (?!(?:paga|precisa|tem|deve|pode|nov[oa]|escolhe|recebe)\b))",
    re.IGNORECASE,
)
# "Tem fila aí na loja?": of rooms that a customer goes to.
_THEIR_ROOMS = re.compile(r"\b(?:loja|loterica|banco|agencia|correios?|caixa|instalacao|posto)\b")
# The verb alone may end the customer's own business, as "fecha" and "termina" do; these end an atendimento.
_BARE = re.compile(rf"{_ASK}(?!encerr|finaliz)(?:da |dar )?\w+[ .!]*")
_PUT_ME = r"(?:me )?(?:deixa|bota|coloca|poe|fica|ficar|quero ficar|muda) (?:como |pra |para )?"
_NOW = r"(?: aqui| daqui| ai| agora| ja)*"
# About who writes, and nobody else: "pausa aqui", "quero voltar", "me deixa ausente".
_OF_MINE = {
    Intencao.AUSENTE: r"(?:quero |preciso |fazer? |dar? )?(?:de )?(?:uma |um )?(?:pausa|pausar|intervalo|break)"
    r"(?: (?:pr[oa]|d[oe]) (?:cafe|almoco|lanche|banheiro))?"
    rf"{_NOW}|{_PUT_ME}(?:ausente|away){_NOW}|(?:me )?tir(?:a|ar|e) (?:eu |me )?da fila(?: um pouco| um tempo)?{_NOW}",
    Intencao.OFFLINE: rf"{_PUT_ME}(?:off|offline){_NOW}|(?:quero )?(?:deslogar|desloga|logout)"
    rf"|fim de (?:turno|expediente)|(?:ja )?(?:to|tou|estou) (?:saindo|indo embora|off|offline){_NOW}",
    Intencao.ONLINE: r"(?:(?:me )?(?:entra|bota|coloca|poe|volta)|quero (?:entrar|voltar)|bota eu) (?:de volta )?"
    r"(?:n|pr)a fila(?: (?:pra|por) mim| de atendimento| de novo| ai)*",
    Intencao.MENU: r"(?:quero |preciso |como |da pra )?"
    rf"(?:voltar|sair|(?:voltar|volta|sair|sai) (?:pro|ao) (?:menu|inicio)){_NOW}",
}
# "Pode sair agora": whoever is on the other side may.
_LETS_ONE = re.compile(r"(?:ja |agora )?pode (?:ja )?(?:sair|voltar)\b")
# Said to us by name, as nobody calls a customer.
_CALLS_US = re.compile(r"(?:(?:oi|ola|ei|e ai|fala|o)[ ,!]+)?(?:robo\w*|bot|balcao)\b[ ,!?:]*(?:\w|$)")
_HOW_ONE_ATTENDS = frozenset({Como.TRANSFERIR, Como.ENCERRAR, Como.NOTA, Como.RESPOSTAS, Como.PAUSA, Como.ATENDER})
OF_THEM = "cliente"
"""Behind NADA: who the customer is, is asked."""
_PLEASE = r"(?:(?:por favor|pf|pfv|ai|pode|agora|da pra|favor)[ ,]+)*"
# "Qual o protocolo dela?", "ela já ligou antes?": asked of a customer as of somebody else.
_SHE = r"(?:el[ea]|(?:[oa]|ess[ea]|est[ea]|aquel[ea]) (?:client[ea]|mulher|moca|senhora|senhor|homem|moco|cara))"
_ASKS_OF_THEM = re.compile(
    r"(?:(?:me )?(?:diz|fala|mostra|manda|passa|ve|puxa) )?(?:qual|quais|cade|onde (?:ta|vejo|fica)|quem|o|a|como)? ?"
    r"(?:eh |e |foi )?(?:o |a |os )?(?:ultimo )?"
    r"(?:(?:protocolo|historico|cadastro|plano|atendente)(?: mesmo)? d(?:el[ea]|(?:[oa]|ess[ea]) client[ea])"
    r"|(?:telefone|numero|nome|cpf)(?: mesmo)? d(?:[oa]|ess[ea]) client[ea]"
    r"|(?:telefone|numero|nome|cpf) d(?:el[ea]) mesmo)"
    r"(?: mesmo| ai)?[ ?.!]*"
    rf"|{_SHE} (?:ja |tinha |nunca )*"
    r"(?:ligou|falou|foi atendid[oa]|veio|reclamou|comprou|chamou|esteve"
    r"|eh? client[ea](?= (?:noss[oa]|antig[oa]|da casa|nov[oa])))\b[^.]*\?"
    rf"|{_SHE} (?:ja |ainda )?tem (?:historico|(?:algum |outr[oa] |mais )+(?:atendimentos?|protocolos?|chamados?)"
    r"|(?:\w+ )?(?:atendimentos?|protocolos?|chamados?) (?:em )?(?:abert|anterior|antig|noss)\w+)\b[^.]*\?"
    rf"|quem (?:ja )?(?:atendeu|pegou|falou com) {_SHE}\b.*"
)


def order_of(text: str, today: date, cena: Cena = NINGUEM) -> tuple[Intencao, str] | None:
    """ENCERRAR or TRANSFERIR with whom it names, NOTA with its text, or what the consultor wants for themselves; NADA
    for what else is said of the customer, with `OF_THEM` where it asks who they are.

    None for what is said to the customer.

    A note is one only where it speaks of the customer as of somebody else.
    """
    if len(text) > LONGEST:
        return None
    if (found := _order_of(text, today)) is not None:
        return found
    said = plain(cleaned(text)).strip()
    if _ASKS_OF_THEM.fullmatch(said) is not None and _SAID_TO_ONE.search(said) is None:
        return Intencao.NADA, OF_THEM
    is_ours = _CALLS_US.match(said) is not None or how_to(text) in _HOW_ONE_ATTENDS or is_for_the_house(text, cena)
    return (Intencao.NADA, "") if is_ours else None


def _order_of(text: str, today: date) -> tuple[Intencao, str] | None:
    note = noted(text)
    of_them = r"(?:[oa] )?(?:client[ea]|customer|el[ea])\b"
    if note is not None and (_HEADED.match(plain(cleaned(text)).strip()) or re.match(of_them, plain(note))):
        return Intencao.NOTA, note
    clean = cleaned(text)
    if (headed := _OBS_OF_THEM.match(clean)) is not None:
        return Intencao.NOTA, clean[headed.end() :].strip()
    said = plain(cleaned(text)).strip()
    if (mine := _of_mine(said)) is not None:
        return mine, ""
    if says_close(said):
        return Intencao.ENCERRAR, ""
    said = with_customer_for_name(said)
    if _TO_THEM.search(said) is not None:
        return None
    asks = "?" in said
    is_ours = _OUR_ROOMS.search(said) is not None and _THEIR_ROOMS.search(said) is None
    names_a_room = is_ours and _ASKS.search(said) is not None
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
    if not asks and _PASS_ON.fullmatch(said) is not None:
        return Intencao.TRANSFERIR, ""
    found = _PASS.match(_SAYS_WHY.sub("", said))
    whom = _REASON.sub("", found["whom"]) if found is not None else ""
    if found is None or len(whom.split()) > _WORDS_OF_A_PLACE or _A_THING.search(whom) is not None:
        return None
    leitura = read(text, today)
    name = (leitura.pessoa if leitura is not None else None) or ""
    speaks_of_them = re.search(r"client|atendimento|chamado|customer", found["them"]) is not None
    is_place = _PLACES.match(whom) is not None
    is_named = bool(name) and whom.startswith(plain(name)) and not is_place
    if not (is_named or speaks_of_them or is_place):
        return None
    return Intencao.TRANSFERIR, name if is_named else ""


def _of_mine(said: str) -> Intencao | None:
    if _LETS_ONE.match(said):
        return None
    if says_away(said):
        return Intencao.AUSENTE
    if says_over(said):
        return Intencao.OFFLINE
    if says_busy(said):
        return Intencao.OCUPADO
    bare = re.sub(rf"^{_ASK}(?=\w)|[ .!]+$", "", said)
    return next((one for one, words in _OF_MINE.items() if re.fullmatch(words, bare)), None)
