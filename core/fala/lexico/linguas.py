"""What customers write in English and Spanish, under the same kinds of words as vocabulario.py and assuntos.py."""

INGLES = """
vazio: i, the, an, is, it, am, are, of, for, with, my, on my, at, im, i m, i d, id, i ll, ll, there, here, this, that,
 these, some, just, so, be, and, in, from, about, hey there you, him, us, up, your
polido: please, pls, plz, pleas, kindly, if possible, asap
saudacao: hi, hello, hey, hey there, hi there, hello there, good morning, good afternoon, good evening, good day,
 helo, hellow, how are you, how are you doing, how r u, whats up, what s up, greetings, morning, afternoon, good night
obrigado: thanks, thank you, thank u, thx, tks, tnx, ty, thank you so much, thank you very much, thanks a lot, many
 thanks, thanks so much, much appreciated, appreciate it, i appreciate it, thnks, cheers, thankyou
tchau: bye, bye bye, goodbye, good bye, see you, see ya, see you later, take care, have a nice day, have a good day,
 cya
sim: yes, y, yep, yeah, yup, ya sure, sure, sure thing, of course, ofc, correct, that s right, thats right, right,
 absolutely, definitely, go ahead, sounds good, alright, all right, fine, confirmed, i confirm, confirm, yes i do, yes
 it is, k, kk ok, i agree, agreed, do it, let s go, lets go, certainly, exactly, perfect, great, yessir, yes sir, that
 works, it is
negar: nope, not now, not yet, no way, not really, nay, wrong, incorrect, no thank you, no thanks, not today, rather
 not, i d rather not, that s wrong, thats wrong, not right now, absolutely not, definitely not, of course not, i
 disagree
nao: not, don t, dont, doesn t, didn t, didnt, won t, wont, can t, cant, cannot, do not, does not, did not, isn t, i
 don t, haven t, never, without
talvez: maybe, perhaps, not sure, i m not sure, im not sure, i don t know, i dont know, dont know, don t know, idk,
 dunno, might, probably, i guess, i think, i think so, it depends, depends, no idea, who knows, whatever, either,
 possibly, unsure
espera: wait, hold on, hang on, one moment, one sec, just a moment, just a second, give me a second, a moment, give me
 a minute, let me check, let me see, let me think, first, before
mas: but, however, except, although
se: if, unless
porque: why, how come
oque: what, what do you mean, which, what s, whats
como: how, how do i, how can i, how does it
quanto: how much, how many, how long, how much longer, how much time, how long will it take
quando: when, what time
quem: who, whose
onde: where
terceiro: he, she, they, them, his, her, their
citacao: said, told, says, asked, wants, called, he said, she said
ontem: yesterday, last week, last month, already, ago, earlier
amanha: tomorrow, later, next week, next month, tonight, later today, another time, some other time
feito: canceled, cancelled, talked, spoke, spoken, talking, canceling, cancelling
querer: want, need, want to, need to, i d like, would like, like to, wanna, i want, i need, i d like to, would love,
 wish, looking for, trying to, gotta, have to, needs, looking to
posso: can i, could i, may i, can we, could we, is it possible, am i able
poder: can, could, can you, could you, would you, will you
falar: talk, speak, contact, connect, reach, talk with, get, transfer, put me through, talking to, connect me,
 transfer me, put me on, get me, give me, let me talk, let me speak, speaking, switch me
pessoa: human, person, agent, agents, representative, rep, operator, real person, real human, human being, customer
 service, customer support, customer care, support, advisor, consultant, manager, supervisor, staff, live agent, live
 person, live chat, live support, humans, someone real, live human, salesperson, agnet
alguem: someone, somebody, anyone, anybody, any one, some one
robo: bot, machine, robot, a bot, chatbot, robots
reclamar: terrible, ridiculous, complain, complaint, awful, horrible, worst, unacceptable, disappointed, disgusting,
 angry, frustrated, frustrating, upset, scam, useless, pathetic, outrageous, sick of, tired of, rude, fed up, bad
 service, taking too long, takes too long, takes forever, too long, been waiting, waiting for hours, waiting forever,
 no one answers, nobody answers, no one responds, nobody responds, nobody helps, no one helps, unhappy, joke, annoyed
fatura: bill, bills, invoice, invoices
assunto: internet is, my plan, plan, plans, payment, signal, router, modem is, technician,
 installation, connection, account, slow, is down, down, price, prices, cost, refund, charge, charged, address,
 contract, subscription, subscribe, speed, coverage, outage, wi fi is, sign up, upgrade, cancel my plan, cancel my
 subscription, cancel my contract, cancel my service, cancel my internet, cancel my account, cancel plan
desistir: give up, i give up, quit, giving up, i m giving up, im giving up
deixapra: no longer needed, not needed anymore, no need anymore, don t need it anymore, never mind, nevermind, nvm,
 forget it, forget about it, skip it, leave it, stop, leave the queue, leave queue, leave the line, exit the queue,
 exit queue, leave, exit, drop it, get me out of the queue, remove me from the queue, take me out, take me out of the
 queue, take me out of the line, take me off the list, remove me, don t want to wait anymore, don t want to wait,
 get out of the queue
esperar: wait anymore, waiting anymore, wait any longer, wait any more, wait longer, waiting any longer, anymore
posicao: position, place in line, place in the queue, my turn, my position, in front of me, ahead of me, estimated
 time, estimate, in line, queue, in the queue, the queue
demorar: take, takes, longer, much longer, still waiting, long
ingles: english, in english, eng, speak english, inglish, englsh
espanhol: spanish, in spanish
portugues: portuguese, in portuguese
idioma: language, languages
mudar: change, switch
ajuda: help me, some help, assist, assistance, can you help
menu: options, main menu
voce: you, u, do you, does anyone, anyone here
ninguem: no one, nobody, none
"""

ESPANHOL = """
vazio: el, los, las, un, una, unas, del, al, yo, mi, mis, tengo, hay, con, por aqui, aca, su, sus, le, les, muy, que
 tal si, esto, es, otra vez, una vez
polido: por favorcito, porfa, porfis, porfavor, por fa, porfi, si es posible, si puede, urgente por favor
saudacao: hola, holaa, holi, buenas, buen dia, buenos dias, buenas tardes, buenas noches, que tal, que tal estas, como
 estas, como esta usted, como esta ud, muy buenas, saludos, hola que tal, como le va, holis
obrigado: gracias, muchas gracias, mil gracias, muchisimas gracias, se lo agradezco, te agradezco, graciass, grax,
 gracia, le agradezco, muy amable
tchau: adios, chau, chao, hasta luego, hasta pronto, hasta manana, nos vemos, hasta la vista, que tenga buen dia,
 saludos cordiales
sim: si, sii, sip, claro que si, por supuesto, dale, vale, bueno, de acuerdo, exactamente si, asi es, esta bien, ta
 bien, okey dale, correcto, listo, perfecto, desde luego, confirmado si, si senor, cierto, eso es, eso, si si, como
 no, obvio que si, si claro, adelante, hecho, ya pues, sale, orale, va
negar: para nada, ahora no, todavia no, aun no, mejor no, de ninguna manera, no gracias, nunca jamas, hoy no,
 incorrecto, ni hablar, por ahora no, que va, nel, no es correcto, equivocado, claro que no
talvez: tal vez, quizas, quiza, no se, no lo se, no estoy seguro, no estoy segura, a lo mejor, puede ser, depende de,
 no sabria, creo, creo que, creo que si, creo que no, supongo, puede que
espera: un momentito, espereme, esperame, dejame ver, dejame pensar, aguanta, dame un segundo, deme un momento, un
 segundito, primero, un momento
mas: pero, sino, aunque, excepto
porque: por que si, para que
oque: que cosa, que es, que quiere decir, que significa
confuso: como dice, como dices, no entiendo, no entendi
quanto: cuanto, cuantos, cuanta, cuantas, cuanto tiempo, cuanto falta, cuanto cuesta, cuanto demora, cuanto tarda
quando: cuando, a que hora
qual: cual, cuales
quem: quien, quienes
onde: donde, adonde
terceiro: ella, ellos, ellas
citacao: dijo, dijeron, dice, dicen, quiere, quieren, llamo, llamaron
ontem: ayer, anteayer, semana pasada, la semana pasada, mes pasado, ya no recuerdo
amanha: manana, luego, despues, proxima semana, otro dia, otro momento, en otro momento
feito: cancelaron, hable, hablo, hablaron, hablaste, cancelaste
querer: quiero, quisiera, necesito, me gustaria, deseo, queria hablar, necesitaria, quiero que
posso: puedo, podria, se puede, es posible, podria yo
poder: puede, pueden, puedes, podrian, podrias, me puede, me pueden, me puedes, me podria, me podrian
falar: hablar, conversar con, comunicarme, comunica, comunicame, comunique, me comunica, me comunique, contactar,
 platicar, charlar, habla con, pasame, paseme, llamar, hablarle, me pasa, me pasas, pasar con, me transfiere,
 transferirme, transfierame, transfiereme, conectarme, conecteme, paseme con
pessoa: persona, personas, asesor, asesora, agente, agentes, humano por favor, ejecutivo, ejecutiva, operador humano,
 representante de, encargado de, vendedor de, soporte, servicio al cliente, atencion al cliente, persona real,
 gerencia, personal, asesores, atencion humana, alguien real, atencion personal, jefe, consultor humano, persona de
 verdad, responsable
alguem: alguien
ninguem: nadie, ningun, ninguna
robo: maquina automatica, un bot, contestadora
nao: ni, nunca he, tampoco
reclamar: pesimo, pesima, reclamo, reclamos, queja, quejas, quejarme, verguenza, horrible servicio, molesto, molesta,
 enojado, enojada, mal servicio, estafa, basura, harto, harta, indignante, una burla, nadie me atiende, nadie atiende,
 nadie responde, nadie contesta, nadie me responde, nadie resuelve, nadie me contesta, mala atencion, que demora tan,
 tardan mucho, demoran mucho, inaceptable, terrible servicio, incompetencia total, es una verguenza, pesima atencion,
 decepcionado con, cansado de
fatura: factura, facturas, mi factura
assunto: internet lenta, servicio, senal, tecnica, pago, cuenta, mi cuenta, contrato
 de, instalacion, velocidad, precio, precios, cuesta, promocion, recibo, deuda, mudanza, direccion, linea, cancelar mi
 plan, cancelar el plan, cancelar el servicio, cancelar mi servicio, cancelar mi contrato, cancelar mi internet,
 cancelar el contrato, cancelar mi linea, cancelar la linea, cobro, cobros, router no, se cayo, contratar un plan,
 tengo un problema, no funciona
desistir: me rindo, renuncio, me canse de esperar, desisto de esperar
deixapra: olvidalo, olvidelo, dejalo, dejelo, ya no, ya no quiero, ya no hace falta, no importa, salir, salir de la
 fila, salir de la cola, salirme, sacame, saqueme, sacame de la fila, ya no gracias, dejalo asi, ya fue, no hace
 falta, ya no necesito, saquenme, saquenme de la fila, saqueme de la fila, saquenme de la cola, quitame de la fila,
 ya no quiero esperar, no quiero esperar mas, ya no espero
esperar: espero, esperando mas, quiero esperar
posicao: cola, mi turno, mi posicao, posicion, mi posicion, lugar en la fila, delante, adelante mio, mi lugar, en la
 cola, delante de mi
demorar: tarda, tardar, tardara, tarde mucho, falta mucho, mucho tiempo, tiempo
ingles: en ingles, habla ingles, hablas ingles, hablan ingles
espanhol: espanol, en espanol, castellano, habla espanol, hablas espanol, hablan espanol, hablo espanol, solo espanol,
 habla castellano
portugues: portuges, en portugues
idioma: lenguaje
mudar: cambiar, cambia, cambie
ajuda: ayuda, ayudame, ayudeme, auxilio por favor, me ayuda, me ayudan, me ayudas
muito: mucho, mucha
voce: usted, ustedes, ud, uds, vos
"""
