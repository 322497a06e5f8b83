"""Why a file is not taken, in words, and what to do then."""

from core.testemunha.leitura import Recusa
from dialogs.frame.i18n import _, in_language


def refusal_text(motivo: str) -> str:
    """One sentence for each reason of the reader; what is none of them is that there was no file at all."""
    return _reasons().get(motivo.lower(), _("O robô não trouxe nenhum arquivo que se possa ler."))


def refusal_text_of(motivo: str, idioma: str) -> str:
    """`refusal_text` for somebody who reads it elsewhere than in chat."""
    with in_language(idioma):
        return refusal_text(motivo)


def _reasons() -> dict[str, str]:
    return {
        Recusa.VAZIO: _("O arquivo veio vazio."),
        Recusa.PAGINA_HTML: _("O arquivo é uma página de internet, não um PDF."),
        Recusa.ARQUIVO_ZIP: _("O arquivo é um ZIP, não um PDF."),
        Recusa.NAO_E_PDF: _("O arquivo não é um PDF."),
        Recusa.CORTADO: _("O PDF veio cortado, falta o fim dele."),
        Recusa.COM_SENHA: _("O PDF tem senha, e nenhuma das do cliente abre. Salve uma cópia sem senha."),
        Recusa.COM_SCRIPT: _("O PDF traz um programa dentro (script) e não foi aberto. Não é assim que faturas vêm."),
        Recusa.COM_ACAO: _("O PDF tenta abrir ou enviar algo sozinho e não foi aberto. Não é assim que faturas vêm."),
        Recusa.COM_ANEXO: _("O PDF traz outro arquivo dentro e não foi aberto. Salve só as páginas da fatura."),
        Recusa.COM_DADOS_NO_FIM: _("Há outra coisa colada no fim do PDF, e ele não foi aberto."),
        Recusa.DOIS_PDFS: _("São dois PDFs num arquivo só, e nenhum foi aceito. Separe-os e mande cada um."),
        Recusa.GRANDE: _("O arquivo passa de 20 MB."),
        Recusa.MUITAS_PAGINAS: _("O PDF tem páginas demais para ser uma fatura."),
        Recusa.ILEGIVEL: _("O arquivo não pôde ser lido. Abra-o, salve de novo como PDF e envie."),
        Recusa.DEMOROU: _("O PDF é pesado demais, e a leitura não terminou."),
        Recusa.XML_SEM_NFCOM: _(
            "O XML não é o de uma NFCom (a nota fiscal de telecom), ou traz várias. Mande o XML de uma nota, como veio."
        ),
        Recusa.MEMORIA: _("O PDF é pesado demais, e a leitura não coube na memória."),
    }
