/** The faults' room: what may go wrong around the service, one switch each. */

import { button, h } from "./dom.js";

const DELIVERIES = ["normal", "twice", "late", "backwards"];
const TEXTS = {
  pt: {
    telegram_down: "Telegram fora do ar", telegram_downHint: "As chamadas dão 503; o que o serviço quer dizer espera.",
    telegram_429: "Telegram pede calma", telegram_429Hint: "As próximas 5 chamadas dão 429, com 3 s de espera cada.",
    whatsapp_down: "WhatsApp fora do ar", whatsapp_downHint: "As chamadas dão 503; o que o serviço quer dizer espera.",
    whatsapp_window: "Janela de 24 h fechada", whatsapp_windowHint: "Só um modelo passa, até a pessoa escrever de novo.",
    robots_down: "Robôs fora do ar", robots_downHint: "Vendas esperam até a API dos robôs voltar.",
    delivery: "As mensagens chegam…", "delivery-normal": "uma vez", "delivery-twice": "duas vezes", "delivery-late": "atrasadas", "delivery-backwards": "fora de ordem",
    "delivery-normalHint": "Como as pessoas as mandaram.", "delivery-twiceHint": "Cada uma duas vezes, como os provedores às vezes fazem.",
    "delivery-lateHint": "Ficam guardadas até você escolher outra entrega.", "delivery-backwardsHint": "Ficam guardadas, e depois chegam da mais nova à mais velha.",
    held: "guardadas", restartRedis: "Reiniciar o Redis", restartRedisHint: "Para e volta em um segundo; nada se perde.", restarted: "Reiniciado.",
    calm: "Tudo normal",
  },
  en: {
    telegram_down: "Telegram is down", telegram_downHint: "Calls get 503; what the service wants to say waits.",
    telegram_429: "Telegram says slow down", telegram_429Hint: "The next 5 calls get 429, with 3 s to wait each.",
    whatsapp_down: "WhatsApp is down", whatsapp_downHint: "Calls get 503; what the service wants to say waits.",
    whatsapp_window: "24-hour window closed", whatsapp_windowHint: "Only a template passes, until the person writes again.",
    robots_down: "Robots are down", robots_downHint: "Sales wait until the robots' API is back.",
    delivery: "Messages arrive…", "delivery-normal": "once", "delivery-twice": "twice", "delivery-late": "late", "delivery-backwards": "out of order",
    "delivery-normalHint": "As people sent them.", "delivery-twiceHint": "Each one twice, as providers sometimes do.",
    "delivery-lateHint": "They are kept until you choose another delivery.", "delivery-backwardsHint": "They are kept, and then arrive newest first.",
    held: "kept", restartRedis: "Restart Redis", restartRedisHint: "It stops and is back within a second; nothing is lost.", restarted: "Restarted.",
    calm: "All is well",
  },
};

/** Fill the room. */
export function mount(room, live, texts) {
  texts.learn(TEXTS);
  const faults = new Faults(room, live, texts);
  live.on("state", ({ controls }) => faults.hear(controls));
  live.on("controls", (controls) => faults.hear(controls));
  texts.onLanguage(() => faults.draw());
}

class Faults {
  constructor(room, live, texts) {
    Object.assign(this, { room, live, t: texts.t, shown: { faults: {}, delivery: { mode: "normal", held: 0 }, redis: false }, said: "" });
  }

  hear({ faults, delivery, redis }) {
    const next = { faults, delivery, redis };
    if (JSON.stringify(next) === JSON.stringify(this.shown)) return;
    this.shown = next;
    this.draw();
    this.room.dispatchEvent(new Event("news"));
  }

  draw() {
    const { t, shown } = this;
    const held = this.room.contains(document.activeElement) ? document.activeElement.name || document.activeElement.dataset.act : null;
    const calm = shown.delivery.mode === "normal" && !Object.values(shown.faults).includes(true);
    this.room.replaceChildren(
      h("div", { className: "switches" }, Object.entries(shown.faults).map(([fault, on]) => this.drawSwitch(fault, on))),
      this.drawDelivery(),
      h("div", { className: "acts" },
        shown.redis ? button("act", () => this.restart(), { data: { act: "redis" }, title: t("restartRedisHint") }, t("restartRedis")) : "",
        button("act", () => this.live.post("/controls/calm"), { data: { act: "calm" }, disabled: calm }, t("calm"))),
      h("p", { className: "hint", role: "status" }, this.said));
    if (held) this.room.querySelector(`[name="${held}"]:checked, input[type=checkbox][name="${held}"], [data-act="${held}"]`)?.focus();
  }

  drawSwitch(fault, on) {
    const change = (event) => this.live.post("/controls/faults", { fault, on: event.target.checked });
    return h("label", { className: on ? "fault on" : "fault" },
      h("input", { type: "checkbox", role: "switch", name: fault, checked: on, on: { change } }), h("i", { "aria-hidden": "true" }),
      h("span", {}, h("b", {}, this.t(fault)), h("small", {}, this.t(`${fault}Hint`))));
  }

  drawDelivery() {
    const { t } = this;
    const { mode, held } = this.shown.delivery;
    const options = DELIVERIES.map((name) => h("label", {},
      h("input", { type: "radio", name: "delivery", value: name, checked: name === mode, on: { change: () => this.live.post("/controls/delivery", { mode: name }) } }),
      h("span", {}, t(`delivery-${name}`))));
    return h("fieldset", { className: "choice-of" }, h("legend", {}, t("delivery")), h("div", { className: "options" }, options),
      h("p", {}, t(`delivery-${mode}Hint`), held ? h("b", {}, ` ${held} ${t("held")}.`) : ""));
  }

  async restart() {
    this.said = "…";
    this.draw();
    const { ok } = await this.live.post("/controls/redis");
    this.said = ok ? this.t("restarted") : "";
    this.draw();
  }
}
