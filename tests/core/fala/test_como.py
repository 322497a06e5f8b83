"""A question about an act is told from the wish for it, and from how something is."""

import pytest

from core.fala.leitura.como import Como, how_to


@pytest.mark.parametrize(
    ("texto", "como"),
    [
        ("como rejeita?", Como.REJEITAR),
        ("como eu rejeito uma fatura", Como.REJEITAR),
        ("e como faço pra aprovar todas?", Como.APROVAR),
        ("onde desfaço a aprovação?", Como.DESFAZER),
        ("o que é esse amarelo?", Como.SINAIS),
        ("o que significa 🟡", Como.SINAIS),
        ("oq quer dizer essa bolinha vermelha", Como.SINAIS),
        ("como eu vendo?", Como.VENDER),
        ("como lanço uma venda", Como.VENDER),
        ("que sinal é esse 🟢?", Como.SINAIS),
        ("me tira uma dúvida, como cancela?", Como.CANCELAR_VENDA),
        ("pode mandar cliente", None),
        ("dá pra corrigir o valor?", Como.CORRIGIR),
        ("vou te mandar um pdf", Como.TRAZER),
        ("qual a senha da vivo?", None),
        ("esqueci minha senha", Como.SENHA),
        ("posso desfazer depois?", Como.DESFAZER),
        ("como importo os vendedores?", Como.IMPORTAR),
        ("como faço uma nota?", Como.NOTA),
        ("como cancelo a venda?", Como.CANCELAR_VENDA),
        ("como passo o cliente pra outra pessoa?", Como.TRANSFERIR),
        ("como encerra", Como.ENCERRAR),
        ("como fico online", Como.ATENDER),
        ("como tiro uma pausa?", Como.PAUSA),
        ("como faço pra delegar", Como.DELEGAR),
        ("como baixo a fatura?", Como.BAIXAR),
        ("como mando pro sat?", Como.ENVIAR),
        ("como corrijo o valor", Como.CORRIGIR),
        ("como eu mando um pdf aqui?", Como.TRAZER),
        ("como libero um acesso?", Como.LIBERAR),
        ("como cadastro um vendedor novo?", Como.CADASTRAR),
        ("como troco o telefone de alguem", Como.TELEFONE),
        ("como restauro um backup?", Como.RESTAURAR),
        ("como agendo o download?", Como.AGENDAR),
        ("como mudo o horario de um agendamento", Como.MUDAR_AGENDAMENTO),
        ("how do i reject", None),
        ("como está o backup?", None),
        ("como ta a fila", None),
        ("como foi o mês?", None),
        ("como assim?", None),
        ("quero vender", None),
        ("rejeita a da padaria", None),
        ("como ficou a venda?", None),
        ("o que é isso?", None),
        ("como vão as vendas?", None),
    ],
)
def test_what_is_asked_about(texto: str, como: Como | None) -> None:
    assert how_to(texto) is como
