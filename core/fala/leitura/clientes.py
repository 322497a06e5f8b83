"""What somebody whom nobody registered asks of us in a few words: their protocolo, how they are registered."""

from enum import StrEnum, auto

from core.fala.leitura.curtas import Curtas, lines_of


class DeFora(StrEnum):
    """What of it."""

    PROTOCOLO = auto()
    QUEM_ATENDEU = auto()
    """Which of ours they spoke to last."""
    CADASTRO = auto()
    """They work here: "sou vendedor novo, como me cadastro?"."""


_KINDS = """
protocolo: numero do meu ultimo atendimento, numero do ultimo atendimento, protocolo, protocolos, numero do protocolo,
 numero do atendimento, numero do meu atendimento, nr do protocolo, protocol, protocol number, ticket number, numero de
 protocolo, reference number, reference, case number, ticket, my reference, numero de atencion, numero de referencia,
 numero de mi atencion, numero de caso, referencia, numero de ticket, numero de mi ultima atencion
quem: quem, quem foi, quem foi que, quem que, com quem, nome, nome da, nome do, qual o nome, como se chama, who, quien,
 quien fue, con quien, quien era, como se llama, cual es el nombre, nombre de, nombre del, el nombre, who was it that,
 who was, what's the name of, name of, the name
atendeu: atendeu, me atendeu, atendeu a gente, atendia, tava me atendendo, estava me atendendo, falou comigo, conversou
 comigo, falei, eu falei, conversei, helped me, attended me, me atendio, me atendia, me estaba atendiendo, hable, hablo
 conmigo, converse, me ayudo, spoke with me, talked to me, spoke to me, i talked to, i spoke to, i talked with, i spoke
 with, was helping me, was i talking to, did i talk to, did i speak to, did i speak with, was i speaking with, did i
 talk with, served me, assisted me, estaba hablando, i was talking to, i talking to, i speaking to, i speaking with
pessoa: moca, moco, rapaz, menina, pessoa, mulher, cara, persona, senor, senora, senorita, chica, chico, muchacho,
 muchacha, person, guy, lady, agent, asesor, asesora, man, woman
qual: mesmo, que voces me deram, que me deram, me deram, deram, me passaram, passaram, qual, quais, cade, onde, ver,
 passa, passar, manda, mandar, esqueci, perdi, era, foi, eh, ultimo, ultima, meu, minha, sei, lembro, lembra, preciso,
 quero, queria, anotei, what, is, was, my, cual, es, mi, numero, sabe, tem, saber, s, whats, the, i, do, have, don, t,
 lost, forgot, give, tell, me, need, can, you, remember, did, get, where, su, sus, el, la, de, que, con, por, perdi,
 olvide, necesito, quiero, dame, deme, digame, dime, dieron, tengo, puede, pueden, puedes, recuerdo, no, fue, era,
 number, of, it, a, vez, time, conmigo, to, na, da, nao, como, faco, posso, quem
sou: sou, trabalho, comecei, entrei, fui contratado, fui contratada, contratado, contratada, estou comecando, to
 comecando, vou comecar, i work, i am
equipe: vendedor, vendedora, consultor, consultora, atendente, operador, operadora, aprovador, aprovadora, funcionario,
 funcionaria, colaborador, colaboradora, da equipe, do time, da empresa, da loja, da operacao, promotor, promotora,
 supervisor, supervisora, gerente, com voces, a seller
novo: ultima vez, da ultima vez, na ultima vez, la ultima vez, last time, the last time, ayer, hoy, pasada, yesterday,
 today, last week, this morning, esta manana, before, antes, semana, passada, passado, mes, outro dia, dia, cedo, novo,
 nova, hoje, ontem, essa semana, agora, ai
cadastro: cadastro, cadastrar, cadastra, me cadastro, me cadastrar, me cadastra, cadastrado, cadastrada, registrar,
 registro, acesso, login, entrar, entro, usar, acessar
"""
_LINES = {
    DeFora.PROTOCOLO: "protocolo : qual quem",
    DeFora.QUEM_ATENDEU: "quem atendeu : pessoa equipe qual novo",
    DeFora.CADASTRO: "sou equipe : novo cadastro qual quem nome +1; sou cadastro : equipe novo qual quem +1;"
    "cadastro novo equipe : qual quem",
}
_CURTAS = Curtas(_KINDS, lines_of(_LINES), free="?")
_LONGEST = 70


def asked_from_outside(text: str) -> DeFora | None:
    """What of the kind a short sentence asks; None for any other."""
    return _CURTAS.wanted(text, _LONGEST)


class SoPessoa(StrEnum):
    """What only a person answers; said so, instead of a greeting."""

    LIGACAO = auto()
    ESPERA = auto()
    """"Vai demorar?", of whoever is in no queue."""
    OFERTA = auto()
    """What a plan costs, and where it can be had."""
    RECLAMACAO = auto()
    """How one complains."""


_ASKED_KINDS = """
mim: me, mim, pra mim, para mim, comigo, meu, minha, mi, my, i, nos, us, mis
ligue: me liga, me liguem, me ligue, me ligar, me ligam, liga pra mim, ligar pra mim, liguem pra mim, liga para mim,
 ligar para mim, me telefona, me telefonar, me telefone, me telefonem, me ligarem, me llaman, me llamen, me llame, me
 llamar, me pueden llamar, me puede llamar, me podrian llamar, me podria llamar, me puedes llamar, me podem ligar, me
 pode ligar, me podes llamar, llamarme, llamame, llamenme, llameme, call me, phone me, ring me, call me back, give me a
 call, give me a ring, uma ligacao, uma chamada, una llamada, a call back, a callback, a phone call, phone call, a call
querer: quero, queria, prefiro, gostaria, preciso, prefiro que, quero que, quiero, quisiera, prefiero, necesito, i
 want, i'd like, id like, i would like, i'd rather, id rather, i prefer, i need, want, receber, recibir, want to
poder: pode, podem, podia, podiam, poderia, poderiam, consegue, conseguem, da pra, tem como, dava pra, puede, pueden,
 puedes, podria, podrian, can, could, would, will, possible, posso, eu posso, puedo, can i, could i, should i, do i,
 devo, voy a, vou
voces: voces, voce, vcs, vc, alguem, alguien, usted, ustedes, you, someone, somebody, you guys, do you, the company, la
 empresa, a empresa, ele, it
quando: de volta, agora, hoje, hj, amanha, hora, horas, h, hs, hrs, as, la pelas, depois das, depois, antes das, tarde,
 manha, noite, a tarde, de tarde, de manha, cedo, segunda, terca, quarta, quinta, sexta, sabado, nesse, neste, nesse
 numero, neste numero, esse numero, este numero, numero, ai, aqui, urgente, ahora, hoy, manana, a las, a la, este,
 back, now, today, tomorrow, at, am, pm, this, afternoon, morning, evening, later, number, on, urgently, whatsapp,
 celular, telefone, telefono, tonight, logo, pronto, soon
demora: demora, demorar, demoram, vai demorar, leva, levar, tarda, tardan, tardar, tardara, va a tardar, demoran, va a
 demorar, take, takes, will it take, does it take, is it going to take, wait
quanto_tempo: quanto tempo, muito tempo, muito, mt, mto, quantas horas, quantos minutos, cuanto tiempo, mucho, mucho
 tiempo, how long, long, too long, so long, that long, how much time, very long
atender: atender, atenderem, ser atendido, ser atendida, responder, responderem, resposta, retorno, isso, isto, ainda,
 esto, atienden, atiendan, contestar, responden, en atender, en responder, en contestar, respuesta, to get an answer,
 an answer, answer, reply, attended, until, someone answers, pra, ate, hasta, helped, be
quanto: quanto, qto, quantos, qual, quais, que, quanto que, quanto ta, quanto fica, por quanto, cuanto, cual, cuales,
 how much, what, which, what is, what's, whats, what are, do you have, hay, tienen, tem, voces tem, trabalham com,
 tienes, o que, quero saber, gostaria de saber, quiero saber, i want to know, saber
preco: preco, precos, valor, valores, custa, custam, sai, mensalidade, taxa, promocao, promocoes, oferta, ofertas,
 vale, valen, cuesta, cuestan, precio, precios, tarifa, tarifas, promociones, price, prices, cost, costs, pricing,
 offers, deals, rate, rates, custo, fica por quanto
plano: plano, planos, internet, fibra, chip, combo, wifi, wi fi, instalacao, mega, megas, mb, mbps, giga, gb, pacote,
 pacotes, plan, planes, instalacion, paquete, plans, fiber, fibre, installation, package, packages, linha, linea, line,
 movel, celular novo, pos, controle, 5g, 4g, tv, portabilidade
atende: atende, atendem, cobre, cobrem, cobertura, chega, chegam, chegou, instala, instalam, disponivel,
 disponibilidade, viabilidade, sinal, pega, funciona, funcionam, cubren, llega, llegan, instalan, disponible,
 disponibilidad, senal, cover, coverage, available, availability, reach, install, serve, tem fibra, tem internet, ja
 tem, tem sinal, service, hay fibra, hay internet, is there
lugar: bairro, rua, cidade, regiao, cep, avenida, av, vila, jardim, centro, zona, condominio, predio, endereco, barrio,
 calle, ciudad, region, edificio, direccion, street, city, area, neighborhood, neighbourhood, building, address, zip
 code, zona rural, interior, in, en, santa, santo, sao, san, nova, novo, parque, alto
liga: de, do, da, dos, das, no, na, em, o, a, os, as, um, uma, el, la, los, las, un, una, del, al, the, of, for, and,
 e, y, ja, ya, yet, is, are, es, eh, com, con, with, mais, ou, ta, the, so, se, novo, your, seu, su, sus, seus, aquele,
 i, there, have, does, did, don't, to, get
reclamar: reclamacao, reclamar, reclamo, queixa, reclamacoes, queja, quejarme, me quejo, quejar, complain, complaint,
 me queixar, denuncia, a complaint, reclama
como: como, onde, com quem, donde, con quien, how, where, who do i talk to, to, qual o canal, por onde
fazer: faco, fazer, faz, registrar, registro, abrir, abro, hago, hacer, poner, pongo, presentar, file, make, register,
 submit, open, put, formalizar, deixar, dejar, leave
defeito: nao, nao ta, sem, caiu, cai, caindo, parou, ruim, lento, lenta, tecnico, tecnica, instalador, no, sin, cayo,
 down, slow, isn't, doesn't, without, technician, out, no hay, no llega, no tengo, no funciona
servico: atendimento, atendente, consultor, consultora, servico, servicio, atencion, asesor, service, agent, ultimo,
 voces, about, sobre, contra
"""
_ASKED = {
    SoPessoa.LIGACAO: "ligue : mim querer poder voces quando liga quanto preco numero",
    SoPessoa.ESPERA: "demora quanto_tempo/quanto : poder voces atender mim liga quando;"
    "demora ? : poder atender liga voces",
    SoPessoa.OFERTA: "quanto preco plano : voces liga numero mim poder lugar quando atende querer +2;"
    "preco plano ? : voces liga numero quando poder mim +2; quanto plano ? : voces liga numero poder mim +2;"
    "preco plano numero : voces liga mim; quanto preco numero ? : voces liga mim;"
    "quanto plano numero/voces : liga poder mim preco;"
    "atende lugar : voces plano liga nome mim numero quanto poder quando +3;"
    "atende nome : voces plano liga quanto poder quando numero +2; atende voces ? : plano liga quanto poder mim +3;"
    "atende plano lugar : voces liga nome mim numero quanto +3",
    SoPessoa.RECLAMACAO: "como reclamar : fazer servico mim voces liga poder querer;"
    "querer reclamar : fazer servico mim voces liga como poder; fazer reclamar ? : servico mim voces liga poder como",
}
_PERSONS = Curtas(_ASKED_KINDS, lines_of(_ASKED), free="?")
# A longer text says more than one thing, and is somebody's to read.
_LONGEST_ASKED = 90


def only_a_person(text: str) -> SoPessoa | None:
    """What of that a short text asks, in any of the three languages; None for any other."""
    return _PERSONS.wanted(text, _LONGEST_ASKED)
