// A small bot on an unmodified grammY: greets with buttons, handles the tap, sends a file back that it downloaded.
// Environment: API_ROOT, TOKEN, MODE (polling or webhook), SECRET. Prints "ready PORT" once it listens.
import { createServer } from "node:http";
import { Bot, GrammyError, InlineKeyboard, InputFile, webhookCallback } from "grammy";

const { API_ROOT, TOKEN, MODE, SECRET } = process.env;
const bot = new Bot(TOKEN, { client: { apiRoot: API_ROOT } });

bot.on("message:text", (ctx) =>
  ctx.reply(`Olá, ${ctx.from.first_name}`, {
    reply_markup: new InlineKeyboard().text("SIM", "sim").text("NÃO", "nao"),
  }),
);

bot.callbackQuery("sim", async (ctx) => {
  await ctx.answerCallbackQuery("Anotado");
  await ctx.editMessageText("Confirmado");
});

bot.on("message:document", async (ctx) => {
  const file = await ctx.getFile();
  const response = await fetch(`${API_ROOT}/file/bot${TOKEN}/${file.file_path}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  await ctx.replyWithDocument(new InputFile(bytes, `copia-${ctx.msg.document.file_name}`), {
    caption: `${bytes.length} bytes`,
    reply_parameters: { message_id: ctx.msg.message_id },
  });
});

bot.on("message:sticker", async (ctx) => {
  try {
    await ctx.reply("x".repeat(4097));
  } catch (error) {
    await ctx.reply(error instanceof GrammyError ? `${error.error_code} ${error.description}` : "outro erro");
  }
});

if (MODE === "webhook") {
  const server = createServer(webhookCallback(bot, "http", { secretToken: SECRET }));
  server.listen(0, "127.0.0.1", async () => {
    const { port } = server.address();
    await bot.api.setWebhook(`http://127.0.0.1:${port}/`, { secret_token: SECRET });
    console.log(`ready ${port}`);
  });
} else {
  await bot.start({ onStart: () => console.log("ready 0") });
}
