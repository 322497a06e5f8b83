"""What surrounds a sentence and says nothing of what is wanted: "oi, por favor, queria saber …", "… aí, agora, ok?".

One place for all who read short sentences: by kinds of words (`QUIETO`, leitura/curtas.py) or in their order
(`heart_of`). What begins a question only counts where more follows.
"""

import re

ABRE = """oi, oie, oii, ola, opa, e ai, eai, alo, hi, hello, hey, hola, bom dia, boa tarde, boa noite, tudo bem,
 gente, pessoal, galera, robo, balcao, amigo, amiga, chefe, moca, moco, por favor, por gentileza, favor, pf, pfv,
 pfvr, please, desculpa, desculpe, com licenca, me diz, me diga, me fala, me fale, me explica, me explique, me
 ensina, me conta, me lembra, me informa, me ajuda, diz, fala, duvida, uma duvida, tira uma duvida, me tira uma
 duvida, me tira duvida, queria saber, quero saber, preciso saber, gostaria de saber, queria entender, quero
 entender, pode me dizer, pode me explicar, consegue me dizer, sabe me dizer, voce sabe, vc sabe, alguem sabe, sabe,
 nao sei, mas, entao, olha, afinal, ah, eh que, e que, sera que, so, ei, agora, ai, aqui, eu, e, ola de novo, oi de
 novo, e ae, ae, iae, eae"""
PEDE = """pode, podes, podem, poderia, quero, queria, gostaria de, preciso, vamos, bora, da pra, da para, tem como,
 consegue, conseguem, voce, vc, voces, me, can you, could you, i want to, i need to, quiero, puedes, necesito"""
"""How a wish begins."""
FECHA = """por favor, por gentileza, favor, pf, pfv, pfvr, please, ai, aqui, agora, ja, mesmo, mesma, ne, viu, ok,
 entao, gente, pra mim, para mim, obrigado, obrigada, obg, valeu, vlw, hein, hem, amigo, amiga, logo, de novo"""
_MIUDEZAS = """a, o, as, os, um, uma, uns, umas, esse, essa, esses, essas, este, isso, isto, ela, ele, elas, eles,
 dela, dele, nela, nele, desse, dessa, dessas, desses, destas, nessas, nisso, nesse, nessa, de, da, do, das, dos, em,
 no, na, nos, nas, pra, pro, pras, pros, para, p, que, q, se, a gente, agente, la, the, an, this, that, of, i, me,
 un, una, el, los, las"""


def _forms(*tables: str) -> list[str]:
    """Longer ones first, so that none is taken for how it begins."""
    found = {" ".join(form.split()) for table in tables for form in table.split(",")}
    return sorted(found, key=len, reverse=True)


QUIETO = frozenset(_forms(ABRE, FECHA, _MIUDEZAS))
"""Forms (some are several words) that say nothing, wherever they stand."""
_OPENS = re.compile(rf"(?:(?:{'|'.join(_forms(ABRE, PEDE))})\b[ ,.:;!]*)+(?=\w)")
_CLOSES = re.compile(rf"(?:[ ,.;!]+(?:{'|'.join(_forms(FECHA))}))+[ .!?]*$|[ .!?]+$")


# "São da Vivo", and not "São José".
_ARE = re.compile(r"\bsao (?=(?:d[aeo]s?|n[ao]s?|[ao]s?|maiores|menores|mais|acima|abaixo)\b)")


def without_are(said: str) -> str:
    """Without the verb that is spelt as a saint is: "quais são da Vivo"."""
    return _ARE.sub("", said)


def heart_of(said: str) -> str:
    """A sentence in small letters without accents, without what stands around it."""
    opened = _OPENS.match(said)
    return _CLOSES.sub("", said[opened.end() :] if opened is not None else said)
