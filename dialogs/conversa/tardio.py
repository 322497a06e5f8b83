"""A file that came later than what was written after it: shown on the other side, where a line stood for it."""

from core.conversa.envio import carry_kept
from core.conversa.lados import Lado, side_of_customer
from core.delivery_errors import NO_OBJECT, TOO_LARGE
from dialogs.conversa.consultor import name_or_customer
from dialogs.conversa.copias import side_of_consultor, tell
from dialogs.conversa.recusa import in_place_of_file
from storage.atendimento.atendimentos import atendimento_by_id
from storage.atendimento.status import StatusAtendimento
from storage.contatos.contatos import glance
from storage.conversa.arquivos import arquivo_by_id
from storage.conversa.mensagens import Mensagem
from storage.conversa.tipos import Autor
from storage.transaction import Transaction


async def bring(tx: Transaction, mensagem: Mensagem, erro: str | None) -> None:
    """Show the message's file to who waits for it; with `erro`, say that it could not be had.

    After the end of the atendimento nobody waits: the file stands in the transcript.
    """
    arquivo = await arquivo_by_id(tx, mensagem.arquivo_id) if mensagem.arquivo_id is not None else None
    lado = await _other_side(tx, mensagem)
    if arquivo is None or lado is None:
        return
    if erro is None:
        await carry_kept(tx, lado, mensagem, late=True)
    else:
        reason = TOO_LARGE if erro == TOO_LARGE else NO_OBJECT
        line = in_place_of_file(lado.contato.idioma, reason, arquivo.nome or "arquivo")
        await tell(tx, lado, "\n".join(filter(None, (mensagem.texto, line))))


async def _other_side(tx: Transaction, mensagem: Mensagem) -> Lado | None:
    atendimento = await atendimento_by_id(tx.connection, mensagem.atendimento_id)
    if atendimento is None or atendimento.status != StatusAtendimento.EM_ATENDIMENTO:
        return None
    customer = await glance(tx.connection, atendimento.contato_id)
    if mensagem.autor == Autor.CLIENTE:
        return await side_of_consultor(tx, atendimento, name_or_customer(customer.nome if customer else None))
    if customer is None or customer.unreachable_at is not None:
        return None
    return await side_of_customer(tx, atendimento, customer)
