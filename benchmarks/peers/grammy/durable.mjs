// grammY with our promises: one PostgreSQL transaction per update marks the event, locks the conversation, saves its
// state and writes the reply down; after its commit the update is answered, then the reply sent and marked.
import { createServer } from "node:http";
import pg from "pg";
import { conversing, path, port, secret } from "./conversation.mjs";

const pool = new pg.Pool({ max: 10 });
await pool.query(`
  CREATE TABLE IF NOT EXISTS eventos (update_id bigint PRIMARY KEY, em timestamptz NOT NULL DEFAULT now());
  CREATE TABLE IF NOT EXISTS conversas (chat_id bigint PRIMARY KEY, dados jsonb NOT NULL);
  CREATE TABLE IF NOT EXISTS outbox (
    id bigserial PRIMARY KEY, chat_id bigint NOT NULL, metodo text NOT NULL, corpo jsonb NOT NULL, enviada timestamptz);
  CREATE INDEX IF NOT EXISTS outbox_por_enviar ON outbox (id) WHERE enviada IS NULL;
`);

// Prepared once on each connection.
const run = (client, name, text, values) => client.query({ name, text, values });
const MARK = "INSERT INTO eventos (update_id) VALUES ($1) ON CONFLICT DO NOTHING";
const OPEN = `INSERT INTO conversas VALUES ($1, '{}')
  ON CONFLICT (chat_id) DO UPDATE SET dados = conversas.dados RETURNING dados`;
const SAVE = "UPDATE conversas SET dados = $2 WHERE chat_id = $1";
const WRITE = "INSERT INTO outbox (chat_id, metodo, corpo) VALUES ($1, $2, $3) RETURNING id";
const SENT = "UPDATE outbox SET enviada = now() WHERE id = $1";

const turns = new WeakMap();
const bot = await conversing(async (ctx, next) => {
  const turn = turns.get(ctx.update);
  ctx.session = turn.session;
  ctx.api.config.use(async (_previous, method, payload) => {
    turn.calls.push({ method, payload });
    return { ok: true, result: true };
  });
  await next();
  turn.session = ctx.session;
});

async function turn(update) {
  const chat = update.message.chat.id;
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const marked = await run(client, "mark", MARK, [update.update_id]);
    const written = [];
    if (marked.rowCount === 1) {
      const opened = await run(client, "open", OPEN, [chat]);
      const now = { session: opened.rows[0].dados, calls: [] };
      turns.set(update, now);
      await bot.handleUpdate(update);
      await run(client, "save", SAVE, [chat, now.session]);
      for (const call of now.calls) {
        const row = await run(client, "write", WRITE, [chat, call.method, call.payload]);
        written.push({ id: row.rows[0].id, ...call });
      }
    }
    await client.query("COMMIT");
    return written;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

async function send(written) {
  for (const { id, method, payload } of written) {
    await bot.api.raw[method](payload);
    await run(pool, "sent", SENT, [id]);
  }
}

createServer((request, response) => {
  if (request.url !== path || request.headers["x-telegram-bot-api-secret-token"] !== secret) {
    return response.writeHead(404).end();
  }
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", async () => {
    try {
      const written = await turn(JSON.parse(Buffer.concat(chunks)));
      response.writeHead(200).end();
      console.log("update handled 200");
      await send(written);
    } catch (error) {
      console.error(error);
      if (!response.headersSent) response.writeHead(500).end();
    }
  });
}).listen(port, "127.0.0.1");
