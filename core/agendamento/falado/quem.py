"""Which operadoras, and which people, a phrase names."""

import re
from collections.abc import Sequence

from core.agendamento.falado.conhecido import Conhecido, OperadoraDita, PessoaDita
from core.agendamento.falado.frase import Duvida, Frase, Marca, Perguntar
from core.palavras import folded
from core.telefones import digits_of

_PERFIS = {
    "ADMINISTRADOR": r"administradores?|admins?",
    "APROVADOR": r"aprovadores?",
    "OPERADOR": r"operadores?",
    "CONSULTOR": r"consultores?|atendentes?",
    "VENDEDOR": r"vendedores?",
}
_TO = r"(?:para|pra|pro|pros|pras|ao|aos|as|a|e|,)\s+(?:[ao]s?\s+)?"
_PHONE = r"\+?(?:55)?\s?\(?\d{2}\)?\s?\d{4,5}[- ]?\d{4}"


def cut_operadoras(frase: Frase, known: Sequence[OperadoraDita]) -> list[OperadoraDita] | None:
    """Those that are named, in order; [] for all of them, None where none is named. Raises Perguntar."""
    if frase.cut(
        r"(?:de |d)?(?:todas as operadoras|todas as faturas|todas as contas|todas operadoras|tudo)", Marca.OPERADORA
    ):
        return []
    names = sorted(((name, one) for one in known for name in one.names), key=lambda found: -len(found[0]))
    found: dict[int, OperadoraDita] = {}
    for name, one in names:
        while (place := frase.has(re.escape(name))) is not None:
            # A greeting at the begin is none: "oi, baixar a vivo".
            found.setdefault(_order(frase, place.start()), one)
            frase.cut(re.escape(name), Marca.OPERADORA)
    _refuse_half_names(frase, known)
    return [one for _place, one in sorted(found.items(), key=lambda item: item[0])] or None


def _order(frase: Frase, place: int) -> int:
    """How far from the end: earlier pieces are shortened as they are cut."""
    return -len(frase.texto[place:])


def _refuse_half_names(frase: Frase, known: Sequence[OperadoraDita]) -> None:
    """The first word of a name: whose it is alone it names, whose of two it is has to be asked."""
    firsts: dict[str, list[OperadoraDita]] = {}
    for one in known:
        firsts.setdefault(folded(one.nome).split()[0], []).append(one)
    for word, owners in firsts.items():
        if len(owners) > 1 and frase.has(re.escape(word)):
            raise Perguntar(Duvida.AMBIGUOUS_OPERADORA, word)


def cut_people(frase: Frase, known: Conhecido) -> list[str]:
    """Perfis and phones, in the order in which they are said. Raises Perguntar."""
    found: dict[int, str] = {}
    if (place := frase.has(rf"(?:{_TO})?(?:mim|eu)|me")) is not None:
        found[_order(frase, place.start())] = known.eu
        frase.cut(rf"(?:{_TO})?(?:mim|eu)|me", Marca.PESSOA)
    for perfil, words in _PERFIS.items():
        if (place := frase.has(rf"(?:{_TO})?(?:{words})")) is not None:
            found[_order(frase, place.start())] = perfil
            frase.cut(rf"(?:{_TO})?(?:{words})", Marca.PESSOA)
    while (place := re.search(rf"(?<![\w§])(?:{_TO})?({_PHONE})(?!\d)", frase.texto)) is not None:
        found[_order(frase, place.start())] = digits_of(place[1])
        frase.texto = f"{frase.texto[: place.start()]} {Marca.PESSOA} {frase.texto[place.end() :]}"
    _cut_names(frase, known.pessoas, found)
    if unknown := re.search(r"(?<![\w§])(?:para|pra|pro)\s+(?:[ao]s?\s+)?(?!tod|cada|§)([a-z]+)", frase.texto):
        raise Perguntar(Duvida.UNKNOWN_PERSON, unknown[1])
    return list(dict.fromkeys(who for _place, who in sorted(found.items())))


def _cut_names(frase: Frase, people: Sequence[PessoaDita], found: dict[int, str]) -> None:
    whole = sorted(people, key=lambda one: -len(one.nome))
    named = [(folded(one.nome), [one]) for one in whole]
    firsts: dict[str, list[PessoaDita]] = {}
    for one in people:
        firsts.setdefault(folded(one.nome).split()[0], []).append(one)
    for name, owners in [*named, *firsts.items()]:
        while (place := frase.has(rf"{_TO}{re.escape(name)}")) is not None:
            if len(owners) > 1:
                raise Perguntar(Duvida.AMBIGUOUS_PERSON, name)
            found[_order(frase, place.start())] = owners[0].telefone
            frase.cut(rf"{_TO}{re.escape(name)}", Marca.PESSOA)
