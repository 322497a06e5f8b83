"""Questions ABOUT an act: "como rejeita?", "onde eu desfaço?", "o que é esse amarelo?". Nothing is done by them."""

import re
from enum import StrEnum, auto

from core.fala.lexico.nomes import OPERADORAS
from core.fala.lexico.texto import in_a_line


class Como(StrEnum):
    """What it is asked about."""

    VENDER = auto()
    CANCELAR_VENDA = auto()
    ATENDER = auto()
    PAUSA = auto()
    TRANSFERIR = auto()
    ENCERRAR = auto()
    NOTA = auto()
    RESPOSTAS = auto()
    APROVAR = auto()
    REJEITAR = auto()
    DESFAZER = auto()
    VER_FATURA = auto()
    DELEGAR = auto()
    BAIXAR = auto()
    ENVIAR = auto()
    CORRIGIR = auto()
    TRAZER = auto()
    LIBERAR = auto()
    AGENDAR = auto()
    MUDAR_AGENDAMENTO = auto()
    BACKUP = auto()
    RESTAURAR = auto()
    CADASTRAR = auto()
    TELEFONE = auto()
    IMPORTAR = auto()
    IDIOMA = auto()
    SENHA = auto()
    CLIENTE = auto()
    SINAIS = auto()


_LONGEST = 90
# "Me explica como", "tem como" is a wish, "como assim" no question about an act.
_ASKS = re.compile(
    r"(?:(?:oi|ola|bom dia|boa tarde|boa noite|me (?:explica|ensina|diz|fala|lembra)|me tira (?:uma )?duvida"
    r"|tira (?:uma )?duvida|queria|nao sei|queria saber|quero saber"
    r"|preciso saber|alguem sabe|(?:vc |voce )?sabe|esqueci|e|mas|duvida|uma duvida|entao|gente|por favor"
    r"|pf)\b[ ,.:]*)*"
    r"(?:como|onde|aonde|de que jeito|qual (?:e )?o (?:jeito|caminho|passo)|o que (?:eu )?(?:faco|tenho que fazer"
    r"|preciso"
    r"(?: fazer)?)|oq (?:eu )?faco|how (?:do|can) (?:i|you)|how to|como hago|como se)\b[ ]*"
    r"(?:(?:e que|que|q|eu|a gente|agente|se|ue|para|pra|p|(?:faco|faz|fazer|faria)(?= (?:para|pra|p)\b)|posso|pode"
    r"|consigo|consegue|devo|da"
    r"|vc|voce|i)\b[ ]*)*"
    r"(?P<act>.+)"
)
# "Dá pra corrigir o valor?": of what no sentence does.
_MAY_ONE = re.compile(
    r"(?:(?:oi|ola|bom dia|boa tarde|boa noite|e|mas|entao|eu|aqui|ai)\b[ ,.]*)*"
    r"(?:da (?:pra|para)|tem como|e possivel|eh possivel|posso|consigo|podemos|can i"
    r"|is it possible to) (?:eu )?"
    r"(?P<act>[^?]+)\?*\W*"
)
_NO_SENTENCE_DOES = frozenset(
    {
        Como.DESFAZER,
        Como.CORRIGIR,
        Como.TRAZER,
        Como.RESTAURAR,
        Como.CADASTRAR,
        Como.TELEFONE,
        Como.IMPORTAR,
        Como.MUDAR_AGENDAMENTO,
    }
)
# "Vou te mandar um PDF", "recebi por e-mail, mando aqui?".
_BRINGS = re.compile(
    r"(?:(?:oi|ola|bom dia|boa tarde|eu|ja|entao)\b[ ,.]*)*(?:vou (?:te )?(?:mandar|enviar|passar|encaminhar)"
    r"|posso (?:te )?(?:mandar"
    r"|enviar)|quero (?:te )?(?:mandar|enviar)) (?:\w+ ){0,3}(?:pdf|arquivo|boleto|fatura|xml)\b(?!.*\b(?:sat"
    r"|aprov\w+)\b).{0,30}"
    r"|.*\b(?:pdf|fatura|boleto|arquivo)\b.*\b(?:mando|envio|anexo|mandar|enviar) (?:por )?aqui\W*"
)
_NEW_CLIENT = re.compile(
    r"(?:(?:quero|preciso|pode|vamos|como|da pra|tem como|eu|faco pra|faz pra)[ ,]+)*(?:cadastr|adicion|inclu"
    r"|cri)(?:a|e|o|ar|ir|i)"
    r" (?:um |uma |o |a |mais )*(?:nov[oa] )?(?:client[ea]|conta|empresa|cnpj)\b(?! (?:nao|n)\b).{0,40}"
)
_OF_ANOTHER = rf"(?!.*\b(?:{'|'.join(sorted(OPERADORAS))}|operadora|backup|pdf|wi-?fi)\b)"
_LOST_PASSWORD = re.compile(
    _OF_ANOTHER
    + r".*\b(?:esqueci|perdi|nao (?:lembro|sei)|n lembro|qual (?:e |eh )?)\b.{0,12}\b(?:senha|login|acesso)\b.*"
    r"|.*\b(?:to|estou|fiquei|tou) sem (?:o |a |meu |minha )?(?:senha|login|acesso)\b.*"
)
_NOT_ME = re.compile(r"\b(?:anda|esta|ta|tao|estao|foi|vai|ficou|ficaram|eram|era|voces?|vcs)\b")
_A = (
    r"(?: (?:a|o|as|os|um|uma|essa|esse|isso|ela|ele|minha|meu|outra|outro|mais|novo|nova|de|da|do|na|no|pra|pro"
    r"|para))*"
)
_VENDA = r" (?:vendas?|pedidos?)"
_FATURA = r" (?:faturas?|contas?|boletos?|processos?|pdf)"
_ACTS: tuple[tuple[Como, str], ...] = (
    (Como.CANCELAR_VENDA, rf"(?:cancel|desist)(?:o|a|ar|ir|e|em)?{_A}(?:{_VENDA})?"),
    (Como.VENDER, rf"(?:vend(?:o|e|er|a)|(?:lanc|comec|inici|abr|registr|fac|faz)(?:o|a|ar|er|e|ir)?{_A}{_VENDA})"),
    (Como.VENDER, rf"(?:fec?h(?:o|a|ar)|sub(?:o|ir)|cadastr(?:o|a|ar)){_A}{_VENDA}"),
    (
        Como.CADASTRAR,
        r"(?:cadastr|inclu|adicion|convid|cri|bot|coloc)(?:o|a|ar|ir|i|uo)?" + _A + r" (?:\w+ )?(?:pessoas?"
        r"|usuari[oa]s?|vendedor\w*|consultor\w*|aprovador\w*|operador\w*|funcionari\w+|gente|alguem|colega)",
    ),
    (
        Como.TELEFONE,
        r"(?:mud|troc|alter|atualiz)(?:o|a|ar)" + _A + r" (?:telefone|numero|celular|perfil|cadastro|nome|senha)",
    ),
    (
        Como.IMPORTAR,
        r"(?:import|sub|mand|envi)(?:o|a|ar|ir|e)?" + _A + r" (?:planilhas?|csv|excel|xlsx|listas?)",
    ),
    (
        Como.IMPORTAR,
        r"import(?:o|a|ar)" + _A + r" (?:vendedor\w*|usuarios?|pessoas?|clientes?|consultor\w*"
        r"|operadoras?)",
    ),
    (Como.AGENDAR, rf"(?:agend(?:o|a|ar)|cri(?:o|a|ar){_A} agendamentos?|program(?:o|a|ar)){_A}(?: \w+){{0,3}}"),
    (
        Como.MUDAR_AGENDAMENTO,
        r"(?:mud|troc|alter|paus|par|exclu|apag|cancel|retom)(?:o|a|ar|ir|i)?"
        + _A
        + r" (?:horario d\w+ )?(?:agendamentos?|horarios?|rotinas?)",
    ),
    (Como.RESTAURAR, r"(?:restaur|recuper|volt)(?:o|a|ar)" + _A + r" (?:backups?|bkp|copia|banco)"),
    (Como.BACKUP, r"(?:fac|faz|tir|ger|roda)(?:o|er|ar|a|r)?" + _A + r" (?:backups?|bkp|copia)"),
    (Como.LIBERAR, r"(?:liber|solt|destrav|devolv)(?:o|a|ar|er|e)?" + _A + r" (?:\w+ )?(?:acessos?|logins?|pool)"),
    (Como.NOTA, r"(?:anot|escrev|deix|coloc|faz|fac)(?:o|a|ar|er)?" + _A + r"(?: (?:notas?|observac\w+|anotac\w+))"),
    (Como.NOTA, r"anot(?:o|a|ar)" + _A + r"(?: \w+){0,3}"),
    (
        Como.RESPOSTAS,
        r"(?:us|cri|fac|faz|mand|cadastr|salv|ve|ach|abr)(?:o|a|ar|er)?"
        + _A
        + r" (?:respostas? (?:rapida|pronta)s?|textos? prontos?)",
    ),
    (Como.ENVIAR, rf"(?:mand|envi|sub)(?:o|a|ar|ir|e)?{_A}(?:{_FATURA})?{_A} sat"),
    (
        Como.TRANSFERIR,
        r"(?:transfir|transfer|pass|mand|devolv)(?:o|e|ir|a|ar|er)?"
        + _A
        + r"(?: (?:clientes?|atendimentos?))?(?: (?:pra|para|pro|de volta|a) (?:\w+ ?){1,3})?",
    ),
    (
        Como.ENCERRAR,
        r"(?:encerr|finaliz|fech|termin)(?:o|a|ar)" + _A + r"(?: (?:clientes?|atendimentos?|conversas?|chat))?",
    ),
    (
        Como.ATENDER,
        r"(?:atend(?:o|e|er)"
        + _A
        + r"(?: clientes?)?|(?:fic|entr|volt)(?:o|a|ar)(?: (?:pra|de volta|a|na|no))* ?(?:online|on"
        r"|disponivel|fila|atender)|receb(?:o|er)" + _A + r" clientes?)",
    ),
    (
        Como.PAUSA,
        r"(?:(?:pauso|pausar|sair pra almoco)|(?:fac|faz|tir|fic|entr|sai|peg)(?:o|er|ar|a|r|u)?"
        + _A
        + r" (?:pausa|almoco|ausente|ocupado|intervalo|offline|off|almocar))",
    ),
    (
        Como.DESFAZER,
        r"(?:desfa\w+|volt(?:o|a|ar) atras|revert\w+|cancel(?:o|a|ar)"
        + _A
        + r" aprovac\w+|tir(?:o|a|ar)"
        + _A
        + r" aprovac\w+)"
        + _A
        + rf"(?:{_FATURA}| aprovac\w+)?",
    ),
    (Como.REJEITAR, rf"(?:rejeit|reprov|recus|neg|devolv)(?:o|a|ar|er|e)?{_A}(?:{_FATURA})?"),
    (Como.APROVAR, rf"(?:aprov|autoriz)(?:o|a|ar)?{_A}(?:{_FATURA}| (?:todas|tudo|varias|juntas))?"),
    (Como.DELEGAR, r"(?:deleg(?:o|a|ar)|(?:pass|deix)(?:o|a|ar)" + _A + r" (?:minhas )?aprovac\w+)(?: \w+){0,4}"),
    (
        Como.CORRIGIR,
        r"(?:corrij|corrig|mud|alter|troc|arrum|edit|ajust)(?:o|a|ar|ir|e)?"
        + _A
        + rf" (?:valor\w*|vencimento|data|preco)(?:{_A}{_FATURA})?",
    ),
    (
        Como.TRAZER,
        rf"(?:mand|envi|anex|sub|coloc|bot|post)(?:o|a|ar|ir|e)?{_A} (?:pdfs?|arquivos?|faturas?|boletos?"
        rf"|xml)(?! (?:pro|ao|para o) sat)(?: \w+){{0,3}}",
    ),
    (Como.BAIXAR, rf"(?:baix|pux|busc)(?:o|a|ar){_A}(?:{_FATURA})?(?: \w+){{0,2}}"),
    (Como.VER_FATURA, rf"(?:vej|ve|abr|ach|encontr)(?:o|r|er|e|ir|ar)?{_A}{_FATURA}"),
    (Como.IDIOMA, r"(?:mud|troc|alter)(?:o|a|ar)" + _A + r" (?:idioma|lingua)"),
)
_PATTERNS = tuple(
    (
        como,
        re.compile(
            rf"{act}(?: d[aeo]s? \w+(?: \w+){{0,2}})?(?: (?:aqui|ai|nisso|isso|por aqui|hoje|agora|depois|mesmo|entao"
            rf"|novo|nova))*\W*"
        ),
    )
    for como, act in _ACTS
)
_SIGNS = re.compile(
    r"(?:(?:o )?(?:que|q|oq|oque)\W+(?:e|eh|sao|significa\w*|quer(?:em)? dizer)|pra que serve\w*"
    r"|qual (?:e )?o significado d\w+"
    r"|what (?:is|does|are)|que significa\w*)\b.{0,30}"
    r"(?:\b(?:amarel[oa]s?|verdes?|vermelh[oa]s?|laranja|bolinhas?|cor(?:es)?|sina(?:l|is)|simbolos?|icones?"
    r"|emojis?|xis|x"
    r"|circulos?|certinho|tracinho|yellow|green|red)\b|[✔✖○🟢🟡🔴🟠📥🔎📤✅⏳🧾])"
    r"|(?:que|qual) (?:e |eh )?(?:o |a |ess[ea] )?(?:sinal|cor|bolinha|simbolo|icone|emoji)\b(?: (?:e"
    r"|eh))?(?: (?:ess[ea]|est[ea]))?\W*"
    r"[✔✖○🟢🟡🔴🟠📥🔎📤✅⏳🧾]?\W*"
    r"|.{0,20}\b(?:amarel[oa]|verde|vermelh[oa]|bolinha)\b.{0,20}\b(?:significa|quer dizer|e o que|serve)\b.*"
    r"|(?:o )?(?:que|q|oq|oque)\W+(?:significa\w*|quer dizer) (?:esse|essa|isso|o|a|esses|essas)\W*"
    r"[✔✖○🟢🟡🔴🟠📥🔎📤✅⏳🧾].*"
)


def how_to(text: str) -> Como | None:
    """What a short question is about; None for any other, and for what asks how something is."""
    said = in_a_line(text, _LONGEST)
    if _SIGNS.match(said):
        return Como.SINAIS
    if _BRINGS.fullmatch(said):
        return Como.TRAZER
    if _LOST_PASSWORD.fullmatch(said):
        return Como.SENHA
    if _NEW_CLIENT.fullmatch(said):
        return Como.CLIENTE
    if (found := _ASKS.fullmatch(said)) is not None:
        return None if _NOT_ME.search(found["act"]) else _act_of(found["act"])
    may = _MAY_ONE.fullmatch(said)
    act = _act_of(may["act"]) if may is not None else None
    return act if act in _NO_SENTENCE_DOES else None


def _act_of(said: str) -> Como | None:
    return next((como for como, words in _PATTERNS if words.fullmatch(said.strip())), None)
