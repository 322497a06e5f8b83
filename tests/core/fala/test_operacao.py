"""What staff ask of the operation, and what only sounds like it."""

import pytest

from core.fala.leitura.operacao import Operacao, asks_of_operation


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        *((said, Operacao.PORTAL) for said in ("a vivo já voltou?", "o portal da vivo tá fora", "a oi caiu?")),
        *((said, Operacao.LOGIN_DO_PORTAL) for said in ("senha da vivo", "a senha do portal mudou")),
        ("a senha da tim mudou onde troco", Operacao.LOGIN_DO_PORTAL),
        ("quantos vendedores venderam hoje", Operacao.VENDAS),
        ("me lembra amanha de aprovar a da claro", Operacao.AVISO),
        *((said, Operacao.AVISO) for said in ("me avisa qdo chegar", "me lembra amanhã cedo", "avisa se a tim cair")),
        *((said, Operacao.CLIENTES) for said in ("quantos clientes temos", "qts clientes cadastrados")),
        *((said, Operacao.PESSOAS) for said in ("quantos vendedores", "qtas pessoas tem na equipe?")),
        *((said, Operacao.QUEM) for said in ("quem são os aprovadores?", "quais são os vendedores")),
        *((said, Operacao.VENDAS) for said in ("oi, queria ver quanto a gente vendeu ontem", "vendas de ontem")),
        *((said, Operacao.VENDAS) for said in ("quantas vendas hoje", "quem vendeu mais esse mês?")),
        *((said, Operacao.VENDAS) for said in ("qual vendedor vendeu mais", "quem é o melhor vendedor do mês")),
        *(
            (said, Operacao.NOTA)
            for said in (
                "qual consultor tem a melhor nota",
                "quem é o melhor consultor do mês",
                "qual a média das avaliações?",
                "nota média dos atendimentos",
            )
        ),
        *(
            (said, Operacao.APROVADORES)
            for said in (
                "quem mais aprova alem de mim",
                "quem vai aprovar as de hoje?",
                "quem aprova as faturas",
                "qm pode aprovar hj?",
                "quem mais pode decidir as contas hj?",
                "quem ta aprovando",
                "quem decide as faturas agora",
            )
        ),
        *((said, None) for said in ("quem aprova por mim", "quem aprovou a da oficina?", "quem aprova a da oficina")),
        *((said, Operacao.EXPORTAR) for said in ("exporta os dados da marina", "extrai os dados do cliente")),
        *((said, Operacao.REJEITADAS) for said in ("quais foram rejeitadas?", "mostra as reprovadas")),
        *(
            (said, None)
            for said in ("quantos clientes na fila?", "quantos consultores online", "as da vivo", "as da tim tão ok?")
        ),
        ("quem fechou mais atendimento esse mes?", Operacao.NOTA),
        *(
            (said, Operacao.TELEFONE)
            for said in ("qual o numero do bruno", "me passa o zap da ana", "tem o tel da elisa?")
        ),
        *((said, None) for said in ("qual o numero do pedido", "manda a nota da ana")),
        ("me avisa qdo chegar fatura nova", Operacao.AVISO),
        ("quantas vendas cairam hoje", Operacao.VENDAS),
        ("qts vendas a ana fez?", Operacao.VENDAS),
        ("quantas vendas teve hj", Operacao.VENDAS),
        ("me passa o login da vivo", Operacao.LOGIN_DO_PORTAL),
        ("quantas faturas rejeitamos mes passado", Operacao.REJEITADAS),
        *((said, None) for said in ("nota: prefere de manhã", "NOTA", "te aviso quando voltar", "minhas vendas")),
        *(
            (said, None)
            for said in (
                "aprova a conta da Vivo",
                "quantas vendas eu fiz hoje",
                "minhas vendas de hoje",
                "rejeitada",
                "vendas",
            )
        ),
    ],
)
def test_what_staff_ask_of_the_operation(said: str, wanted: Operacao | None) -> None:
    assert asks_of_operation(said) is wanted
