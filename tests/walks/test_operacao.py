"""What staff ask of the operation that no chat word shows: a portal, how many there are, who is told of what."""

from storage.operadora.operadoras import count_failure
from storage.transaction import Transaction
from tests.support.service import RunningService
from tests.walks.test_aprovar import approver, arrives
from tests.walks.test_processos import person, processos
from tests.walks.test_titular import administrator


async def test_an_operator_asks_of_the_portal_the_login_and_what_is_told(service: RunningService) -> None:
    [one] = await processos(service, "Moinho Ltda", nome="Vivo", codigo="VIVO")
    hugo = await person(service)
    await hugo.says("a vivo já voltou?")
    await hugo.sees("Vivo: o portal não falhou na última vez.")

    async def fails(tx: Transaction) -> None:
        await count_failure(tx, one.operadora_id)
        await count_failure(tx, one.operadora_id)

    await service.wiring.turns.run(fails)
    await hugo.says("o portal da vivo tá fora")
    await hugo.sees("Vivo: o portal falhou 2 vezes seguidas")
    await hugo.says("algum portal fora do ar?")
    await hugo.sees("Nenhuma operadora está em pausa.")
    await hugo.says("a tim tá no ar?")
    await hugo.sees("Nenhuma operadora daqui tem esse nome.")
    await hugo.says("qual o login do portal do moinho?")
    await hugo.sees("Senhas de portal não passam pelo chat.")
    await hugo.says("me avisa qdo terminar os downloads")
    told = await hugo.sees("aviso sem você pedir")
    assert "quando um robô que você mandou termina" in told.text
    assert "aprovar" not in told.text
    await hugo.says("quantos clientes temos?")
    await hugo.sees("1 conta de cliente ativa.")


async def test_an_administrator_asks_of_the_team(service: RunningService) -> None:
    adm = await administrator(service)
    await service.vendedor("Ana Souza", "5531988804000")
    await adm.says("quantos vendedores a gente tem?")
    told = await adm.sees("2 pessoas ativas:")
    assert "Vendedor · 1" in told.text
    await adm.says("quem são os vendedores?")
    assert "• Ana Souza" in (await adm.sees("Vendedor:")).text
    await adm.says("preciso cadastrar uma vendedora nova, o nome é Joana e o tel 11988887777")
    await adm.sees("No painel, em Usuários")
    await adm.says("libera o do bruno por favor")
    await adm.sees("Nenhum acesso está em uso por Bruno.")
    await adm.says("faz um backup e depois me passa a auditoria de hj")
    assert (await adm.sees("Qual destas coisas primeiro?")).labels == ["Fazer um backup agora", "Quem fez o quê"]
    await adm.says("não")
    await adm.says("quantas vendas a gente fez semana passada")
    await adm.sees("Montando o relatório de vendas")
    await adm.says("qual a média das avaliações?")
    await adm.sees("Montando o relatório de atendimentos")
    await adm.says("qual o numero do bruno")
    await adm.sees("Telefones não aparecem inteiros no chat")
    await adm.says("exporta os dados da marina")
    await adm.sees("balcao lgpd exportar")


async def test_what_was_rejected_is_listed(service: RunningService) -> None:
    gil, _processo = await approver(service), await arrives(service)
    await gil.sees("🧾")
    await gil.says("quais foram rejeitadas?")
    await gil.sees("Nenhuma fatura rejeitada espera outro arquivo.")
    await gil.says("rejeita, o valor está dobrado")
    await gil.sees("Motivo: o valor está dobrado")
    await gil.says("sim")
    await gil.sees("Rejeitada:")
    await gil.says("tem alguma rejeitada?")
    await gil.sees("1 fatura rejeitada espera outro arquivo:")


async def test_who_has_a_login_to_lend_hears_of_their_own(service: RunningService) -> None:
    await service.administrador()
    await service.login_bo("Zélia Reis", "5531988804101")
    zelia = await service.phone("whatsapp", "Zélia Reis", "5531988804101")
    await zelia.says("quem tá com meu login?")
    told = await zelia.sees("O seu acesso está livre")
    assert "Adm Silva" in told.text
    for said in ("troquei a senha, onde coloco", "quero falar com o administrador"):
        await zelia.says(said)
        await zelia.sees("Fale com quem administra os acessos: Adm Silva.")
    await zelia.says("AJUDA")
    await zelia.sees("meu acesso está em uso?")
    await zelia.says("quantos vendedores temos?")
    await zelia.sees("Não entendi")
