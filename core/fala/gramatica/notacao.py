"""How the grammar is written: for each intention, which kinds of words make it, and which may stand beside them.

One line is one way of saying it: `core : beside`. A sentence fits when it holds every kind of the core and nothing but
the core, what stands beside it, and what never matters (LIVRES). Order does not count. `a/b` is one of the two; the
other one may stand beside it. What is in neither makes it unsure: one unknown word, or SUAVES; beside a core of
two kinds, two unknown words, or two kinds that are not DUROS (negation, the past, somebody else, a condition, a
quotation) nor, beside an action, PERGUNTAM. Anything more, and it is no such intention.

Marks before a line: `~` never surer than probable; `=` only when nothing else stands there; `%` an offer,
whatever stands there that is none of DUROS; `+2` two unknown words do not matter; `*` nothing else matters. `@`
is INDAGAR. The kinds are the first words of the lines of lexico/vocabulario.py, assuntos.py and linguas.py; besides:
`feito` a past of our verbs, `numero`, `?`, `ate` a time until when, `horario` another time, `mes`, `nome` an unknown
name, `cliente_dito` the name of a client after "fatura" or "processo".
"""

LIVRES = """riso vazio meu isso polido agora rapido mais outro ja muito voce vocativo robo saudacao obrigado sim ciente
 enfeite tchau gente"""
SUAVES = (
    """? posso como ir amanha hoje semana talvez mas ainda horario nome numero poder ter ver falar chega bora ajuda"""
)
DUROS = """nao negar nada ninguem sem terceiro citacao se ou aspas ontem era foi feito sempre menos espera reclamar
 confuso desistiu"""
PERGUNTAM = "como quando quanto qual quem onde porque oque"
INDAGAR = """ver querer poder posso ir ? como quando quanto qual quem onde oque ter estar mandar passar eh foi historico
 status hoje alguem porque proximo falar bora fazer ainda estou link semana precisa"""
