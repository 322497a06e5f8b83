"""What changes on a message that is there already: its text, and the reactions that stand on it."""

from dataclasses import replace
from datetime import datetime

from core.conversa.conversa import Conteudo
from core.conversa.copias import Chamada, as_edit
from core.conversa.envio import send
from core.conversa.lados import Lado, Reference, reference_to
from storage.conversa.mensagens import Mensagem, change_mensagem
from storage.conversa.tipos import Autor
from storage.transaction import Transaction

# How a message begins that was taken back.
APAGADA = "🗑️"


def is_overtaken(mensagem: Mensagem, at: datetime) -> bool:
    """Whether a change of that moment is older than one that is known: channels bring them in any order."""
    return mensagem.editada_em is not None and at < mensagem.editada_em


async def edit(tx: Transaction, mensagem: Mensagem, conteudo: Conteudo, lado: Lado | None, at: datetime) -> None:
    """Nothing that can be read changed when a place moves on the map, or a link gets its preview. `at`: as it says."""
    if conteudo.texto == mensagem.texto:
        return
    await change_mensagem(tx, mensagem.id, texto=conteudo.texto, editada_em=at)
    chamada = as_edit(conteudo, lado.head) if lado is not None else None
    if lado is not None and chamada is not None and mensagem.copia_contato_id == lado.contato.id:
        await _about_copy(tx, lado, chamada, {"outbox_id": mensagem.outbox_id})


async def react(tx: Transaction, mensagem: Mensagem | None, autor: Autor, emoji: str | None, lado: Lado | None) -> None:
    """One reaction of each side stands on a message; the last one, or none."""
    if mensagem is None:
        return
    detalhe = mensagem.detalhe or {}
    reactions = {name: value for name, value in detalhe.get("reacoes", {}).items() if name != autor}
    reactions |= {str(autor): emoji} if emoji is not None else {}
    await change_mensagem(tx, mensagem.id, detalhe={**detalhe, "reacoes": reactions})
    reference = reference_to(mensagem, lado.contato.id) if lado is not None else None
    if lado is not None and reference is not None:
        await _about_copy(tx, lado, Chamada("setMessageReaction", {"emoji": emoji}), reference)


async def _about_copy(tx: Transaction, lado: Lado, chamada: Chamada, message: Reference) -> None:
    """A call about a message that is there already, and so in its topic."""
    await send(tx, replace(lado, topic=None), Chamada(chamada.method, chamada.params | {"message": message}))
