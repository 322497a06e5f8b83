"""Files of robots that a password holds shut: kept as they came, and received once somebody's password opens them."""

from datetime import date
from uuid import UUID

from core.processo.arquivos import Arquivo, keep_documentos
from core.processo.execucoes import falhar, interromper
from core.processo.faturas import receber
from core.processo.limites import ProcessoLimits
from core.processo.maquina import Acao, may
from core.processo.quem import O_ROBO, Quem
from core.processo.resultado import Resultado, Saida
from core.processo.robo import arquivo_found
from core.testemunha.leitura import Leitura, Recusa
from storage.processo.documentos import Documento, documento_by_id
from storage.processo.execucoes import execucao_by_id
from storage.processo.processos import lock_processo, processo_by_id
from storage.processo.status import StatusProcesso
from storage.transaction import Transaction

ARQUIVO_COM_SENHA = "ARQUIVO_COM_SENHA"


async def guardar_trancada(
    tx: Transaction, execucao_id: UUID, conteudo: bytes, nome: str, limits: ProcessoLimits
) -> None:
    """No password of the cliente's opens what the robot brought: the file stays, and a person is asked."""
    execucao = await execucao_by_id(tx.connection, execucao_id)
    assert execucao is not None
    processo = await lock_processo(tx, execucao.processo_id)
    assert processo is not None
    again = await execucao_by_id(tx.connection, execucao_id)
    if again is None or again.data_fim is not None:
        return
    documento_id, _key, _is_new = await keep_documentos(tx, processo, Arquivo(conteudo, nome), O_ROBO, execucao_id)
    erro = {"codigo": ARQUIVO_COM_SENHA, "mensagem": Recusa.COM_SENHA.value, "documento_id": str(documento_id)}
    await falhar(tx, again, erro, limits, tecnica=False)


async def espera_senha(tx: Transaction, documento_id: UUID) -> Documento | None:
    """The file, while its processo still waits for one; None for any other."""
    documento = await documento_by_id(tx.connection, documento_id)
    if documento is None or documento.execucao_id is None:
        return None
    processo = await processo_by_id(tx.connection, documento.processo_id)
    waits = processo is not None and processo.status_processo == StatusProcesso.AGUARDANDO_DOWNLOAD
    return documento if waits and processo is not None and processo.status_ativo else None


async def receber_aberta(
    tx: Transaction,
    documento: Documento,
    conteudo: bytes,
    leitura: Leitura,
    recebido: date,
    quem: Quem,
    limits: ProcessoLimits,
) -> Resultado:
    """This person's password has opened it: it is received as the robot's file that it is."""
    if not may(quem.perfil or "", Acao.RECEBER):
        return Resultado(Saida.SEM_DIREITO)
    processo = await lock_processo(tx, documento.processo_id)
    execucao = await execucao_by_id(tx.connection, documento.execucao_id) if documento.execucao_id else None
    if processo is None or execucao is None or not processo.status_ativo:
        return Resultado(Saida.NAO_EXISTE)
    if processo.status_processo != StatusProcesso.AGUARDANDO_DOWNLOAD:
        return Resultado(Saida.STATUS, processo)
    await interromper(tx, processo.id)
    arquivo = arquivo_found(execucao, conteudo, documento.nome_arquivo, leitura, recebido)
    return await receber(tx, processo.id, arquivo, O_ROBO, limits, execucao_id=execucao.id, senha_de=quem.usuario_id)
