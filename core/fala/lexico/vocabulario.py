"""The words of Portuguese that stand in any sentence, by what they mean to us. Small letters, no accents.

The first word of a line is the name of the kind of word (a "conceito") that the grammar speaks of; after the colon
 come
the forms, several words making one. A form stands on one line only. Accents, capitals, repeated letters and typing
errors are dealt with before (lexico.py). The nouns and verbs of the business are in assuntos.py, English and Spanish
 in
linguas.py.
"""

# Short forms, and one spelling for what is written in two ways: made one before anything is looked up, here too.
ABREVIATURAS = """
vc: voce, vcs, voces, ce, ces, voc, vose
pra: para, pa, pras, pros, pro
ta: esta, tah, sta
to: estou, tou, tow
tao: estao
quanto: qnt, qto, qnto, qt
quantos: qts, qtas, qntas, qnts, qtos
quando: qnd, qdo, qndo
porque: pq, pk, prq, porq
quem: qm, kem
que: q, qui, k
nao: n, naum, nn, nao, naao, nau, nom
hoje: hj, oje, hje
muito: mt, mto, mta, muita, mtu
tudo: td, tds, tdo
bem: bm
tambem: tb, tbm
quero: qro, qero, kero, quiero, qr
beleza: blz, blza, bele, blzz
agora: agr, agra
cade: kd, kade, cd
voltar: vorta
mais: +
minha: mh, minhs, mha, mi
como: cm, kmo
certeza: ctz, ctza, crtz, crtza
vender: vendr, vnder
abrir: abrri
venda: vnda, vnd
fazer: fzr, faze, faser, faz er
cliente: cli, clt, clnt
atender: atende-lo
faturas: fats
fatura: fat
qual: ql, quau
falar: flar, fala-lo
atendimento: atend, atendimeto
numero: nr, num, nro
mensagem: msg
vamos: vamo, vms, vamu
onde: aonde
obrigado: obg, obgd, brigado, obrigada, brigada, obgda, obd, bgd, obrig
mesmo: msm, mermo, mmo
depois: dps, dpois, dp
ninguem: ngm, ninguen
alguem: algm, alguen, algueim
aqui: aki, aq
acho: axo
manha: mnh, manhan
hora: hr
horas: hrs
verdade: vdd
qualquer: qlqr, qq
so: soh
ate: ateh
amanha: amn, amnh
ontem: ontm
sim: ta beleza, ta blz, ta joinha, joinha, sim sr, sim sra, simm, sin
"""

# What never changes what a sentence wants.
NEUTROS = """
vazio: por enquanto, por ora,
 aquele, aquela, aqueles, aquelas, aquilo, seu, sua, seus, suas, cada, apenas, somente, todo, toda, sendo, alem,
 e depois, e ai depois, em pdf, pois, nisso, realmente, simplesmente, rapidamente, finalmente, logo logo, diretamente,
 urgentemente, dia, dias,
 possivel, jeito, proprio, propria, pouco, tal, etc, fato, forma, galerinha, tempinho, mensagem, momento so, hoje em
 dia, vendedor aqui, tudo isso ai, mt bem, po, poxa, eita, ixi, vei, bro, bah, aff, affs, escuta, so, oh, viu so, dai
 entao, carai, caralho, krl, crl, caramba, porra, porr, cacete, pqp, puta que pariu, vsf, fdp, vtnc, desgraca,
 desgracado, desgracada, desculpa, desculpe, desculpa ai, foi mal, perdao, ops, opss, putz, puts, vish, vixe, ih, logo,
 ai vai, a, o, os, as, um, uma, uns, umas, de, do,
 da, dos, das, em, na, nas, no, nos,
 num, numa, ao, aos, e, que, eu, me, mim, pra, para, pro, pros, pras, por, pelo, pela, com, comigo, aqui, ai, la, ali,
 a gente, nois, ne, entao, assim, tipo, olha, viu, uai, tche, ah, hein, dai, ate, dessa, desse, disso, nesse, nessa,
 neste, nesta, deste, desta, vez, coisa, coisas, negocio, gentileza, sobre, ser, sao, sou, hora, horas, minuto,
 minutos, te, lhe, lo, dnv, ou seja, nosso, nossa, nossos, nossas, este, p, d, c, q, cmg, favor, lado, parte, bem,
 tambem, tbm, tb
meu: meu, minha, meus, minhas, mh, minhs, mha
isso: isso, essa, esse, essas, esses, isto, tudo, todos, todas, td, tds, tdo
polido: por favor, por favorzinho, pfv, pfvr, pf, pff, plmdds, gentilmente, por gentileza, faz favor, faz um favor,
 fazendo favor, fazendo o favor, favorzinho, urgente, urgencia, com urgencia, por obsequio, pelo amor de deus, se
 puder, se possivel, se nao for incomodo, quando puder, assim que puder, por bondade
agora: agora, agr, agora mesmo, ja ja, neste momento, nesse momento, no momento, de uma vez, imediatamente
rapido: rapidinho, rapido, rapidao, rapidin, rapida, rapidinha, instantinho, pouquinho, um pouco, um pouquinho, um
 instante, um tempinho, um tempo, uns minutos, uns minutinhos, minutinho, um minutinho, uns minutin
mais: mais, mais uma, mais um
outro: outra, outro, outras, outros, mesmo, mesma
ja: ja, jah
muito: muito tempo, tanto tempo,
 muito, mt, mto, muita, mta, bastante, demais, super, cheia, cheio, grande, lotada, lotado, vazia, pequena
voce: voce, vc, vcs, voces, ce, ces, tu, senhor, senhora, sr, sra
vocativo: pessoal, galera, equipe toda, amigo, amiga, amigos, moco, moca, parceiro, parceira, mano, cara, querido,
 querida, meu bem, meu rei, bb, flor, chefia, chefinho, chapa, doutor, amor, jovem, meu amigo, minha amiga, meu
 querido, minha querida, brother, irmao, fera, mestre, campeao, turma, povo, colega, colegas, consagrado
robo: robo, robos, rpa, rpas, bot, bots, balcao, maquina, robozinho, sistema, atendimento automatico, automatico
saudacao: fala meu amigo, oi, oie, oii, oiee, ola, olar, opa, opaa, eae, eai, e ai, iae, iai, salve, alo, alou, bom
 dia, boa tarde, boa noite, bomdia, boatarde, boanoite, bdia, tudo bem, tudo bom, td bem, td bom, tdb, tudo bem com
 voce, tudo bem com vc, tudo bem por ai, tudo joia, tudo certo por ai, tudo beleza, td blz, tudo tranquilo, como vai,
 como vai voce, como vai vc, como voce esta, como voce ta, como vc ta, como esta voce, como estao voces, como vao
 voces, e ai tudo bem, e ai tudo certo, fala robo, fala ai, fala bot, fala tu, fala galera, fala pessoal, qual a boa,
 beleza ai, suave, bao, tudo bao, boas, bom dia a todos, bom dia pessoal, bom dia equipe, boa tarde equipe, boa noite
 equipe, espero que esteja bem, espero que estejam bem, saudacoes, ei, oi de novo, prazer, ola pessoal, bom dia grupo
obrigado: obrigado, obrigada, obg, obgd, obgda, obgdo, obrigadao, obrigadinha, obrigadinho, obrig, brigado, brigada,
 brigadao, brigadinha, bgd, obd, valeu, vlw, vlww, valew, muito grato, grato, grata, gratidao, agradeco, agradecido,
 agradecida, agradecemos, deus te abencoe, deus abencoe, te agradeco, muito agradecido, ajudou muito, me ajudou muito,
 ajudou bastante, salvou, me salvou, tmj, tamo junto, e nois, otimo atendimento, voce e demais, vc e demais, parabens
 pelo atendimento, adorei o atendimento
tchau: tchau, tchauzinho, xau, ate mais, ate logo, ate amanha, ate depois, ate breve, ate a proxima, ate segunda,
 falou ai, flw, flws, fui nessa, bom descanso, boa folga, bom fim de semana, bom final de semana, bom fds, abraco,
 abracos, abs, beijo, beijos, bjs, bjo, inte, fica com deus, fiquem com deus, bom trabalho, tenha um bom dia, tenha
 uma boa tarde, otimo dia, ate outra hora
riso: haha, rsrs, rs, lol, kk, huehue, ahah, hehe
"""

# Yes, no, and what is neither.
RESPOSTAS = """
sim: (e/eh/) essa (mesma/mesmo), (e/eh/) esse mesmo,
 sim, s, ss, sss, sin, simm, simsim, sim sim, ok, okay, okey, oks, okk, oki, okei, okc, blz, bele, beleza, blza,
 belezinha, belezura, certo, certinho, certissimo, certeza, com certeza, com toda certeza, certamente, claro, clr,
 claro que sim, logico, obvio, evidente, exato, exatamente, exatissimo, correto, corretissimo, confirmo, confirmado,
 confirmada, confirmadissimo, confirma, confirmar, confirme, confirmamos, positivo, afirmativo, perfeito,
 perfeitamente, show, show de bola, top, topzera, joia, fechado, fechou, combinado, uhum, aham, ahan, ahaam, uhun,
 uhumm, unhum, arram, humrum, isso mesmo, isso ai, isso isso, e isso, eh isso, eh isso mesmo, eh isso ai, e isso ai,
 de acordo, concordo, aceito, topo, autorizo, autorizado, autorizada, tudo certo, tudo ok, ta certo, ta ok, ta bom, ta
 bem, ta otimo, ta joia, tah bom, esta certo, esta correto, esta bom, esta ok, ta correto, ta perfeito, esta perfeito,
 esta tudo certo, ta tudo certo, sem problema, sem problemas, tranquilo, tranquilamente, vamo que vamo, manda ver,
 manda bala, manda brasa, pode mandar ver, pode mandar bala, pode mandar brasa, segue, siga, prossiga, prosseguir,
 prossegue, continua, continuar, continue, seguir, seguimos, podes crer, podecre, pode cre, pode ser, pode ir, fmz,
 firmeza, firmao, dmr, por mim ok, por mim tudo bem, nao vejo problema, nao tem problema, nao ha problema, nao me
 oponho, com prazer, positivissimo, sussa, de boa, de boas, dboa, boa, tlgd, tlg, so vai, vai la, vai em frente, pode
 apostar, bem isso, eh sim, eh mesmo, sim senhor, sim senhora, e sim, sem duvida, sem duvidas, sem sombra de duvida,
 pra ja, e pra ja, fecho, fechadissimo, tmb, isto mesmo, isto ai, yess, otimo, maravilha, excelente, legal, bacana,
 beleza entao
ciente: de nada, imagina, disponha, por nada, era so isso, era so isso mesmo, so isso, so isso mesmo, e so isso, era
 isso, so
 queria saber, entao ta, ta entao, ah ta, ata, ah sim, ah ok, ah entendi, saquei, captei, ciente, entendi, entendido,
 anotado, aguardo, no aguardo, fico no aguardo, to aguardando, vou aguardar, fico
 aguardando
eh: eh
negar: negativo, nops, nop, nem pensar, de jeito nenhum, de forma alguma, de maneira nenhuma, nem a pau, nem ferrando,
 nem morto, jamais, nada disso, nada a ver, errado, errada, incorreto, incorreta, ta errado, esta errado, esta errada,
 ta errada, esta incorreto, discordo, que nao, nem, nem quero, deus me livre, to fora dessa, estou fora dessa, ta
 louco, sem chance, sem condicoes, nunca, nunca mais, nadinha, melhor nao, acho melhor nao, prefiro nao, eh melhor
 nao, dessa vez nao, por enquanto nao, por ora nao, por agora nao, agora nao, ainda nao, hoje nao, nao agora, nao
 ainda, nao hoje, no momento nao, claro que nao, logico que nao, obvio que nao, com certeza nao, certeza que nao, nah
nao: nao, n, naum, naao, nn, nnn, nao nao, num quero
nada: nada, nd
talvez: melhor, eh melhor, seria melhor, acho melhor, talvez seja melhor, talvez, nao eh que, nao e que, sera, sera
 que, quem sabe, acho, achei, acho que, creio, creio que, provavelmente, possivelmente, depende, deve, devo, deveria,
 sei la, tanto faz, nao sei, n sei, naum sei, sei nao, nao tenho certeza, n tenho certeza, nao faco ideia, sem ideia,
 mais ou menos, mais ou menos isso, pode ser que, voce que sabe, vc que sabe, quase, pensando, penso, pensar, pensei,
 to pensando, to em duvida, na duvida, duvida, capaz, parece, imagino, suponho, decidir, decido, decidindo, vou ver,
 vou pensar, deixa eu ver, deixa eu pensar, dxa eu ver, deixe me ver, preciso pensar, preciso ver, deixa ver, veremos,
 qualquer um, qualquer uma, qualquer, tanto fas, nao lembro, nao me lembro, nao sei ainda, esqueci, indeciso,
 indecisa, nao decidi, ainda nao decidi, ainda nao sei, talves, tvz, quiser, quem dera
espera: espera, espere, esperai, pera, perai, per ai, pere, calma, calma ai, um momento, um momentinho, um segundo, um
 seg, um minuto, so um minuto, so um minutinho, guenta, guenta ai, aguenta ai, aguarda, aguarde, aguarda ai, momento,
 momentinho, segura ai, segura, ja te falo, ja te respondo, ja te retorno, ja falo, so um momento, so um segundo,
 pause, tempo, to vendo, estou vendo, to verificando, vou verificar, vou conferir, vou confirmar, vou perguntar, vou
 checar, deixa eu confirmar, deixa eu verificar, deixa eu perguntar, deixa eu conferir, antes, primeiro me, so
 confirmando, confirmando, verificando, aguardando retorno
ou: ou
mas: mas, porem, so que, entretanto, contudo, exceto, a nao ser, quer dizer, ou melhor, alias, todavia, na verdade,
 apesar
menos: menos, fora o, tirando
se: se, caso, si caso, desde que, contanto que, a menos que, so se
"""

# Who, when, what kind of sentence.
GUARDAS = """
como: como, cm, kmo, de que jeito, de que forma, qual o jeito, como e que, como eh que, como q
quando: quando, qnd, qndo, qdo, que horas, q horas, que dia, que hora, ate quando, em que momento, qual dia, qual
 horario
quanto: quanto, quantos, quanta, quantas, qto, qnt, qnto, qtos, qnts, quantos sao, quantas sao, quanto tempo, quanto e
 que, quantidade
qual: qual, quais, ql, quau, qual eh, qual e
quem: quem, kem, qm, quem e que, quem que, quem eh que, quem sao, quem foi que
onde: onde, aonde, cade, kd, kade, onde que, onde eh que, onde anda, onde foi parar, por onde anda
porque: por que, porque, pq, pk, por qual motivo, por q, pq que, pra que, pra q, porq, prq, motivo, razao
oque: o que, oque, oq, oq que, o q, q q, que que, o que que, o que e que, o que eh que, do que, de que
confuso: como assim, ham, hum, humm, hmm, hem, ue, uue, oxe, oxi
terceiro: ele, ela, eles, elas, dele, dela, deles, delas, fulano, ciclano, beltrano, aquele cara, aquela mulher, nele,
 nela
citacao: disse, disseram, dizendo, diz, dizem, diz que, falou, falaram, falando, pediu, pediram, pedindo, pede,
 perguntou, perguntaram, mandou, mandaram, contou, avisou, avisaram, respondeu, quer, querem, queriam, falou que,
 comentou, escreveu, escreveram, ouvi, ouvi dizer, prometeu, prometeram, dissesse, disser, segundo ele, segundo ela,
 reclamou, reclamaram, chamou, chamaram, ligou, ligaram, explicou, vai, vao
ontem: ontem, anteontem, antes de ontem, semana passada, na semana passada, ano passado, outro dia, outrora,
 antigamente, ha dias, dia desses, faz tempo, ha pouco, agorinha, agora ha pouco, mais cedo, hoje cedo, de manha cedo,
 naquele dia, da outra vez, da ultima vez
era: era, eram, estava, tava, tavam, estavam, fosse, seria, ia, iam, tinha, tinham, fui eu, fiquei, ficou, ficaram,
 estive, esteve, tive, teve, fazia, foram, estivesse, havia, deu, dava, fez, fizeram, fiz, queria ter, fizer, soube,
 deixou, deixaram, vinha, veio, vieram, passou, tentei, tentou, tentando, consegui, conseguiu, conseguindo, comecei,
 comecou, comecaram, iniciei, iniciou, abri, abriu, lancei, lancou, conheci, eu ia, ja ia, quis, precisou, podia ter
foi: foi, foram feitas
amanha: amanha, amanhan, amnh, amn, depois, mais tarde, semana que vem, mes que vem, ano que vem, proxima semana, na
 proxima semana, daqui a pouco, daqui um pouco, outra hora, mais pra frente, no futuro, proximo mes, logo mais, em
 breve, segunda, segunda feira, terca, terca feira, quarta, quarta feira, quinta, quinta feira, sexta, sexta feira,
 sabado, domingo, qualquer dia, um dia desses, fim do mes, depois de amanha, amanha cedo, amanha de manha, no fim do
 dia, ate o fim do dia, outro dia desses, final do mes, uma hora dessas, depois disso
hoje: hoje, hj, hoje mesmo, no dia de hoje
ainda: ainda, aind
sem: sem
sempre: sempre, toda vez, todo dia, todos os dias, geralmente, costumo, as vezes, de vez em quando, vezes, diariamente
"""

# Verbs that many sentences share.
VERBOS = """
querer: to querendo, tou querendo, estou querendo, to precisando, estou precisando, quero, qro, qero, kero, queria,
 qeria, gostaria, gostaria de, desejo, queremos, querendo, quero sim, preciso, preciso de, precisava, precisamos,
 precisando, necessito, to afim de, estou afim de, to a fim de, vim, pretendo, quereria, gstaria, prefiro, prefere,
 querer, precisar, solicito, solicitar
ir: vou, vo, irei, ir, iremos, indo, vou ter que, vou precisar, tenho que, tenho de, preciso ir, vou ter de, estarei,
 ficarei, devo ir, terei que
bora: bora, bora la, vamos, vamo, vamos la, vamo la, vamos la entao, partiu, simbora, vambora, vamos nessa, vamo
 nessa, bora bora
poder: pode, podem, podes, pode me, poderia, poderiam, podia, vc pode, pd, pde, pode fazer o favor de, pode por favor,
 consegue, conseguem, conseguiria, teria como, tem condicao de, faca o favor de, ajuda a, me ajuda a, me ajude a, da
 para voce, da pra voce, da pra vc, tem como voce, tem como vc
posso: posso, podemos, da pra, da para, da pra eu, dah pra, tem como, teria como eu, eh possivel, e possivel, seria
 possivel, consigo, conseguimos, conseguir, ha como, tem jeito de, sera que posso, sera que da pra, permitido,
 permite, como faco, como faco pra, como faco para, como eu faco, como eu faco pra, como eu faco para, como fazer pra,
 como fazer para, como se faz, como eu, como se, como posso, como devo, como eu posso, como que eu, como que eu faco,
 como que faz, como que faco, como faz, como faz pra, como faz para, como consigo, tem possibilidade de, tem
 possibilidade, o que faco pra, o que preciso fazer pra, oq faco pra, oque faco pra, oq eu faco pra
ter: ter, tem, tenho, temos, ha, existe, existem, tm, possui, possuo, possuem, possuimos, tenha
estar: esta, ta, tah, estao, tao, anda, andam, esta sendo, esteja, encontra, se encontra, continua sendo, fica sendo
estou: estou, to, tou, tow, estamos, tamo, tamos, eu to, me encontro, ficando
ficar: me coloca como, me deixa como, me bota como, me marca como, me poe como, coloca como, marca como, bota como,
 deixa como, fica como, status como, ficar, fico, fica, fique, ficamos, me deixa, me deixe, me coloca, me coloque, me
 bota, me bote, me poe, me marca, me marque, coloca, coloque, bota, deixe, muda pra, muda para, mudar pra, mudar para,
 mude para, me muda pra, me muda para, colocar, me colocar, altera para, alterar para, status para, meu status para,
 me deixar, marcar, marca
entrar: entrar, entrando, entro, entra, entrei
fazer: tenta de novo, tentar de novo, tente de novo,
 dar, dando, dou, fazer, faz, faco, faca, fazendo, fazemos, facamos, gerar, gera, gere, gerando, criar, cria,
 crie, abrir, abre, abra, abrindo, lancar, lanca, lance, lancando, registrar, registra, registre, registrando,
 cadastrar, cadastra, cadastre, cadastrando, emitir, emite, efetuar, efetua, realizar, realiza, digitar, digita,
 imputar, subir, sobe, montar, monta, preencher, inserir, insere, adicionar, adiciona, incluir, inclui, colocar no
 sistema, rodar, roda, rode, executar, executa, puxar, puxa, tirar um, tira um, por no sistema, botar no sistema
comecar: comecar, comeca, comece, comecando, comecamos, comessar, iniciar, inicia, inicie, iniciando, iniciarmos, dar
 inicio, dar inicio a, dar entrada, dar entrada em, dar entrada numa, da inicio, inicializar, startar, comecarmos, da
 entrada, dar start, partir pra, tocar, toca
ver: (/queria /quero /preciso /gostaria de )(saber/ver/olhar/confirmar/conferir)(/ assim/ entao) se,
 sabe, atualiza, atualizar, me atualiza, me atualize, puxa pra mim, bora ver, ver, vejo, veja, mostra, mostrar,
 mostre, mostrai, lista, listar, liste, exibir, exibe, exiba, consultar, consulta, consulte, olhar, olha ai, saber,
 saber de, conferir, confere, verificar, verifica, checar, checa, visualizar, acompanhar, acompanha, me diz, me diga,
 diga me, me fala, me fale, me informa, me informe, informar, informa, me conta, me mostra, me mostre, dar uma olhada,
 da uma olhada, dar uma olhadinha, relacao, listagem, puxa ai, lista ai, traz, traga, trazer, me traz, acessar,
 acessa, acesse, me passa, me passe, me envia, me envie, me manda, me mande, me ve, ve ai, ve, ve pra mim, descobrir
mandar: manda, mandar, mande, mandem, manda ai, enviar, envia, envie, enviem, pode mandar, compartilha, compartilhar
passar: passa, passar, passe, direciona, direcionar, encaminha, encaminhar, joga, repassa, repassar, redireciona,
 redirecionar
novo: novo, nova, novos, novas
"""
