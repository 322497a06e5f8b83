"""How something is done here, for whoever asks about it: a sentence, and the word it begins with."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.direitos.direitos import Direito, tem
from core.fala.leitura.como import Como, how_to
from core.palavras import Palavra
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.frame.words import Free, WordButton
from dialogs.pessoa.menu import descriptions
from dialogs.processo.cartao import looked_at
from dialogs.venda.venda import whom_to_ask

router = Router(name="como")

_D, _P = Direito, Palavra
_OF: dict[Como, tuple[Direito, Palavra | None]] = {
    Como.VENDER: (_D.VENDER, _P.VENDER),
    Como.CANCELAR_VENDA: (_D.VENDER, _P.STATUS),
    Como.ATENDER: (_D.ATENDER, _P.ONLINE),
    Como.PAUSA: (_D.ATENDER, _P.AUSENTE),
    Como.TRANSFERIR: (_D.ATENDER, _P.FILA),
    Como.ENCERRAR: (_D.ATENDER, _P.FILA),
    Como.NOTA: (_D.ATENDER, None),
    Como.RESPOSTAS: (_D.ATENDER, None),
    Como.APROVAR: (_D.DECIDIR, _P.PENDENTES),
    Como.REJEITAR: (_D.DECIDIR, _P.PENDENTES),
    Como.DESFAZER: (_D.DECIDIR, _P.PROCESSOS),
    Como.DELEGAR: (_D.DECIDIR, _P.DELEGAR),
    Como.VER_FATURA: (_D.VER_PROCESSOS, _P.PROCESSOS),
    Como.SINAIS: (_D.VER_PROCESSOS, None),
    Como.TRAZER: (_D.TRAZER_FATURA, None),
    Como.TROCAR: (_D.TRAZER_FATURA, None),
    Como.BAIXAR: (_D.CUIDAR_DE_PROCESSOS, _P.PROCESSOS),
    Como.ENVIAR: (_D.CUIDAR_DE_PROCESSOS, _P.PROCESSOS),
    Como.CORRIGIR: (_D.CUIDAR_DE_PROCESSOS, _P.PAINEL),
    Como.LIBERAR: (_D.VER_ACESSOS, _P.LIBERAR),
    Como.AGENDAR: (_D.AGENDAR, _P.AGENDAMENTOS),
    Como.MUDAR_AGENDAMENTO: (_D.AGENDAR, _P.AGENDAMENTOS),
    Como.BACKUP: (_D.AUDITAR, _P.BACKUP),
    Como.RESTAURAR: (_D.AUDITAR, _P.BACKUP),
    Como.CADASTRAR: (_D.ADMINISTRAR, _P.USUARIOS),
    Como.TELEFONE: (_D.ADMINISTRAR, _P.PAINEL),
    Como.IMPORTAR: (_D.ADMINISTRAR, None),
    Como.IDIOMA: (_D.ENTRAR_NO_PAINEL, _P.IDIOMA),
    Como.SENHA: (_D.VENDER, _P.VENDER),
    Como.CLIENTE: (_D.CUIDAR_DE_PROCESSOS, _P.PAINEL),
    Como.A_FALHA: (_D.VENDER, _P.STATUS),
    Como.O_PAP: (_D.VENDER, _P.VENDER),
    Como.OS_ESTADOS: (_D.ATENDER, _P.PRESENCA),
    Como.A_FILA: (_D.ATENDER, _P.FILA),
    Como.O_PROTOCOLO: (_D.ATENDER, None),
    Como.O_PROCESSO: (_D.VER_PROCESSOS, _P.PROCESSOS),
    Como.O_SAT: (_D.VER_PROCESSOS, None),
    Como.O_FILTRO: (_D.VER_PROCESSOS, None),
    Como.A_TESTEMUNHA: (_D.VER_PROCESSOS, None),
    Como.A_NFCOM: (_D.VER_PROCESSOS, None),
    Como.A_DELEGACAO: (_D.DECIDIR, _P.DELEGAR),
    Como.O_FECHAMENTO: (_D.AGENDAR, _P.FECHAMENTO),
    Como.A_AUDITORIA: (_D.AUDITAR, _P.AUDITORIA),
}


# What somebody means by it who sells: whom they register is the customer of a sale.
_INSTEAD = {Como.CLIENTE: Como.VENDER, Como.CADASTRAR: Como.VENDER}
# Whoever may not hears who cares for it.
_OF_ACCESS = frozenset({Como.SENHA, Como.LIBERAR, Como.CADASTRAR, Como.TELEFONE})


class AsksHow(Filter):
    """Of somebody of ours; given as `como`."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, Como]:
        found = how_to(event.text or "") if talk.pessoa is not None else None
        if found is None or talk.pessoa is None:
            return False
        instead = _INSTEAD.get(found, found)
        theirs = [one for one in (found, instead) if tem(talk.pessoa.perfil_usuario, _OF[one][0])]
        return {"como": theirs[0] if theirs else found}


@router.message(Free(any_word=True), AsksHow())
async def told_how(event: Message, talk: Talk, como: Como) -> None:
    """What they look at stays, so that they may do it at once."""
    assert talk.pessoa is not None
    perfil = talk.pessoa.perfil_usuario
    direito, palavra = _OF.get(como, (None, None))
    may = direito is None or tem(perfil, direito)
    # What a word means is no secret; what it begins may not be theirs.
    if not may and como not in _words():
        said = _("Isso não é do seu perfil. AJUDA diz o que você pode pedir aqui.")
        await talk.say(f"{said} {await whom_to_ask(talk)}" if como in _OF_ACCESS else said)
        return
    begins = [(descriptions()[palavra], WordButton(palavra=palavra))] if palavra is not None and may else []
    await talk.say(_sentences()[como], *(looked_at(talk) or begins))


def how_it_is_done(como: Como) -> str:
    """The sentence that answers this question."""
    return _sentences()[como]


def _sentences() -> dict[Como, str]:
    return _of_sales_and_customers() | _of_invoices() | _of_administrators() | _words()


def _of_sales_and_customers() -> dict[Como, str]:
    return {
        Como.VENDER: _(
            "Escreva VENDER e confirme com SIM: um robô entra no portal com um acesso emprestado e pergunta."
        ),
        Como.CANCELAR_VENDA: _(
            "Escreva CANCELAR: com o robô trabalhando, pergunto mais uma vez. Depois do número do pedido, só no portal."
        ),
        Como.ATENDER: _("Escreva ONLINE: na sua vez chega um cartão do cliente; toque em Aceitar."),
        Como.PAUSA: _(
            "Escreva AUSENTE ou OCUPADO, com até quando se quiser: “AUSENTE até 13h”. OFFLINE encerra o turno."
        ),
        Como.TRANSFERIR: _(
            "Com o cliente na tela, escreva TRANSFERIR: escolha a pessoa, o idioma, ou de volta à fila."
        ),
        Como.ENCERRAR: _("Com o cliente na tela, escreva ENCERRAR; ele dá a nota."),
        Como.NOTA: _("Escreva NOTA e o texto, como “NOTA prefere à tarde”: o cliente não vê."),
        Como.RESPOSTAS: _("Escreva /r para ver as respostas rápidas; /r e o nome manda ao cliente da tela."),
        Como.IDIOMA: _("Escreva IDIOMA e escolha."),
        Como.SENHA: _(
            "Você não precisa de senha: em cada venda eu empresto um acesso BackOffice, e o robô entra com ele. "
            "Escreva VENDER."
        ),
    }


def _of_invoices() -> dict[Como, str]:
    return {
        Como.APROVAR: _(
            "Escreva PENDENTES, abra a fatura e toque em Aprovar. “Aprovar as que conferem” aprova de uma vez as 🟢."
        ),
        Como.REJEITAR: _("Escreva PENDENTES, abra a fatura e toque em Rejeitar: pergunto o motivo, e só então vale."),
        Como.DESFAZER: _("Abra a fatura e toque em Desfazer: vale até ela ir ao SAT. Procure-a pelo nome do cliente."),
        Como.DELEGAR: _("Escreva DELEGAR: escolha a pessoa, de quando até quando. A mesma palavra mostra e encerra."),
        Como.VER_FATURA: _("Escreva o nome do cliente ou a conta, como “fatura da padaria”, e toque em Ver fatura."),
        Como.TRAZER: _("Mande o PDF (ou o XML da NFCom) aqui mesmo: eu acho de quem é, e você confirma com um toque."),
        Como.TROCAR: _(
            "Mande aqui o PDF certo e toque em Trocar a fatura: vale até ela ser aprovada. Se era de outro cliente, "
            "quem aprova rejeita, e ela volta a esperar arquivo."
        ),
        Como.BAIXAR: _("Abra a fatura pelo nome do cliente e toque em Baixar, ou escreva “baixar todas”."),
        Como.ENVIAR: _("Abra a fatura aprovada e toque em Enviar ao SAT, ou escreva “manda pro SAT as aprovadas”."),
        Como.CLIENTE: _("Clientes se cadastram no painel, em Clientes. PAINEL manda o link."),
        Como.CORRIGIR: _("Valor e vencimento se corrigem no painel, com o PDF ao lado. PAINEL manda o link."),
        Como.SINAIS: _(
            "🟢 todas as testemunhas do arquivo dizem o mesmo; 🟡 falta alguma, confira antes; 🔴 divergem: o cartão "
            "diz em quê; ⚪ ainda não foi lido. Nas listas: 📥 aguarda download, 🔎 aguarda aprovação, 📤 aguarda "
            "envio ao SAT, ✅ no SAT. Campo a campo: ✔ confere, ✖ diverge, ○ falta testemunha."
        ),
    }


def _of_administrators() -> dict[Como, str]:
    return {
        Como.LIBERAR: _("Escreva LIBERAR e escolha de quem: a venda que usa o acesso é encerrada."),
        Como.AGENDAR: _("Escreva como fala, “todo dia útil às 8 baixar Vivo”, ou AGENDAMENTOS e Novo agendamento."),
        Como.MUDAR_AGENDAMENTO: _(
            "Em AGENDAMENTOS, toque em um: dá para pausar, executar agora e excluir. O horário não muda: exclua e "
            "crie outro."
        ),
        Como.BACKUP: _("Escreva BACKUP: guardo uma cópia do banco, provo que ela volta e aviso."),
        Como.RESTAURAR: _("Pelo chat, não: um backup volta no servidor, com `balcao restaurar`."),
        Como.CADASTRAR: _(
            "No painel, em Usuários, ou mandando aqui uma planilha (CSV ou XLSX). USUARIOS gera o convite do Telegram."
        ),
        Como.TELEFONE: _("No painel, em Usuários: telefone, perfil e senhas se trocam lá. PAINEL manda o link."),
        Como.IMPORTAR: _("Mande aqui o CSV ou XLSX: eu digo o que mudaria, e um toque importa."),
    }


def _words() -> dict[Como, str]:
    """What a word of the trade means here."""
    return {
        Como.A_FALHA: _("Se o robô falhar, a venda não sai: digo o motivo aqui e o acesso volta. É só VENDER de novo."),
        Como.O_PAP: _("PAP é o portal de vendas da operadora: em cada venda um robô entra lá e faz o pedido."),
        Como.A_MATRICULA: _(
            "A matrícula PAP é o seu número no portal de vendas: por ela a venda é sua. Quem a grava é a administração."
        ),
        Como.O_ACESSO: _(
            "Um acesso (ou login) BackOffice entra no PAP. Há alguns: cada venda toma um emprestado e devolve; "
            "parado demais, ele volta sozinho."
        ),
        Como.O_ROBO: _("Um robô é um programa que trabalha num portal em seu lugar, e pergunta aqui o que lhe falta."),
        Como.OS_ESTADOS: _(
            "🟢 ONLINE recebe clientes. 🔴 OCUPADO e 🟡 AUSENTE não recebem, e dizem até quando: ocupado está por "
            "perto, ausente saiu. ⚪ OFFLINE é o fim do turno."
        ),
        Como.A_FILA: _("Na fila, quem chegou primeiro é o próximo: clientes por um consultor, vendas por um acesso."),
        Como.O_PROTOCOLO: _("O protocolo é o número que o cliente recebe de um atendimento, como #00042."),
        Como.O_PROCESSO: _(
            "Um processo é a fatura de um cliente num mês: 📥 aguarda download, 🔎 aguarda aprovação, 📤 aguarda envio "
            "ao SAT, ✅ no SAT. Cada passo de um robô é uma execução."
        ),
        Como.O_SAT: _("SAT é o sistema para onde vai a fatura aprovada. Depois disso a aprovação não se desfaz."),
        Como.O_FILTRO: _("O filtro é o número da conta do cliente na operadora: um cliente pode ter várias contas."),
        Como.A_TESTEMUNHA: _(
            "Testemunha é cada lugar da fatura que diz o valor, o vencimento ou de quem ela é: o texto, o código de "
            "barras, o Pix, a NFCom. Se dizem o mesmo, ela confere."
        ),
        Como.A_NFCOM: _("NFCom é a nota fiscal de comunicação, um XML: com ela se confere a fatura."),
        Como.A_DELEGACAO: _("Quem delega deixa outra pessoa decidir em seu nome, de um dia até outro."),
        Como.O_FECHAMENTO: _("O fechamento mostra o que ainda falta no mês: o que baixar, aprovar e enviar."),
        Como.A_AUDITORIA: _("A auditoria guarda quem fez o quê e quando, e não se apaga."),
    }
