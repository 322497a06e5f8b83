// The conversation of stock.py in grammY (grammy.dev, "Sessions" and "Deployment types"): the same words and buttons.
import { Bot, InlineKeyboard } from "grammy";

export const path = process.env.WEBHOOK_PATH;
export const port = Number(process.env.PORT);
export const secret = process.env.TELEGRAM_WEBHOOK_SECRET;

/** A bot whose `ctx.session` something before it has set. */
export async function conversing(before) {
  const bot = new Bot(process.env.TELEGRAM_BOT_TOKEN, { client: { apiRoot: process.env.TELEGRAM_API_URL } });
  bot.use(before);
  bot.hears(/^vender$/i, async (ctx) => {
    const nome = `${ctx.from.first_name} ${ctx.from.last_name}`;
    ctx.session = { state: "confirmacao", nome };
    const keyboard = new InlineKeyboard().text("SIM", "venda:sim").text("NÃO", "venda:nao");
    const text = `Nova venda no PAP em nome de ${nome}, matrícula V0001.\n\nPosso começar?`;
    await ctx.reply(text, { reply_markup: keyboard, parse_mode: "HTML" });
  });
  const asked = bot.filter((ctx) => ctx.session.state === "confirmacao");
  asked.hears(/^nao$/i, async (ctx) => {
    const { nome } = ctx.session;
    ctx.session = {};
    await ctx.reply(`Tudo bem, ${nome}, nada foi iniciado. Quando quiser, é só digitar VENDER.`, { parse_mode: "HTML" });
  });
  asked.hears(/^sim$/i, async (ctx) => {
    ctx.session = {};
    await ctx.reply("Venda iniciada.");
  });
  asked.on("message", (ctx) => ctx.reply("Não entendi. Responda SIM para começar ou NAO para desistir."));
  await bot.init();
  return bot;
}
