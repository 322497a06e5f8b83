"""Signs that a consultor's line is for their house, or for the customer on the screen: the tables (leitura/casa.py).

A line of SIGNS is `sign weight: form, form`; below zero it is one of the customer's. A form is up to four words, small,
without accents and as WRITTEN spells them; `a|b` is either. `^` is the beginning of the line, `$` its end. What stands
in brackets is a kind: `<cliente>` the customer's name, `<colega>` one of the team's, `<ela>` a pronoun that can only be
the customer's, `<talvez>` one that may be a thing's just spoken of, `<outra>` one that may be somebody else's; the
verbs below; `#` a number.

A sign counts once, however often it is there. `de ninguem` is a line without a strong sign of the customer's.
"""

SIGNS = """
voce -4: voce, voces, te, lhe, contigo, seu, sua, seus, suas, senhor, senhora, doutora, doutor, usted, you, your
cumprimento -3: ^ oi|oii|ola|opa|oie, bom dia, boa tarde, boa noite, tudo bem, tudo certinho, bem vindo|vinda, prazer,
 abraco, obrigado, obrigada, de nada, por nada, imagina, disponha, ate mais|logo, parabens, valeu, tudo na
 paz|certo|joia|otimo|bom|tranquilo
desculpa -3: desculpa, desculpe, perdao, perdoe, sinto muito, lamento, transtorno, compreendo, infelizmente,
 tranquilo, tranquila, sem pressa, sem problema, fique, por gentileza, aguarda, aguarde, um|so
 momento|instante|minuto|minutinho|instantinho|segundo, calma, que bom, que legal, que bacana, que otimo, boa noticia,
 fico no aguardo, qualquer coisa, na verdade, com carinho, nao se preocupe, agradeco, entendo, que chato, e chato, que
 pena, que raiva
chama_o_cliente -4: ^ <cliente>, ^ dona <cliente>, oi <cliente>, <cliente> kkk, pronto| prontinho| claro| certo| ok|
 nossa| calma| entendo| desculpa| obrigado| obrigada| fala| poxa| isso <cliente>
acolhe -2: ^ claro| perfeito| otimo| otima| certo| certinho| entendi| show| beleza| ok| anotado| anotei| pronto|
 prontinho| feito| combinado| fechado| sim| ah, ^ boa| massa| top| humm| hum| recebi| recebido| poxa| verdade| isso|
 confirmado| agendado| alterado| resolvido| concordo| depende| caramba, ^ agora sim|foi|vai|e, ^ sou| segue| enquanto|
 entao| retirado| ai| sei| kkk| kkkk| kkkkk, ^ por exemplo, ^ tem sim, ^ e so, e isso, ^ nao e, ^ nao kkk, ^ da sim, ^
 nao precisa, ^ e o|a|no|na|em, ^ ne, ^ pois e, ^ poxa
promete -2: posso mandar o|a, vou verificar| ver| consultar| conferir| pedir| abrir| encaminhar| agendar| analisar|
 repassar| passar| corrigir| reenviar| escrever, vou escalar| unificar| chamar| montar| bloquear| retirar| avisar|
 dar| tentar| fazer| mandar| explicar| olhar| resolver| localizar| entrar| falar| rastrear| acionar, ja te, consegui,
 localizei, achei, agendei, reservei, corrigi, retirei, remarquei, registrei, identifiquei, cancelei, atualizei,
 reenviei, conferi, estornei, to vendo| gerando| verificando| finalizando| cadastrando| consultando| conferindo|
 acompanhando| analisando| rodando| fazendo, deixa eu ver|olhar, vou precisar mandar, posso garantir| encerrar|
 finalizar| falar| parcelar| seguir| adiantar| considerar| agendar| ajudar| mandar, aviso, acompanho, ajudo, falei
 com, vou <inf>, vamos <inf>, achamos, consta, faz um, chega perto, segue o|a, sai hoje|amanha, fica pronto, eles
 remarcam, pega sim, sim senhor, chamando, ja ja, prontinho, to vendo que, abri o chamado, sou do, cancelo sim
pede -3: passar|mandar|enviar o|a cpf|rg|nome|telefone|email, me passa| manda| envia| diz| fala| confirma| conta|
 informa o|a|os|as seu| sua| nome| email| endereco| bairro| cep| cpf| rg| print| comprovante| proposta, me passa|
 manda| envia| diz| fala| confirma| conta| informa dados|horario|numero|foto|um print, me avisa, me conta, me chama,
 manda foto, foto do|da, confere pra|no|se, nome completo, data de nascimento, um email, me fala, me envia, me
 informa, reinicia, testa, clica, aperta, digita, preenche, escolhe, assina, separa, procura, tira outra, consegue me,
 consegue falar, pode me, me interrompe, usa o, baixa o, entra com, consegue tirar|mandar|enviar|confirmar|vir|me|ver
 ai|olhar ai
trata -2: a gente, nosso, nossa, nossos, nossas, meu|minha supervisor|supervisora|gerente|chefe
 autorizou|liberou|aprovou|vai, temos, atendemos, fazemos, instalamos, recomendo, ^ atualiza, hoje o, mano ja
confirma -3: e isso ?, correto ?, confere ?
oferece -2: pode ser| sim| ficar| pagar| confiar| pedir| usar| deixar| vir| receber| ignorar, quer que, quer falar,
 que tal, o que acha, ta bom, ta certo, ta ok, mais alguma coisa, em que, como posso, algum ponto, qual
 bairro|cidade|mes|numero|operadora, qual o|a melhor, quantas linhas|pessoas, em casa, por aqui, em maos, ainda quer,
 ^ quer, quer tentar|agendar|aproveitar|fechar|marcar|ver ?, bora fechar aquele|esse|?, pode e, teu, teus, tua, tuas
perguntas_a_cliente -4: quem recebe| assina| mora| paga| fala| indicou| usa| seria| fica, quem e o titular, como
 vai|foi|deve|prefere, alguem em|da|na casa, alguem pode receber, alguem assumiu, falar com alguem, fila ai, fila
 na|no, ^ tem outro|outra, que dia|horas, ate que, por ai, poderia ser, como funciona, quer dizer, pro financeiro o,
 pra que eu, que pessoa, vamos ao|a|de, a internet ta, consegue tirar, pedindo a senha, pra outra pessoa, e cliente
 tambem, prefere o|a|de|que, ^ prefere
informa -1: chegando na|no|la, # reais| mega| gb| dias| uteis| h| horas| meses, as #, dia #, por #, em media,
 previsao, inclui, incluso, gratis, sai por, fica em, custa, com tudo, ate #, a partir, dias uteis, na hora,
 proxima fatura, vence, quinta, sexta, terca, quarta, semana, amanha
papeis -1: rg, cpf, cnh, foto, email, senha, telefone, boleto, comprovante, a senha
terceiro -3: o|a cara|mulher|homem|moca|moco|rapaz|pessoa da|do|que|disse, cliente
 anterior|titular|paga|sempre|escolhe|precisa|recebe, cliente e voce, cliente quer sempre, chato|dificil|ruim de,
 chato de
<outra> 1: <outra>
ela 2: <ela>
ela_faz 2: <ela> nao| ta| so| ja| quer| queria| falou| disse| pediu| pede| desligou| sumiu| voltou| me| fica| ficou|
 acha| achou| e| veio| reclama| insiste| casou| fechou| desistiu| desiste| vai| perdeu| aceita| aceitou| continuar,
 nao <ela>, tempo <ela>, pega| atende| ver| transfere| tira| bloqueia| atender| suporto| aguento| transfiro <ela>,
 acho que <ela>, <ela> por mim, <ela>|<talvez> quer| queria| falou| disse| pediu| pede| desligou| acha| achou|
 reclama| insiste| casou| fechou| desistiu| desiste| aceita| aceitou| perdeu| pagou| comprou| mandou| prefere| mora|
 trabalha| concordou| assinou| entendeu| chorou| xingou| jurou| confirmou| respondeu| sabe| mentiu| perguntou| ligou|
 chamou| me, <ela>|<talvez> nao quer| sabe| aceita| entende| paga| responde| atende| gostou| concorda, <talvez> nao
 tem|tem nem, <ela> nao tem
este 5: esse| essa| este| esta| desse| dessa| nesse| nessa| aquele| aquela cliente| cara| mulher| moca| moco| menina|
 menino| rapaz| homem| velho| velha| tia| tio| mano, esse|essa|aquele|aquela sujeito| fulano| bicho| povo| criatura|
 figura| coroa| infeliz, esse|essa tipo de, o cliente chato|chata|dificil, que cliente|mulher|homem|cara|povo,
 esse|essa|este ai|aqui, esse|essa senhor|senhora, esse|essa|nesse|nessa|desse|dessa
 vendedor|vendedora|atendente|colega|tecnico
aquele 2: o| a| do| da| pro| com| no| na| pra cliente| cara| homem| mulher| velho| velha| coroa| senhorinha| menina|
 estrangeira| doida| doido| guri, tipo de cliente, sera que o|a
clientes 1: cliente, clientes
cliente_faz 2: cliente nao| ta| quer| pediu| falou| disse| desligou| saiu| so| sumiu| reclamou| reclama,
 mulher|homem|cara|velho|coroa|moca|menina nao| ta| tem| quer| pediu| falou| so| sumiu
essa 3: ^ essa|esse ta| ja| quer| nao| vai| so| eu| foi, essa|esse pra|comigo|depois, pega| deixa| trata| tira| marca|
 cancela| segura| pula| passa essa|esse, com esse|essa, depois dessa, essa|dessa|nessa $, nessa|nesse|dessa|desse
 ai|aqui, com essa|esse, essa mesmo
cliente_dito 5: o| a| do| da| pro| com| no| na| pra| ao <cliente>, o| a| do| da| pro| com| no| na dona <cliente>,
 <cliente> ta| quer| falou| disse| pediu| fechou| vai| sumiu| mandou, ver| liga| libera| aprova| corrige| religa|
 atende| encaixa| achou| encaixar| atendeu| ou| esse| essa <cliente>, <cliente> nao
 quer|aceita|paga|responde|entende|sabe
fala_com -6: <cliente> ta ?, <cliente> se encontra, e|seria|sou|titular|conta a|o|da|de <cliente>, falo com a|o
 <cliente>, nome da|do|de <cliente>
parente 3: o|a marido| esposa| pai| mae| filho| filha| irma| irmao| neto| neta| namorado| namorada| ex| socio| sogra|
 sindico
chamado 5: ^ <colega>, ^ oi <colega>, <colega> voce|ta|pega|cobre, cade o|a <colega>, cade <colega>, chama o|a
 <colega>, chama <colega>
colega 2: do|da|o|a <colega>
chefia 4: ^ sup| supervisor| supervisora| chefe| gerente| lider| coordenador| coordenadora, algum|alguma
 supervisor|supervisora|gerente|aprovador|lider|consultor, chama o|a
 supervisor|supervisora|coordenador|gerente|chefe|lider, chama alguem,
 supervisor|supervisora|gerente|coordenador|lider pode|ta|online|ai, falar com supervisor, quero falar com meu
equipe 4: ^ gente| pessoal| galera| time| equipe| povo| meninas| meninos| amigos| turma, gente ?, galera, bora time,
 demais gente
setores 2: lead, leads, prospect, funil, bug, incidente, massiva, noc, olt, splitter, provisionamento, firmware,
 servidor, log, vpn, ura, discador, treinamento, feedback, monitoria, tma, sla, nps, churn, pos venda, pre venda, bko,
 backlog, alcada, excecao, politica, negativacao, baixa manual, remessa, dashboard, relatorio, bonus, premiacao,
 folga, ferias, atestado, hora extra, reuniao, transportadora, assistencia, avaria, vip, crediario, estande,
 reativacao, downgrade, interno, infra, distribuidora, franquia, regional, filial, homologacao, perfil de, tecnico da
 rota, orcamento, estornar, isentar, faturar, reativar, provisionar, sup, supervisor, supervisora, gerente,
 coordenador, backoffice, auditoria, juridico, do financeiro, comercial, rh, retencao, ti, logistica, qualidade,
 marketing, expedicao, faturamento, antifraude, cobranca, cadastro, rota, mesa de, estoque, campo, plantao, sistema,
 portal, painel, acesso, admin, login, gravacao, campanha, mapa, drive, grupo, robo, sistemas, ticket, script,
 procedimento, fluxo, codigo, nivel, permissao, ficha, crm, planilha, timeout, na tela, chamado, atendimento, ligacao,
 fila ta, na fila, pausa, prazo, regra, uma os, essa os, a os, da os, financeiro, tabela, pasta, portfolio, arquivo
 morto, disparo, vendedor externo, outro vendedor, instalador, spam, cortesia
alguem 3: alguem, qualquer um, ninguem responde|sabe|fala|pega|atende|merece
quem 3: quem, por quem, pra quem
como 2: ^ como, como faz| lanca| tira| explica| fica| cancela| abre| peco, por onde, ^ onde
 fica|vejo|acho|ta|lanco|tem, o que eu, como ?, como <eu>, onde <eu>, como que, o que faz, o que faco, o que digo, ta
 onde, onde ?, onde $, vai com quem, passo a passo, qual o procedimento|processo|fluxo|caminho
cade 2: ^ cade
permissao 2: tem como, da pra, ^ cabe, ^ libera, algum jeito, ou nao ?, ou cobra|deixo, ou serve|manda, ^ pode
 passar|dar|liberar|isentar|fazer|faturar|lancar, nao posso, sem cobrar, posso
 dar|liberar|isentar|aprovar|lancar|prometer, me da permissao, tem que ?
pode -1: ^ pode
processo 1: libera no|em|pra|a, cobra, isenta, aceita, perde, vale, existe, conta como, entra como, cai, sozinho ?,
 tem que, precisa de, pra <inf>, sai do, ta com quem, tem procedimento|regra|prazo|limite|gente, pede comprovante,
 pede renda, ta aprovando, entra na, cobra taxa, ainda e|tem, preciso <inf> ?, preciso <inf>, em que|qual
 pasta|tela|sistema|aba|menu|lugar
politica 3: ainda existe|ta|da|pode|vale, ta valendo, ta saindo, ta liberado|liberada, ta lotado, passa na|em|por, ta
 quanto, mesmo ?, qual o limite, por quanto, aceita ?, cobra quanto, quanto ta, serve assim, quantos clientes, passa
 pra quem, isso e certo, e certo ?, pode isso
assunto 1: desconto, isencao, multa, taxa, promo, promocao, combo, plano, indicacao, portabilidade, fidelidade,
 estorno, credito, titular, oferta, proposta, viabilidade, contrato, historico, tecnico, motoboy, roteador, chip,
 fatura, cancelamento, agenda, mudanca, correio, endereco, queda, restricao, cnpj, pf, pj, declaracao, notas, nf,
 selfie, entrada, parcelamento, parcelar, visita, caso, venda
interno 4: comissao, meta, ranking, ramal, score, backoffice, mailing, planilha, tabular, tabulacao, turno, plantao,
 escala, headset, minha fila, carteira, da fila, da rota, intervalo, banco de horas, bater ponto, meu ponto,
 supervisao, esse atendimento, outra venda, venda errada, toda venda, abre outra, manda|chama|puxa|passa outra
 $|ai|agora, em pausa, manda|chama|puxa|passa o proximo $, proximo ai|por, outro|outra cliente, proximo da fila,
 proxima cliente, proximo cliente, aprovador, negativado, negativada, cliente agora, essa venda
meu 4: meu sistema| pc| computador| login| turno| intervalo| almoco| ramal| headset| acesso| nome| codigo| nivel|
 perfil, minha senha|fila|tela|comissao|meta|maquina|pausa
eu 3: to sem, to de saco, to perdendo, to cansado|cansada, to em ligacao, to no telefone, to indo, to sozinho|sozinha,
 to livre, to atolado|atolada, to usando, to quase, to com # na, nao dou conta, nao aguento mais responder, cansei,
 quero ir embora, nao sei responder|nada|como|o, so eu que, vou almocar, vou tirar, preciso de meia, preciso que
 alguem, preciso sair|ir, nao to conseguindo, acabei com, finalizei com, nao vou tomar, eu que nao, vou ter que,
 quantas eu, ta me, falei que, ja tentei, se eu, peguei esse|essa, socorro, acho que vou, vou perder, quando <eu>, nao
 consigo, to autorizado|autorizada, esqueci de, me chamando, nunca vi, vou tomar, por causa dos outros, dos outros,
 joga|manda|passa mais ninguem, to autorizado, valor antigo, esticar as pernas, fumar um, tomar um ar, tomar agua|cafe
me_faz 3: me ajuda| ajudem| salva| salvar| bota| tira| libera| cobre| desloga| coloca| poe| poupa| arruma| empresta|
 autoriza| cobrem, me da permissao|autorizacao|acesso, quero autorizacao|permissao|acesso|senha, preciso de
 autorizacao|permissao|acesso|ajuda, me cobrando, me cobra|cobre|avisem, me atualiza, me ensina|explica como
grosso 4: folgado, folgada, maluco, maluca, louco, louca, doido, doida, enrolado, enrolada, enrolando, coitado,
 coitada, fofa, fofo, fofinha, um doce, um amor, irredutivel, golpista, xingar, grosseira, grosseiro, gente fina,
 trote, xingando, mentindo, vergonha, sem nocao, burro, burra, ignorante, insuportavel, mal educado|educada,
 mulher|cliente dificil, apressado, apressada, a paciencia, dor de cabeca, ta perdido|perdida, ma vontade, nervosinha,
 nervosinho, surtando, surtada, gritando, nervoso, nervosa, bravo, brava, bufando, furioso, furiosa, chato|chata
 demais|pra|viu, cliente chato|chata, muito|mais|bem|super|so chato|chata, de sacanagem, cara| cliente| mulher| homem|
 muito| super| bem| tao| mais| ser| foi| sendo grosso|grossa, ^ grosso|grossa, tadinho, tadinha, chorao, chorona,
 folgadao, mala, que mala, pentelho, pentelha, sem educacao, barraqueira, barraqueiro, caloteiro, caloteira, picareta,
 esperto demais, espertinho, espertinha, gente boa demais, bicha, e esperta|esperto, pepino, abacaxi, bucha, bomba $,
 b o
golpe 2: acho|sera|parece que e golpe|fraude|montagem, isso e trote|golpe|fraude, parece golpe|fraude|montagem, tem
 razao, com razao, suspeita de, trambique
palavrao 5: pqp, fdp, caralho, porra, merda, foda, puta, aff, afff, affs, puts, putz, cacete, desgraca, vsf, krl, que
 saco, saco cheio, jesus, misericordia, meu deus, que paciencia, haja paciencia
vitoria 3: fechou o|a, bati a meta, engrenou, uhuu, uhuuu, nao vai passar, vai dar problema, da problema, mais uma
 fechada|venda|pra, quase fechando, perdi o|a|essa, faltam quantas|duas|tres|#, meta batida, vai fechar, nao fecha,
 aposto que, da ruim, der ruim, bora time, fechei, ganhei, uhul, perder essa|esse, dar ruim, mais um|uma
 encaixado|encaixada|vendido|vendida|fechado|resolvido|resolvida, ufa, perdi #, esse|essa eu,
 salvamos|fechamos|batemos mais|a, salvei o|a
faz 2: ^ gera| religa| reseta| provisiona| libera| aprova| corrige| reabre| reagenda| reenvia| puxa| tabula|
 transfere| repassa| devolve| remove| bota| lanca| desbloqueia| marca| encaixa, ^ estorna| prioriza| avisa| segura|
 encerra| deixar| vende| cria| abre| registra| pede| aciona| escala| prioriza| emite, fica de olho, avisa o|a
faz_talvez 1: ^ anota| bloqueia| deixa| cancela| chama| manda| confirma| trata| finaliza| tenta| tira| poe| troca|
 fecha, ^ me manda|passa, aciona, confere ai, confirma ai|isso, passa o contato
plural 4: reportem, avisem, <fazei>
elipse 3: ^ <quis>, ^ nao|so|ja|ta|e <quis>, ^ nao|so|ja quer
eu_faco 1: <eu>
fiz 0: <fiz>
quebrou 2: fora do ar, ta fora, travou, travado, travada, caiu, deu erro, nao carrega, lento, lenta, ta demorando, nao
 chega, nao ta chegando, nao ta vindo, cai, instavel, bugado, bugou, negado, queda geral, reprovou, deu restricao, sem
 cobertura, nao abre, ta parado|parada|preso|presa|pendente|travado|travada, dobrada, duplicou, duplicado, da um, a
 toa, quebrado, errado pra, pela metade, nao grava, nao sobe|subiu, nao salva, bugada, nada anotado, ninguem
 respondeu|avisou|viu|foi, e nada $, ate agora nada, ninguem resolveu|resolve|respondeu|responde|ajuda, que feio,
 prometeu, prometeram
ai 1: ai ?, hoje ?, hoje $, pra mim, na loja, em estoque, mesmo, agora, ja e
kkk 1: kkk, kkkk, kkkkk, kkkkkk
? 0: ?
posso 0: ^ posso, ^ consigo, ^ consegue
mano 1: ^ mano, ^ cara, ^ mano do
decide 2: como <eu>, ou <eu>, onde <eu>, quando <eu>, por onde <eu>
<talvez> 1: <talvez>
elipse_dela 1: <outra> <quis>|achou|quer, com ela|ele $
"""
TOGETHER = {
    frozenset({"?", "posso"}): 2,
    frozenset({"de ninguem", "setores"}): 1,
    frozenset({"?", "fiz"}): 3,
    frozenset({"chamado", "voce"}): 4,
    frozenset({"?", "assunto"}): 1,
    frozenset({"?", "eu_faco"}): 2,
    frozenset({"?", "elipse"}): -3,
    frozenset({"?", "pode"}): 2,
    frozenset({"?", "processo"}): 2,
    frozenset({"perguntas_a_cliente", "quem"}): -2,
    frozenset({"faz", "quebrou"}): -1,
}
"""What two signs in one line say besides."""

WRITTEN = """
voce: vc ce tu c voc
voces: vcs ces vocs
que: q qe ki
nao: n num nn naum
to: tou estou
ta: tah esta tao estao
porque: pq pk
hoje: hj oje
alguem: algm algem alg
quanto: qto qnto qt
quando: qdo qnd qndo
pra: para p pa
seu: sr seo
dona: sra dna
beleza: blz bele
muito: mt mto
documento: doc docs documentos
mesmo: msm
desconto: descontos
e: eh
verdade: vdd
obrigado: obg
"""
"""How people write a word: `the word: forms`."""

VERBS = """
cancelar mandar abrir tirar puxar lancar registrar encerrar explicar liberar cobrar deixar trocar mudar usar
ligar atender passar avisar pegar encaixar agendar marcar aprovar olhar confirmar ajudar corrigir assumir
segurar anotar responder emitir isentar tentar levar fechar vender bloquear gerar conferir chamar dividir
parcelar renovar indicar descartar reativar insistir cadastrar aplicar enviar encaminhar devolver oferecer
prometer manter seguir transferir repassar negociar reportar estornar
"""
"""What consultores do: `<eu>` is "cancelo", `<fiz>` "cancelei", `<inf>` "cancelar", `<fazei>` "cancelem"."""
WANTING = """
pedir aceitar reclamar desistir perguntar insistir achar recusar negar mentir gritar chorar comprar xingar
ameacar topar sumir aparecer desligar pagar falar assinar preencher responder mandar enviar
"""
"""What customers do: `<quis>` is "pediu"."""
ODD = """
<eu>: peco faco transfiro digo consigo mantenho ofereco prometo sigo dou insisto
<fazei>: vejam facam ponham digam deem me_confirmem resolvam
<quis>: quer queria disse ficou reclama insiste aceita desiste fala pede
"""
"""Forms that no rule makes."""

HE = """
marido pai filho irmao socio tecnico rapaz moco entregador motoboy sindico namorado neto vizinho porteiro avo
tio sogro chefe primo gerente supervisor amigo cara menino homem pedreiro pintor funcionario sobrinho genro
instalador cunhado banco medico advogado
"""
"""Who "ele" may be when they were spoken of."""
SHE = """
mae esposa mulher filha irma moca namorada vizinha sogra neta avo tia prima amiga amigas titular netinha
sobrinha nora cunhada funcionaria faxineira secretaria empregada pessoa equipe colega menina concorrente
operadora gerente
"""
IT = """
roteador modem aparelho chip app aplicativo sistema setor plano boleto contrato link celular sinal cabo controle
comprovante codigo preco valor
"""
"""What it may be."""
IT_TOO = """
internet linha fatura conta senha selfie foto tv tomada luz rede proposta visita instalacao taxa caixinha
mensagem fibra
"""
"""What "ela" may be."""
