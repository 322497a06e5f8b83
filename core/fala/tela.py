"""What is said of what is on the screen: the rest of a list, the PDF of a card, whether it is right, who approved it.

A word has one kind. A rule fits a short sentence that has each of its kinds, and no kind but those, what the rule
allows beside them, and what says nothing (`quieto`).
"""

import re
from enum import StrEnum, auto
from typing import NamedTuple

from core.fala.lexico.texto import cleaned, listed, plain


class NaTela(StrEnum):
    """What of it is wanted."""

    RESTO = auto()
    """The next ones of a list."""
    ARQUIVO = auto()
    """The file of the invoice that is looked at."""
    PORQUE = auto()
    """Whether it is right, and why it stands as it does."""
    HISTORICO = auto()
    """Who did what to it, and when."""
    CARTAO = auto()
    """What its card says: the value, the due date, where it stands."""
    DE_NOVO = auto()
    """What failed is tried again."""
    LISTA = auto()
    """Back to the list from which it was opened."""
    CORRECAO = auto()
    """Its value or due date is another one."""
    PARAR = auto()
    """The robot that was just sent is called back."""


_LONGEST = 80
_ONE = {"de novo": "denovo", "dnv": "denovo", "outra vez": "denovo", "mais uma vez": "denovo", "por que": "porque"}
_ONE |= {"nao bate": "naobate", "nao confere": "naobate", "o que": "oque", "back to": "volta", "boa tarde": "oi"}
_ONE |= {"bom dia": "oi", "boa noite": "oi", "pro sat": "nosat", "no sat": "nosat", "ao sat": "nosat"}
_ONE_WORD = re.compile(rf"\b(?:{'|'.join(_ONE)})\b")
_KINDS = {
    "quieto": "a o as os e eh por favor pf pfv pfvr please ai entao ok agora me robo oi pode pra para pro mim isso isto"
    " essa esse esta este ela ele dela dele dessa desse nela nele da do de no na aqui la uma um que mesmo mesma opa"
    " pera mas entao sera tudo so dia se ja foi ta esta tah tava to the it is of",
    "mostrar": "mostra mostrar mostre ver veja quero abre abrir abra manda mandar mande envia enviar envie cade deixa"
    " eu show passa passar",
    "mais": "mais tem ha outras outros resto restante continua more next mas",
    "proxima": "proximas proximos proxima proximo seguinte seguintes pagina",
    "papel": "fatura conta boleto",
    "papeis": "faturas contas processos antigas antigos resultados itens",
    "arquivo": "pdf arquivo documento original em",
    "certo": "certo certa correto correta batendo estranho estranha bate procede confere assim",
    "errado": "errado errada incorreto incorreta diferente naobate",
    "corrige": "corrige corrigir corrija muda mudar mude troca trocar troque altera alterar altere arruma arrumar"
    " arrume ajusta ajustar ajuste verdade deveria",
    "porque": "porque pq porq motivo why",
    "parado": "parado parada pendente preso presa travado travada verde amarelo amarela vermelho vermelha ficou nisso"
    " demorando",
    "nao": "nao n num ainda",
    "passo": "baixou baixada baixado baixaram chegou chegaram veio vei aprovou aprovada aprovado rejeitou rejeitada"
    " rejeitado recusou recusada subiu entrou mandou mandada enviou enviada enviado pagou paga saiu terminou caiu rolou"
    " mexeu"
    " decidiu cuidou fez nosat",
    "quem": "quem who",
    "historico": "historico history",
    "qual": "qual quanto quando quais como status situacao pe detalhe detalhes dados oque custa deu",
    "sobre": "valor vencimento data vence vencendo preco",
    "campo": "numero cnpj operadora mes cartao cliente",
    "denovo": "denovo novamente again retry refaz repete",
    "tentar": "tenta tentar tente baixa baixar baixe busca buscar puxa puxar roda rodar faz fazer try",
    "lista": "lista listagem relacao list",
    "voltar": "volta voltar volte back",
    "decide": "aprova aprovo aprovar aprove rejeita rejeito rejeitar rejeite reprova recusa desfaz",
    "?": "?",
}
_OF_WORD = {word: kind for kind, words in _KINDS.items() for word in listed(words)}
_WORD = re.compile(r"[a-z]+|[0-9][0-9.,/]*|\?")


class _Regra(NamedTuple):
    wanted: NaTela
    must: frozenset[str]
    may: frozenset[str]


_RULES = tuple(
    _Regra(wanted, frozenset(listed(must)), frozenset(listed(f"{must} {may}")))
    for wanted, must, may in (
        (NaTela.RESTO, "mais", "mostrar papeis proxima ?"),
        (NaTela.RESTO, "proxima", "mostrar papeis mais ?"),
        (NaTela.ARQUIVO, "papel", "mostrar arquivo ?"),
        (NaTela.ARQUIVO, "arquivo", "mostrar papel ?"),
        (NaTela.HISTORICO, "quem passo", "papel ?"),
        (NaTela.HISTORICO, "qual passo", "papel ?"),
        (NaTela.HISTORICO, "historico", "mostrar papel qual ?"),
        (NaTela.PORQUE, "certo ?", "sobre papel arquivo"),
        (NaTela.PORQUE, "errado ?", "papel arquivo"),
        (NaTela.PORQUE, "porque", "parado certo nao passo papel ?"),
        (NaTela.CORRECAO, "sobre errado", "certo corrige numero nao papel mostrar qual passo"),
        (NaTela.CORRECAO, "sobre certo numero", "corrige errado nao papel qual passo"),
        (NaTela.CORRECAO, "sobre numero", "qual certo"),
        (NaTela.CORRECAO, "sobre corrige", "certo errado numero nao papel mostrar passo"),
        (NaTela.DE_NOVO, "denovo", "tentar mostrar papel ?"),
        (NaTela.LISTA, "lista", "voltar mostrar denovo papeis ?"),
        (NaTela.CARTAO, "passo ?", "nao papel"),
        (NaTela.CARTAO, "qual sobre", "mostrar papel campo ?"),
        (NaTela.CARTAO, "qual campo", "mostrar papel ?"),
        (NaTela.CARTAO, "sobre ?", "mostrar papel campo"),
        (NaTela.CARTAO, "sobre mostrar", "papel"),
        (NaTela.CARTAO, "qual", "papel ?"),
    )
)
# "Para" is a preposition, too: it stops something only where it is all that is said.
_STOPS = re.compile(
    r"(?:(?:nao|n|opa|ops|pera|perai|eita|putz|xi)[ ,.!]+)*(?:(?:para|pare|parar|cancela|cancelar|interrompe|desfaz"
    r"|stop)(?: (?:isso|ai|tudo|ja|agora|o robo|esse|essa|por favor|pf))*|(?:mandei|cliquei|enviei|baixei)"
    r" errad[oa])[ .!]*"
)
_ALL = re.compile(r"\b(?:rod|tent|baix|pux|busc|faz|fac|refa)\w*\b.*\b(?:tudo|todas|todos|tds)\b")
# "Já foi?": it says something only alone.
_IS_DONE = re.compile(r"(?:ja |e |sera que |ela |ele |isso )*foi\W*\?\W*")


def of_screen(text: str) -> NaTela | None:
    """What a short sentence wants of what is on the screen; None for any other."""
    if len(text) > _LONGEST:
        return None
    said = plain(cleaned(text)).strip()
    if _IS_DONE.fullmatch(said):
        return NaTela.CARTAO
    if _STOPS.fullmatch(said):
        return NaTela.PARAR
    if _ALL.search(said):
        # "Roda tudo de novo" is about no card.
        return None
    words = _WORD.findall(_ONE_WORD.sub(lambda found: _ONE[found[0]], said))
    kinds = {_OF_WORD.get(word, "numero" if word[0].isdecimal() else "outra") for word in words} - {"quieto"}
    return next((one.wanted for one in _RULES if one.must <= kinds <= one.may), None)
