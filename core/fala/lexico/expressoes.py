"""Longer ways of saying, under the same kinds of words as vocabulario.py and assuntos.py.

`(bom dia/boa tarde) (time/gente)` stands for every combination; an empty choice is none: `(to /)pronto`.
"""

VERBOS = """
fazer: emit(a/o/indo), efetu(e/o/ando), realiz(e/o/ando), digit(e/o/ando), insir(a/o), inserindo, adicion(e/o/ando),
 inclu(a/o/indo), execut(e/o), pux(e/o/ando), crio, fazeno
passar: encaminh(e/o/ando), direcion(e/o/ando), repass(e/o/ando), jogar, jogue, empurra, empurrar
mandar: mando, enviando
liberar: solto, soltando, destravo, desbloque(ie/ando), devolver (o/os) (acesso/acessos)
cancelar: anul(e/o/ando), abortando
finalizar: termine, conclu(o/indo)
ver: mostr(o/ando), consult(o/ando), olh(e/ando), verifi(que/co), che(que/co), inform(o/ando), (conta/fala/diz)
 (pra/a) mim, da uma lida, (me da/me de/me arruma/me consegue/da ai/me joga/joga aqui) (/ai )(a/o/as/os), bota na
 tela, (quero/queria/preciso) (olhar/saber/ver), tem como (ver/mostrar/saber)
ajuda: explicar, ensinar, ajud(e/o/ando), me orienta
comprar: contrat(a/e), assin(a/e)
querer: (gostaria/queria/quero/preciso) de estar, (gostaria/queria) (muito /)de, to (a fim/afim) de
ir: fui (ali/la), to (pra/para) ir, vou la
vocativo: familia, tropa, rapaziada, nacao, amores, gurizada, minha gente
demorar: (vao/vai/ia/iam/vamos) demora(r/)
poder: possa, possam
vazio: aqui (e/eh) (o/a), aqui quem fala (e/eh) (o/a), (meu nome/nome) (e/eh), me chamo, sou (o/a), atual, em questao,
 no meio (de/da/do), (todas/todos) (elas/eles), cada uma delas, cada um deles, (na/da/pra/aqui na/aqui da)
 (loja/mesa/filial/unidade)
quanto: (o /)total (de/das/dos/), (a /)soma (de/das/dos)
"""

CONVERSA = """
?: (quero/queria/gostaria de/preciso/vim/so queria/so quero/to querendo) (saber/confirmar/perguntar) se, (me diz/me
 fala/me
 diga/me confirma/sabe me dizer/sabe dizer/pode me dizer/vc sabe) se
saudacao: (bom dia/boa tarde/boa noite/oi/ola/opa/fala/salve/e ai)
 (time/equipe/gente/galera/pessoal/povo/turma/familia/ rapaziada/meu povo/minha
 gente/grupo/chefe/chefia/mestre/patrao/amigo/amiga/querido/querida/amor/mano/irmao/parceiro/
 robo/robozinho/bot/moco/moca/lindeza/flor/minha flor/meu querido/minha querida/meu amigo/minha amiga/meu parceiro/
 meu bom/meu consagrado/meu nobre/brother/sumido/sumida/ze/campeao/guerreiro/guerreira/todos), (bom dia/boa tarde/boa
 noite) a (todos/todas), (tudo/td) (na paz/em paz/em ordem/nos conformes/sob controle/em cima/ numa
 boa/certinho/tranquilo/suave/firme/bem contigo/bom contigo/bem por ai/certo por ai/bem ai/bem com vcs/bem com voces),
 como (estamos/vamos/passou/esta o dia/vai a forca/ce ta/voces estao/vcs estao), como (que/e que) vai, quanto tempo
 hein, coe, koe, oba, ole, opa bao, prazer em falar com vc, noite, dae, buenas, buenas tche
obrigado: (foi /)(muito bom/muito boa/excelente/otimo/otima/nota 10/maravilhoso/perfeito/show) (o
 /)(atendimento/servico), pela
 (atencao/ajuda/forca/paciencia/gentileza/agilidade/informacao), pelo (atendimento/retorno/apoio/
 carinho/suporte), (ajudou/me ajudou/vc ajudou/voce ajudou) (demais/muito/bastante/pra caramba/pacas), gratidao
 demais, (muito/mt) (agradecida/agradecido/grato/grata), deus (lhe/te) (pague/abencoe), que deus (te/lhe) abencoe,
 voce e (top/show/dez/10/fera/um anjo), vc e (top/show/dez/10/fera/um anjo), arrasou, mandou bem, nota dez, salvou a
 patria
tchau: (ate/inte) (amanha/depois/segunda/mais tarde/ja/mais ver/a vista/domingo/la), (bom/otimo) (fds/feriado/fim de
 semana/descanso/restinho de dia/resto de dia/final de dia/almoco), boa (semana/noite pra vcs), um (abraco/beijo/abc),
 fica na paz, fui galera, fui pessoal, falow, falou galera, tenha (um bom/um otimo) (dia/final de semana/descanso)
vazio: que (eu /)(mandei/lancei/fiz/passei/enviei/abri/subi/registrei/coloquei/cadastrei), que (acabei/acabamos) de
 (fazer/fechar/lancar), (no/pro/pelo/do/nesse)
 (sistema/app/aplicativo/celular/computador/portal/ programa/zap), (aqui /)na minha frente agora, outra vez, de novo,
 novamente, nesse instante, neste instante, nesse momento, o quanto antes, (assim que/quando/se)
 (der/pudesse/puderem/puder), sem pressa, com calma, (pra/para) (gente/nois/nos), ai pra (mim/ gente/nois), bem aqui,
 por enquanto so isso, que (/eu )(tava/estava/to/estou/tou) fazendo, que (/eu )(comecei/abri/iniciei/to/estou), em
 aberto aqui, na moral, na humildade, se liga, veja bem, olha so, sabe como e, tipo assim, mano do ceu, meu deus, pelo
 amor, nossa, nossa senhora, deixa eu (/te )(falar/contar/explicar/dizer), vou te (falar/contar/explicar/dizer),
 (queria/quero/gostaria de/vim) te (pedir/perguntar/falar) uma coisa, uma
 pergunta, por ai, to precisando aqui, seguinte, e o seguinte, eh o seguinte, o seguinte, aqui comigo, eu aqui, me da
 uma luz
posso: (queria/quero/gostaria de/preciso/vim/so/to querendo/vc pode me dizer/pode me dizer/me diz/me fala/vc sabe/voce
 sabe/pode ver/ve/ver/veja/verifica/confere/sera que pode) (saber/) se (/a gente )(da/da pra/tem como/posso/consigo/e
 possivel/eh possivel/pode/rola/rola de), saber se da pra gente, rola de, tem jeito, da jeito de, como que faco pra,
 (queria/quero/gostaria de/preciso) saber como (faco/eu faco/faz/se faz/que faz)( pra/), me ensina a, me ensina como,
 ensina a
semana: mensal, semanal, diario, semestral, semana, semanas, (da/na/essa/esta/dessa/desta/nessa/nesta) semana,
 (de/essa/esta/na/dessa/nessa) (madrugada/ noite/manha/tarde), no periodo, ultimos dias, ultimas horas, durante a
 (noite/madrugada/manha), (de/da) hoje
nao: (num/nao) quero nao, quero nao, precisa nao, pode nao
sim: podemos (comecar/ir/seguir/continuar/iniciar), ta (bao/baum/massa/show/top), (sim/pode
 sim/ok/beleza/fechado/certo/claro) (chefe/patrao/dona), (/com )certeza absoluta, pode (crer/cre/apostar/confiar),
 (oxe/oxente/uai/ue/opa/ah/eita/bah) (claro/sim/pode/certeza/bora), absoluta certeza, com (muita/toda a/absoluta)
 certeza, sem erro, ta tudo (certinho/correto/ok/ perfeito/joia), esta tudo (certinho/correto/ok/perfeito), e isso
 (tudo/mesmo/ai mesmo), eh isso (tudo/mesmo/ai mesmo), tudo (correto/certissimo/confirmado/conferido/conforme), fechou
 todas, tamo junto pode ir, ta valendo, demoro, demorou ja eh, ja e, ja eh, eh nois, tudo nos trinques, bora que bora,
 ta massa, massa, arretado, oxente sim, visse, sim uai, uai sim, trem bom, da um gas, taca ficha, toca ficha, toca o
 barco, segue o baile, segue o jogo, dale ficha, manda brasa ai
engano: (mandei/foi/enviei/escrevi/digitei/cliquei/chamei/apertei/toquei) (/a mensagem )(errado/pra pessoa errada/sem
 querer/por engano/no
 lugar errado/no
 grupo errado), (foi/por/era/e) engano, (numero/contato/pessoa/conversa/grupo/chat/zap) errado, pessoa errada,
 conversa errada,
 (nao )era (pra/com) (voce/vc/outra pessoa/outro/outra/outro numero), era pro meu, era pra minha, era pra meu, wrong
 number, wrong
 person, wrong chat
negar: nao por (enquanto/agora/ora), nao (agora/hoje/ainda/mesmo/obrigado/obrigada),
 (hoje/agora) nao (rola/vai rolar/vai dar/da), nao senhor, nao senhora,
 nunquinha, nem (a pau juvenal/que a vaca tussa/vem/fudendo/brincando), que nada, de jeito maneira, ta
 (doido/maluco/doida), nem rola, nao (rola/vai rolar/vai dar/da nao/quero isso/e isso/eh isso), oxe nao, necas, nem
 morta
espera: (deixa/dxa) eu (ver/falar/confirmar/perguntar) com (ele/ela/o cliente/a cliente/o titular/o chefe), (vou/tenho
 que/preciso) (ver/falar/confirmar/perguntar) (com/pra) (ele/ela/o cliente/a cliente/o titular), perai rapidinho, pera
 la, (um/so um) (pouquinho/tempinho) que, calmai, calma la, guarda ai, ja confirmo, ja te confirmo, ja te digo
talvez: acho que (sim/nao/eh/e), pode ser que (sim/nao), quem sabe (sim/nao), vai que, nao garanto, tenho duvida, nao
 tenho (certeza/ideia), se pa, sla, sei nao viu
"""

VENDAS = """
fazer: lanco, registro uma, abro, subo, insiro, gero
vender: vende (ai/pra mim/logo/pra cliente/pro cliente),
 (lancar/lanca/fazer/faz/abrir/abre/subir/sobe/cadastrar/cadastra/registrar/registra/passar/passa/meter/mete/
 colocar/coloca/por/digitar/digita) (mais uma/mais 1/outra/uma nova/nova venda/mais uma venda/outra venda),
 (quero/vou/ bora/vamo/vamos/preciso/queria) (vende/faze venda/faze uma venda/vende agora), mais uma (venda/pra
 lancar/pra conta/ pra subir/venda pra lancar), outra venda (/pra lancar/pra fazer), mandar ver numa venda, dar
 entrada (em/numa/na) (uma /)venda, simbora vender, (fechar/concretizar/efetivar) (uma/a) venda com (o/a/um) cliente,
 (nova/uma nova) (contratacao/ativacao/adesao)
vendafechada: fechei com, fechei com (o/a/um/uma) (/meu /minha
 )(cliente/vizinho/vizinha/amigo/amiga/ele/ela), acabei de
 (fechar/vender/fazer) (uma venda/uma/mais uma),
 fechei (uma/mais uma/a/outra/uma aqui), (consegui/peguei/arrumei) (uma venda/mais uma venda), fechei (uma /mais uma
 /)venda, (cliente/o cliente/a cliente) (fechou/aceitou/topou/comprou/fechou comigo/quer fechar/vai fechar)
clientequer: (tem/tenho/chegou/apareceu/to com/estou com) (uma/um)
 (sr/sra/senhor/senhora/moca/moco/rapaz/mulher/homem/casal/menina/vizinho/vizinha/pessoa) (/aqui )(/na loja )
 (querendo/que quer/interessado/interessada),
 (tem/tenho/chegou/apareceu) (uma/um/) (pessoa/moca/moco/senhor/senhora)
 (querendo/interessada/interessado), (chegou/apareceu/pintou/entrou) (/um /uma /mais um /outro )cliente, (tem/tenho)
 (um/uma) cliente aqui, (cliente/o cliente/a cliente/um cliente/uma cliente) (quer/querendo/ta querendo/esta
 querendo/interessado/ interessada/quer comprar/quer contratar/querendo contratar/querendo comprar/pediu/vai
 querer/vai levar), (tenho/tem/ to com/estou com/chegou/apareceu) (um/uma) cliente
 (querendo/interessado/interessada/aqui querendo), (to/estou/tou) com (um/uma/o/a) cliente,
 (peguei/consegui/arrumei/arranjei/apareceu/chegou) (um/uma/mais um/outro) cliente
clientedesistiu: (ele/ela/o cliente/a cliente/cliente) se arrependeu, se arrependeu,
 nao vai (/mais )ter (/mais )(venda/a venda), nao tem mais venda,
 (ta/esta/deu/saiu/ficou/fiz/digitei/preenchi/coloquei) (/tudo )errado cancela(/r), (cliente/o
 cliente/a cliente) (desistiu/nao quer/nao quer mais/nao quis/nao quis mais/nao vai querer/nao vai mais querer/mudou
 de ideia/deu pra tras/voltou atras/pulou fora/correu), (nao rolou/melou/miou/caiu a venda)
deixapradepois: nao (da/dar) (mais/pra continuar/pra seguir), (quero/vou/preciso/queria) para a venda, nao (quero/vou)
 (/mais )(continuar/seguir/prosseguir/terminar/ir adiante), (deixa/deixe/dxa) (isso /)(pra outra hora/pra outro
 dia/pra depois/pra amanha)
deixapra: (deixa/deixe/dxa) (isso pra la/baixo), (apaga/apague/descarta/ descarte/exclui/joga fora) (isso/tudo/essa
 venda/essa), para com (isso/tudo), (interrompe/paralisa) (tudo/isso), desfaz, desfazer, esquece (essa/isso ai/tudo),
 (quero/vou/preciso) (parar/sair disso)
vendas: as minha venda, as minhas venda, minhas (producoes/propostas/ativacoes/instalacoes), minha producao, minha
 performance, meu desempenho, meus (numeros/pedidos/resultados), meu ranking, minha meta, (vendas/pedidos)
 (minhas/meus), o que (eu vendi/vendi)
status: (ja /)(caiu/entrou/subiu) (a/minha/aquela) venda, (a /)venda (ja /)(caiu/entrou/subiu),
 alguma (novidade/noticia/atualizacao), noticia, noticias, protocolo, como (ficou/que ficou/que ta/e que
 ta/anda), (ta/esta) (indo/andando/ processando/em que), em que parte, (deu/teve) (resposta/retorno), qual foi o
 resultado
perdido: nao (to/estou/tou) entendendo (nada/direito/isso), nao (entendi/entendo) (nada/direito/bem)
ajuda: nao (to/estou) conseguindo (usar/mexer/entender), (me /)(explica/explique/orienta/oriente/ensina/ensine)
 (/isso/ai/aqui), (sou/eu sou) novo (aqui/nisso), sou nova (aqui/nisso), primeira vez (aqui/que uso/que mexo),
 aprender (/a usar/a mexer), nao consigo (usar/mexer/entender), passo a passo, me da (uma mao/uma ajuda/uma forca/um
 help/um help ai), (ta/esta) (dificil/complicado) (usar/mexer)
duvida: com (duvida/duvidas/uma duvida/umas duvidas), (uma/umas) (duvida/duvidas), (tirar/tira) (uma/umas/minhas)
 (duvida/ duvidas), tenho (duvidas/uma duvida/umas duvidas), (surgiu/ficou) uma duvida, uma duvidinha
"""

EQUIPE = """
online: ja posso atender, fiquei (online/disponivel/on), libera (eu/me) pra
 atender, me libera (pra atender/ai pra atender), (deixa/bota) eu (online/disponivel), no ar, onn, onlinee, (to/estou)
 (on/onn) (ja/agora/aqui), ativinho
voltei: (comecando/iniciando/entrando) (agora/aqui/ja), (comecei/iniciei/entrei
 no/comecando/iniciando/assumi/assumindo) (o/meu/no/) (turno/expediente/plantao/trampo), comecei a
 (trabalhar/atender), (comecei/entrei/entrando) agora, apareci, aportei, (cheguei/to chegando) no (trampo/
 servico/posto/trabalho), (to/estou/ja to/ja estou) (na mesa/no posto/por aqui ja/aqui ja/a postos)
pronto: prontinho, prontinha, prontissimo
ficar: ativa, ativar, ative, (liga/ligar/ativa/muda/troca) meu status (pra/para/como), (me /)(bota/poe/deixa)
 (de/como)
disponivel: (to/estou/ja to/ja estou) (liberado/liberada)
voltando: (cancelaram/desmarcaram/adiaram/cancelou/desmarcou/acabou) (a/minha/nossa) (reuniao/call/ligacao), desenrolei,
 desafoguei, desocupei ja
ponto: ponto batido, (bati/vou bater/batendo/bater/bate/bati ja) (o/meu) ponto, bati ponto, bater ponto
pego: (pego/atendo/assumo/pode deixar que) eu, eu (pego/atendo/assumo), deixa comigo, (manda/passa/joga) pra mim
saidinha: dei uma (saida/saidinha/volta/voltinha), dar uma voltinha
almoco: (horario/hora) (do/de/pro/pra) (lanche/almoco/cafe/cafezinho/jantar/janta/descanso/intervalo/pausa)
trabalhando: na escala, escalado, escalada, escalados, na labuta, de plantao, no plantao, na batalha
ocupado: ocupad(ao/inho/inha/issimo), (atolado/atolada/lotado/lotada/enrolado/enrolada/afogado) (de/em/com)
 (servico/trabalho/coisa/coisas/demanda/atendimento), em atendimento (presencial/externo/por telefone/no balcao/na
 loja), atendendo (presencial/na loja/aqui/no balcao/ um cliente/cliente/por telefone), com (um cliente/cliente)
 (aqui/na loja/no balcao/na frente/presencial), nao (me manda/me mande/manda/mande/passa/me passa/envia) (mais
 /)(cliente/clientes/ninguem/nada agora), segura (os/meus/) (clientes/cliente), sem (tempo/condicao/condicoes)
 (de/pra) atender, nao (consigo/to conseguindo/da pra/tem como/vou conseguir) atender, (cheio/cheia) de
 (servico/trabalho/demanda), numa correria, na correria, tumultuado, (resolvendo/ resolver) (um negocio/uns
 negocios/uma coisa/um problema/uma parada/um bo/umas coisas)
brb: (comprar/pegar/buscar/tomar/comer/resolver/fazer) (um/uma/o/a)
 (lanche/cafe/agua/coisa/coisinha/negocio/rango/encomenda), volto depois do (almoco/cafe/lanche/banheiro),
 (um/dois/cinco/2/5/10) (min/minutos/minutinhos) e (/ja )volto, vou ali e (ja /)volto, ja (ja/ja ja) (to/estou)
 (ai/aqui/ de volta), volto (num/em um) (pulo/piscar/segundo), nao demoro, ja chego, volto nesse instante
voltei: (sai/saindo) (da/de) (reuniao/call/ligacao/chamada/treinamento), desocupei, me desocupei, (ja/) liberei aqui,
 fiquei livre, (terminei/acabou/acabei/encerrei/terminou) (a/o/minha/meu)
 (ligacao/reuniao/almoco/cafe/call/chamada/pausa/intervalo/lanche/janta/jantar/visita/descanso/treinamento),
 (cheguei/voltei) (da/do) (visita/rua/intervalo/pausa/lanche/janta)
fimdodia: por hoje (e so/eh so/so/so isso/e so isso), (hoje/hj) (nao/n) (venho/vou/apareco) (/mais),
 (hoje/hj) (nao/n) (/vou )(trabalhar/trabalho/atender/atendo), (/so )volto (/na )
 (segunda/terca/quarta/quinta/sexta/segunda feira/semana que vem/proxima semana),
 (hoje/hj) (nao/n) volto mais, (hoje/hj) (nao/n) volto, (nao/n) volto mais (hoje/hj),
 por hoje (deu/ja deu/foi/acabou/encerrei/terminei/e isso/eh isso/basta/chega), deu (meu horario/minha hora/a
 hora/a minha hora/o horario/meu expediente), (bateu/chegou) (meu horario/a hora/ minha hora),
 larguei (/o trampo/o servico/por hoje), largando (/o trampo/o servico),
 encerrando o dia, (fechei/fechando/encerrei/encerrando) (o caixa/a loja/o dia/meu dia/os trabalhos/o expediente/meu
 turno), cumpri (meu/o) (horario/expediente), partiu casa, sextou fui, acabou por hoje, acabou meu
 (turno/horario/expediente/plantao), terminei por hoje, (ja deu/deu) por hoje, chega por hoje
fimdodia: nao vou (trabalhar/atender) (hoje/mais hoje), (encerra/encerrar/fecha/fechar/finaliza/termina) (o meu/meu/o)
 (dia/turno/expediente), que ja deu, ja deu
 por hoje
embora: indo (nessa/pra casa), vou (indo/picar a mula/pegar o beco/capinar)
proximo: quem (e/eh/que e) (o/a) proxim(o/a), (proximo/proxima) da fila
atender: (vao/vai/vem/venham) (me /)(atender/ser atendido/ser atendida), (serei/vou ser) (atendido/atendida)
prafila: (joga/volta/bota/devolve/poe/coloca/manda/mandar/jogar/voltar/devolver) (/ele /ela /o cliente /a cliente
 /esse cliente
 /essa cliente )(pra/na) fila
anotar: (deixa/deixar) anotado, fazer uma (anotacao/observacao), (coloca/poe/bota/adiciona/registra) uma
 (nota/observacao/anotacao)
usuario: quem sao os (vendedores/consultores/operadores/usuarios/aprovadores), lista (de/dos) (vendedores/consultores/
 funcionarios/pessoas/operadores), quem (ta/esta/tem) (cadastrado/cadastrada/cadastro), pessoas cadastradas,
 (cadastrar/cadastra/adicionar/adiciona/incluir/inclui/criar/cria) (um /uma
 /)(vendedora/consultora/aprovador/aprovadora/ funcionario/funcionaria/colaborador/administrador)(/ novo/ nova),
 acesso ao sistema, acessa o sistema
"""

RETAGUARDA = """
aprova: (pode/manda/mandar) pagar, (pode/) (liberar/libera/libere) (o/esse) pagamento, libera pagamento,
 (dar/da/dou/de) (o/um) ok, ta (aprovado/ aprovada), esta (aprovado/aprovada), da o aval, dou o aval, bate o martelo,
 homologa, homologar, autoriza, autorizar
rejeitar: nega, negue, desaprovar, desaprova, desaprovo, reprove, reprovem, vetar, veta, glosar, glosa, barrar, barra,
 nao (pode pagar/paga/pague), contestar, contesta, manda de volta, devolve pro (robo/operador)
delegar: (vai/vao/pode/podem) (aprovar/ficar/decidir) (por mim/no meu lugar),
 (passa/passe/repassa/repassar/transfere/transferir/deixa/deixar/joga) (minhas/as) aprovacoes, (aprova/aprove/
 aprovando/aprovar) (por mim/no meu lugar), no meu lugar, (fica/ficar/ficara/ficando) (por mim/no meu lugar/como
 substituto/como substituta), meu substituto, minha substituta, me substitua, (vai/pode) me (cobrir/substituir)
faltar: (ainda /)nao (foram/foi/estao/esta) (baixado/baixada/baixados/baixadas), (ainda /)nao
 (baixaram/baixou/chegaram/chegou/vieram/veio/sairam/saiu/temos),
 (ainda /)nao foram aprovadas, sem baixar, por baixar, a baixar
esperando: esperando por mim, (me/a me) esperando, na minha (mao/mesa/alcada), comigo pra aprovar, (na/ em) espera
pendente: vencendo, (vence/vencem) (hoje/amanha/essa semana), pra aprovar, pra aprovacao, pra (eu/mim)
 (aprovar/decidir/olhar/ver), por aprovar, sem aprovar, (aguardando/esperando) (aprovacao/minha aprovacao/meu
 ok/ok/decisao/minha decisao), na minha fila
baixar: baixa, baixe, baixem, baixo, rebaixar, baixa de novo, (puxar/puxa/buscar/busca/pegar/pega) (a/as) fatura(/s)
falhou: morreu, morto, caiu o sistema, (deu/deram/dando/dar/teve/houve/ta dando/com)
 (erro/erros/pau/problema/problemas/falha/ruim/merda), travou,
 travaram, quebrou, quebraram, quebrada, caiu o robo, nao (rodou/rodaram), bugou, bugado, parou de (rodar/funcionar)
rodando: na ativa agora, em processamento, (ta/esta/estao/tao) executando
livre: sobrando, sobra, vagando
emuso: (segurando/prendendo/ocupando) (o/os/um) (login/logins/acesso/ acessos), preso, presos
liberar: revogar, revoga, revogue, derrubar, derruba, derrube, desprender, (tirar/tira/recolhe/recolher/pega de volta/
 devolve/devolver) (o/os) (acesso/acessos/login/logins)
agendado: (na/pra) fila de execucao, tarefas, (roda/vai rodar/vao rodar) (hoje/amanha/depois/de noite/a noite)
parado: (coisa/alguma coisa/algo/algum processo/tudo/muita coisa) (parada/parado/travada/travado/presa/preso/encalhada)
auditoria: quem (entrou/acessou/logou/acessa) (/no /o )(painel/sistema/site),
 (log/historico/registro) (de/das/do) (atividades/alteracoes/auditoria/mudancas/acoes/sistema), quem fez (o
 que/que/oque), (mudancas/alteracoes) (feitas/recentes), rastreio, quem (apagou/excluiu/cancelou a fatura)
painel: (entrar/acessar/abrir) no (painel/site/sistema web), painel (web/do site/da web), a pagina do painel, (link/
 endereco/site) (do/da) (painel/pagina/sistema)
backup: copia (dos dados/da base), salvar (os dados/tudo), backap, beckup, becap, bekup
"""

CLIENTES = """
pessoa: (setor/time/area/departamento/equipe/pessoal) (de/do/da)
 (vendas/cobranca/suporte/cancelamento/financeiro/comercial/atendimento/ retencao/tecnico), (uma/um)
 (moca/moco/mocinha/rapaz/menina/cara), mocinha, rapaz, vendedor de verdade, (uma/) pessoa (de
 verdade/real/mesmo/humana/de carne e osso), (um/) (ser/atendente) humano, alguem (de verdade/humano/ real/da loja/da
 empresa/responsavel), ser humano, time de (vendas/atendimento/suporte), equipe de (vendas/ atendimento/suporte),
 (o/a) (moco/moca) do atendimento, gente como a gente, atendimento (com gente/com pessoa/pessoal/de gente/por gente),
 atendentee
atendido: (pode/podem/poderia/consegue) me (ajudar/atender/dar uma ajuda/socorrer), atenda (aqui/ai/logo), atende
 (logo/eu/nois/nos/a gente), (alguem/pode/podem) me (dar atencao/responder/retornar/dar um retorno)
cansei: cansei, cansei de, cansado de, cansada de, cansei ja, ja cansei, de saco cheio, to cheio, enjoei, perdi a
 paciencia, paciencia acabou
depoisvolto: depois (/eu )(volto/chamo/falo/tento/ligo/vejo), (volto/chamo/falo/tento/ligo) (depois/amanha/mais tarde/
 outra hora/outro dia), (outra hora/outro dia/amanha/mais tarde) (/eu )(volto/chamo/falo/tento/ligo), fica pra
 (depois/ proxima/outra hora/outro dia)
foradafila: (me tira/me tire/tira eu/me remove/pode me tirar/me tirem/me exclui) (daqui/dai/da fila/da
 espera/disso/desta fila), (tira/tirar) meu nome( da fila/), sair (da/dessa/desta) (fila/espera),
 (abandonar/largar/deixar) a fila, nao quero (mais ficar/ficar) (na fila/esperando)
reclamar: ninguem (da retorno/retorna/resolve/faz nada/me ajuda/ajuda/liga/responde nada), (que/quanta)
 (vergonha/palhacada/ demora/falta de respeito/enrolacao/incompetencia), (horrores/um horror/horror), nao (funciona
 nada/resolvem nada/ resolve nada/aguento mais), vou (no procon/na anatel/acionar o procon/pra justica/na
 justica/entrar na justica/ reclamar/denunciar/trocar de operadora), (terceira/quarta/quinta/decima/segunda/enesima)
 vez que, toda hora (cai/isso), servico (ruim/fraco/porco), atendimento (ruim/fraco/horrivel), enrolacao,
 (fdp/vtnc/caralho/porra/vagabundo),
 (vagabundos/safados/golpistas/bandidos), (vai/vao/va) tomar (no/na), pouca
 vergonha, uma bagunca, palhacada
assunto: (o /)(telefone/endereco/numero/whats/contato/email/horario) de (voces/vcs/contato/funcionamento/atendimento),
 onde (fica/eh) a loja, (endereco/telefone) da loja, net, minha net, a net, a via, via do boleto, nao (funciona/ta
 funcionando/esta funcionando/pega/conecta/liga/abre), 2a, (sem/to sem/estou sem)
 (internet/sinal/wifi/linha/telefone/tv/conexao), luz vermelha, piscando vermelho, segunda via,
 (trocar/mudar/aumentar/diminuir) (de plano/meu plano/o plano/a velocidade/a senha/minha senha), senha do wifi, a
 senha, upgrade, downgrade, repetidor, telefone fixo, (esim/e sim card), recarga, pre pago, pos pago, controle,
 (atende/ atendem/tem/chega/cobre/cobrem) (no/na/aqui no/aqui na/em) (bairro/rua/minha rua/meu bairro/regiao/minha
 regiao/ cidade/condominio/predio), mudei de (casa/endereco), (trocar/mudar) (de endereco/o endereco/o vencimento/a
 data), religar, religacao, desbloqueio, (conta/fatura) (veio errada/errada/alta/cara), protocolo,
 instalaram, nao (instalaram/apareceram), agendar (uma visita/visita/instalacao), orcamento, cotacao, (quero/queria)
 (por/colocar) internet, internet (lenta/ruim/caindo/nao funciona)
onde: (cade/e) (o/a) (atendente/consultor/moca/moco/pessoa) que
"""
