"""What the witnesses in a processo's file say, over HTTP."""

from aiohttp import web
from pydantic import BaseModel

from core.exame.guardado import Visto, seen
from core.testemunha.parecer import Campo, Fonte, Parecer, Veredito
from webhooks.given import DATABASE, FATURA_DOOR
from webhooks.http.endpoints import endpoint
from webhooks.http.operations import ID_IN_PATH, ok
from webhooks.processo.processos import NONE, stored

TESTEMUNHAS = {
    "veredito": "confere",
    "campos": [
        {
            "campo": "valor",
            "veredito": "confere",
            "valor": "1234.56",
            "testemunhas": [{"fonte": "linha", "valor": "1234.56"}, {"fonte": "robo", "valor": "1234.56"}],
            "explicacao": "a linha impressa e o robô dizem R$ 1.234,56.",
        }
    ],
}


class TestemunhaShown(BaseModel):
    """One place that says something of a field."""

    fonte: Fonte
    valor: str


class CampoShown(BaseModel):
    """The verdict on one field. `valor`: what holds, null when nothing says it or two differ."""

    campo: Campo
    veredito: Veredito
    valor: str | None
    testemunhas: list[TestemunhaShown]
    explicacao: str


class TestemunhasShown(BaseModel):
    """The verdict on the whole and on each field."""

    veredito: Veredito
    campos: list[CampoShown]


@endpoint(
    "processos",
    "What the witnesses in a processo's file say",
    ok(TestemunhasShown, TESTEMUNHAS),
    "`veredito` of the whole: `diverge` if any field does, `confere` if value and client do and none diverges, else"
    " `incompleto`; that too when there is no file.",
    parameters=(ID_IN_PATH,),
    refusals=NONE,
)
async def witnesses(request: web.Request) -> TestemunhasShown:
    """`GET /processos/{id}/testemunhas`."""
    processo = await stored(request)
    async with request.app[DATABASE].read() as connection:
        visto = await seen(connection, processo.documento_id)
    veredito = Veredito(visto.veredito) if visto.veredito else Veredito.INCOMPLETO
    campos = visto.campos or [Parecer(campo, Veredito.SEM_TESTEMUNHA) for campo in Campo]
    return TestemunhasShown(veredito=veredito, campos=[_shown(parecer, visto, request) for parecer in campos])


def _shown(parecer: Parecer, visto: Visto, request: web.Request) -> CampoShown:
    return CampoShown(
        campo=parecer.campo,
        veredito=parecer.veredito,
        valor=parecer.valor,
        testemunhas=[TestemunhaShown(fonte=one.fonte, valor=one.valor) for one in parecer.testemunhas],
        explicacao=request.app[FATURA_DOOR].explain(parecer, visto.nomes),
    )
