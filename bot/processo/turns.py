"""Turns about invoices that follow from turns: who hears what."""

from collections.abc import Sequence
from uuid import UUID

from bot.channels.recorder import StoredFile
from core.auditoria.auditoria import registrar_abertura
from core.commands.base import write_command
from core.commands.delegacao import TellDelegacao
from core.commands.processo import (
    Aviso,
    RemindApprover,
    ShowFatura,
    TellMissing,
    TellNobodyApproves,
    TellNota,
    TellProcesso,
    TellUnsent,
    UpdateCards,
)
from core.delegacao.delegacoes import sem_direito
from core.direitos.avisados import Noticia, avisados, avisados_por_perfil
from core.exame.guardado import seen
from core.processo.maquina import VIEWERS, Acao
from core.processo.pendentes import ninguem_pode, people_who_approve
from core.processo.processos import whose_right
from dialogs.conversa.consultor import OpenTalk
from dialogs.delegacao.avisos import tell_delegate, tell_delegate_is_gone, tell_giver_is_gone
from dialogs.exame.nota import contradicts, not_compared
from dialogs.frame.prazos import buttons_shown
from dialogs.processo.aprovacao import who
from dialogs.processo.avisos import no_file_yet, no_such_fatura, tell
from dialogs.processo.cartao import close_card, show_card
from dialogs.processo.lembretes import nobody_approves, remind, tell_missing, tell_unsent
from storage.contatos.contatos import contatos_of
from storage.contatos.conversas import mark_event
from storage.delegacao.delegacoes import delegacao_by_id
from storage.ocorrencias import record
from storage.operadora.operadoras import operadora_by_id
from storage.pessoa.usuarios import active_perfis
from storage.processo.cartoes import close_cartao, open_cartoes
from storage.processo.documentos import documento_by_id
from storage.processo.execucoes import execucao_by_id
from storage.processo.pendentes import pendentes
from storage.processo.processos import Processo, processo_by_id
from storage.processo.status import StatusProcesso
from storage.transaction import Transaction

# Of each perfil: more people than this do not look after one failure.
PEOPLE = 20
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
        for contato_id in sorted(await self._whom(tx, starter, Noticia.ROBO)):
            if talk := await self._open_talk(tx, contato_id):
                await tell(talk, wanted.aviso, processo, execucao, operadora)

    async def _whom(self, tx: Transaction, starter: UUID | None, noticia: Noticia) -> Sequence[int]:
        """Conversations of who began it, if they are still here; else of operators, else of administrators."""
        if starter is not None and await active_perfis(tx.connection, [starter]):
            found = await contatos_of(tx, [starter])
            if found:
                return found
        for people in await avisados_por_perfil(tx.connection, noticia, PEOPLE):
            if found := await contatos_of(tx, [row.id for row in people]):
                return found
        return []

    async def update_cards(self, tx: Transaction, wanted: UpdateCards) -> None:
        """What waits has a card with every approver; the cards of before say how it went."""
        processo = await processo_by_id(tx.connection, wanted.processo_id)
        if processo is None:
            return
        waits = processo.status_processo == StatusProcesso.AGUARDANDO_APROVACAO and processo.status_ativo
        cards = await open_cartoes(tx, processo.id)
        current = {card.contato_id for card in cards if waits and card.versao == processo.versao}
        people = await self._people_who_approve(tx) if waits else []
        approvers = set(await contatos_of(tx, people))
        if waits and ninguem_pode(people, processo):
            await self._note_nobody(tx, processo)
        old = [card for card in cards if not waits or card.versao != processo.versao]
        for contato_id in sorted((approvers - current) | {card.contato_id for card in old}):
            talk = await self._open_talk(tx, contato_id)
            for card in old:
                if card.contato_id == contato_id and await close_cartao(tx, card.id) and talk is not None:
                    await close_card(talk, card, processo)
            if talk is not None and contato_id in approvers - current:
                await show_card(talk, processo)

    async def show_fatura(self, tx: Transaction, wanted: ShowFatura) -> None:
        """Somebody who may see it gets the file itself."""
        talk = await self._open_talk(tx, wanted.contato_id)
        if talk is None or talk.pessoa is None or talk.pessoa.perfil_usuario not in VIEWERS:
            return
        processo = await processo_by_id(tx.connection, wanted.processo_id)
        if processo is None:
            await no_such_fatura(talk)
            return
        which = processo.documento_id
        documento = await documento_by_id(tx.connection, which) if which is not None else None
        if documento is None or documento.guardado_em is None:
            await no_file_yet(talk)
            return
        await registrar_abertura(tx, talk.autor, f"documento:{documento.id}", "fatura")
        file = StoredFile(documento.object_key, documento.nome_arquivo, documento.content_type)
        shown, looks_at = talk.contato.choices, {getattr(one, "processo_id", None) for one in buttons_shown(talk)}
        await talk.bot.send_document(talk.contato.id, file)
        if processo.id in looks_at:
            # Its card or list stands above the file, and is still what they speak of.
            talk.contato.choices, talk.contato.changed = shown, True

    async def tell_nota(self, tx: Transaction, wanted: TellNota) -> None:
        """Whoever brought the note, and whoever approved what it contradicts; of a lost one, who brought it."""
        nota = await documento_by_id(tx.connection, wanted.documento_id)
        processo = await processo_by_id(tx.connection, nota.processo_id) if nota is not None else None
        if nota is None or processo is None:
            return
        people = {nota.feito_por_usuario_id, None if wanted.perdida else processo.aprovado_por_usuario_id} - {None}
        active = await active_perfis(tx.connection, [one for one in people if one is not None])
        visto = await seen(tx.connection, processo.documento_id)
        for contato_id in sorted(await contatos_of(tx, list(active))):
            talk = await self._open_talk(tx, contato_id)
            if talk is not None and wanted.perdida:
                await not_compared(talk, processo)
            elif talk is not None:
                await contradicts(talk, processo, visto)

    async def tell_delegate(self, tx: Transaction, wanted: TellDelegacao) -> None:
        """Whoever may decide in somebody's name hears of it, and of its end; who is left, that the other is gone."""
        delegacao = await delegacao_by_id(tx.connection, wanted.delegacao_id)
        if delegacao is None:
            return
        gone = await sem_direito(tx, delegacao) if delegacao.revogada_em is not None else frozenset()
        whom, tell = delegacao.para_usuario_id, tell_giver_is_gone if gone else tell_delegate
        if whom in gone:
            whom, tell = delegacao.de_usuario_id, tell_delegate_is_gone
        for contato_id in sorted(await contatos_of(tx, [whom])) if whom not in gone else ():
            if talk := await self._open_talk(tx, contato_id):
                await tell(talk, delegacao)

    async def tell_nobody_approves(self, tx: Transaction, wanted: TellNobodyApproves) -> None:
        """Administrators hear of it at once."""
        processo = await processo_by_id(tx.connection, wanted.processo_id)
        rows = await avisados(tx.connection, Noticia.SEM_APROVADOR, PEOPLE)
        for contato_id in sorted(await contatos_of(tx, [row.id for row in rows])):
            talk = await self._open_talk(tx, contato_id)
            if talk is not None and processo is not None:
                await nobody_approves(talk, processo)

    async def remind(self, tx: Transaction, wanted: RemindApprover) -> None:
        """Whoever may still approve hears how much waits, if anything does by now."""
        talk = await self._open_talk(tx, wanted.contato_id)
        if talk is None or talk.pessoa is None:
            return
        if await whose_right(tx, who(talk), Acao.APROVAR) is None:
            return
        found, total = await pendentes(tx.connection, talk.today, 1)
        if found:
            await remind(talk, total, found[0])

    async def tell_missing(self, tx: Transaction, wanted: TellMissing) -> None:
        """Operators, else administrators, hear of what should be here. What came meanwhile is left out."""
        several = []
        for processo_id, expected in zip(wanted.ids, wanted.esperadas, strict=True):
            processo = await processo_by_id(tx.connection, processo_id)
            if processo is not None and processo.status_processo == StatusProcesso.AGUARDANDO_DOWNLOAD:
                several.append((processo, expected))
        operadoras = {one.operadora_id for one, _expected in several}
        known = [await operadora_by_id(tx.connection, one) for one in operadoras]
        robots = frozenset(one.id for one in known if one is not None and one.possui_rpa and one.status_ativo)
        for contato_id in sorted(await self._whom(tx, None, Noticia.FALTA)) if several else ():
            if talk := await self._open_talk(tx, contato_id):
                await tell_missing(talk, wanted, several, robots)

    async def tell_unsent(self, tx: Transaction, wanted: TellUnsent) -> None:
        """Operators, else administrators, hear of what did not reach SAT. What was sent meanwhile is left out."""
        found = [await processo_by_id(tx.connection, one) for one in wanted.ids]
        several = [
            one
            for one in found
            if one is not None and one.status_ativo and one.status_processo == StatusProcesso.AGUARDANDO_ENVIO_SAT
        ]
        for contato_id in sorted(await self._whom(tx, None, Noticia.ROBO)) if several else ():
            if talk := await self._open_talk(tx, contato_id):
                await tell_unsent(talk, several)

    async def _note_nobody(self, tx: Transaction, processo: Processo) -> None:
        """Recorded and said once for each version."""
        if await mark_event(tx, "relogio", f"sem_aprovador:{processo.id}:{processo.versao}"):
            await record(tx, "sem_aprovador", str(processo.id))
            await write_command(tx, TellNobodyApproves(processo.id))

    async def _people_who_approve(self, tx: Transaction) -> list[UUID]:
        """Everybody who may approve, by a right of their own or a delegated one."""
        return await people_who_approve(tx.connection, tx.now, PEOPLE)
