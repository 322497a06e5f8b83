"""A sale, from VENDER to the order number."""

from sandbox.stories.story import Stage, Story, Words


async def play(stage: Stage) -> None:
    ana = await stage.enters("Ana Souza")
    await stage.tells(
        "Ana está com um cliente na linha. Para vender, ela escreve uma palavra no WhatsApp.",
        "Ana has a customer on the line. To sell, she writes one word on WhatsApp.",
    )
    await ana.says("VENDER")
    await ana.sees("Posso começar?")
    await ana.taps("SIM")
    await ana.sees("Venda iniciada")
    await stage.tells(
        "O serviço empresta a ela um acesso BackOffice e um robô entra no portal. Ana não precisa de senha.",
        "The service lends her a BackOffice login and a robot enters the portal. Ana needs no password.",
    )
    await ana.sees("Qual é o CEP")
    await stage.tells(
        "Quando o portal pede um dado, o robô pergunta no chat, e a resposta é conferida na hora.",
        "Whenever the portal wants something, the robot asks in the chat, and the answer is checked at once.",
    )
    await ana.says("30140-071")
    await ana.sees("Qual é o CPF")
    await ana.says("529.982.247-25")
    await ana.sees("Qual plano")
    await ana.taps("Nio Fibra 500 Mega · R$ 99,90")
    await ana.sees("Em que turno")
    await ana.taps("Manhã")
    await ana.sees("Venda concluída! Número do pedido")
    await stage.tells(
        "Pedido gravado, e o acesso já voltou para o próximo vendedor.",
        "The order is placed, and the login is back for the next seller.",
    )


STORY = Story(
    "venda",
    Words("Uma venda", "A sale"),
    Words("De VENDER ao número do pedido.", "From VENDER to the order number."),
    ("Ana Souza",),
    play,
)
