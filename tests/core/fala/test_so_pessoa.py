"""What only a person answers, as customers ask it in three languages; what is one's own to say is none of it."""

import pytest

from core.fala.leitura.clientes import SoPessoa, only_a_person

ASKED = {
    SoPessoa.LIGACAO: (
        "me liga",
        "podem me ligar amanhã às 10?",
        "vcs conseguem me ligar hj a tarde?",
        "prefiro que me liguem",
        "tem como alguem me ligar de volta por favor",
        "queria uma ligação",
        "liga pra mim nesse numero",
        "me telefona depois das 18h",
        "me pueden llamar mañana a las 10?",
        "llámenme por favor",
        "prefiero que me llamen",
        "pueden llamarme a este número?",
        "quiero que me llamen",
        "can you call me tomorrow at 10?",
        "call me back please",
        "could someone give me a call?",
        "please phone me this afternoon",
        "i'd rather have a phone call",
    ),
    SoPessoa.ESPERA: (
        "vai demorar?",
        "demora muito?",
        "quanto tempo demora pra me atender?",
        "quanto tempo leva pra alguem responder",
        "cuánto tardan en atender?",
        "va a tardar mucho?",
        "how long does it take to get an answer?",
        "will it take long?",
    ),
    SoPessoa.OFERTA: (
        "quanto custa o plano de 500?",
        "qual o valor do plano de 600 mega",
        "quais planos vcs tem?",
        "qto ta a fibra de 1 giga",
        "vocês atendem em Contagem?",
        "tem cobertura no bairro santa mônica?",
        "já chegou fibra na minha rua?",
        "vcs instalam no centro?",
        "cuánto vale el plan de 500?",
        "qué planes tienen?",
        "cuánto cuesta el internet de 300 megas",
        "hay cobertura en Contagem?",
        "llega la fibra a mi barrio?",
        "how much is the 500 plan?",
        "what plans do you have?",
        "do you cover Contagem?",
        "is fiber available on my street?",
        "price of 300 mega internet",
    ),
    SoPessoa.RECLAMACAO: (
        "como faço uma reclamação?",
        "onde eu reclamo do atendimento?",
        "quero fazer uma reclamação",
        "como registro uma queixa",
        "cómo hago un reclamo?",
        "quiero poner una queja",
        "dónde me quejo?",
        "how do i complain?",
        "i want to file a complaint",
        "where can i make a complaint?",
    ),
}
NONE_OF_IT = (
    "me ligaram ontem e não resolveram",
    "vocês me ligaram?",
    "liga o modem e não funciona",
    "minha internet tá lenta",
    "ninguém atende",
    "quero falar com alguém",
    "quiero llamar a un asesor",
    "me llamo Marina",
    "my name is call center",
    "they called me yesterday",
    "quero cancelar meu plano",
    "meu plano é o de 500 mega",
    "i want to cancel my plan",
    "o plano que me venderam está errado",
    "quanto eu devo?",
    "a instalação ficou para terça",
    "o técnico não chegou na minha casa",
    "não tem sinal no meu bairro",
    "o sinal caiu na minha rua",
    "no hay señal en mi calle",
    "is the internet down in my area?",
    "quando chega meu chip?",
    "oi",
    "obrigada",
)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in ASKED.items() for text in texts])
def test_what_only_a_person_answers_is_known_in_three_languages(kind: SoPessoa, text: str) -> None:
    assert only_a_person(text) is kind


@pytest.mark.parametrize("text", NONE_OF_IT)
def test_what_one_only_tells_is_for_whoever_attends(text: str) -> None:
    assert only_a_person(text) is None
