"""Ordinary words of Portuguese, English and Spanish that differ by a letter or two from a word that matters.

They are what keeps a correction from going wrong: "renda" is no mistyped "venda". Made from frequency lists for the
words of the tables in the cores of actions (docs/decisions); nothing else is to be read into their choice.
"""

OUTRAS = """
abandon abandonada abandonado abandonam abandonaram abandone abandoned abandonei abandono abandonou abastada abba
aberta abertamente aborda abordar abortos abram abrao abrem abren abreu abriendo abril abrio abro absolute absolvido
acabado acabam acaban acabar acabas acabe acabem acabo academias academic academica academicas academico academie acao
acatou aceita aceite aceitos aceitou acenda acende acendem acendendo acender acento acepto acerto acesa acesas aceso
acessam acessem acha acham ache achem achou acidente acompana acompanar acompanhada acompanhado acompanham acompanhara
acompanharam acompanhava acompanhe acompanhei acompanho acompanhou aconteca acontecam acontece acontecem acontecer
acontecera acontecia acre actividade actividades acto acusados acusando adam adaptada adaptado ademais adicionado
adicionais adicionam adicione adicionou adnet adoracao adota adotado adotar adote adviser advisory aero afasta
afastadas afastados afastam afastando afastava afinal afirmativa afora agarrados agarrando agende agitacao agnes agra
agrees aguardem aguda aguentar aguente aguia aida aire ajam ajudam ajudara ajudas ajudo alan album albuns alcancando
alda aldo alegacao alem alga algemas algoz algun alguna algunas alguno algunos alho alistar almocos alocar also alto
alugo alves alvo alza amaba amam aman amanda amarrada amarrado amis amos amostra amputar analizar anca ancho andan
andar andas ande andem andi ando andy angular animacao anita anja anna anotem anta ante antigas antigo antiguos anual
anulacao anya aorta aparar aparece apartamento apegar apoia apoiadas apoiados apoie apoios apoiou apolo aporta aportar
aporte aposentar aposto apoyo appear approve apreciar aprendendo aprendido apresenta apresentada apresentadas
apresentado apresentando apresentaram apresentava apresentavam apresente apresentem apresento aprobada aprobado
aprobar aprobo aprovam aquando aram arca arcar areal argo aria arrastado array artigos ascendente asistencia aspero
assar assentar assente assentos assessores assis assista assistant assiste assistencia assistente assisti assistir
assisto assists atacando atena atenta atentado atento atestado atingida atingido atira atirar atire atividade
atrapalhando atrapalhar audiencia aula aumentado aumentam aumentando aumentar aumente aumentos aura ausencias
automatic automaticas automaticos autoridad autoridade autoriza autorizacao autorizadas autorizados autorizando
autorizar autorizava autorize autorizou auxilia auxilios avancando avesso ayudar ayude ayudo azia bacanas bacano baco
baiana baku balancando balao balcas bale ball banana banca bancando bancar bancos banda bandeira bando banheira
banheiros banho banjo bano banqueiro barbeiro barca barco bare barreiro basco bastantes bastasse bata batendo baza
beach bebe became bege beja bela belem belezas bell belle belleza belo belt bender bene bess besta beta bete bica bico
bira bits blanca blanche blanco blogar boat boats boba bobo bobos bobs boca boda bode boia bois bolero bonde bono bons
boots bope borba borda bore borg borja borla born borra boss botao botas botes both boto boys braga branco braz breach
bread breaking breaks breno brie bright broa brota bucha buena bule busca buscam buscan buscas bush bust buys cabe
caber cabra caca cacho caco cada cadu cafes cage cago caia caida caio cair cais caixinha cake cala calar calcao
calcular cale cali caliente calientes calle calls calm calo cama camada cambiado cambiando came caminhar campanha
canastra cancelamentos cancer cane canta cantando cantante cantar cantei canteiro cantinho capa capao capas cape capuz
carcel careca carecem carencia carentes carie carl caro carregado carrinho case cassar cate causa cautelar cave cede
cedido cedidos ceia cela cell censo cento centra centrado centrar centro centrou cera cercado cerco cerdo cero cerrada
cerrado cerro certa certezas certidao certificar certinha certos cerveza cervo cessa cessar cesta cesto cetro chad
chade chai chale cham chamadas chamados chamam chamando chamara chamas chamava chamei chamem chamo champ chan chancela
chanceler chapada chapado chape char charada charla charlas charme chart chas chase chata chato chats chaz cheat checo
chef chefes chefs chegar chego chegue cheguem cheias cheios cheira cheiro chen chet chia chica choca chocar chow chun
cientes cientista ciento cierta ciertamente ciertos cine cinta cintas cisto clama clamar clara clarao clare clark
claros clary cleo clero client clientela clients cloro coat coca cocar code coerencia coger colica colocam colocamos
colocando colocara coloco coloquei coloquem colou comandar comandou combinacao combinada combinadas combinados
combinam combinando combinar combined comecam comecaremos comecas comecem comecemos comem comen comence comentado
comentando comentar comenzar comerciais comerciales comercio comes cometa comete cometendo comeu comica comissao
commercial companhia compania comparado comparados compartilhada compartilhado compartilham compartilhe compartilhem
compartilho compartilhou compensar competir completa completado completam completara completas complete completed
completo completos completou complexa complexas complicar comportar comprada compradas comprado compradores comprados
compramos comprido computador comunicado comunicador comunicam comunicarem comunicarse comunicou comunidad comunidade
comuniquem comunista cona concebida concebido concedida concedido concerto concluidas concluidos concluindo concluiram
concluo conclusao concorda concordam concordar concorde concordou concorre concurso conde condessa conducta conductor
condutor conectadas conectados conectam conectando conecte conector conferem conferida conferido conferiu confessa
confessar confesso confiam confiem confira confiram confirmacao confirmadas confirmados confirmam confirmaram
confirmei confirmou conforma conformar conforme conforto congelamento congelar congreso conheceu conjunta cono
conocido conotacao consenso consertar conserto conserva conservacao conservar consigue consiste consolidacao
consolidada consolidados consolidando consolidar consta constant constatacao constatar construcoes consular consultado
consultas consultoria consultou cont contacte contacto contactos contacts contadas contado contador contam contamos
contando contar contaram contate contatos contatou conte contenha contentar contente contes contestacao contestada
contestar conti contiene continha continuada continuado continuam continuan continuara continuaram continuarao
continuarem continuaria continuas continuava continued continuei continuem continues continuo continuos continuou
conto contorno contos contra contracao contradicao contras contrata contratada convenio convento conversam conversao
conversas converse conversor converta converte converter coordenada coordenadas coordenado coordenadores coordenadoria
coordenados coordenar coordinador cope copo cops cora coreto correcao correcoes correcta corredor corrego corregos
correia correias corremos correndo corrente correo correos correta corretas corretor corretos corria corridas corridos
corrija corrio corrupto corta cortando cortas corto costa costas costo cota cotada cotado cotas coutinho couve cova
covas cover cozer cravou crea crear crece creches crecio credo cree crei creia crente crescente crescentes crew creyo
criam crias cried criem cries crime crio cris crise croche crua cualquier cueca cuente cuero cuia culpados curando
cure curia curtindo curtinho curto dade dairy daisy daley dali daly damos dana danca dancando dancar dance danco dane
dano dare darle date dave deal debe deberia debido debo decencia decentes decida decide decidida decidido decidio
decidira decidiu decimo decio deco dede dedica dedico dedo defende definindo degelo deita deite deito deixam deixas
deixei deixem deixes deixo deja dejado dejarlo deje dejo delacao delegacia delegacias deletar deliberacao delito demas
demencia demite demitir demo demos dende denso dente dentes dentistas dentro denuncio denunciou depend dependa
dependem dependen depender dependo desacordo desbloqueio descansa descansam descanse descartar descendo descenso
descido desco descoberta descobre descobrem descobri descobrira descobriram descobrirem descobriu desconhece descontar
descreve descubrir desea deseja desejava deseje desejos desejou deseos desgraca desista desiste desliga desligar
desligue desliguei desloca deslocar despejo destacar dete determinando determinar determinou detido deva devem dever
devera deveriam deves deveu devida devidas devido devolvam devolvem devon dialogos diamante dica digital digite digito
dile dina dinheiro dino dique dira dire direcionada direcionado direcional direction directora discorda discordar
discorde discordia discordou discurso dish disponible distance distant distantes diste distinta distinto disto dive
dividas dividindo doca docentes dodo doha doia dojo dolo dominado domo donas done dong donna donor donos dons dope
dora dota dotada dotado dove ducha dueno duna dunn dunne dure dutra duvidam duvidar duvide duvido each echa echado
echar echo edit efectiva efectivo efectuar eight eita ejecutar elevacao elevar elite elza emile eminente emirados
emitem emitio emitiu emos emperador encaminhada encaminhado encarando encarregada encarregados encerram encobrir
encontraba encontrada encontrado encontram encontrar encontrara encontras encontrava encontre encontrei encontrem
encontros encontrou encostar encuentra ende enero enfia enfiar enrolados ensure ente entenda entende entendia
entendida entendidos entendimento entera entero enterra enterrado enterrar enterro entes entrado entram entran
entrance entrara entre entregando entrem entres entry enviam enviando enviara enviei envio envolver enxame enxergar
equivocada equivoco erradas errados erram errando escala escolar escolas escolha escolta escova esmero esmola
especialistas espejo esperan esperas esperem esperto espeto esquecam esquecas esquecem esquecer esqueceu esquecia
esqueco esquema essencia estado estalo estan estar estaria estejas estela estendendo estendida estendido esther
estragar estranho estrato evidence evident evidentes evite exacto exam examen exames exams exata exatos excedente
excelentes excellent excluiu executada executado executam execute executiva executive executivo executivos executor
exercitar exibem exibia exibira exibiu exige exigente exigir exija exilados exist exista existam existed existen
existencia existo exists exito experience experiente experientes experimente explicado explorado explorados extendido
exterminar extra extraido extrano extratos faber facam facao facas face facho fact facto fada fade fado fafe fair fake
falam falaremos falas falcao falco falem falemos fales falhar falhe falho falir fall fallo false falso faltar falte
fama fame fanta fara fare faremos farias farmacias faro fartura fase faso fate fato faturar faye faze fazei fazem
fazenda fazermos fazes fear fecham fechas fechem fedido feed feeds feias feiras feixe fenda fender feras fere feria
feridas fernando ferrada ferrado festa festeja ficam ficara ficarmos ficas ficha fifa figado fight figo fija fijo file
files filha filhas fill film filma films filo fina finale finalidade finalista finalizacao finals financeira
financeiras financeiros financiera financiero finas finca find fines finge finn fino fins fiques fire firma firmado
firmar firmas firmo fiscalizar fisco fish fita fitas fito five fixa fixar fixas fixe fixo fizemos flaco flag flat
flecha flora foca focar foco foda fode fofa folgas folha folia fone foque foquem foras ford forja fork form foro fort
forza fraca fraco fraga frango fratura fraturas freak freio fria frias fugi fuji fula fuma fumam funcionado funcionais
funcionar funcionara funcionarias funcionarios funcionava fura furar futura futuras gafe gago gaia gale galo ganhando
garca gare gastando gastaria gear gelar gema geme gender gene genes genre gent gentis gentle geral geraldo geram
gerard gerardo gerem gerenciar gerentes gerir gerson gestao gira girando girar gire glance gora gore gosta gostamos
gostando gostaram gostariam gosto gota gotas grade grampo grand grandes gravou greet greta gritaria guardar guardo
guga guiao guiar guias guida guie gula guria haber habra hago hair hale hall hallar halo hama hanna hare heal hecha
hechos held hell helm hemos hera herencia hero hess higado hire historia historial historias historic historica
historical historicas historicos hogar homer hope hospitais hospitalar hospitales hospitals house houver humanas
humanidad humanidade humido iago iamos ibere ibero ilegal ilogico imagina imagine imaging imaginou imperador inclua
incluia incluida incluido incluira incluiu incorretas inda indecisao indecisos indevida indevido indicando indicios
inferir inform informada informado informais informal informam informaram informed informes informo informou ingerir
iniciacao iniciam inova inovacao inscricoes inserem inseriu insert insistencia insistir instantaneo instrutores
insultar internado internal interrompa interrompem interrompeu intervalos intra intro ioga iria irresponsavel jaca
jaco jade jair jana jango jefa jefes jeff jeitinho jeje jess joca joda jode jogada jogado jogam jogando jogar jogas
jogo joias join jornadas jota joya juda juiza junta juntando juntar juntei jure kaio kale kane kant kate kern khan
kira kobe kota kumar lace laco lago lagos lais lamar lana lancam lancas lancem lancer lances lancha lanchas lanches
lanco lane lange lanka lanza lanzar lasca lavar lave lazer lazio leah leal lease leaves leche leeds legado lele lemos
lenda lenha lentamente lente lentes lera lesma less leste letal leva levam levanta levantada levantado levantam
levantaram levantei levantou levara levas leve levo lhama liar liberacion liberal liberam liberem liberia liberta
libertacao libertar liberte liberto libra libre libres libro licencas licence licencia lida lidado lidar lidera
liderar ligam ligas ligera ligero light ligia ligo liguei liguem lila lilas lima lina lince linhagem lipa lira lisa
lise liso list listas listed listen listos listou lists lite liver lives livra livrei livro livros lixa lixado lixar
liza llama llaman llamas llave llevar loba lobo lobos loca logan logic logica logicos logra logrado logrando lograr
loja lola loma lona longa lora lota lotadas lotados lotar loteria lots lucha luiza lutado maas maca machines macho
maco mada made maes magda mago magos maia maias mail mails maio maisa maiz male mall malo mana manada manage managed
managers manages mancando manchar manco mandam mandan mandas mando mandy mane manga mango mania mans mansa manta mante
mantem mantendo manuel maos mapear maps maquinas mara maravilhas maravilhosa maravilla marc marcal marcam marcando
marcao marcara marcas march marcha marchar marcia marco marcy mare marea maria marica maris marmota marra mars marta
martinho mascar mass massa matricular maus meal mecha media medical medicao medicas medici medicos medida medido
medidos medina medio meetings memo menta mente mentes mera meramente mercador mercados mere mero mesmas mesmos mess
mestra mexico mica mico miente mighty mila mine mineracao minta mira mirar mire misma mismo mista misto mito moda mode
moita molhar mona monde monja mono mont montam montando montao monte monti monto monty monza mora morrido morta
mostarda mostram mostrara mostras mostrava mostrei mostrem mostro mota motas motivacao motta mova muchos muco muero
muitas muitos murcha muto nacho nadam nair nalguns nanda narram nassar nata natas natura navas neal near necesaria
necesario necesarios necesita necesitaba necesitan necesitas necesite necessaria necessarias necessarily necessarios
necessary necessita necessitam necessite necessity nega negam negan negao negativa negativas negative negativos negra
negue neither nerd nerds nero ness neta netas neva nevar neve nico nine nisto noiva noivas noivo noivos nomas nome
nona nono nora nose notacao notada notado notam notar note notes noto nous noutra noutras noutro noutros novaes novais
novak nove novia novio nuca nula obra observada observadas observado observando observaram obstante obvia obvios ocde
ocho ocidente ocorrida ocorrido ocupacao ocupacoes ocupara ocuparam ocupava ocupavam ocupe ofendido oficinas oico olga
olhai olham olhao olhas olvidado omer omite omitir once onda onze oops operado operadoras operados operando operated
operation operators oposto optimo oracle oral oreo ostra ostras otico otima otimos otras otros ouro ouros outta ouve
ouvida ouvidas ovos pace paco padarias padece padrao padre pagando pagaria page pagos pagou pair pairando pais paje
pale palestina palestras palo panca panda pane paper param paras pareca parecem parecen parecendo parecer pareces
pareceu pareco pared parede parei parem pareo pares pari parir pariu park paro parra parsa part parti partia
particulas partido partidos pasaje pasando pasaria pase pasear pases pasha pass passam passaro passas passear passed
passem passes passo pasta paste pasto patroa paula paulinha paulinho paus pausar pausas pauta peach peak pearson pecar
pecho pedida pedimos pega pegam pegas pegue peido peixe pele penha pensa pensado pensador pensam pensao pensas pense
pensem pensou pente pequenas pequeno perdedor perdendo perdidos perdon perdona perfecta perfectamente perfectly
perfeicao perfeita perfeitas perfeitos peron persistencia personaje personajes personales personally personnel persons
pertencia pertinho perto pesando pesar peso pessoais pica picar pico pienso pila pilas pine pinheiro pintando pique
pira pirando pirar pirou pixar planta plantado plantar plantas plantio plastica plasticas platao poca poda podido
politico ponta pontas pontos pope pops pora porquinho portando portaria porto positiva positivas positive positivos
possa possamos posse possua possuam possuia possuir possuiu post posta postagem postando postou postre posts
pouquinhos pousa povos poxa praga pranto prantos prateado praticam praticar praticas prece preciosa preciosas precioso
precisam precisao precisara precisarao precisarem precisaria precisas precisavam precise precisei precisemos precisos
preenche preenchem preencheu prefeita prefeito prefeitos prefer preferem preferi prefiere prefiero prefira prefixo
pregar premente prendendo presence presencial present presenta presentan presentar presentear presented presentes
presento presents presidente prestando presunto pretend pretenda pretende pretendem pretender pretendia pretensao
pretexto prevendo privacao privadas privados proa probable proceso procesos process processa processado processados
processes processou procissao prod prof profesional professional professor profissionais prog progressos prol promessa
promessas prometendo prontas prosseguem prosseguiu protesto protestos proto prova provada provado provados provando
provar prove provo provou prudente pula pular puma pura pure puxam puxao puxe puxo quaisquer quale quand quasi
quebrando quebro quedando quedo queer queira quenia quere quererem queres queriamos querian querias queridos queriendo
queso quica quiera quiet quim quina quise quiseram quita quite quito quiz quizer rabo rabos raca radar raio ralar ralo
ramais ramo ramos ranco range rapaz rapid rapidas rapidos rapina rare rasgo reacao react read reale realeza realidad
realizada realizado realizador realizam realizan realizara realizaram realizarem realize realized realizo realizou
realm rear receita receitas recente recently recepcao recheada recheado reciente recientes reclusao recluso recolher
recolhido recordar recover recua recuado recuar recuerda recuo recurso recusam recuse redacao redencao reed reeleicao
refeito refere refira refiro reforcando reforcar reformar regar regencia regista registada registado registando
registar register registered registos registou registram registros regulado reich reino rejeitam rejeitos relativo
remos remota remote removal removed removeu removido renal renda rendendo render rendicao rendimento rendimentos
renova renovada renovado renuncia renunciar renuncie renunciou repasse repensar repeticao reportar representacao
representan representando representantes representation representativa representativas representatives representativo
residente resistance resistencia resisti resistir resistiu resisto resolva resolved resolvendo resolveram resolvia
resolvida resolvidas resolvidos resolvo respeitada respeitado respeitar responsables responsaveis responsible restante
resume resumos retencao retida retina retiram retirando retire retiro retorna retornado retornam retornara retornaram
retornarem retorne retornem retornos retornou returned returno reunia reuniam reunidas reunido reunidos reunimos
reunio reuniones reuniram reve revirar revisado revolver rhode ribera rica rico ride rights ringo road roar roba robar
robb robe roca rodam rodas rodea rodeo rodo rogo roja rojo rojos rola rolar rolo rolos roma rombo rome ronda root
roots ropa rope rosa rose rosto rota rotas roto roubos roxa roxo roxos rumar russa sabem saben sabera sabes sabio
sabor sabre saca sacana saco sada sadia sadio sado safadinha safe safer safo saga sage saiba sail sais saito sake sala
salame salarios saldanha saleh salem salen sales salgo sali salia salida salim salio salle salt salta saltar same
samir samu sano sant santa santista sapo sara sarar sardinha sato sauda save savio scale seal seara seca sector seda
seed seeds sega seguem segui seguia seguidas seguidor seguidos seguira seguirmos seguiu segun segundos segure seio
sela sementes sena sensei senso sensores sentando sente sentes sentidos sentimos sepa seque seran serao seras sere
seremos seriamente serias serpa serra serva servicos servido servio sesta seta shame shan shaw shen shoe shop shot
shown shows shun siao sida siente sigam sigan sigh sight sigla sigma sigo sigue silas sims sina sinaliza sinalizar
sine sistemas sita sneak snow sobem sober soca socar socorros soda sola solar solda sole solia solicita solicitada
solicitado solicitam solicitou solicitud soltam soltando soltas soltei soltem solto solve sona sono sope sora sore
sorte sova spare speaks spending starter steak stela step stiff stir stops stuff suando sube subi subia subido subio
subira substitua substituida substituido substituiu substitute substitutos sucre sueno sufre suga suit suiza suman
sumar sumico sumida sumindo sumir sumiu supe supera superb supere superior supervisao supondo suponha supor suporta
suportes suporto supports surf surfe surge sustentar sutra taca taco tais taken tala tale tales talks tall talo tandem
tango tank tanta tara task tcheca teach teca techo tecido tecla teclas teia tejo telao telas tele telefona telefonei
telefonemas telefones telefonia telefonica telefono telegrama telegraph telephone telha tell telma telo tema temas
temo temor tempos temps tenda tende tendem tender tendo tenham tenhas tenia teniendo teniente tenra tensa tenso tenta
tente tento tera teremos terezinha termica termico terminada terminado terminais terminal terminam terminan terminara
terminaram termine terminem terminos termos terno tesla tess testa teta tetos than then tiara tickets tico tida tide
tier tight tigre timo tina tiram tiras tirei tirem tires tiro tita tite toba tocam tocan tocas tocha toco toga togo
tola tolo toma tomen tomo tona tono tonta topa topar tope topos topou tops toque toquei toques tora torca tornada
tornando torneios torno toro tosca toto touca trabajando trabajar trabalha trabalhada trabalhado trabalhador trabalham
trabalhara trabalharam trabalharem trabalhava trabalhe trabalhei trabalhem trabalhos trabalhou traca tracar tracou
trad trae traer tragam trago trai trama tramar tramo trampa tran tranquila tranquilos transferencias transferred
transfers transforma transforme transito transparencia trap trapo trara tras traseira traseiro trata tratam tratan
tratara trator tratou trava travar traze trazem trazes treat treina treinamentos treinando treine treinos treinou
trela tremendo treno triz troquem tuca tuit tuita tula turbo turco turne turnos turns turvo tutoria tutoriais umido
vacia vacio vadia vadio vaga vagando vagao vagas vagoes vaia vais vala valem valen valer vales valia valle value valve
vance vanda vander vania vano vaos varia vaso vasos vaza vazado vazao vazias vazios veamos veda vedder vega veia vejam
vela velhas velho venca vencedor vencedora vencer vencidas vencido vende vendem venden vendra venga venha venia venta
vera veria veridica verificada verificado verificam verificou vermos vero veronica vestidos veta veterinaria
veterinarios veto vetor vevo vexame viaja viajam viajem viamos vibracao vidente vieja viejo viga vigo vila vilas vimos
vinda vine vira viragem virar vire virgem visitante viste visto visualiza voga volando volei volt voltadas voltado
voltados voltaram voltarao voltarem voltaremos voltaria voltarmos volte voltem voltemos voltou volts volvo vota votada
votado votamos votando votei voto vovo vulto wade walk wall walt wanda wang wash weed went were whenever whey wine
wire wise wong wright xico xique xira xisto xota xuxa yago yale year quarto quartos linha linhas
yoda yoga zerar zhen zico zine zona
"""
