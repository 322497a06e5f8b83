# ruff: noqa: S608 - words of ours
"""An operation with invoices, as large as asked for: clientes, their processos of every month, execucoes, history."""

from sqlalchemy import text

from storage.database import Database
from storage.schema import migrate

# Ids as core/ids.py makes them: the moment, then chance; so many rows of one millisecond.
_ID = (
    "(lpad(to_hex({ms}), 12, '0') || '7' || substr(md5('{salt}' || {n}), 1, 3) || '8'"
    " || substr(md5('{salt}' || {n}), 4, 15))::uuid"
)
_JANUARY = "1767225600000::bigint"
_MONTH_MS = "2592000000::bigint"
_WORDS = "ARRAY['Padaria','Farmácia','Mercado','Clínica','Escola','Posto','Oficina','Hotel','Livraria','Gráfica']"
_KINDS = "ARRAY['padaria','farmacia','mercado','clinica','escola','posto','oficina','hotel','livraria','grafica']"


def _id(ms: str, salt: str, n: str) -> str:
    return _ID.format(ms=ms, salt=salt, n=n)


_PROCESSO_MS = f"{_JANUARY} + m.n * {_MONTH_MS} + c.n / 500"
_STATUS = """CASE WHEN m.n < :meses - 1 THEN 'UPLOAD_REALIZADO' WHEN c.n % 100 < 30 THEN 'AGUARDANDO_DOWNLOAD'
 WHEN c.n % 100 < 35 THEN 'AGUARDANDO_APROVACAO' WHEN c.n % 100 < 37 THEN 'AGUARDANDO_ENVIO_SAT'
 ELSE 'UPLOAD_REALIZADO' END"""
_WHEN = "to_timestamp(({ms}) / 1000.0)"

STATEMENTS = (
    f"""INSERT INTO operadoras (id, nome, codigo, possui_rpa, criado_em, atualizado_em)
    SELECT {_id(_JANUARY, "o", "n")}, 'Operadora ' || n, 'OP' || n, true, now(), now() FROM generate_series(0, 3) n""",
    f"""INSERT INTO usuarios (id, nome_completo, telefone, perfil_usuario, criado_em, atualizado_em)
    SELECT {_id(_JANUARY, "u", "n")}, 'Aprovador ' || n, '55319888' || lpad(n::text, 5, '0'), 'APROVADOR', now(), now()
    FROM generate_series(0, 19) n""",
    f"""INSERT INTO clientes (id, hash_unico, razao_social, cnpj, operadora_id, unidade, servico, filtro, busca,
      criado_em, atualizado_em)
    SELECT {_id(f"{_JANUARY} + c.n / 500", "c", "c.n")}, md5('h' || c.n),
      ({_WORDS})[c.n % 10 + 1] || ' Número ' || c.n || ' Ltda', lpad((c.n / 4)::text, 14, '1'),
      {_id(_JANUARY, "o", "(c.n % 4)")}, '', 'fixo ' || c.n, '88' || lpad(c.n::text, 8, '0'),
      ({_KINDS})[c.n % 10 + 1] || ' numero ' || c.n || ' ltda ' || lpad((c.n / 4)::text, 14, '1')
        || ' 88' || lpad(c.n::text, 8, '0') || ' fixo ' || c.n, now(), now()
    FROM generate_series(0, :clientes - 1) AS c(n)""",
    f"""INSERT INTO processos (id, cliente_id, mes_ano, competencia, status_processo, versao, documento_id,
      data_vencimento, valor_centavos, tentativas_download, criado_automaticamente, criado_em, atualizado_em)
    SELECT {_id(_PROCESSO_MS, "p", "m.n || '-' || c.n")}, {_id(f"{_JANUARY} + c.n / 500", "c", "c.n")},
      lpad((m.n + 1)::text, 2, '0') || '/2026', 202601 + m.n, {_STATUS}, 2,
      CASE WHEN m.n < :meses - 1 OR c.n % 100 >= 30 THEN {_id(_PROCESSO_MS, "d", "m.n || '-' || c.n")} END,
      CASE WHEN m.n < :meses - 1 OR c.n % 100 >= 30 THEN date '2026-01-10' + m.n * 30 + c.n % 40 END,
      CASE WHEN m.n < :meses - 1 OR c.n % 100 >= 30 THEN 10000 + c.n * 7 % 900000 END,
      1, true, {_WHEN.format(ms=_PROCESSO_MS)}, {_WHEN.format(ms=_PROCESSO_MS)}
    FROM generate_series(0, :meses - 1) AS m(n), generate_series(0, :clientes - 1) AS c(n) ORDER BY m.n, c.n""",
    """INSERT INTO documentos_fatura (id, processo_id, tipo, nome_arquivo, content_type, sha256, tamanho, object_key,
      guardado_em, criado_em)
    SELECT documento_id, id, 'FATURA', 'fatura.pdf', 'application/pdf', md5(id::text), 90000, 'faturas/' || id,
      criado_em, criado_em FROM processos WHERE documento_id IS NOT NULL""",
    """INSERT INTO exames (documento_id, veredito, campos, valor_centavos, data_vencimento, linha, referencia,
      favorecidos, feito_em)
    SELECT documento_id, 'confere', CAST(:campos AS jsonb), valor_centavos, data_vencimento, '', competencia, '[]',
      criado_em FROM processos WHERE status_processo = 'AGUARDANDO_APROVACAO'""",
    """INSERT INTO historico (processo_id, quando, canal, acao, para)
    SELECT id, criado_em, 'relogio', 'CRIAR', 'AGUARDANDO_DOWNLOAD' FROM processos""",
    """INSERT INTO historico (processo_id, quando, canal, acao, de, para)
    SELECT id, criado_em, 'robo', 'RECEBER', 'AGUARDANDO_DOWNLOAD', 'AGUARDANDO_APROVACAO' FROM processos
    WHERE documento_id IS NOT NULL""",
    """INSERT INTO execucoes (id, processo_id, operadora_id, tipo_execucao, status_execucao, data_inicio, data_fim,
      devida_em, enviada_em, sinal_em)
    SELECT gen.id, p.id, c.operadora_id, 'DOWNLOAD_FATURA',
      CASE WHEN p.documento_id IS NOT NULL THEN 'CONCLUIDO' WHEN c.cnpj < '11111111111112' THEN 'FALHOU'
        ELSE 'CANCELADO' END,
      p.criado_em, p.criado_em, p.criado_em, p.criado_em, p.criado_em
    FROM processos p JOIN clientes c ON c.id = p.cliente_id
    CROSS JOIN LATERAL (SELECT (substr(p.id::text, 1, 19) || substr(md5(p.id::text), 1, 4) || '-'
      || substr(md5(p.id::text), 5, 12))::uuid AS id) gen""",
)


async def fill(url: str, clientes: int, meses: int, campos: str) -> None:
    """Bring the database to the newest schema; so many clientes with a processo of each month. PostgreSQL only."""
    database = Database(url, patient=True)
    try:
        await migrate(database)
        for statement in STATEMENTS:
            async with database.begin() as connection:
                await connection.execute(text("SET LOCAL session_replication_role = replica"))
                given = {"clientes": clientes, "meses": meses, "campos": campos}
                used = {name: value for name, value in given.items() if f":{name}" in statement}
                await connection.execute(text(statement), used)
                await connection.commit()
        # What an autovacuum would have done by the time that there is so much.
        async with database.begin() as connection:
            await connection.execute(text("ANALYZE"))
            await connection.commit()
    finally:
        await database.close()
