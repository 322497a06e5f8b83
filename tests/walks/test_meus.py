"""People ask for their own work: consultores whom they attended, sellers what they sold, customers their protocolo."""

from storage.pessoa.perfil import Perfil
from tests.support.consultores import DAVI, MARIA, PEDRO, attended, consultor, customer
from tests.support.sellers import seller, sells
from tests.support.service import RunningService
from tests.walks.test_processos import person


async def test_a_consultor_asks_how_many_they_attended_and_what_those_said(service: RunningService) -> None:
    davi, maria = await consultor(service, DAVI), await customer(service)
    await davi.says("quantos atendi hoje?")
    await davi.sees("Hoje: 0 clientes atendidos.")
    await attended(service, maria, davi)
    await davi.says("quantos atendi hoje?")
    await davi.sees("Isso parece ser para mim: não enviei a Maria.")
    await davi.says("quantos atendi hoje?")
    await maria.sees("quantos atendi hoje?")
    await davi.says("ENCERRAR")
    await maria.sees("que nota você dá?")
    await maria.says("4")
    await maria.sees("Obrigado pela nota!")
    await davi.says("qual minha nota hoje?")
    await davi.sees("Hoje: 1 cliente atendido. Nota 4,0 de 5, de 1 cliente.")


async def test_a_consultor_finds_what_they_attended_by_day_and_by_name(service: RunningService) -> None:
    davi, maria = await consultor(service, DAVI), await customer(service)
    await attended(service, maria, davi)
    await davi.says("ENCERRAR")
    await maria.sees("que nota você dá?")
    await maria.says("qual é o meu protocolo?")
    await maria.sees("O seu último protocolo é #00001, de ")
    await maria.says("5")
    await maria.sees("Obrigado pela nota!")
    await davi.says("cadê o atendimento da Maria de hoje")
    found = await davi.sees("Atendimentos seus, os mais novos primeiro:\n#00001 · ")
    await davi.taps(found.labels[0])
    await davi.sees("0 mensagens")
    await davi.says("quem eu atendi ontem?")
    await davi.sees("Não encontrei atendimento seu assim.")
    await davi.says("qual o protocolo da Joana?")
    await davi.sees("Não encontrei atendimento seu assim.")


async def test_an_administrator_asks_of_a_consultor_and_hears_nothing_of_themselves(
    sqlite_service: RunningService,
) -> None:
    davi, maria = await consultor(sqlite_service, DAVI), await customer(sqlite_service)
    adm = await person(sqlite_service, "telegram", perfil=Perfil.ADMINISTRADOR)
    await adm.says("como foi o atendimento do Davi hoje?")
    await adm.sees("Davi Alves · Hoje: 0 clientes atendidos.")
    await attended(sqlite_service, maria, davi)
    await davi.says("ENCERRAR")
    await maria.sees("que nota você dá?")
    await maria.says("4")
    await maria.sees("Obrigado pela nota!")
    for asked in ("quantos clientes o Davi atendeu hoje?", "qual a nota do Davi hoje?"):
        await adm.says(asked)
        await adm.sees("Davi Alves · Hoje: 1 cliente atendido. Nota 4,0 de 5, de 1 cliente.")
    await adm.says("qual a nota do Zé hoje?")
    await adm.sees("ão entendi")


async def test_a_customer_without_a_protocolo_hears_how_one_is_given(sqlite_service: RunningService) -> None:
    maria = await customer(sqlite_service)
    await maria.says("qual o meu protocolo?")
    await maria.sees("Você ainda não tem protocolo aqui")
    await maria.taps("Falar com consultor")
    await maria.sees("Seu protocolo: #00001")
    await maria.says("me passa o protocolo de novo")
    await maria.sees("Seu protocolo: #00001")


async def test_a_seller_asks_how_much_they_sold_and_how_the_last_one_ended(loja: RunningService) -> None:
    ana = await seller(loja)
    await ana.says("quantas vendas fiz hoje?")
    await ana.sees("Hoje: nenhuma venda sua.")
    job = await sells(loja, ana)
    await job.complete({"numero_pedido": "NIO-1"})
    await ana.sees("Número do pedido: NIO-1")
    await ana.says("quantas vendas fiz hoje?")
    await ana.sees("Hoje: 1 venda, 1 com pedido.\n")
    await ana.says("e ontem?")
    await ana.sees("Ontem: nenhuma venda sua.")
    await ana.says("quantas vendas tive ontem e hoje?")
    await ana.sees(": 1 venda, 1 com pedido.")
    await ana.says("quanto eu recebo por venda?")
    await ana.sees("não ficam aqui")
    await ana.says("me passa o número do pedido de novo")
    await ana.sees("Não há venda em andamento. Para começar, digite VENDER.\nA última: ")
    await ana.says("cadê a venda da dona Maria?")
    await ana.sees("e não o nome de quem comprou")
    await ana.taps("Minhas últimas vendas")
    await ana.sees("✅ pedido NIO-1")


async def test_what_is_not_kept_here_is_answered_and_nothing_changes_at_an_hour_to_come(loja: RunningService) -> None:
    davi, ana = await consultor(loja, DAVI), await seller(loja)
    await ana.says("quanto vou ganhar de comissão?")
    await ana.sees("não ficam aqui")
    await ana.says("quem é meu supervisor?")
    await ana.sees("Quem supervisiona quem não fica aqui")
    await ana.says("quem vendeu mais esse mês?")
    await ana.sees("As suas: VENDAS.")
    await davi.says("saio daqui a 10 minutos")
    await davi.sees("Com hora marcada eu não mudo nada.")
    assert [row["status"] for row in await loja.rows("SELECT status FROM agent_presence")] == ["online"]
    await davi.taps("Encerrar o meu turno")
    await davi.sees("offline")


async def test_a_stranger_who_works_here_hears_who_registers_them(sqlite_service: RunningService) -> None:
    ze = await sqlite_service.phone("whatsapp", "Zé", "5531977770000")
    await ze.says("trabalho aí, sou vendedor novo, como me cadastro?")
    await ze.sees("Este telefone não está cadastrado. Peça ao administrador da sua operação para cadastrá-lo.")


async def test_what_is_said_with_the_wish_for_a_person_is_read_by_whoever_attends(
    sqlite_service: RunningService,
) -> None:
    davi, maria = await consultor(sqlite_service, DAVI), await customer(sqlite_service)
    await maria.says("preciso falar com alguém sobre a fatura do meu plano")
    await maria.sees("Seu protocolo: #00001")
    await maria.says("ja tenho vcs como operadora, posso mudar o plano?")
    await maria.quiet()
    await davi.taps("Aceitar")
    said = await davi.sees("O que já foi dito:")
    assert "sobre a fatura do meu plano" in said.text
    assert "posso mudar o plano" in said.text


async def test_an_administrator_who_names_nobody_of_ours_hears_so(sqlite_service: RunningService) -> None:
    adm = await person(sqlite_service, "telegram", perfil=Perfil.ADMINISTRADOR)
    await adm.says("como foi o atendimento do Zé?")
    await adm.sees("Ninguém que atende se chama Zé.")
    await adm.says("qual o protocolo da Marina?")
    await adm.sees("Você ainda não atendeu ninguém por aqui.")


async def test_why_nobody_comes_is_told_with_the_way_out(sqlite_service: RunningService) -> None:
    davi = await consultor(sqlite_service, DAVI, online=False)
    await davi.says("pq não cai cliente pra mim?")
    why = await davi.sees("Você não está online")
    assert why.labels == ["Atender clientes"]
    await davi.taps("Atender clientes")
    await davi.sees("🟢 Você está online.")
    await davi.says("pq não cai cliente pra mim?")
    await davi.sees("você está online, e ninguém espera agora")


async def test_what_customers_said_is_shown_the_lowest_first(sqlite_service: RunningService) -> None:
    davi = await consultor(sqlite_service, DAVI)
    await davi.says("teve reclamação?")
    await davi.sees("Nenhum cliente seu deixou nota ou comentário ainda.")
    for quem, stars, words in ((MARIA, "5", "muito bom"), (PEDRO, "2", "demorou muito")):
        someone = await customer(sqlite_service, quem)
        await attended(sqlite_service, someone, davi)
        await davi.says("ENCERRAR")
        await someone.sees("que nota você dá?")
        await someone.says(stars)
        await someone.sees("escreva um comentário")
        await someone.says(words)
        await someone.sees("foi guardado")
    await davi.says("teve reclamação?")
    shown = await davi.sees("as notas mais baixas primeiro")
    assert shown.text.index("⭐ 2 · “demorou muito”") < shown.text.index("⭐ 5 · “muito bom”")


async def test_what_has_ended_is_not_opened_again(sqlite_service: RunningService) -> None:
    davi = await consultor(sqlite_service, DAVI)
    await davi.says("encerrei sem querer")
    await davi.sees("um atendimento encerrado não reabre")
