"""What customers ask about their own data, and what only sounds like it."""

import pytest

from core.lgpd.pedidos import Pedido, pedido_of

APAGAR = """
apaga meus dados
quero que apaguem meus dados
por favor excluam o meu cadastro do sistema
remove meu cadastro ai
deleta meus dados pfv
tira meu nome do sistema de vcs
apague meu número
cancela meu cadastro
quero a exclusão dos meus dados
quero exercer meu direito ao esquecimento
não quero meu telefone com vocês
apaga tudo que vocês tem de mim
gostaria de excluir todos os meus dados
delete my data
quero meus dados fora daí
quero meus dados apagados
gostaria que meus dados fossem todos excluídos
i want my data deleted
quiero mis datos borrados
"""
SABER = """
vazou meus dados
quais dados vcs tem de mim?
que dados meus vocês guardam?
o que vcs sabem de mim
quero uma cópia dos meus dados
vcs vendem meus dados?
vazaram meus dados?
meus dados estão seguros?
como vocês conseguiram meu número?
quem passou meu telefone pra vcs
isso é contra a lgpd
qual a política de privacidade?
quero acessar meus dados
quem é o encarregado de dados?
"""
SOSSEGO = """
quero ser removido da lista de contatos de vcs
cancelar inscrição
nao autorizo o uso da minha imagem
eu nao autorizei ninguem a me ligar oferecendo plano
não me mande mais msg
não me mandem mais mensagem
nao me manda mais nada
para de me mandar mensagem
parem de me ligar
pare de mandar propaganda
não quero mais receber mensagens
não quero receber promoção
nao quero mais mensagem de vcs
quero sair da lista
me tira dessa lista
me descadastra
não autorizo usar meu número
não autorizo contato
me deixem em paz
chega de spam
bloqueiem meu número
stop
unsubscribe
não me incomodem mais
parem de me ligar todo dia
"""
NENHUM = """
quero cancelar a instalação
não autorizei a troca de plano
quero cancelar meu plano
esqueci meus dados de acesso
acabaram meus dados móveis
meus dados moveis não funcionam
não recebi a mensagem do técnico
vocês não me mandaram o boleto no whatsapp
não chegou o boleto no meu email
tira meu nome da fila
quero sair da lista de espera
já passei meus dados pro outro atendente
posso passar meus dados?
quero atualizar meus dados
mudei meu número
apagaram meu cadastro?
não me manda mensagem agora, to no trabalho
vi no site que vcs mandam promoção
não quero esperar
me liga no 11988887777
não consigo mandar mensagem pro técnico
quero receber o boleto por whatsapp
a internet não manda nem mensagem
sair
"""


@pytest.mark.parametrize(
    ("texto", "pedido"),
    [
        (line, pedido)
        for pedido, lines in (
            (Pedido.APAGAR, APAGAR),
            (Pedido.SABER, SABER),
            (Pedido.SOSSEGO, SOSSEGO),
            (None, NENHUM),
        )
        for line in lines.strip().splitlines()
    ],
)
def test_what_is_asked_of_ones_own_data(texto: str, pedido: Pedido | None) -> None:
    assert pedido_of(texto) == pedido
