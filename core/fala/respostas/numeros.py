"""Numbers in words, as far as people write them in a chat: "dez", "vinte e cinco", "mil e duzentos", "o segundo"."""

from collections.abc import Sequence

_UNITS = "zero um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete"
_TENS = "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa"
_HUNDREDS = "duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos"
_NUMBERS = {word: number for number, word in enumerate(f"{_UNITS} dezoito dezenove".split())}
_NUMBERS |= {"uma": 1, "duas": 2, "catorze": 14, "meia": 6, "cem": 100, "cento": 100}
_NUMBERS |= {word: 10 * tens for tens, word in enumerate(_TENS.split(), 2)}
_NUMBERS |= {word: 100 * hundreds for hundreds, word in enumerate(_HUNDREDS.split(), 2)}
_NUMBERS |= {word[:-2] + "as": number for word, number in _NUMBERS.items() if word.endswith("entos")}
_ENGLISH = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
}
_SPANISH = {"uno": 1, "una": 1, "dos": 2, "cuatro": 4, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10}
SMALL = {word: number for word, number in (_NUMBERS | _ENGLISH | _SPANISH).items() if number <= 20}
SPOKEN = _NUMBERS | _ENGLISH | _SPANISH | {"oh": 0}
"""Every word that is a number by itself, "mil" apart, in three languages."""
DOZENS = {"meia duzia": 6, "uma duzia": 12, "duas duzias": 24}

_ORDINALS = (
    "primeiro primeira 1o 1a 1st first primero",
    "segundo segunda 2o 2a 2nd second",
    "terceiro terceira 3o 3a 3rd third tercero tercera",
    "quarto quarta 4o 4a 4th fourth cuarto cuarta",
    "quinto quinta 5o 5a 5th fifth",
    "sexto sexta 6o 6a",
    "setimo setima 7o 7a septimo",
    "oitavo oitava 8o 8a octavo",
    "nono nona 9o 9a noveno",
    "decimo decima 10o 10a",
)
ORDINALS = {word: place for place, words in enumerate(_ORDINALS) for word in words.split()}
"""Places from 0; the last one is -1."""
ORDINALS |= dict.fromkeys(("ultimo", "ultima", "last", "derradeiro", "derradeira"), -1)
ORDINALS |= {"penultimo": -2, "penultima": -2, "antepenultimo": -3, "antepenultima": -3}


def number_of(words: Sequence[str]) -> int | None:
    """The number that these words say ("vinte e cinco"), or None when one of them says something else."""
    total, group, said = 0, 0, False
    for at, word in enumerate(words):
        if word == "e" and said and at < len(words) - 1:
            continue
        if word == "mil":
            total, group, said = total + 1000 * (group or 1), 0, True
        elif word in _NUMBERS and not (said and group % 10 and _NUMBERS[word] < 100):
            group, said = group + _NUMBERS[word], True
        else:
            return None
    return total + group if said else None
