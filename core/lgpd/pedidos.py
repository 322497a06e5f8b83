"""What a customer asks about their own data in a sentence: that it be erased, shown, or that nobody write to them.

A person of ours does it, after they made sure who asks (LGPD, lei 13.709/2018, art. 18): here it is written down and
told.
"""

import re
from enum import StrEnum

from core.auditoria.auditoria import Autor, registrar
from core.commands.base import write_command
from core.commands.contas import TellTitular
from core.fala.lexico.texto import LIMIT, cleaned, plain
from storage.auditoria.tipos import Ato
from storage.contatos.conversas import mark_event
from storage.transaction import Transaction


class Pedido(StrEnum):
    """What of it."""

    APAGAR = "pedido_de_apagar"
    SABER = "pedido_de_saber"
    SOSSEGO = "pedido_de_sossego"
    """No more messages."""


_OWN = r"(?:(?:os |as |o |a |todos? os |todas? as |tds? os |d?os )?(?:meus?|minhas?|my|mis?|nossos?) )"
# "Dados móveis" are sold, and not kept.
_DATA = (
    r"(?:(?:dados?|datos|data)(?! (?:moveis|movel|de internet|do chip|mobile|moviles))"
    r"|informac(?:ao|oes|ion)|cadastros?|registros?|historico|conversas?|information)"
)
_NUMBER = r"(?:numero|telefone|celular|contato|whats\w*|zap|cpf|email|number|phone|telefono)"
# As it is asked for: "apagaram meu cadastro" complains.
_ERASE = (
    r"(?:(?:apag|exclu|delet|remov|elimin|retir|tir|limp|descart|suprim|borr)(?:a|e|i|ar|er|ir|am|em|ue|uem|uen|en)"
    r"|esquec(?:er|e|am|a)|some com|sumam? com|erase|wipe|forget)"
)
_ERASED = r"(?:apagad|exclu[id]|deletad|removid|eliminad|borrad|deleted|erased|removed)\w*"
_SYSTEM = r"(?:d[aoe]s?|n[ao]s?|from|de) (?:\w+ ){0,2}(?:sistemas?|cadastros?|bases?|bancos?|registros?|system|records)"
_MESSAGES = (
    r"(?:msgs?|msn|mensag\w+|whats\w*|zap|propagandas?|spam|promoc\w+|ofertas?|avisos?|ligac\w+|messages?|mensajes?"
    r"|sms)"
)
_ENOUGH = (
    r"(?:nao|n|nunca|nem|chega de|par(?:a|e|em|ar) (?:de|com)|deix(?:a|e|em|ar) de|cansei de|cansad[ao] de"
    r"|stop|dont|do not|deja\w* de)"
)
_SEND = (
    r"(?:(?:mand|envi|encaminh)(?:a|e|em|ar|ando|en|es)|escrev(?:a|am|er|endo)|receb(?:er|endo)|chamem|lig(?:uem|ar"
    r"|ando)"
    r"|(?:incomod|perturb|molest)(?:a|e|em|ar|ando|en)|ench(?:e|er|am|endo)|send(?:ing)?|receiv(?:e|ing)|text(?:ing)?)"
)
# Who cannot, or is not sent even that, wants the opposite.
_WORD = r"(?!consig|conseg|posso|pod|estou|to\b|nem\b|quer)\w+"
_TABLE = {
    Pedido.APAGAR: (
        rf"\b{_ERASE} (?:\w+ )?{_OWN}{_DATA}\b(?! d[ao]s? (?:fila|lista))",
        rf"\b(?:apag|exclu|delet|remov|elimin|esquec)\w{{1,3}} {_OWN}{_NUMBER}\b(?! d[aeo]s? (?:fila|lista|grupo))",
        rf"\b{_ERASE} (?:\w+ ){{0,2}}(?:{_NUMBER}|nome|tudo) {_SYSTEM}",
        rf"\b{_ERASE} (?:tudo|everything|todo) (?:que|o que|q|sobre|de|about) (?:\w+ ){{0,4}}(?:mim|eu|me|mi)\b",
        rf"\bcancel(?:a|e|em|ar) {_OWN}cadastro\b",
        # Wished for, and not told: "meus dados foram apagados".
        rf"\b(?:quer(?:o|ia|em)|gostaria|desejo|exijo|peco|solicito|preciso|want|like|quiero) (?:\w+ ){{0,3}}?{_OWN}"
        rf"(?:{_DATA}|{_NUMBER}) (?:(?:todos?|todas?|sejam?|fossem?|to be|sean?) )*{_ERASED}",
        rf"\b{_OWN}dados (?:pra |para )?fora\b",
        r"\bdireito (?:ao|de) esquecimento\b|\bright to be forgotten\b",
        rf"\b(?:nao|n) quero (?:mais )?{_OWN}(?:{_DATA}|{_NUMBER}) (?:n[ao]|com|ai)\b",
        rf"\b(?:exclusao|remocao|eliminacao) (?:d[eo]s? )?{_OWN}?{_DATA}\b",
    ),
    Pedido.SABER: (
        rf"\b(?:quais|que|qual|what|cuales) (?:\w+ ){{0,2}}{_DATA} (?:\w+ ){{0,4}}"
        r"(?:tem|teem|guardam?|possuem|sabem|armazenam|coletam|have|keep|tienen|guardan) (?:meus?|minhas?|de mim|sobre"
        r"|a meu|about|de mi)",
        rf"\b(?:quais|que) {_OWN}?{_DATA} (?:meus? |minhas? )?(?:\w+ ){{0,2}}(?:tem|guardam?|armazenam|coletam)\b",
        r"\bo que (?:\w+ ){0,3}(?:sabem?|tem|guardam?) (?:sobre|de|a respeito de) mim\b",
        rf"\bcopia d[eo]s? {_OWN}?(?:dados|informacoes|conversas)\b",
        r"\b(?:acess(?:ar|o)|ver|saber|baixar|exportar|portabilidade) (?:a?os |d[eo]s |sobre )?meus dados\b"
        r"(?! (?:moveis|do plano|de acesso))",
        r"\b(?:vend(?:em|eram)|compartilh(?:am|aram)|pass(?:am|aram)|us(?:am|aram)|vaz(?:am|aram|ou)|fazem com)"
        rf" {_OWN}(?:{_DATA}|{_NUMBER})\b",
        r"\bmeus dados (?:\w+ ){0,3}(?:segur\w+|vaz\w+|protegid\w+|guardad\w+|vendid\w+)",
        r"\b(?:quem|onde|como|de onde) (?:\w+ ){0,4}(?:consegu\w+|peg\w+|pass\w+|deu|ach\w+|arrum\w+|tir\w+)"
        rf" (?:\w+ ){{0,2}}{_OWN}{_NUMBER}\b",
        r"\bencarregad[ao] (?:de|d[oe]s|pel[oa]s?) (?:\w+ )?dados\b|\bdpo\b",
        r"\blgpd\b|\bpolitica de privacidade\b|\blei geral de protecao\b|\bprotecao de dados\b|\bprivacy policy\b",
    ),
    Pedido.SOSSEGO: (
        rf"\b{_ENOUGH} (?:{_WORD} ){{0,3}}?{_SEND}(?: {_WORD}){{0,3}}? {_MESSAGES}\b(?! (?:agora|hoje|essa hora"
        rf"|depois|amanha))",
        rf"\b{_ENOUGH} (?:(?:me|mais) )*{_SEND}(?: mais| nada| me| tod[oa] (?:dia|hora|mes)| o tempo todo| sempre"
        rf"| direto)*\W*$",
        rf"\bchega de {_MESSAGES}\b|\b(?:nao|n) quero mais (?:nenhuma? )?{_MESSAGES}\b",
        rf"\b(?:nao|n) (?:quero |desejo |aceito )(?:mais )?(?:receber|contato) (?:mais )?(?:nada|contato|{_MESSAGES}"
        r"|de voces|de vcs)",
        r"\b(?:me (?:tir\w+|remov\w+|exclu\w+|descadastr\w+)|(?:quero )?(?:sair|saia)|tir\w+ (?:eu|meu (?:numero"
        r"|contato"
        r"|nome|telefone|whats\w*|zap))|remov\w+ meu \w+) d(?:a|essa|esta)s? (?:listas?|mailing|base)\b(?! de espera)",
        r"\bser (?:removid|retirad|exclu\w*|descadastrad|tirad)\w* d(?:as?|e|essa|esse)"
        r" (?:\w+ )?(?:listas?|mailing|base|contatos)\b",
        rf"\bbloque\w+ {_OWN}(?:numero|contato|telefone|whats\w*|zap)\b",
        r"\bcancel\w+ (?:a |minha |essa )?inscricao\b",
        r"\b(?:nao|n) autoriz\w+ (?:o )?uso d\w+ (?:minha|meu|meus|minhas) (?:imagem|fotos?|voz|dados|numero|nome)\b",
        r"\b(?:nao|n) autoriz\w+ (?:\w+ ){0,3}me (?:ligar\w*|cham\w+|mand\w+|escrev\w+|contat\w+|procur\w+)\b",
        r"\bdescadastr\w+\b|\bunsubscribe\b|\bopt ?out\b|\bdarme de baja\b",
        rf"\b(?:nao|n) (?:autoriz\w+|permit\w+|dei permissao|deixei|consinto)\b.{{0,40}}"
        rf"(?:\b{_OWN}(?:{_DATA}|{_NUMBER})|\b(?:contato|{_MESSAGES}))\b",
        r"\bnao (?:me )?perturb\w+\b|\bme deix\w+ em paz\b|\bleave me alone\b|\bvou (?:te |vos )?bloquear\b",
        r"^(?:stop|pare)(?: tudo)?\W*$|\bstop (?:messaging|texting|sending)\b|^no me (?:mand|envi|escrib)\w+ mas\b",
    ),
}
_PATTERNS = {pedido: tuple(re.compile(one) for one in written) for pedido, written in _TABLE.items()}


def pedido_of(text: str) -> Pedido | None:
    """What of the kind a sentence asks for; None for any other."""
    if len(text) > LIMIT:
        return None
    said = " ".join(plain(cleaned(text)).replace("'", "").split())
    for pedido, patterns in _PATTERNS.items():
        if any(one.search(said) for one in patterns):
            return pedido
    return None


async def registrar_pedido(tx: Transaction, contato_id: int, pedido: Pedido, autor: Autor) -> None:
    """Audited, and told to whoever answers for the data; once a day, however often it is said."""
    if await mark_event(tx, "titular", f"{contato_id}:{pedido}:{tx.now:%Y-%m-%d}"):
        registrar(tx, Ato.LGPD, autor, alvo=f"contato:{contato_id}", o_que=pedido.value)
        await write_command(tx, TellTitular(contato_id, pedido.value))
