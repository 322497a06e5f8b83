"""How `/openapi.json` describes consultores and protocolos; the examples are the reference's."""

from webhooks.consultor.consultores import ChangedConsultor, Connection, NewConsultor
from webhooks.consultor.protocolos import ChangedProtocolo, NewProtocolo
from webhooks.openapi.answers import ConsultorShown, DaVezShown, ProtocoloShown
from webhooks.openapi.parts import FLAG, ID, LANGUAGE, PAGE, TEXT, TOTAL, Answer, Operation, Parameter, ok

_CONSULTOR = {
    "id": 123,
    "nome": "João Silva",
    "idiomas": ["pt", "en"],
    "status_ativo": True,
    "status_ativo_sequencial": True,
    "status_online": True,
    "ultimo_atendimento": "2024-01-23T14:30:00Z",
    "id_pipedrive": 456,
}
_NEW = {"ultimo_atendimento": None, "status_online": False}
_DA_VEZ = {
    "consultor_id": 123,
    "consultor_nome": "João Silva",
    "consultor_idiomas": ["pt", "en"],
    "consultor_status_online": True,
    "consultor_atendimento_iso": "2024-01-23T14:30:00Z",
    "consultor_id_pipedrive": 456,
    "protocolo": "#00001",
}
_PROTOCOLO = {"id": 1, "numero": "#00002", "consultor_id": 123, "created_at": "2024-01-23T14:35:00Z"}

_ID = Parameter("id", ID, place="path")
# One that has been given out: of the form, and there.
_NUMBER = Parameter(
    "id", {"type": "string", "pattern": "^#?[0-9]{1,18}$"}, "the id, or the number as it is written", place="path"
)
_OF_A_CONSULTOR = (
    ("GET", "/consultor/{id}"),
    ("PUT", "/consultor/{id}"),
    ("DELETE", "/consultor/{id}"),
    ("PUT", "/consultor/{id}/connection"),
)
_OF_A_PROTOCOLO = (("GET", "/protocolo/{id}"), ("PUT", "/protocolo/{id}"))
_NO_CONSULTOR = {404: "there is no such consultor"}
_NO_PROTOCOLO = {404: "this number was never given out"}
_TAKEN_PHONE = {409: "another consultor has this `telefone`"}
_A, _B, _C = "consultores", "distribuição", "protocolos"

OPERATIONS = {
    ("GET", "/consultores"): Operation(
        _A,
        "Every consultor, by id",
        ok([ConsultorShown], [_CONSULTOR], X_Total_Count=TOTAL),
        parameters=(
            *PAGE,
            Parameter("status_ativo", FLAG),
            Parameter("status_ativo_sequencial", FLAG),
            Parameter("status_online", FLAG),
            Parameter("idioma", LANGUAGE, "who speaks it"),
            Parameter("nome", TEXT, "part of the name"),
            Parameter("id_pipedrive", ID),
        ),
    ),
    ("POST", "/consultor"): Operation(
        _A,
        "Add a consultor, who starts offline",
        {201: Answer(ConsultorShown, "created", example=_CONSULTOR | _NEW, leads_to=_OF_A_CONSULTOR)},
        "With a `telefone` they are the usuario of that phone, made when new.",
        body=NewConsultor,
        example={"nome": "João Silva", "idiomas": ["pt", "en"], "id_pipedrive": 456},
        refusals=_TAKEN_PHONE,
    ),
    ("GET", "/consultor/{id}"): Operation(
        _A,
        "One consultor, a deactivated one too",
        ok(ConsultorShown, _CONSULTOR),
        parameters=(_ID,),
        refusals=_NO_CONSULTOR,
    ),
    ("PUT", "/consultor/{id}"): Operation(
        _A,
        "Change a consultor",
        ok(ConsultorShown, _CONSULTOR),
        "What the body does not name stays. `id` and `ultimo_atendimento` may stand there as they are.",
        (_ID,),
        ChangedConsultor,
        {"idiomas": ["pt", "es"], "status_ativo_sequencial": False},
        partial=True,
        refusals=_NO_CONSULTOR | _TAKEN_PHONE,
    ),
    ("DELETE", "/consultor/{id}"): Operation(
        _A,
        "Deactivate a consultor",
        ok(ConsultorShown, _CONSULTOR | {"status_ativo": False}),
        "They take no more turns, and keep their protocolos. Doing it again changes nothing.",
        (_ID,),
        refusals=_NO_CONSULTOR,
    ),
    ("PUT", "/consultor/{id}/connection"): Operation(
        _A,
        "Tell whether a consultor is there",
        ok(ConsultorShown, _CONSULTOR),
        "Of a consultor with a `telefone` this sets the presence of that person.",
        (_ID,),
        Connection,
        {"status_online": True},
        refusals=_NO_CONSULTOR,
    ),
    ("GET", "/consultor/da-vez"): Operation(
        _B,
        "Whose turn it is",
        ok(DaVezShown, _DA_VEZ),
        "Among those who are active, in the rotation, online and speak the language: who has attended nobody yet, "
        "else who has waited longest. Their stamp and the protocolo are one transaction. "
        "Nobody there: no number is used up.",
        (Parameter("idioma", LANGUAGE, needed=True), Parameter("explicar", FLAG, "adds `motivo`: why this consultor")),
        refusals={404: "nobody can take it"},
    ),
    ("GET", "/protocolos"): Operation(
        _C,
        "Every protocolo, by id",
        ok([ProtocoloShown], [_PROTOCOLO], X_Total_Count=TOTAL),
        parameters=(*PAGE, Parameter("consultor_id", ID, "those of this consultor")),
    ),
    ("POST", "/protocolo"): Operation(
        _C,
        "A new protocolo of a consultor",
        {201: Answer(ProtocoloShown, "created", example=_PROTOCOLO, leads_to=_OF_A_PROTOCOLO)},
        body=NewProtocolo,
        example={"consultor_id": 123},
        refusals=_NO_CONSULTOR,
    ),
    ("GET", "/gerar-protocolo"): Operation(
        _C,
        "A new protocolo, of nobody yet",
        {200: Answer(ProtocoloShown, example=_PROTOCOLO | {"consultor_id": None}, leads_to=_OF_A_PROTOCOLO)},
    ),
    ("GET", "/protocolo/{id}"): Operation(
        _C, "One protocolo", ok(ProtocoloShown, _PROTOCOLO), parameters=(_NUMBER,), refusals=_NO_PROTOCOLO
    ),
    ("PUT", "/protocolo/{id}"): Operation(
        _C,
        "Give a protocolo to another consultor, or to nobody",
        ok(ProtocoloShown, _PROTOCOLO),
        parameters=(_NUMBER,),
        body=ChangedProtocolo,
        example={"consultor_id": 124},
        refusals={404: "there is no such protocolo, or no such consultor"},
    ),
}
