"""A phrase becomes a schedule, or a question. Every word of it has to be understood."""

from dataclasses import dataclass, field
from typing import Any

from core.agendamento.falado.conhecido import Conhecido
from core.agendamento.falado.dias import MONTH, WEEKDAY, Dias, cut_day_range, cut_days, cut_repeats, cut_times_a_day
from core.agendamento.falado.frase import Duvida, Frase, Marca, Perguntar
from core.agendamento.falado.horas import Horas, as_fields, cut_times, cut_windows
from core.agendamento.falado.linguas import in_ours
from core.agendamento.falado.numeros import NUMBER, number_of
from core.agendamento.falado.quem import cut_operadoras, cut_people
from core.fala.lexico.nomes import OPERADORAS
from core.fala.lexico.texto import listed
from storage.agendamento.tipos import TipoAgendamento

_T = TipoAgendamento
_MAKE = r"(?:(?:criar?|faz|fazer|faca|rodar?|salvar?|programar?) )?"
_TASKS = {
    _T.BACKUP_DIARIO_BD: rf"{_MAKE}(?:o |os |um |uma )?(?:backups?|copias? de seguranca|copia do banco)",
    _T.LIMPEZA_LOGS: (
        r"(?:limpar?|limpe|limpeza|apagar?|apague|excluir?|exclua|remover?)(?: d[eo]s?| os?)? "
        r"logs?(?: antigos| velhos)?"
    ),
    _T.ENVIAR_RELATORIOS: r"(?:(?:mand(?:a|e|ar)|envi(?:a|e|ar|o)) )?(?:d?o |os |um )?relatorios?",
    _T.CRIAR_PROCESSOS_MENSAIS: (
        r"(?:cri(?:a|e|ar)|criacao|ger(?:a|e|ar)|abr(?:e|a|ir))(?: d?os?)? processos(?: mensais)?"
    ),
    _T.EXECUTAR_DOWNLOADS: (
        r"(?:baix(?:a|e|ar)|(?:(?:fazer|faz|o|os) )?downloads?|pux(?:a|e|ar)|busc(?:a|ar)|busque)"
        # "Roda a Vivo a cada 6 horas".
        rf"|rod(?:a|e|ar)(?= (?:[ao] )?(?:{'|'.join(sorted(OPERADORAS))})\b)"
    ),
}
_RARELY = (
    rf"de vez em quando|as vezes|(?:{NUMBER}) vezes(?! (?:por|a cada|em cada) hora)|\d+ ?x(?! por hora)|"
    r"sempre que.*|quando der|de tempos em tempos"
)
_ONE_DAY = (
    rf"amanha|hoje|agora|daqui a|proxim[ao] (?:{WEEKDAY})|(?:{WEEKDAY}) que vem|dia \d{{1,2}}/\d{{1,2}}\S*|"
    r"semana que vem"
)
# "Amanhã às 8 manda o relatório": not now.
_LATER = (
    r"amanha|(?:hoje|hj) (?:la )?(?:pel)?(?:as?|ao) (?:\d|meio)\S*|"
    rf"(?:n?a )?proxim[ao] (?:{WEEKDAY})|(?:{WEEKDAY}) que vem"
)
_UNTIL = (
    rf"(?:ate|a partir d[eo]|desde)(?: o)?(?: dia)? (?:{MONTH}|\d{{1,2}}/\d{{1,2}}|fim d\w+|final d\w+|ano que vem)"
)
_REFUSED = (
    (Duvida.INTERVAL, r"dia sim,? ?,? ?dia nao"),
    (Duvida.PAST, r"ontem|baixou|mandou|criou|fez|anteontem"),
    (Duvida.NEGATION, r"nao|nunca|jamais|cancel(?:a|ar|e)|para de|pare de|deixa de|desmarc\w+"),
    (Duvida.VAGUE_FREQUENCY, _RARELY),
    (Duvida.CONDITION, r"se|caso|quando|assim que"),
    (Duvida.ONCE, _ONE_DAY),
    (Duvida.LIMITS, _UNTIL),
)
_OFTEN = (
    r"tod[ao]s?|cada|diari\w+|semanal\w*|mensal\w*|mensais|dias? (?:uteis|util|de semana)|"
    rf"(?:de (?:{WEEKDAY}) (?:a|ate)|aos|nas) (?:{WEEKDAY})|"
    r"de \S+ em \S+|dias? \d{1,2}|(?:primeir|ultim)[ao]|vezes|\d+ ?x"
)
_GREETING = r"oi|ola|opa|claro|ok|bom dia|boa tarde|boa noite|e ai"
_POLITE = frozenset(
    listed(
        "por favor pf pfv pls obrigado obrigada quero queria gostaria de pode poderia da dar pra para bom boa "
        "dia tarde noite ola oi agendar agenda agende agendamento programar programa programe marcar marca um "
        "uma o a os as e em no na do dos das me que fazer faz faca ai entao preciso vou nos todos toda todo "
        "cada marque cria criar crie coloca colocar coloque bota novo nova rotina mim"
    )
)
_NTH_OF_MONTH = (
    rf"(?:primeir|segund|terceir|quart|quint|ultim)[ao] (?:{WEEKDAY}|dia(?: util)?)|[1-5]a (?:{WEEKDAY})|"
    r"dia \d{1,2}a?"
)
_SENT = frozenset({"manda", "mande", "mandar", "envia", "envie", "enviar"})
_ASSUNTOS = ("vendas", "atendimentos", "logins", "presenca")
# Between the task and what it is done to.
_OBJECT = frozenset(
    ("a o as os d de da do das dos e fatura faturas conta contas boleto boletos operadora operadoras").split()  # noqa: SIM905 - words, as they are read
)


@dataclass(slots=True)
class Entendido:
    """The schedule that was said."""

    tipo: TipoAgendamento
    cron: str
    parametros: dict[str, Any] = field(default_factory=dict)


def entender(texto: str, conhecido: Conhecido) -> Entendido:
    """What the phrase says. Raises Perguntar where something of it is missing, double, or not understood."""
    frase = Frase(in_ours(texto))
    if not frase.texto:
        raise Perguntar(Duvida.EMPTY)
    opened = frase.has(rf"^(?:{_GREETING})(?= ,)")
    if opened is not None:
        frase.texto = frase.texto[opened.end() :].lstrip(" ,")
    mes = _cut_month_of_processos(frase)
    frase.times = cut_times_a_day(frase)
    for duvida, pattern in _REFUSED:
        if found := frase.has(pattern):
            raise Perguntar(duvida, found[0])
    restaurar = _cut_restore(frase)
    tipo = _cut_task(frase)
    said: dict[str, Any] = {"mes": mes} if mes else {}
    if tipo is _T.BACKUP_DIARIO_BD:
        return _backup(frase, restaurar)
    if tipo is _T.ENVIAR_RELATORIOS:
        return _relatorios(frase, conhecido)
    if tipo is _T.LIMPEZA_LOGS:
        said |= _cut_age(frase)
    dias, horas, windows = _cut_when(frase, tipo)
    if tipo in (_T.EXECUTAR_DOWNLOADS, _T.CRIAR_PROCESSOS_MENSAIS):
        said |= _operadoras(frase, tipo, conhecido)
    _refuse_rest(frase, tipo)
    if tipo is None:
        raise Perguntar(Duvida.NO_TASK)
    if horas.janela_minutos:
        said["janela_minutos"] = horas.janela_minutos
    return Entendido(tipo, _cron(dias, horas, windows), said)


def may_be_schedule(texto: str) -> bool:
    """Whether it names a task and how often: what is worth looking at where nobody asked for a schedule."""
    frase = Frase(in_ours(texto))
    often = frase.has(_OFTEN) is not None or (frase.has(_LATER) is not None and len(texto.split()) > 2)
    return often and any(frase.has(pattern) for pattern in _TASKS.values())


def quando(texto: str) -> str:
    """The cron expression of days and hours that are said alone: "dias úteis às 8". Raises Perguntar."""
    frase = Frase(in_ours(texto))
    for duvida, pattern in _REFUSED:
        if found := frase.has(pattern):
            raise Perguntar(duvida, found[0])
    dias, horas, windows = _cut_when(frase, None)
    if left := frase.left(_POLITE):
        raise Perguntar(Duvida.NOT_UNDERSTOOD, " ".join(left))
    return _cron(dias, horas, windows)


def _backup(frase: Frase, restaurar: bool | None) -> Entendido:
    dados = _cut_backup_kind(frase)
    dias, horas, windows = _cut_when(frase, _T.BACKUP_DIARIO_BD)
    _refuse_rest(frase, _T.BACKUP_DIARIO_BD)
    seldom = dados is None and not dias.todo and dias.passo is None
    said = {} if restaurar is None else {"restaurar": restaurar}
    return Entendido(_T.BACKUP_DADOS if dados or seldom else _T.BACKUP_DIARIO_BD, _cron(dias, horas, windows), said)


def _relatorios(frase: Frase, conhecido: Conhecido) -> Entendido:
    periodo = _cut_periodo(frase)
    assunto = _cut_assunto(frase)
    para = cut_people(frase, conhecido)
    dias, horas, windows = _cut_when(frase, _T.ENVIAR_RELATORIOS)
    _refuse_rest(frase, _T.ENVIAR_RELATORIOS)
    if not para:
        raise Perguntar(Duvida.NO_RECIPIENT)
    cron = _cron(dias, horas, windows)
    said = {"assunto": assunto} if assunto else {}
    periodo = periodo or _periodo_of(dias, by_day=bool(assunto))
    return Entendido(_T.ENVIAR_RELATORIOS, cron, {"periodo": periodo, "para": para, **said})


def _cut_task(frase: Frase) -> TipoAgendamento | None:
    found = [tipo for tipo, pattern in _TASKS.items() if frase.has(pattern.strip()) is not None]
    if len(found) > 1:
        raise Perguntar(Duvida.TWO_TASKS)
    if not found:
        return None
    frase.cut(_TASKS[found[0]], Marca.TAREFA)
    return found[0]


def _cut_month_of_processos(frase: Frase) -> str | None:
    """Before what is once is refused: "do mês que vem" is no day."""
    if frase.has(_TASKS[_T.CRIAR_PROCESSOS_MENSAIS]) is None:
        return None
    for mes, pattern in (
        ("proximo", r"d?o proximo mes|do mes que vem|do mes seguinte"),
        ("anterior", r"do mes (?:anterior|passado)"),
        ("atual", r"(?:do|deste|desse) mes (?:atual|corrente)"),
    ):
        if frase.cut(pattern):
            return mes
    frase.cut(r"(?<=processos )(?:do mes|deste mes)")
    return None


def _cut_restore(frase: Frase) -> bool | None:
    if frase.cut(r"sem (?:restaurar|restauracao|teste(?: de restauracao)?|provar|prova)"):
        return False
    if frase.cut(r"(?:com|e) (?:teste de )?(?:restaura(?:r|cao)|prova(?:r)?)(?: para conferir| pra conferir)?"):
        return True
    return None


def _cut_backup_kind(frase: Frase) -> bool | None:
    """Whether it is the one of the data; None where nobody said."""
    if frase.cut(r"(?:do|d[eo]) banco(?: de dados)?"):
        return False
    return True if frase.cut(r"d?os dados|de dados") else None


def _cut_age(frase: Frase) -> dict[str, Any]:
    unit = {"dia": 1, "semana": 7, "mes": 30, "ano": 365}
    found = frase.cut(
        rf"(?:com mais de|de mais de|mais (?:velhos|antigos) (?:do )?que|anteriores a|com) ({NUMBER}) "
        r"(dia|semana|mes|ano)(?:es|s)?(?: atras)?"
    )
    if found is None:
        return {}
    days = number_of(found.grupos[0] or "") * unit[found.grupos[1] or ""]
    if not 1 <= days <= 3650:
        raise Perguntar(Duvida.BAD_NUMBER, found.texto)
    return {"dias": days}


def _cut_periodo(frase: Frase) -> str | None:
    if frase.cut(r"diarios?|de ontem|do dia anterior"):
        return "diario"
    if frase.cut(r"semanal|semanais|da semana"):
        return "semanal"
    if frase.has(rf"(?:{_NTH_OF_MONTH}) do mes"):
        return "mensal" if frase.cut(rf"mensal|mensais|(?<={Marca.TAREFA} )do mes") else None
    return "mensal" if frase.cut(r"mensal|mensais|do mes(?! as)") else None


def _cut_assunto(frase: Frase) -> str | None:
    """What the report is about, where it is not about the invoices."""
    found = frase.cut(r"(?:d[aeo]s? )?(vendas?|atendimentos?|logins?|presencas?)")
    return None if found is None else next(one for one in _ASSUNTOS if one.startswith((found.grupos[0] or "")[:5]))


def _periodo_of(dias: Dias, *, by_day: bool) -> str:
    if dias.is_monthly:
        return "mensal"
    if dias.is_weekly:
        return "semanal"
    if by_day:
        return "diario"
    raise Perguntar(Duvida.NO_PERIODO)


def _cut_when(frase: Frase, tipo: TipoAgendamento | None) -> tuple[Dias, Horas, list[tuple[int, int]]]:
    times = frase.times
    spread = _cut_spread(frase)
    dias = cut_repeats(frase)
    cut_day_range(frase, dias)
    windows = cut_windows(frase)
    horas = cut_times(frase)
    dias.todo = horas.todo
    cut_days(frase, dias, monthly=tipo is _T.CRIAR_PROCESSOS_MENSAIS)
    if len(windows) == 1 and dias.passo is None and tipo is _T.EXECUTAR_DOWNLOADS:
        begin, end = windows.pop()
        horas.momentos.append(divmod(begin, 60))
        spread = end - begin
    if times is not None and len(horas.momentos) != times:
        raise Perguntar(Duvida.VAGUE_FREQUENCY if not horas.momentos else Duvida.BAD_NUMBER, str(times))
    horas.janela_minutos = spread or 0
    return dias, horas, windows


def _cut_spread(frase: Frase) -> int | None:
    found = frase.cut(
        r"(?:espalhad[oa]s?|distribuid[oa]s?|(?:n?uma|com|em uma) janela)(?: em| de| por| ao longo de)* "
        rf"({NUMBER}) (horas?|minutos?|min)"
    )
    if found is None:
        return None
    return number_of(found.grupos[0] or "") * (60 if (found.grupos[1] or "").startswith("hora") else 1)


def _operadoras(frase: Frase, tipo: TipoAgendamento, conhecido: Conhecido) -> dict[str, Any]:
    opened = frase.has(r"^(?:oi|claro|tim|ola)(?= )")
    found = cut_operadoras(frase, conhecido.operadoras)
    if opened is not None and found is not None and len(found) <= 1:
        raise Perguntar(Duvida.AMBIGUOUS_OPERADORA, opened[0])
    if tipo is _T.EXECUTAR_DOWNLOADS and found is not None:
        for one in found:
            if not one.tem_robo:
                raise Perguntar(Duvida.NO_ROBOT, one.nome)
    if found is None and tipo is _T.EXECUTAR_DOWNLOADS:
        _refuse_unknown(frase)
        raise Perguntar(Duvida.NO_OPERADORA)
    _refuse_unknown(frase)
    return {} if found is None else {"operadoras": list(dict.fromkeys(one.codigo for one in found))}


def _refuse_unknown(frase: Frase) -> None:
    """Words in the place of an operadora: right behind the task, or behind another one."""
    inside = False
    for word in frase.texto.split():
        if word in (Marca.TAREFA, Marca.OPERADORA):
            inside = True
        elif inside and word not in _OBJECT and word != "," and word not in _POLITE:
            if word.startswith("§"):
                inside = False
            elif word not in ("com",):
                raise Perguntar(Duvida.UNKNOWN_OPERADORA, word)
            else:
                inside = False
        elif word in ("toda", "todo", "todos", "cada"):
            inside = False


def _refuse_rest(frase: Frase, tipo: TipoAgendamento | None) -> None:
    sent = _SENT if tipo is _T.ENVIAR_RELATORIOS else frozenset()
    if left := frase.left(_POLITE | _OBJECT | sent):
        raise Perguntar(Duvida.NOT_UNDERSTOOD, " ".join(left))
    if tipo is None and not frase.texto:
        raise Perguntar(Duvida.NO_TASK)


def _cron(dias: Dias, horas: Horas, windows: list[tuple[int, int]]) -> str:
    if dias.passo is not None:
        if horas.momentos:
            raise Perguntar(Duvida.WINDOW)
        whole = "*" if dias.horas == 1 or dias.passo == "minutos" else f"*/{dias.horas}"
        hours = ",".join(_hours(dias, *window) for window in windows) or whole
        if dias.passo == "minutos":
            minutes = "*" if dias.horas == 1 else f"*/{dias.horas}"
            return f"{minutes} {hours} {dias.fields}"
        return f"{dias.minuto} {hours} {dias.fields}"
    if windows:
        raise Perguntar(Duvida.WINDOW)
    if not dias.todo and dias.fields == "* * *":
        raise Perguntar(Duvida.NO_DAYS)
    if not horas.momentos:
        raise Perguntar(Duvida.NO_TIME)
    if horas.meia_noite and dias.fields != "* * *":
        raise Perguntar(Duvida.MIDNIGHT)
    return f"{as_fields(horas.momentos)} {dias.fields}"


def _hours(dias: Dias, begin: int, end: int) -> str:
    """The hours of a window: by the hour its last one counts, by minutes what begins before it ends.

    "Das 8:30 às 17:30" of every hour is at its half; "das 8 às 17:45" of every 15 minutes names the last run.
    """
    if dias.passo == "horas" and begin % 60 == end % 60 and dias.minuto in (0, begin % 60):
        dias.minuto = begin % 60
    elif dias.passo == "minutos" and end % 60 == 60 - dias.horas and begin % 60 == 0:
        end += dias.horas
    elif begin % 60 or end % 60:
        raise Perguntar(Duvida.WINDOW)
    first, last = begin // 60, end // 60
    if end <= begin:
        raise Perguntar(Duvida.WINDOW)
    if dias.passo == "minutos":
        return f"{first}-{last - 1}" if last - 1 > first else str(first)
    return f"{first}-{last}" if dias.horas == 1 else f"{first}-{last}/{dias.horas}"
