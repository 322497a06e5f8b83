"""What is written down of a sale as it goes: who did what, what was asked, never what was answered in secret."""

from uuid import UUID

from core.auditoria.auditoria import Autor
from core.secret_names import without_numbers
from core.venda.perguntas import Pergunta, TipoResposta
from storage.transaction import Transaction
from storage.venda.passos import PassoVenda, add_passo

_TEXT_LIMIT = 500
# Their answers are one of a few that the robot itself named; any other may be somebody's name, phone or CPF.
_NAMED_BY_THE_ROBOT = frozenset({TipoResposta.OPCAO, TipoResposta.SIM_NAO})


async def note(
    tx: Transaction, venda_id: UUID, passo: PassoVenda, por: Autor | None = None, **detalhe: str | int | None
) -> None:
    """Write down one step. `por`: whose doing it was; None for the robot and the clock."""
    said = {name: _shown(value) for name, value in detalhe.items() if value is not None}
    who = {} if por is None else {"usuario_id": por.usuario_id, "canal": por.canal}
    await add_passo(tx, venda_id, passo=passo.value, detalhe=said or None, **who)


async def note_question(tx: Transaction, venda_id: UUID, pergunta: Pergunta) -> None:
    """The robot asked."""
    await note(tx, venda_id, PassoVenda.PERGUNTA, texto=pergunta.texto, tipo=pergunta.tipo.value)


async def note_answer(tx: Transaction, venda_id: UUID, pergunta: Pergunta, resposta: str, por: Autor) -> None:
    """The seller answered; what, where the robot offered it."""
    said = None
    if pergunta.tipo in _NAMED_BY_THE_ROBOT:
        said = next((one.texto for one in pergunta.opcoes if one.resposta == resposta), resposta)
    await note(tx, venda_id, PassoVenda.RESPOSTA, por, resposta=said, tipo=pergunta.tipo.value)


def _shown(value: str | int | None) -> str | int | None:
    return without_numbers(value)[:_TEXT_LIMIT] if isinstance(value, str) else value
