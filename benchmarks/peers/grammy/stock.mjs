// A stock grammY webhook bot: sessions in memory, as grammY has them by default, and no database. One line per update.
import { createServer } from "node:http";
import { session, webhookCallback } from "grammy";
import { conversing, path, port, secret } from "./conversation.mjs";

const bot = await conversing(session({ initial: () => ({}) }));
const handle = webhookCallback(bot, "http", { secretToken: secret });
createServer(async (request, response) => {
  if (request.url !== path) return response.writeHead(404).end();
  await handle(request, response);
  console.log(`update handled ${response.statusCode}`);
}).listen(port, "127.0.0.1");
