"""First names and operadoras as people write them: no typing error of a word of ours ("Carla" is no "cara").

They mean nothing to the grammar; after a preposition they are a name like any other unknown word.
"""

from core.fala.lexico.texto import listed

NOMES = """
abel abner adalberto adao adelia ademar ademir adilson adriana adriano agatha agenor agnaldo ailton airton alan alana
alba alberto alceu alda aldair aldo alessandra alessandro alex alexandra alexandre alexsandro alfredo alice alicia
aline alisson allan almir aloisio altair alvaro amalia amanda amelia americo ana anderson andre andrea andreia andressa
andrey angela angelica angelo anita anselmo antonia antonio aparecida aparecido ariana ariel arlete arlindo armando
arnaldo artur arthur augusto aurea aurelio barbara beatriz benedita benedito benicio benjamin bento bernardo betania
beto bia bianca brenda breno bruna bruno caio camila camilo carina carla carlos carmem carmen carol carolina caroline
cassia cassio caua catarina cecilia celia celio celso cesar cicero cida cintia cirilo clarice clarissa claudemir
claudete claudia claudio clayton cleber cleide cleiton clelia cleo cleonice cleusa clovis conceicao cristian cristiana
cristiane cristiano cristina cynthia dagmar daiana daiane daisy dalila dalva damiao daniel daniela daniele danielle
danilo danubia dario davi david debora deise deivid denilson denis denise denilton derick diana diego dilma dilson
dinah dirce dirceu dolores domingos donato douglas dulce durval eder ederson edgar edilson edimar edina edinaldo
edinho edison edivaldo edmar edmilson edna edson eduarda eduardo edvaldo elaine elber eliana eliane elias elisa
elisabete elisangela elizabeth elizeu eliza eloa elton elza emanuel emanuela emerson emilia emilio enzo erica erick
erika ernesto esmeralda estela ester eugenia eugenio eunice eva evandro evelyn everaldo everton fabiana fabiano fabio
fabricia fabricio fagner fatima felipe felix fernanda fernando filipe flavia flavio francine francisca francisco
franciele fred frederico gabi gabriel gabriela gabriele geisa genilson genivaldo geovana geovane geraldo gerson
gil gilberto gilda gilmar gilson giovana giovani gisele gislaine giulia gloria graca gracas graziela graziele gu
guilherme
gustavo haroldo hebert heitor helder helena helenice helio heloisa henrique hercules herbert hilda hugo iago iara
ieda igor ilda ilma inacio ines ingrid iolanda iracema irene iris isaac isabel isabela isabella isadora isaias ismael
israel itamar iuri ivan ivana ivaneide ivete ivone ivonete izabel izabela jacira jackson jacqueline jade jaime jair
jairo jamile janaina jandira jane janete jaqueline jean jefferson jessica jhonatan joana joao joaquim joel joelma
jonas jonatas jonathan jordana jorge jose josefa josiane josias josue josiel joyce juan juca julia juliana juliano
julio juliete junior juraci jurandir jussara karen karina karine karla katia keila kelly kelvin kleber laercio lais
lara larissa laura lauro lavinia leandro leia leila lelia lena leo leonardo leonel leonor leticia levi lia lidia
ligia lilian liliane lina lindalva lisa livia lorena lorenzo lourdes lourenco lua luan luana luca lucas lucelia lucia
luciana luciano luciene lucimar lucio lucrecia luis luisa luiz luiza luna lurdes lydia magali magda magno maiara
maicon maira maisa manoel manu manuel manuela mara marcela marcelo marcia marcio marco marcos margarida maria mariana
mariane marilda marilene marilia marina mario marisa mariza marlene marli marlon marta martha mateus matheus matias
maura mauricio mauro maximiliano mayara maycon melissa michel michele michelle miguel milena milton mirela miriam
moacir moises monica monique murilo nadia naiara nair nando natalia natan natasha nathalia nayara neide neiva nelson
neto neuza newton nicolas nicole nilo nilson nilton nilza nina nivaldo noemi nora norma odair odete olga olivia
orlando oscar osmar osvaldo oswaldo otavio otto pablo paloma pamela paola patricia paula paulinha paulinho paulo pedro
pietra pietro poliana priscila quiteria rafa rafael rafaela raimunda raimundo ramon raquel raul rayane rebeca regiane
regina reginaldo reinaldo renan renata renato rene ricardo rita roberta roberto robson rodolfo rodrigo rogerio
romario romeu romulo ronaldo roni rosa rosana rosangela roseli rosemeire rosilene rosinha rubens rui ruth sabrina
samanta samara samuel sandra sandro sara saulo sebastiana sebastiao selma sergio sheila silas silmara silvana silvia
silvio simone sinval solange sonia soraia stefany stela stephanie sueli suelen susana suzana taina tainara tais tales
talita tania tarcisio tatiana tatiane telma teo teodoro teresa tereza thais thales thalita thiago tiago ticiana
tomas tulio ulisses uriel vagner valdemar valdir valentina valeria valmir valter vanda vanderlei vanessa vania vera
veronica vicente vilma vinicius violeta virginia vitor vitoria vivian viviane wagner waldir walter wanda wanderson
wanessa washington wellington wendel wesley weverton willian wilson xavier yago yan yara yasmin yuri zeca zelia
zilda zeze zuleica
vivo claro tim algar nextel embratel sky brisanet desktop ligga unifique vero copel sercomtel
"""

FIRST_NAMES = frozenset(NOMES.split())
OPERADORAS = frozenset(listed("vivo claro tim oi algar nextel embratel sky net brisanet desktop ligga unifique vero"))
SERVICOS = frozenset(listed("luz agua energia telefone internet celular gas telefonia"))
"""These, and the operadoras, are said between a fatura and whose it is: "a conta de luz do mercado"."""
