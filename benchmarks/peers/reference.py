"""The design that the reference describes, written as a peer would: FastAPI, synchronous SQLAlchemy, pydantic.

Sessions of the ORM in FastAPI's thread pool, one transaction a request. The counter's row is locked first, so it is as
free of gaps and as fair as ours; what it sorts by has an index. Its log lines are those of the reference.
"""

import json
import logging
import os
import sys
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException, Request, Response
from pydantic import BaseModel
from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, create_engine, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
log = logging.getLogger("consultores")
# As many connections as FastAPI has threads.
engine = create_engine(os.environ["REFERENCE_DATABASE_URL"], pool_size=40, max_overflow=0)
new_session = sessionmaker(engine)
app = FastAPI(title="Sistema de Gestão de Consultores")


class Base(DeclarativeBase):
    """The models."""


class Consultor(Base):
    __tablename__ = "consultores"
    __table_args__ = (Index("ix_ultimo_atendimento", text("ultimo_atendimento NULLS FIRST"), "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    nome: Mapped[str]
    idiomas: Mapped[list[str]] = mapped_column(JSONB)
    status_ativo: Mapped[bool] = mapped_column(default=True)
    status_ativo_sequencial: Mapped[bool] = mapped_column(default=True)
    status_online: Mapped[bool] = mapped_column(default=False)
    ultimo_atendimento: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    id_pipedrive: Mapped[int | None]


class Protocolo(Base):
    __tablename__ = "protocolos"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    consultor_id: Mapped[int | None] = mapped_column(ForeignKey("consultores.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Contador(Base):
    __tablename__ = "contador"

    id: Mapped[int] = mapped_column(primary_key=True)
    ultimo: Mapped[int]


class DaVez(BaseModel):
    consultor_id: int
    consultor_nome: str
    consultor_idiomas: list[str]
    consultor_status_online: bool
    consultor_atendimento_iso: datetime
    consultor_id_pipedrive: int | None
    protocolo: str


def session() -> Iterator[Session]:
    with new_session() as opened:
        yield opened


def api_key(key: Annotated[str | None, Header(alias="api-key")] = None) -> None:
    if key != os.environ["AUTHENTICATION_API_KEY"]:
        raise HTTPException(401, "api-key inválida")


@app.middleware("http")
async def logged(request: Request, handle: Callable[[Request], Awaitable[Response]]) -> Response:
    started, name = time.perf_counter(), uuid.uuid4().hex[:8]
    params = dict(request.query_params)
    asked = {"id": name, "method": request.method, "path": request.url.path, "params": params}
    log.info(json.dumps({"request": asked}))
    response = await handle(request)
    seconds = f"{time.perf_counter() - started:.2f}s"
    log.info(json.dumps({"response": {"id": name, "status": response.status_code, "time": seconds}}))
    return response


@app.get("/consultor/da-vez", dependencies=[Depends(api_key)])
def da_vez(idioma: str, db: Annotated[Session, Depends(session)]) -> DaVez:
    contador = db.execute(select(Contador).with_for_update()).scalar_one()
    speaks = Consultor.idiomas.contains([idioma])
    consultor = db.execute(
        select(Consultor)
        .where(Consultor.status_ativo, Consultor.status_ativo_sequencial, Consultor.status_online, speaks)
        .order_by(Consultor.ultimo_atendimento.asc().nulls_first(), Consultor.id)
        .limit(1)
    ).scalar_one_or_none()
    if consultor is None:
        raise HTTPException(404, "Consultor não encontrado")
    now = datetime.now(UTC)
    contador.ultimo += 1
    consultor.ultimo_atendimento = now
    protocolo = Protocolo(id=contador.ultimo, consultor_id=consultor.id, created_at=now)
    db.add(protocolo)
    answer = DaVez(
        consultor_id=consultor.id,
        consultor_nome=consultor.nome,
        consultor_idiomas=consultor.idiomas,
        consultor_status_online=consultor.status_online,
        consultor_atendimento_iso=now,
        consultor_id_pipedrive=consultor.id_pipedrive,
        protocolo=f"#{protocolo.id:05d}",
    )
    db.commit()
    return answer
