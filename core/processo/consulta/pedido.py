"""What somebody asks for with PROCESSOS or PROCESSO: a month, a status, the beginning of an id, words to search by."""

import re
from dataclasses import dataclass
from datetime import date

from core.cliente.clientes import search_words
from core.fala.leitura.tempo import find_month
from core.fala.lexico.nomes import OPERADORAS
from core.fala.lexico.rodeios import heart_of, without_are
from core.fala.lexico.texto import listed
from core.palavras import folded
from core.relatorio.pedido import mes_of
from core.testemunha.meses import NOMES, Mes
from storage.processo.status import StatusProcesso

# Shorter beginnings are those of nearly every id of a whole year.
_ID = re.compile(r"[0-9a-f]{4,32}")
_CNPJ = re.compile(r"[0-9a-z]{2}\.?[0-9a-z]{3}\.?[0-9a-z]{3}/?[0-9a-z]{4}-?[0-9]{2}")
_LIKE_A_MONTH = re.compile(r"[0-9]{1,2}/(?:[0-9]{2}|[0-9]{4})|(?:19|20)[0-9]{2}[/-][0-9]{1,2}")
_LITTLE = frozenset(
    listed(
        "a o as os um uma de da do das dos em no na nos nas e com para pra pro por"
        " que qual quais me mostra mostrar lista cliente clientes conta contas cnpj processo processos"
        " fatura faturas boleto boletos operadora estao esta status mes ja ainda quem alguma algum nada q"
        " chegar chegou chegaram veio vieram vir"
    )
)
# How people say that something is still to come, before what it is: "esperando aprovação", "falta baixar".
_STILL = r"(?:(?:aguardando|esperando|aguardam|esperam|falta|faltam|faltando|pendentes? de|por|a) (?:o |a )?)?"
_TO_SAT = r"(?: (?:a?o|pr[oa]|para o) sat)?"
# A longer text is a letter, and looks for nothing.
_LONGEST = 200
# "Buscar padaria", "me acha a conta 8991": what is said before what is looked for.
_LOOKS_FOR = re.compile(
    r"(?:busc(?:ar?|ue)|buscando|procur(?:ar?|e|o|ando)|pesquis(?:ar?|e)|localiz(?:ar?|e)|encontr(?:ar?|e)|ach(?:ar"
    r"|a|e)"
    r"|consult(?:ar?|e)|find|search(?: for)?)"
    # Nor what is looked for elsewhere.
    r"(?!.*\b(?:vendas?|usuarios?|pessoas?|consultor(?:es)?|agendamentos?|backups?|relatorios?|logins?|acessos?|tokens?"
    r"|auditoria|fila|atendimentos?|respostas?)\b) +\S.*"
)
_COUNTS = re.compile(
    r"(?:\w{2,5} )?(?:(?:quant|qt)[ao]s|qts|quais)\b(?!.*\bvend).*\b(?:sat|baix\w+|aprovad\w+|downloads?|faltam?"
    r"|chegaram|vieram)\b.*"
    # "Falta chegar alguma?", "ainda n chegou fatura de quem?"
    r"|(?=.*\b(?:nao|n|faltam?)\b)(?:(?:ainda|tem|alguma|algum|faturas?|contas?|boletos?|q|que|qual|quais|faltam?"
    r"|quem|de|a"
    r"|nao|n|pra|e)\W+)+(?:chegar|chegou|chegaram|vir|veio|vieram)"
    r"(?:\W+(?:faturas?|contas?|boletos?|alguma|algum|de|quem|ainda|ai|mais|hoje|esse|mes))*\W*"
    r"|(?:quais|oque|o que|oq) (?:ainda )?faltam?\W*"
    r"|(?:\w{1,7} )?(?:quais|quantas|as|que)\b[a-z ]{1,30}\b(?:nao|n)"
    r" (?:vieram|veio|chegaram|chegou|baixaram|baixou)\W*"
    r"|(?:so |e |ver |mostra |quero |cade |onde (?:eu )?(?:vejo|acho|estao|tao) )?"
    r"as q(?:ue)? (?:ja )?(?:foram|estao|tao|subiram|entraram)\b.{0,20}\bsat\b\W*"
    r"|quais (?:ja )?(?:estao|tao|foram|subiram|entraram)\b.*\bsat\b\W*"
    r"|(?:ja )?(?:baixou|baixaram|chegou|chegaram|veio|vieram) (?:tudo|todas?|todos)\W*"
    r"|(?:tem|quais|quantas|alguma|que|qual|as|ver|mostra)\b.{0,25}\bsem (?:o |a )?(?:pdf|arquivo|faturas?|boleto)\W*"
)
# "Oq falta ir pro SAT", "quem tá aguardando aprovação": what is still to come, of nobody by name.
_WAIT = r"(?:falt(?:a|am|ando|ou)|aguard(?:a|am|ando)|esper(?:a|am|ando))"
_STILL_TO_COME = re.compile(
    r"(?:(?:quais|qual|quem|(?:quant|qt)[ao]s|oque|o que|oq|as|os|que|ainda|tem|algo|algum\w?|faturas?|contas?|boletos?"
    r"|ta|tao|esta|estao|me|mostra|ve|ver)\W+)*"
    rf"{_WAIT} (?:[oa] |pr[aoe] |por |para |ser )*"
    r"(?:baixar|baixad[ao]s?|downloads?|aprovar|aprovad[ao]s?|aprovac(?:ao|oes)|enviar|enviad[ao]s?|envio|mandar|subir"
    r"|ir|entrar|sat)(?: (?:a?o|pr[oa]|para o|n[oa]) sat)?"
    r"(?: (?:ainda|hoje|agora|ai|desse mes|esse mes|do mes|quais|qual|quantas))*\W*"
)
# "Baixa todas da XPTO": which they are is shown.
_DOWNLOADS_OF = re.compile(
    r"(?:baix|pux)(?:a|e|ar) "
    r"(?:(?:todas?|todos?|tudo|td|tds|as|os|faturas?|contas?|boletos?) )+d[aeo]s? \S.*"
)
_NAMES_WHOSE = re.compile(
    r"(?:(?:cade|ver|mostra|mostrar|manda|a|as|o|os|onde|esta|ta)[ ,]+)*"
    r"(?:faturas?|boletos?|processos?) (?:(?:d[aeo]s?|cliente) )+\S.*"
)
# A shorter number may be the code that a robot asked for.
_NUMBER_ALONE = re.compile(r"(?:(?:cnpj|conta|filtro|n|numero)\W+)?(?=(?:\D*\d){9})[\d./ -]+\W*")
_SENDS_TO_SAT = re.compile(r"(?:.*\b)?(?:mand|envi|sub)(?:ar|a|e|ir|o)\b.*\bsat\b.*")
# Of all of them, and of nobody by name: "manda pro SAT as aprovadas", "baixa tudo que falta".
_SENDS = re.compile(r"(?:mand|envi|sub|lev|jog)(?:ar?|e|ir)|sobe")
# Where they stand, and no order: "que faltam baixar", "aguardando envio ao SAT".
_STANDS = re.compile(
    r"(?:falta\w*|aguard\w+|esper\w+|pendentes? de) (?:\w{1,3} )?(?:baixar|enviar|envio|mandar|subir|downloads?)"
)
_DOWNLOADS = re.compile(r"baix(?:ar?|e)|downloads?|pux(?:ar?|e)|busc(?:ar?)|rod(?:ar?|e)|dispar(?:ar?|e)")
_WHOLE = frozenset(listed("todas todos tudo falta faltam faltando resto pendentes all everything"))
# "Baixa todas menos a da padaria".
_BUT = re.compile(r"[ ,]+(?:menos|exceto|fora|tirando|salvo|sem ser|except|but|excepto)\b(?P<which>.+)")
# "Manda pro SAT a 1": of the list.
_NUMBERED = re.compile(r"\b(?:as?|os?) \d{1,2}\b(?![/-])")
# "Manda tudo" with nothing besides is for the SAT; "me manda tudo" is not.
_SENDS_ALL = frozenset(
    listed("pode pra la ai agora logo ja entao as os o por favor pf pfv resto tudo todas todos quero e")
)
_OF_ALL = (
    _WHOLE
    | frozenset(NOMES)
    | frozenset(
        listed(
            "a o as os ao pro pra para no na do da de que q ja foi foram esta estao ta tao tiver tiverem aprovada"
            " aprovadas aprovado aprovados sat fatura faturas conta contas boletos mes desse deste esse este passado"
            " ainda por favor pf pfv pode quero preciso me ai agora fazer faz robo robos cliente clientes dos das to"
            " download em blz beleza roda rodar rode dispara disparar inicia iniciar"
        )
    )
)
_VERBS = re.compile(
    r"(?:mand|envi)(?:ou|ei|amos|aram)|sub(?:iu|i|imos|iram)|onde|vejo"
    r"|(?:busc|procur|pesquis|localiz|encontr|consult)\w{0,3}|ach(?:ar?|e)|find|search|for|quero|preciso|pode|ai|mim"
    r"|favor"
    r"|(?:mand|envi)(?:ar?|e)|sub(?:ir|a)|sobe|sat|ta|tao|tiver|tem|ja|todas?|todos?|tudo"
    r"|(?:quant|qt)[ao]s?|qts|fo(?:i|ram)|ate|tao|temos|hoje"
    r"|pfv?|pfvr|pls|please|obrigad[ao]|vlw|valeu|gente|agora|rapido|bom|boa|dia|tarde|noite|oi|ola|consegue|voce"
    r"|vc|cade|onde|ver"
)
_OF_WHOM = re.compile(r" +d[aeo]s? +(?:cliente +)?(?P<quem>[\w&][\w&. -]{2,}?)(?: +(?:por favor|pf|pfv|ai))?[ .!?]*")
_NEXT_MONTH = re.compile(r"\b(?:d?[oe] )?(?:mes que vem|proximo mes|mes seguinte|next month|mes que viene)\b")
_CNPJ_IN_PARTS = re.compile(r"(?<!\d)\d{2}[ .]\d{3}[ .]\d{3}[ ./]*\d{4}[ .-]*\d{2}(?!\d)")
_STATUS = {
    re.compile(
        rf"(?:quais|oque|o que|oq|(?:quant|qt)[ao]s) (?:ainda )?faltam?\W*$|"
        r"(?:faturas? |contas? )?sem (?:o |a )?(?:pdf|arquivo|boleto|faturas?)|"
        r"(?:baix|pux)(?:a|e|ar) (?:todas?|todos?|tudo|tds?|as|os)|faltam? (?:chegar|vir)|"
        r"^(?:ja )?(?:baixou|baixaram|chegou|chegaram|veio|vieram) (?:tudo|todas?|todos)|"
        rf"{_STILL}(?:baixar|downloads?)|{_WAIT} (?:ser )?baixad[ao]s?"
        r"|(?:ainda )?(?:nao|sem) (?:foram |ter sido )?baixad[ao]s?"
        r"|(?:ainda )?(?:nao|n) (?:vieram|veio|chegaram|chegou|baixaram|baixou)"
    ): StatusProcesso.AGUARDANDO_DOWNLOAD,
    re.compile(
        rf"{_STILL}(?:aprovar|aprovac(?:ao|oes))|{_WAIT} (?:ser )?aprovad[ao]s?|(?:ainda )?nao aprovad[ao]s?|pendentes?"
    ): StatusProcesso.AGUARDANDO_APROVACAO,
    re.compile(
        rf"{_STILL}(?:enviar|envio|mandar){_TO_SAT}|{_WAIT} (?:[oa] |pr[ao] |para |ir |subir |entrar |n[oa] )*sat"
        rf"|{_WAIT} (?:ser )?enviad[ao]s?{_TO_SAT}|(?:ainda )?nao enviad[ao]s?{_TO_SAT}|aprovad[ao]s?"
    ): StatusProcesso.AGUARDANDO_ENVIO_SAT,
    re.compile(rf"(?:n[oa] |ja n[oa] )?sat|enviad[ao]s?{_TO_SAT}|prontos?|concluid[ao]s?"): (
        StatusProcesso.UPLOAD_REALIZADO
    ),
}
_SAYS_NO_NAME = re.compile(f"{_VERBS.pattern}|{_SENDS.pattern}|{_DOWNLOADS.pattern}")
_SHOWS = frozenset(
    listed(
        "oq oque ser volta voltar atual falta faltam faltando ok certas certos bem"
        " mostra mostre ve veja lista abre pega traz so apenas e tambem alguma algum algo mais"
        " outras n vindo vem certo certa certinho errado errada vence vencem vencimento quando qdo"
    )
)
_OF_OPERADORA = re.compile(rf"\b(?:d[aeo]s?|n[ao]|so|faturas?|contas?|boletos?) ({'|'.join(OPERADORAS)})\b")
_HAS_NO = re.compile(
    r"\b(?:ainda )?(?:nao|n) (?:tem|tinha|esta com|estao com|tao com|ta com|recebeu|receberam) (?:o |a |as )?"
    r"(?=(?:pdf|arquivo|boleto|faturas?)\b)"
)
_LEADS_TO = re.compile(r" (?:em|d[eo]|n[eo]sse|mes|pra|para)? *$")
_ANY_DAY = date(2001, 12, 31)
# Not a sign by itself, such as a status has before its name.
_SAYS_SOMETHING = re.compile(r"\w")
_EDGES = ".,;:!?()\"'"


@dataclass(frozen=True, slots=True)
class Pedido:
    """`competencia`: AAAAMM, where a month was named. `inicio`: hex digits with which an id may begin, if it is that.

    `palavras`: all of them are in the cliente's search text. `mes_errado`: written like a month that there is none of.
    `todas`: something is to be done to all of that status at once, but to those whom `menos` names.
    """

    competencia: int | None = None
    status: StatusProcesso | None = None
    palavras: tuple[str, ...] = ()
    inicio: str | None = None
    mes_errado: str | None = None
    todas: bool = False
    menos: tuple[str, ...] = ()


def read_pedido(text: str, today: date) -> Pedido:
    """What follows the word, as people write it: `11/2026`, `padaria novembro`, `11.222.333/0001-81`, `0199f3a2`."""
    said = _CNPJ_IN_PARTS.sub(lambda found: re.sub(r"\D", "", found[0]), folded(text))
    said = _plainly(_NEXT_MONTH.sub(f"{Mes.of_date(today).plus(1)}", said))
    is_sought = is_search(said)
    # Alone behind the word `11` and `nov` are months too: nobody is found by so little.
    if (alone := mes_of(said.strip(), today)) is not None:
        return Pedido(alone.competencia)
    if (like := _LIKE_A_MONTH.fullmatch(said.strip())) and find_month(said, today) is None:
        return Pedido(mes_errado=like[0])
    competencia = None
    if (found := find_month(said, today)) is not None and not _CNPJ.search(said):
        mes = Mes.of(found.mes)
        competencia, said = mes.competencia, f"{said[: found.start]} {said[found.end :]}"
    if (whole := _of_all(said)) is not None:
        but = _BUT.search(said)
        left_out = [word for word in re.findall(r"[\w&-]+", but["which"] if but else "") if word not in _LITTLE]
        return Pedido(competencia, whole, todas=True, menos=tuple(search_words(" ".join(left_out))))
    status = None
    # "Manda pro SAT a da padaria": where it is to go, and not where it stands.
    is_order = _SENDS_TO_SAT.fullmatch(_STANDS.sub("", said).strip()) is not None
    for pattern, named in () if is_order else _STATUS.items():
        if (told := re.search(rf"(?<!\w)(?:{pattern.pattern})(?!\w)", said)) is not None:
            status, said = named, f"{said[: told.start()]} {said[told.end() :]}"
            break
    words = [bare_number(word.strip(_EDGES)) for word in said.split()]
    wanted = [word for word in words if _SAYS_SOMETHING.search(word) and word not in _LITTLE]
    if is_sought or status is not None:
        # "Da Oi" is whose they are, and no greeting.
        whose = _OF_OPERADORA.search(said)
        nameless = [word for word in wanted if word in _SHOWS or _SAYS_NO_NAME.fullmatch(word)]
        wanted = [word for word in wanted if (whose and word == whose[1]) or word not in nameless]
    inicio = id_beginning(wanted[0]) if len(wanted) == 1 else None
    return Pedido(competencia, status, tuple(search_words(" ".join(wanted))), inicio)


def is_search(said: str) -> bool:
    """Whether a text without accents looks for invoices: by a verb, by whose, by a bare number, by "to SAT"."""
    if len(said) > _LONGEST:
        return False
    patterns = (_COUNTS, _STILL_TO_COME, _LOOKS_FOR, _DOWNLOADS_OF, _NAMES_WHOSE, _NUMBER_ALONE, _SENDS_TO_SAT)
    said = _plainly(said.strip())
    forms = {said, heart_of(said), heart_of(_without_month(said))}
    by_pattern = any(pattern.fullmatch(form) for pattern in patterns for form in forms)
    return by_pattern or _of_all(said) is not None or _of_operadora_or_month(said)


def _plainly(said: str) -> str:
    """ "Ainda não têm fatura" as "sem fatura", and without the verb of "são da Vivo"."""
    return _HAS_NO.sub("sem ", without_are(said))


def _without_month(said: str) -> str:
    """Without the month that is named, and what leads to it."""
    month = find_month(said, _ANY_DAY)
    return said if month is None else f"{_LEADS_TO.sub(' ', said[: month.start])} {said[month.end :]}".strip()


def _of_operadora_or_month(said: str) -> bool:
    """ "Tem da Claro?", "só as da vivo que faltam", "as de outubro": one of them is named, and nobody besides."""
    month, rest = find_month(said, _ANY_DAY), _without_month(said)
    whose = _OF_OPERADORA.search(rest)
    others = [word for word in re.findall(r"[^\W_]+", rest) if whose is None or word != whose[1]]
    little = all(word in _LITTLE | _OF_ALL | _SHOWS or _SAYS_NO_NAME.fullmatch(word) for word in others)
    return little and (whose is not None or month is not None)


def _of_all(said: str) -> StatusProcesso | None:
    """What stands where, of a sentence that has all of them sent or downloaded; None where it names some."""
    words = re.findall(r"[a-z]+", _STANDS.sub("falta", _BUT.split(said, maxsplit=1)[0]))
    if _NUMBERED.search(said):
        return None
    if any(word not in _OF_ALL and not _SENDS.fullmatch(word) and not _DOWNLOADS.fullmatch(word) for word in words):
        return None
    if "sat" in words and any(_SENDS.fullmatch(word) for word in words):
        return StatusProcesso.AGUARDANDO_ENVIO_SAT
    approved = not {"aprovada", "aprovadas", "aprovado", "aprovados"}.isdisjoint(words)
    if approved and any(_SENDS.fullmatch(word) for word in words[:2]):
        return StatusProcesso.AGUARDANDO_ENVIO_SAT
    sends = [word for word in words if _SENDS.fullmatch(word)]
    if sends and not _WHOLE.isdisjoint(words) and all(word in _SENDS_ALL or word in sends for word in words):
        return StatusProcesso.AGUARDANDO_ENVIO_SAT
    downloads = any(_DOWNLOADS.fullmatch(word) for word in words) and not (_WHOLE | {"downloads"}).isdisjoint(words)
    return StatusProcesso.AGUARDANDO_DOWNLOAD if downloads else None


def of_whom(said: str, today: date) -> str | None:
    """Whose invoice a sentence is about that names its month first: "a fatura de outubro da padaria"."""
    month = find_month(said, today)
    found = _OF_WHOM.fullmatch(said[month.end :]) if month is not None else None
    return None if found is None or found["quem"] in _LITTLE else found["quem"]


def id_beginning(word: str) -> str | None:
    """The hex digits of an id or of how it begins; None for what begins none."""
    bare = folded(word).replace("-", "")
    return bare if _ID.fullmatch(bare) else None


def bare_number(word: str) -> str:
    """A CNPJ without its punctuation, as the search text holds it; every other word as it is."""
    return re.sub("[./-]", "", word) if _CNPJ.fullmatch(word) else word
