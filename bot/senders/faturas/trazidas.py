"""PDFs that people of the back office send to the bot: read after the turn, and handed to their processo."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from bot.senders.faturas.reading import Reading
from bot.senders.store_errors import store_errors
from core.commands.processo import IdentifyFatura, OpenDocumento, TakeFatura
from core.delivery_errors import Refused
from core.exame.procura import procurar
from core.exame.senhas import digitada, senhas_of, tentativas
from core.processo.arquivos import Arquivo, is_xml, shown_name
from core.processo.faturas import receber
from core.processo.resultado import Saida
from core.robo.trancadas import espera_senha, receber_aberta
from core.testemunha.leitura import Leitura, Recusa, Recusado
from core.testemunha.lido import Lido
from dialogs.conversa.consultor import OpenTalk
from dialogs.exame import senha
from dialogs.frame.talk import Talk
from dialogs.processo import trazida
from dialogs.processo.aprovacao import who
from storage.contatos.conversas import mark_event
from storage.conversa.arquivos import arquivo_by_id, keep_password, keep_suggestions
from storage.exame.nomes import names_of
from storage.processo.documentos import Documento, conteudo_of, documento_by_id
from storage.processo.status import TipoDocumento
from storage.transaction import Call, Transaction


class BroughtSender:
    """Reads what people send, and has it received."""

    max_attempts = 6
    first_wait = 2.0

    def __init__(self, reading: Reading, open_talk: OpenTalk) -> None:
        self._reading = reading
        self._turns = reading.turns
        self._open_talk = open_talk

    async def identify(self, wanted: IdentifyFatura, call: Call) -> str | None:
        """Look whose it is, and say or ask so."""
        arquivo, content = await self._file(wanted.arquivo_id)
        found = await self._read(arquivo, content, await self._said(arquivo, wanted.na_tela))
        if isinstance(found, Recusado):
            await self._refuse(arquivo, call, found.motivo, wanted.na_tela)
            return None
        async with self._reading.database.read() as connection:
            achado = await procurar(connection, found.lido, arquivo.legenda or "", wanted.na_tela)
            nomes = await names_of(connection, {UUID(one) for one in achado.clientes})
        await self._tell(arquivo.contato_id, call, lambda talk: trazida.identified(talk, arquivo, achado, nomes))
        return None

    async def take(self, wanted: TakeFatura, call: Call) -> str | None:
        """Give it to its processo, by the right that its sender has now."""
        arquivo, content = await self._file(wanted.arquivo_id)
        found = await self._read(arquivo, content, wanted.processo_id)
        if isinstance(found, Recusado):
            await self._refuse(arquivo, call, found.motivo, wanted.processo_id)
            return None
        today = self._reading.today()
        kind = "application/pdf" if found.lido.nota is None else "application/xml"
        nome = shown_name(arquivo.nome or "")
        brought = Arquivo(content, nome, kind, tipo=wanted.tipo, leitura=found, recebido=today)
        receive = partial(self._receive, arquivo_id=arquivo.id, processo_id=wanted.processo_id, brought=brought)
        await self._tell(arquivo.contato_id, call, receive)
        return None

    async def open(self, wanted: OpenDocumento, call: Call) -> str | None:
        """Try what somebody typed on a robot's file; it opens, or they are asked again."""
        documento = await self._turns.run(lambda tx: espera_senha(tx, wanted.documento_id))
        if documento is None:
            await self._tell(wanted.contato_id, call, senha.not_needed)
            return None
        content = await self._content(documento)
        found = await self._reading.of(self._reading.leitor.read(content, tentativas(wanted.text)), self._turns.now())
        if isinstance(found, Recusado):
            nome, motivo = documento.nome_arquivo, found.motivo
            wrong = motivo is Recusa.COM_SENHA
            asks = partial(senha.ask, de="doc", which=documento.id, nome=nome, again=True)
            says = partial(trazida.refused, nome=nome, motivo=motivo)
            await self._tell(wanted.contato_id, call, asks if wrong else says)
            return None
        await self._tell(wanted.contato_id, call, lambda talk: self._opened(talk, documento, content, found))
        return None

    async def give_up(self, wanted: IdentifyFatura | TakeFatura | OpenDocumento, reason: str) -> None:
        """Its sender hears that nothing came of it."""

        async def work(tx: Transaction) -> None:
            if isinstance(wanted, OpenDocumento):
                documento = await documento_by_id(tx.connection, wanted.documento_id)
                if documento is not None and (talk := await self._open_talk(tx, wanted.contato_id)):
                    await trazida.unreadable(talk, documento.nome_arquivo)
                return
            arquivo = await arquivo_by_id(tx, wanted.arquivo_id)
            if arquivo is not None and (talk := await self._open_talk(tx, arquivo.contato_id)):
                await trazida.unreadable(talk, arquivo.nome)

        await self._turns.run(work)

    async def _receive(self, talk: Talk, arquivo_id: UUID, processo_id: UUID, brought: Arquivo) -> None:
        if talk.pessoa is None:
            return
        resultado = await receber(talk.tx, processo_id, brought, who(talk), self._reading.limits)
        await keep_password(talk.tx, arquivo_id, None)
        if resultado.saida in (Saida.FEITO, Saida.JA_EXISTE):
            await keep_suggestions(talk.tx, arquivo_id, [])
        await trazida.taken(talk, resultado, TipoDocumento(brought.tipo))

    async def _opened(self, talk: Talk, documento: Documento, content: bytes, found: Leitura) -> None:
        if talk.pessoa is None:
            return
        today = self._reading.today()
        resultado = await receber_aberta(talk.tx, documento, content, found, today, who(talk), self._reading.limits)
        await senha.opened(talk, resultado)

    async def _refuse(self, arquivo: Row[Any], call: Call, motivo: Recusa, about: UUID | None) -> None:
        """A file with a password is asked about; any other is refused with its reason.

        `about`: the processo that it is about, as far as anybody said.
        """
        if motivo is not Recusa.COM_SENHA:
            await self._tell(arquivo.contato_id, call, partial(trazida.refused, nome=arquivo.nome, motivo=motivo))
            return
        typed = arquivo.senha is not None

        async def ask(talk: Talk) -> None:
            await keep_password(talk.tx, arquivo.id, None)
            await senha.ask(talk, de="arq", which=arquivo.id, nome=arquivo.nome, again=typed, about=about)

        await self._tell(arquivo.contato_id, call, ask)

    async def _content(self, documento: Documento) -> bytes:
        async with self._reading.database.read() as connection:
            kept = await conteudo_of(connection, documento.id)
        with store_errors():
            return kept if kept is not None else await self._reading.objects.get(documento.object_key)

    async def _file(self, arquivo_id: UUID) -> tuple[Row[Any], bytes]:
        arquivo = await self._turns.run(lambda tx: arquivo_by_id(tx, arquivo_id))
        if arquivo is None or arquivo.object_key is None:
            raise Refused("no such file", "no_file")
        with store_errors():
            return arquivo, await self._reading.objects.get(arquivo.object_key)

    async def _said(self, arquivo: Row[Any], na_tela: UUID | None) -> UUID | None:
        """The processo that caption or screen name, before the file says a word: its numbers may open it."""
        async with self._reading.database.read() as connection:
            achado = await procurar(connection, Lido(""), arquivo.legenda or "", na_tela)
        return None if achado.certo is None else UUID(achado.certo.candidato.processo_id)

    async def _read(self, arquivo: Row[Any], content: bytes, processo_id: UUID | None) -> Leitura | Recusado:
        senhas = await self._turns.run(lambda tx: _passwords(tx, arquivo, processo_id))
        leitor, xml = self._reading.leitor, is_xml(arquivo.nome, arquivo.mime_type)
        read = leitor.read_note(content) if xml else leitor.read(content, senhas)
        return await self._reading.of(read, arquivo.guardado_em)

    async def _tell(self, contato_id: int, call: Call, say: Callable[[Talk], Awaitable[None]]) -> None:
        """Once for this call, whatever ends between the turn and its mark."""

        async def once(tx: Transaction) -> None:
            if not await mark_event(tx, "faturas_trazidas", str(call.id)):
                return
            if talk := await self._open_talk(tx, contato_id):
                await say(talk)

        await self._turns.run(once)


async def _passwords(tx: Transaction, arquivo: Row[Any], processo_id: UUID | None) -> tuple[str, ...]:
    """What its sender typed, then those of the processo's cliente."""
    typed = digitada(tx, arquivo.id, arquivo.senha)
    known = await senhas_of(tx, processo_id) if processo_id is not None else ()
    return (*tentativas(typed), *known)
