"""Turns about invoices that follow from turns: who hears what."""

from collections.abc import Sequence
from uuid import UUID

from core.commands.processo import Aviso, TellProcesso
from dialogs.conversa.consultor import OpenTalk
from dialogs.processo.avisos import tell
from storage.contatos.contatos import contatos_of
from storage.operadora.operadoras import operadora_by_id
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import active_of_perfil, active_perfis
from storage.processo.execucoes import execucao_by_id
from storage.processo.processos import processo_by_id
from storage.transaction import Transaction

# Of each perfil: more people than this do not look after one failure.
PEOPLE = 20
_BACK_OFFICE = (Perfil.OPERADOR, Perfil.ADMINISTRADOR)
# What concerns everybody, and not only whoever began it.
_FOR_ALL = frozenset({Aviso.LOGIN_RECUSADO, Aviso.OPERADORA_PAUSADA})


class ProcessoTurns:
    """Every method is one turn."""

    def __init__(self, open_talk: OpenTalk) -> None:
        self._open_talk = open_talk

    async def tell(self, tx: Transaction, wanted: TellProcesso) -> None:
        """Whoever began it hears what became of it; the operators, when nobody did or it concerns all."""
        execucao = await execucao_by_id(tx.connection, wanted.execucao_id)
        if execucao is None:
            return
        processo = await processo_by_id(tx.connection, execucao.processo_id)
        operadora = await operadora_by_id(tx.connection, execucao.operadora_id)
        assert processo is not None
        assert operadora is not None
        starter = None if wanted.aviso in _FOR_ALL else execucao.executado_por_usuario_id
        for contato_id in sorted(await self._whom(tx, starter)):
            if talk := await self._open_talk(tx, contato_id):
                await tell(talk, wanted.aviso, processo, execucao, operadora)

    async def _whom(self, tx: Transaction, starter: UUID | None) -> Sequence[int]:
        """Conversations of who began it, if they are still here; else of operators, else of administrators."""
        if starter is not None and await active_perfis(tx.connection, [starter]):
            found = await contatos_of(tx, [starter])
            if found:
                return found
        people: list[int] = []
        for perfil in _BACK_OFFICE:
            rows = await active_of_perfil(tx.connection, perfil, PEOPLE)
            people = await contatos_of(tx, [row.id for row in rows])
            if people:
                return people
        return people
