"""An answer that was given before, said again: "não, pera, o CEP é 30140-072" while the CPF is asked.

Told from an answer to the question that is open: it names something else than what is asked, and says that what was
given of it was wrong.
"""

import re
from dataclasses import dataclass

from core.fala.lexico.texto import LIMIT, cleaned, plain
from core.palavras import folded
from core.venda.perguntas import Pergunta, TipoResposta

_T = TipoResposta
# What answers are about, and the words for each.
_ABOUT = {
    "CPF": r"cpfs?",
    "CNPJ": r"cnpjs?",
    "CEP": r"ceps?",
    "telefone": r"tel|telefones?|fones?|cel|celular(?:es)?|contato|whats|whatsapp|zap|phone|telefono",
    "e-mail": r"e-?mails?|correo",
    "plano": r"planos?|velocidade|megas?|gigas?|plan",
    "endereço": r"enderecos?|rua|avenida|bairro|complemento|numero da casa|apartamento|address|direccion",
    "nome": r"nomes?|name|nombre",
    "turno": r"turnos?|periodos?|horarios?",
    "vencimento": r"vencimentos?|venc",
    "nascimento": r"nascimento|nasc|aniversario",
    "data": r"datas?",
    "valor": r"valor|mensalidade|preco",
    "pagamento": r"pagamento|boleto|cartao|debito",
}
_OF_TIPO = {_T.CPF: "CPF", _T.CNPJ: "CNPJ", _T.CEP: "CEP", _T.TELEFONE: "telefone", _T.EMAIL: "e-mail", _T.DATA: "data"}
_IN_WORDS = frozenset({"plano", "turno", "nome", "endereço", "pagamento"})
# Nobody says these of what is true.
_I_WAS_WRONG = (
    r"errei|(?:me )?enganei|me confundi|(?:digitei|mandei|passei|coloquei|botei|escrevi|informei|falei)"
    r" (?:o |a |tudo )?(?:\w+ )?(?:errad[oa]|trocad[oa])|corrig\w+|correcao|i made a mistake|me equivoque"
)
_WAS_WRONG = (
    rf"{_I_WAS_WRONG}|errad[oa]s?|engano|o certo e|a certa e|trocar|mudar|troca|muda|volta|voltar|wrong|equivocad[oa]"
)
_OPENS = (
    r"(?:(?:nao|n|opa|ops|pera|perai|espera|espere|calma|alias|desculpa|desculpe|perdao|putz|xi|ih|eita"
    r"|wait|no|sorry|perdon)\b[ ,.!]*)+"
)
_YES = re.compile(r"(?:sim|s|pode|isso|claro|ok|quer|aceita|yes|si)\b")
_BEFORE = re.compile(
    r"\b(?:resposta|pergunta|dado|informacao) (?:anterior|passad[oa]|de antes)\b|\b(?:a|o) (?:anterior|de antes)\b"
    r"|^(?:quero |preciso |posso |da pra )?(?:volta|voltar)(?: uma| atras)?(?: pergunta)?\W*$"
)
_ALONE = re.compile(rf"(?:{_OPENS})?(?:{_I_WAS_WRONG})\W*")


@dataclass(frozen=True, slots=True)
class Correcao:
    """What was corrected, as people call it ("CEP", "plano"), or "" where only "the one before" was said."""

    sobre: str = ""


def correction_of(text: str, pergunta: Pergunta | None) -> Correcao | None:
    """What of an earlier answer a seller takes back, while this question is open (None: none is); else None."""
    if len(text) > LIMIT:
        return None
    said = plain(cleaned(text))
    free = pergunta is not None and pergunta.tipo is _T.TEXTO
    agrees = pergunta is not None and pergunta.tipo is _T.SIM_NAO and _YES.match(said) is not None
    wrong = re.search(rf"\b(?:{_I_WAS_WRONG if free or agrees else _WAS_WRONG})\b", said) is not None
    if _BEFORE.search(said) is not None and (wrong or not free):
        return Correcao()
    named = [sobre for sobre, words in _ABOUT.items() if re.search(rf"\b(?:{words})\b", said)]
    named = [sobre for sobre in named if pergunta is None or not _is_asked(sobre, pergunta)]
    if not named:
        return Correcao() if pergunta is not None and _ALONE.fullmatch(said) else None
    sobre = named[0]
    anew = rf"^{_OPENS}(?:(?:o|a|na verdade|el|the) )*(?:{_ABOUT[sobre]})\b[^?]*(?:\b(?:e|eh|era|is|es)\b|[:=]|[0-9@])"
    # "Não, o valor é alto" is a no: without a number only what is chosen or written in words is said anew.
    in_words = pergunta is not None and pergunta.tipo not in (_T.SIM_NAO, _T.OPCAO) and sobre in _IN_WORDS
    again = re.search(anew, said) is not None and (in_words or re.search(r"[0-9@]", said) is not None)
    return Correcao(sobre) if wrong or again else None


def _is_asked(sobre: str, pergunta: Pergunta) -> bool:
    """Whether the open question is about it: then it is an answer, or its correction before it was given."""
    asked = folded(" ".join([pergunta.texto, *(opcao.texto for opcao in pergunta.opcoes)]))
    return _OF_TIPO.get(pergunta.tipo) == sobre or re.search(rf"\b(?:{_ABOUT[sobre]})\b", asked) is not None
