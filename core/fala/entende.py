"""`understand`: what a sentence wants, by who says it and what is waited for."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cached_property

from core.fala.achados import extract_answers, without_answers
from core.fala.espera import NADA, Aguarda, Entendido, Espera, Lugar
from core.fala.exatas import exact_word, is_nearly_a_word
from core.fala.gramatica.regras import CLIENTE, NA_FILA, Regras, of_staff, wished
from core.fala.intencoes import ACOES, CONVERSA, SIM_OU_NAO, Certeza, Intencao, intentions_of
from core.fala.leitura.leitura import Leitura, read
from core.fala.lexico.lexico import Grafia, bits
from core.fala.lexico.nomes import OPERADORAS
from core.fala.lexico.texto import LIMIT
from core.fala.partes import note_text, pieces_of, with_parts
from core.fala.respostas.avaliacao import rating
from core.fala.respostas.dias import by_day
from core.fala.respostas.emendas import first_clause, refuses_with_a_reason, said_instead, talks_about_it
from core.fala.respostas.opcoes import choose
from core.fala.respostas.sim_nao import yes_or_no
from core.fala.respostas.valores import answer, is_no_name
from core.palavras import folded, trimmed
from core.venda.respostas import TipoResposta

_I = Intencao
# Offered even when they are not sure, wherever something else is waited for.
_GIVING_UP = frozenset({_I.CANCELAR, _I.DESISTIR})
# Talk, which may as well be the answer to a question in free words.
_MAY_BE_ANSWERS = CONVERSA | SIM_OU_NAO
# "Não entendi" is no cry for help where something was asked: it is asked again.
_HELP = bits("ajuda")
# "Bati o ponto": it was begun, or it was ended.
_PONTO, _BOTH_ENDS = bits("ponto"), (_I.ONLINE, _I.OFFLINE)
# "Sei lá", "porque sim": words, and no reason in them.
_NO_REASON = bits("talvez sim nao nada porque espera confuso vazio isso saudacao ciente enfeite riso polido querer eh")
# A reason has two words, or one that says something.
_REASON = re.compile(r"[^\W\d_]{6,}|[^\W\d_]{2,}\W+[^\W\d_]{2,}")
# "Quero vender pro seu João da padaria": what stands behind names whoever buys.
_TO_WHOM = re.compile(
    r"(?P<sells>[^?]{0,40}\b(?:vender|venda)) +(?:aqui )?(?:pr[oa]s?|para|p|d[oa]) +(?:[oa] )?"
    r"(?:(?:seu|dona|sra?|meu|minha|um|uma|client[ea]|vizinh[oa]|d) )*[a-z]{2,}(?: [a-z]+){0,5}[ .!]*"
)
# "Manda um oi pro cliente": something is sent to them, and not they to us.
_TO_CLIENT = re.compile(r"\b(?:pr[oa]|para [oa]|ao?) client")
# "Maria da Silva, digo, Maria de Souza": a name may be Espera, too.
_INSIDE = re.compile(r"\w\W+(?:digo|quer dizer|ou melhor|ops|i mean|corrigindo)\W+\w", re.IGNORECASE)
# "Tem da Oi ou da Vivo?": it is about what is sold.
_OF_OPERADORA = re.compile(rf"\b(?:d[aeo]|n[ao]|pela|com a) (?:{'|'.join(sorted(OPERADORAS))})\b")
# "Libera o acesso da Ana que ela travou", "…, o robô dela caiu".
_WHY = re.compile(
    r"(?<=\w)(?: (?:que|q|pq|porque|pois|ja que|senao)"
    r" (?=(?:el[ea]s?|[oa]s?|me|se|deu|ta|esta|nao|n|ja|trav\w+|caiu|saiu)\b)"
    r"| *[,;] (?=(?:o|a|os|as) \w+ (?:d\w+ |del[ea] )?(?:trav\w+|caiu|parou|saiu|ta|esta|nao|deu)\b)).*$"
)
_THEN = re.compile(r"[ ,]+e (?:depois|dps|dpois|tambem|tb|em seguida|ai depois|ai) ")
# "Tem alguém na fila ou tá de boa?": the other half of it asks nothing more.
_OR_NOT = re.compile(
    r"(?<=\w) ou (?:(?:nao|n|ta|esta|ja|sera|ainda|so|por enquanto)\b ?)+(?:de boa|tranquil[oa]|vazi[oa]|livre"
    r"|parad[oa]|chei[oa](?: de gente)?|lotad[oa]|ocupad[oa]s?|acabou|era|foi|tem|vai)?[ ?!.]*$"
)
# "Não, vou esperar": the no is to something else.
_STAYS = re.compile(r"(?:nao|n|nn|no)\s*[,;.!]+\s*(?:eu )?(?:(?:vou|quero|prefiro|posso) )?(?:ficar )?(?:esper|aguard)")
# The tap was the mistake, and not what it is about: "cliquei errado", "era pra aprovar", "não quero rejeitar".
_BY_MISTAKE = re.compile(
    r"\b(?:cliquei|toquei|apertei|foi) (?:no |na )?(?:(?:botao|lugar) )?(?:errad[oa]|sem querer|(?:por )?engano)\b"
    r"|\bera (?:pra|para)? ?aprovar\b|\b(?:nao|n) (?:quero|queria|era (?:pra|para)|e (?:pra|para)) rejeitar\b"
    r"|^(?:ops|opa)\b"
)


def understand(text: str, espera: Espera, *, today: date) -> Entendido:
    """The intention of a sentence, its parts, and how sure it is. `today` is the person's business day.

    Exact chat words count everywhere (contract §6). While two people talk everything else is `FALA`: it is for the
    other one. What is waited for comes next, and whatever does not answer it is read as if nothing were. `NADA` is
    for asking again; an answer that is no such value says why in `recusa`. A reaction is understood as the emoji it is.
    """
    exact = exact_word(text, espera, today)
    if espera.lugar is Lugar.EM_ATENDIMENTO:
        return exact or Entendido(_I.FALA, Certeza.CERTA)
    if exact is not None and espera.aguarda is Aguarda.NADA:
        return exact
    dito = _Dito(text, espera, today, exact)
    return _ANSWERS[espera.aguarda](dito)


class _Dito:
    """One sentence, with what is asked of it more than once."""

    def __init__(self, text: str, espera: Espera, today: date, exact: Entendido | None) -> None:
        self.text, self.espera, self.today = text, espera, today
        self.exact = exact
        # A yes or a no is a chat word, too; when something is waited for it is no command.
        self.command = exact if exact is not None and exact.intencao not in SIM_OU_NAO else None
        self.leitura = read(text, today) if len(text) <= LIMIT else None

    @cached_property
    def wish(self) -> Entendido:
        """Read as if nothing were waited for; only looked for when what is waited for does not settle it."""
        found = _wish(self.leitura, self.espera)
        return found if found is not NADA or self.leitura is None else self._without_why(self.leitura)

    def _without_why(self, leitura: Leitura) -> Entendido:
        """What is to be done, of a sentence that goes on with why: it is asked about, and never done."""
        if self.espera.perfis and (asked := _OR_NOT.sub("?", leitura.plain)) != leitura.plain:
            found = _wish(read(asked, self.today), self.espera)
            return found.unsure() if found.intencao in ACOES else found
        head, found = _WHY.sub("", leitura.plain), NADA
        if head != leitura.plain and self.espera.perfis:
            found = _wish(read(head, self.today), self.espera)
        return replace(found, certeza=Certeza.PROVAVEL) if found.intencao in ACOES else NADA

    @property
    def asks(self) -> bool:
        return self.leitura is not None and "?" in self.leitura.plain

    @property
    def besides(self) -> Entendido:
        """What somebody wants who does not answer: a yes or no answers nothing here, and only giving up is offered."""
        wish = self.wish
        unsure = wish.intencao in ACOES and not wish.certo and wish.intencao not in _GIVING_UP
        lost = wish.intencao is _I.AJUDA and self.leitura is not None and not self.leitura.mascara & _HELP
        return NADA if wish.intencao in SIM_OU_NAO or unsure or lost else wish

    @property
    def may_be_a_word(self) -> bool:
        """Whether it wants something of us for sure, or is one mistyped chat word: read back before it is an answer."""
        if self.leitura is None or self.wish.intencao in _MAY_BE_ANSWERS:
            return False
        itens = self.leitura.itens
        if len(itens) == 1 and itens[0].grafia is not Grafia.EXATA and self.wish.intencao is not _I.NADA:
            return True
        return self.wish.certo or is_nearly_a_word(self.text, self.espera)


def _wish(leitura: Leitura | None, espera: Espera) -> Entendido:
    """Read as if nothing were waited for."""
    if leitura is None:
        return NADA
    if _I.NOTA in intentions_of(espera.perfis) and (note := note_text(leitura)) is not None:
        return Entendido(_I.NOTA, Certeza.CERTA, valor=note)
    regras = _rules(espera)
    found = wished(leitura, regras)
    if found is None:
        asks = not espera.perfis and espera.lugar is Lugar.LIVRE and _OF_OPERADORA.search(leitura.plain)
        return Entendido(_I.ASSUNTO, Certeza.CERTA) if asks else NADA
    if found.intencao is _I.DESISTIR and _STAYS.match(leitura.plain):
        return NADA
    if found.intencao is _I.ONLINE and _TO_CLIENT.search(leitura.plain):
        return NADA
    tambem = found.tambem
    if found.intencao in _BOTH_ENDS and leitura.mascara & _PONTO and found.certeza is Certeza.PROVAVEL:
        tambem = tuple(end for end in _BOTH_ENDS if end is not found.intencao)
    return with_parts(Entendido(found.intencao, found.certeza, tambem=tambem), leitura)


def _rules(espera: Espera) -> Regras:
    if espera.perfis:
        return of_staff(intentions_of(espera.perfis))
    return NA_FILA if espera.lugar is Lugar.NA_FILA else CLIENTE


def _unasked(dito: _Dito) -> Entendido:
    """Nothing is waited for; of what is not understood as a whole, what its parts want."""
    if (several := _one_after_another(dito)) is not None:
        return several
    found = _in_one(dito)
    return found if found.certo else _in_parts(dito, found)


def _one_after_another(dito: _Dito) -> Entendido | None:
    """ "Faz um backup e depois manda o relatório": both are offered."""
    then = _THEN.search(dito.leitura.plain) if dito.leitura is not None else None
    if then is None or dito.leitura is None:
        return None
    clean = dito.leitura.texto
    first, second = (
        _wish(read(part, dito.today), dito.espera) for part in (clean[: then.start()], clean[then.end() :])
    )
    none = {_I.NADA, *_MAY_BE_ANSWERS}
    if first.intencao in none or second.intencao in none or first.intencao is second.intencao:
        return None
    return replace(first.unsure(), tambem=(second.intencao,))


def _in_parts(dito: _Dito, whole: Entendido) -> Entendido:
    """ "Bom dia! Tem algo pra aprovar?", "quero vender pq ele está aqui": what a part wants is offered, or shown."""
    parts = pieces_of(dito.text)
    if len(parts) < 2:
        return whole
    wishes = [_wish(read(part, dito.today), dito.espera) for part in parts]
    wanted = [one for one in wishes if one.intencao is not _I.NADA and one.intencao not in _MAY_BE_ANSWERS]
    if not (any(one.certo for one in wanted) or (wanted and whole == NADA)):
        return whole
    others = tuple(dict.fromkeys(one.intencao for one in wanted if one.intencao is not wanted[0].intencao))
    # VENDER asks before it begins.
    shows = wanted[0].intencao not in ACOES or wanted[0].intencao is _I.VENDER
    sure = not others and shows and wanted[0].certo and whole.intencao is _I.NADA
    return wanted[0] if sure else replace(wanted[0].unsure(), tambem=others)


def _in_one(dito: _Dito) -> Entendido:
    """ "Vender, cpf …, plano 700": the answers are for later (`extract_answers`)."""
    selling = _I.VENDER in intentions_of(dito.espera.perfis)
    if dito.wish.certo or not selling or dito.leitura is None:
        return dito.wish
    if (
        dito.wish.intencao in (_I.NADA, _I.VENDER)
        and (whom := _TO_WHOM.fullmatch(dito.leitura.plain.strip())) is not None
    ):
        # Of whom it is sold to nothing is known yet: VENDER asks before it begins.
        wish = _wish(read(whom["sells"], dito.today), dito.espera)
        return wish if wish.intencao is _I.VENDER else dito.wish
    if not any(char.isdecimal() for char in dito.text):
        return dito.wish
    achados = extract_answers(dito.text, dito.today)
    if all(achado.tipo is TipoResposta.TEXTO for achado in achados):
        return dito.wish
    wish = _wish(read(without_answers(dito.text, achados), dito.today), dito.espera)
    # VENDER asks before it begins, and what was found is not lost.
    return replace(wish, certeza=Certeza.CERTA) if wish.intencao is _I.VENDER else dito.wish


def _to_yes_no(dito: _Dito) -> Entendido:
    if dito.command is not None or dito.leitura is None:
        return dito.command or NADA
    intencao, certeza = yes_or_no(dito.leitura, dito.espera.pergunta)
    if certeza is not Certeza.NENHUMA:
        return Entendido(intencao, certeza)
    if refuses_with_a_reason(dito.text):
        return Entendido(_I.NAO, Certeza.CERTA if dito.espera.nao_leve else Certeza.PROVAVEL)
    return _yes_or_no_in_a_part(dito) or dito.besides


def _yes_or_no_in_a_part(dito: _Dito) -> Entendido | None:
    """What is said in place of the first words, or a yes with more behind it: never sure."""
    for part, either in ((said_instead(dito.text, behind_no=False), True), (first_clause(dito.text), False)):
        leitura = read(part, dito.today) if part else None
        intencao, certeza = yes_or_no(leitura, dito.espera.pergunta) if leitura is not None else (_I.NADA, 0)
        if certeza and (either or intencao is _I.SIM):
            return Entendido(intencao, Certeza.PROVAVEL)
    return None


def _to_option(dito: _Dito) -> Entendido:
    opcoes = dito.espera.opcoes
    chosen = choose(dito.leitura, dito.text, opcoes)
    if chosen is not None and (dito.command is None or chosen.certeza is Certeza.CERTA):
        return Entendido(_I.OPCAO, chosen.certeza, valor=opcoes[chosen.indice].resposta, opcao=chosen.indice)
    if chosen is None and (day := by_day(dito.text, opcoes, dito.today)) is not None:
        return Entendido(_I.OPCAO, Certeza.PROVAVEL, valor=opcoes[day].resposta, opcao=day)
    instead = said_instead(dito.text) if chosen is None else None
    if dito.command is None and instead and (meant := choose(read(instead, dito.today), instead, opcoes)) is not None:
        return Entendido(_I.OPCAO, Certeza.PROVAVEL, valor=opcoes[meant.indice].resposta, opcao=meant.indice)
    return dito.command or dito.besides


def _to_value(dito: _Dito) -> Entendido:
    if dito.command is not None:
        return dito.command
    free = dito.espera.tipo is TipoResposta.TEXTO
    if free and dito.wish.certo and dito.wish.intencao in _GIVING_UP:
        return dito.wish.unsure()
    if free and dito.asks and dito.text.rstrip().endswith("?"):
        return NADA
    if free and is_no_name(dito.espera.pergunta, dito.text):
        return NADA
    found = answer(dito.espera.tipo, dito.text, dito.today)
    behind = said_instead(dito.text, behind_no=not free)
    instead = behind if found.valor is None or (free and _INSIDE.search(dito.text)) else None
    if instead and (meant := answer(dito.espera.tipo, instead, dito.today)).valor is not None:
        return Entendido(_I.VALOR, Certeza.PROVAVEL, valor=meant.valor)
    if found.valor is None:
        return replace(dito.besides, recusa=found.recusa)
    doubtful = dito.asks or (free and (dito.may_be_a_word or talks_about_it(dito.text)))
    certeza = Certeza.PROVAVEL if doubtful else Certeza.CERTA
    return Entendido(_I.VALOR, certeza, valor=found.valor, puro=found.puro and not doubtful)


def _to_rating(dito: _Dito) -> Entendido:
    if (note := rating(dito.text)) is not None:
        return Entendido(_I.AVALIACAO, Certeza.CERTA, valor=str(note), nota=note)
    return dito.command or dito.besides


def _to_reason(dito: _Dito) -> Entendido:
    if dito.command is not None:
        return dito.command
    wish, reason = dito.wish, trimmed(dito.text)
    if wish.intencao in _GIVING_UP:
        return wish.unsure()
    if _BY_MISTAKE.search(folded(reason)):
        return Entendido(_I.CANCELAR, Certeza.PROVAVEL)
    leitura = dito.leitura
    says_nothing = wish.certo and wish.intencao in _MAY_BE_ANSWERS
    says_nothing |= leitura is not None and not leitura.alheias and not leitura.mascara & ~_NO_REASON
    if says_nothing or reason.endswith("?") or not _REASON.search(reason):
        return dito.besides
    certeza = Certeza.PROVAVEL if dito.may_be_a_word else Certeza.CERTA
    return Entendido(_I.MOTIVO, certeza, valor=reason, puro=True)


_ANSWERS: dict[Aguarda, Callable[[_Dito], Entendido]] = {
    Aguarda.NADA: _unasked,
    Aguarda.SIM_NAO: _to_yes_no,
    Aguarda.OPCAO: _to_option,
    Aguarda.VALOR: _to_value,
    Aguarda.AVALIACAO: _to_rating,
    Aguarda.MOTIVO: _to_reason,
}
