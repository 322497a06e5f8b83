"""What a consultor says to their house in front of a customer, who is to read none of it: to the supervisor, to the
team, of the customer as of somebody else. Small letters without accents come in; a whole line is meant, never a part.

To hold back too much costs a tap, to hold back too little cannot be taken back (core/fala/ordens.py).
"""

import re

from core.fala.lexico.imperativos import asked
from core.fala.lexico.nomes import FIRST_NAMES

_END = r"(?: (?:aqui|ai|agora|ja|logo|mesmo|hoje|por favor|pf|pfv|pra mim|urgente|rapidinho|gente))*[ .!?]*"
_MINUTES = r"(?:uns |umas )?(?:[0-9]{1,2}|um|dois|cinco|dez|quinze|vinte|trinta) ?(?:min|minutos?|minutinhos?|mins)"
_SUPERIOR = (
    r"(?:(?:o|a|meu|minha|um|uma|algum|alguma|com|pro|pra|ao) )*"
    r"(?:supervis(?:or|ora|ao)|sup|gerente|gerencia|coordenador[ae]?|coordenacao|chefe|chefia|lider|lideranca|rh)"
)
ONE_OF_OURS = r"(?:[oa]|ess[ea]|est[ea]|aquel[ea]) (?:client[ea]|mulher|moca|senhora|senhor|homem|moco|cara)"
"""A customer, as one speaks of them to somebody else."""
SHE = rf"(?:el[ea]|{ONE_OF_OURS})"
_OF_HER = r"d(?:el[ea]|(?:[oa]|ess[ea]|est[ea]) (?:client[ea]|mulher|moca|moco|senhora?|cara|homem))"
_OURS = r"(?:retencao|cobranca|equipe|time|supervisao|gerencia|financeiro|comercial|suporte|setor|backoffice|ti)"
_KEPT = (
    r"(?:documentos?|docs?|faturas?|contratos?|cadastro|historico|protocolos?|dados|fotos?|comprovantes?|ficha"
    r"|conversas?|notas?|boletos?|planos?|pedidos?|atendimentos?)"
)
_ANOTHER = r"(?:proxim[oa]|mais uma?(?: client[ea])?|outr[oa] client[ea])(?: client[ea]| da fila| atendimento)?"
_LEAVES = r"(?:almoco|almocar|janta|jantar|lanche|lanchar|cafe|banheiro|intervalo|pausa)"
_TO_THE_HOUSE = re.compile(
    "|".join(
        (
            # "Quero falar com meu supervisor"; whoever goes on ("e já te retorno") speaks to the customer.
            rf"(?:quero|queria|preciso|precisava|tenho que|posso|deixa eu|da pra)(?: eu)? (?:(?:de )?ajuda (?:d[aoe] )?"
            rf"|d[aoe] |(?:falar|conversar) )(?:urgente )?{_SUPERIOR}"
            rf"(?: (?:sobre|de|com) (?:iss[oa]|ess[ea] \w+|el[ea]))?{_END}",
            rf"(?:chama|chame|cade|onde (?:ta|esta)|aciona|avisa|pede|escala)(?: {_SUPERIOR})+{_END}",
            rf"(?:escala|escalar|escalona)(?: (?:iss[oa]|ess[ea]|ess[ea] caso))?{_END}",
            r"(?:supervisora?|chefe|coordenadora?|gerente|lider)[,!] ?.+",
            rf"alguem d[aoe] {_OURS}(?: (?:ta|esta|ai|livre|online|disponivel|pode|consegue))+\b[^,]*",
            r"quem (?:aprova|libera|autoriza|da) (?:o |a |os |as |esse )?(?:descontos?|isencao|estorno|credito)\b.*",
            # To the team, as one calls several.
            r"(?:gente|pessoal|galera|equipe|time)[ ,!]+(?=.*\b(?:alguem|quem|sistema|portal|caiu|fora|ai)\b).*\?[ ]*",
            # "Manda o próximo", "quem é o próximo?"
            r"(?:me |pode |ja pode |ja |pode me )?(?:mand|cham|pux|pass)(?:a|ar|e|em) (?:o |a |mais um )?"
            rf"{_ANOTHER}{_END}",
            rf"(?:quero|preciso d[eo]|pode vir) (?:o |a )?{_ANOTHER}{_END}",
            rf"cade (?:o |a )?{_ANOTHER}{_END}",
            r"quantos (?:tem )?na minha frente[ ?]*",
            r"quem (?:ta|esta) de plantao\b.*",
            rf"(?:quero|preciso) passar (?:pr[oa]|ao|para) {_SUPERIOR}{_END}",
            rf"{SHE} ja abriu (?:algum |outro )?(?:chamado|protocolo|reclamacao)[ ?]*",
            rf"{SHE} (?:ta|esta) (?:bebad|drogad|surtad|alterad|chorand|mentind|histeric)[oa][^?]*",
            r"(?:to |tou |estou )?livre(?: aqui)?[ ,.]+(?:pode )?(?:mandar?|chamar?|vir)\b.*",
            rf"(?:o |a )?proxim[oa] (?:client[ea]|da fila){_END}",
            r"(?:quem|qual) (?:eh? )?(?:o |a )?(?:meu |minha )?proxim[oa](?: client[ea]| da fila)?[ ?]*",
            # "Cadê os documentos dela?"
            rf"(?:cade|onde (?:ta|tao|esta|estao|vejo|acho|fica|ficam)|tem|puxa|abre|busca) (?:[oa]s? )?(?:\w+ )?"
            rf"{_KEPT} {_OF_HER}{_END}",
            r"(?:me )?(?:mostra|abre|puxa|ve|busca) (?:[oa]s? )?"
            r"(?:historico|(?:ultima )?conversas?(?: anterior(?:es)?)?"
            rf"|atendimentos? anterior(?:es)?)(?: {_OF_HER})?{_END}",
            rf"(?:ha |faz |tem )?quanto tempo (?:que |q )?{SHE} (?:ta |esta )?(?:na fila|esper\w+|aguard\w+){_END}",
            rf"(?:quais|quantos) (?:protocolos|atendimentos|chamados) {SHE} (?:ja )?(?:tem|teve|abriu){_END}",
            rf"quem (?:eh? )?(?:ess[ea]|est[ea]) (?:client[ea]|pessoa|mulher|cara){_END}",
            # "Ele quer cancelar, o que eu faço?", "posso dar desconto pra ela?"
            rf"{SHE}\b.*\b(?:o que|oq|que|como) (?:eu )?(?:faco|digo|respondo|falo|resolvo)\b.*",
            rf"(?:o que|oq|que|como) (?:eu )?(?:faco|digo|respondo|falo|resolvo) (?:com|pr[ao]|para|a) {SHE}{_END}",
            r"(?:posso|pode|podemos|da pra|consigo|tem como) "
            r"(?:dar|liberar|aprovar|isentar|autorizar|abonar|estornar) .*"
            rf"(?:pr[ao]|para|d[ao]) ?{SHE}{_END}",
            # Of them, as nobody says it to their face.
            rf"{SHE} (?:ta|esta|fica|so fica|continua|veio) (?:me )?(?:pedindo|querendo|exigindo) "
            r"(?:cancel\w+|desconto|isencao|reembolso|estorno|supervisor\w*|gerente|de novo)\b[^?]*",
            rf"{SHE} (?:me|nos) (?:xing|ofend|ameac|humilh|grit|bloque|deslig)\w+\b[^?]*",
            rf"{SHE} nao (?:quer|aceita)(?: mais)? (?:pagar|falar|assinar|negociar|a proposta|o valor|nada)\b[^?]*",
            r"(?:el[ea]|ess[ea]) nao (?:responde|respondeu|aparece|volta)(?: mais)?[ .!]*",
            rf"{SHE} desligou(?: o telefone| na cara)?[ .!]*",
            rf"{SHE} quer (?:cancelar(?: tudo)?|desistir|falar com (?:o |a )?(?:gerente|supervisor\w*))[ .!]*",
            r"client[ea] (?:muito |bem |super )?"
            r"(?:chat|grosseir|grosso|grossa|folgad|ignorante|dificil|doid|louc)\w*[^?]*",
            r"(?:acho (?:que |q )?|isso |iss?o ai )(?:isso )?(?:eh?|seja|so pode ser) "
            r"(?:um |uma )?(?:trote|golpe|fraude|golpista|fake)[ .!]*",
            r"(?:nao|n) quero mais (?:ess[ea]|est[ea]) (?:client[ea]|atendimento|chamado).*",
            r"(?:como|por que|porque|pq) (?:o sistema|o portal|a vez|a fila) .*client[ea].*",
            r"(?:a )?fila (?:ta|esta) (?:grande|cheia|vazia|parada|longa)[ ?!.]*",
            r"tem (?:mais )?alguem (?:livre|online|disponivel|na fila)(?: ai| agora| da equipe)*[ ?]*",
            r"marc(?:a|ar) (?:como |esse como )?(?:resolvid[oa]|encerrad[oa]|finalizad[oa])[ .!]*",
            r"quantos (?:atendimentos|clientes|chamados|protocolos) "
            r"(?:eu )?(?:tenho|fiz|tive|peguei|fechei|falta[mr]?)\b.*",
            rf"(?:meu|minha) {_SUPERIOR} (?:ta|esta)(?: ai| livre| online| disponivel| na loja| hoje)*[ ?]*",
            rf"(?:chama|avisa|aciona) alguem d[aoe] {_OURS}{_END}",
            r"quem (?:da equipe )?(?:ta|esta) (?:livre|disponivel|online)(?: agora| ai)*[ ?]*",
            r"(?:alguem|quem) (?:ai )?(?:me ajuda|sabe resolver|pode me ajudar)\b.*",
        )
    )
)
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
_TAKES = re.compile(
    r"(?:alguem|quem|qualquer um)(?: (?:ai|pode|consegue|quer|vai|poderia))*"
    r" (?:peg|assum|atend|fic|cobr)(?:a|e|ar|ir|er)(?: com)? "
    r"(?:(?P<ela>el[ea]|(?:[oa] |ess[ea] |est[ea] )(?:client[ea]|caso|atendimento|chamado)(?: d[aoe] \w+)?"
    r"|ess[ea]|est[ea])"
    rf"|(?:[oa] )?(?:seu |dona |sr |sra )?(?P<nome>[a-z]+))(?: por mim)?{_END}"
)
_NAMED = re.compile(
    r"\b[oa] (?:seu |dona |sr |sra )?(?P<nome>[a-z]+)(?= (?:de volta )?(?:pr[ao]|para|n[ao] fila|pro outro))"
)

# "Puxa o cadastro da Marina": with her on the screen, nobody says so to her. "É a Marina?", "a Marina está?" one does.
_ONE_NAMED = re.compile(
    r"(?=(?:^|\b(?!(?:eh|e|sou|com|fala|quem|aqui|seria|nome|titular|conta|senhora?)\b)\w+[,;.]? )"
    r"(?:d[ao]|para [ao]|pr[ao]|n[ao]|[ao]) (?:dona |sra? )?(?P<nome>[a-z]{3,})\b"
    r"(?! (?:esta|ta|se encontra|mesm[ao]|que fala|quem fala|por favor|falando|pode falar)\b))"
)
_YOURS = re.compile(r"\b(?:te|ce|tu|seus?|suas?|lhe|contigo|your?)\b")


def is_for_the_house(said: str) -> bool:
    """Whether nobody but the house can be meant; `seu` before a name is no "your"."""
    found = _TAKES.fullmatch(said)
    takes = found is not None and (found["ela"] is not None or found["nome"] in FIRST_NAMES)
    return takes or (_YOURS.search(said) is None and _TO_THE_HOUSE.fullmatch(said) is not None)


def named_as_others(said: str) -> set[str]:
    """The first names in a line that are said there as those of somebody else than whom it is said to."""
    if _YOURS.search(said) is not None:
        return set()
    return {found["nome"] for found in _ONE_NAMED.finditer(said)} & FIRST_NAMES


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
