"""What customers ask of how they are attended, and what only sounds like it."""

import pytest

from core.atendimento.perguntas import ComoAtende, how_one_is_attended

ASKED = {
    ComoAtende.HORARIO: """
vcs atendem de sabado?
que horas vcs fecham hj
vcs tao abertos agora?
até que horas atendem
qual o horário de atendimento?
a loja abre domingo?
tem expediente hoje?
¿hasta qué hora atienden?
¿atienden los domingos?
¿cuál es el horario de atención?
what are your opening hours?
what time do you close?
are you open on weekends?
""",
    ComoAtende.AUDIO: """
nao sei ler direito pode mandar audio
posso mandar áudio?
vc ouve audio?
sou cego, uso leitor de tela
gravei um audio explicando, posso mandar?
¿puedo mandar un audio?
¿escuchan notas de voz?
no sé leer
can I send a voice message?
I'd rather send a voice note
""",
    ComoAtende.POR_ESCRITO: """
sou surda, só consigo por escrito, pode ser?
não consigo falar, só por escrito
sou deficiente auditivo, consigo resolver tudo por aqui?
soy sordo
no puedo hablar, solo escribir
I'm deaf
""",
    ComoAtende.SAIR: """
vou ter q sair, volto daqui a pouco
to no trabalho, posso sair do celular e voltar?
tem que ficar aqui esperando ou avisam?
vcs me avisam?
guarda meu lugar, já volto
se me chamarem eu perco?
¿puedo cerrar la app mientras espero?
¿pierdo mi lugar si salgo?
¿me avisan cuando sea mi turno?
can I close the app while I wait?
if I leave the app do I lose my place?
will you notify me?
""",
}
NOTHING = """
close my account
quiero cerrar mi cuenta
can I send the payment
nobody helped me
ninguém atende
alguem atende?
atende no bairro centro?
o técnico vem que horas?
não funciona desde hoje
minha internet funciona agora
me atende agora
alguém me atende hoje ainda?
nao recebi audio nenhum
o audio da tv sumiu
quando vcs vem instalar?
meu telefone ta mudo
quero sair
sair
me tira da fila
posso sair do plano?
"""


@pytest.mark.parametrize(
    ("said", "como"),
    [(line, como) for como, lines in ASKED.items() for line in lines.strip().splitlines()]
    + [(line, None) for line in NOTHING.strip().splitlines()],
)
def test_how_one_is_attended_is_asked(said: str, como: ComoAtende | None) -> None:
    assert how_one_is_attended(said) is como
