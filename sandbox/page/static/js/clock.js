/** The clock's room: the service's time, and ways to put it forward. */

import { button, h } from "./dom.js";

const MOVES = [["oneMinute", 60], ["fiveMinutes", 300], ["halfHour", 1860], ["oneHour", 3600]];
const TEXTS = {
  pt: {
    serviceTime: "A hora do serviço", ahead: "à frente da hora real", realTime: "a hora real", oneMinute: "+1 min", fiveMinutes: "+5 min",
    halfHour: "+31 min", oneHour: "+1 h", tomorrow: "Amanhã, 8h", clockHint: "O que vence até lá acontece na hora: acessos expiram, quem se calou é perguntado, quem marcou volta.",
    noClock: "O relógio precisa do serviço inteiro ao lado: balcao up.", moving: "Andando…",
  },
  en: {
    serviceTime: "The service's time", ahead: "ahead of the real time", realTime: "the real time", oneMinute: "+1 min", fiveMinutes: "+5 min",
    halfHour: "+31 min", oneHour: "+1 h", tomorrow: "Tomorrow, 8:00", clockHint: "What is due by then happens at once: logins expire, the silent are asked, whoever named an hour is back.",
    noClock: "The clock needs the whole service beside it: balcao up.", moving: "Moving…",
  },
};

/** Fill the room. */
export function mount(room, live, texts) {
  texts.learn(TEXTS);
  const clock = new Clock(room, live, texts);
  live.on("state", ({ controls }) => clock.hear(controls));
  live.on("controls", (controls) => clock.hear(controls));
  texts.onLanguage(() => clock.draw());
  setInterval(() => clock.tick(), 1000);
}

class Clock {
  constructor(room, live, texts) {
    Object.assign(this, { room, live, texts, t: texts.t, clock: null });
    this.time = h("time", { className: "hour" });
    this.date = h("span", {});
    this.ahead = h("small", {});
  }

  hear({ clock }) {
    if (JSON.stringify(clock) === JSON.stringify(this.clock)) return;
    this.clock = clock;
    this.draw();
    this.room.dispatchEvent(new Event("news"));
  }

  draw() {
    const { t } = this;
    if (!this.clock) {
      this.room.replaceChildren(h("p", { className: "hint" }, t("noClock")));
      return;
    }
    const held = this.room.contains(document.activeElement) ? document.activeElement.dataset.move : null;
    const moves = MOVES.map(([name, seconds]) => this.move(name, { seconds }));
    this.room.replaceChildren(
      h("div", { className: "face" }, h("small", {}, t("serviceTime")), this.time, this.date, this.ahead),
      h("div", { className: "acts" }, moves, this.move("tomorrow", { to: "tomorrow" })),
      h("p", { className: "hint" }, t("clockHint")));
    if (held) this.room.querySelector(`[data-move="${held}"]`)?.focus();
    this.tick();
  }

  move(name, body) {
    const move = async (event) => {
      const pressed = event.currentTarget;
      pressed.setAttribute("aria-busy", "true");
      await this.live.post("/controls/clock", body);
      pressed.removeAttribute("aria-busy");
    };
    return button("act", move, { data: { move: name } }, this.t(name));
  }

  /** The hands move by themselves. */
  tick() {
    if (!this.clock) return;
    const now = new Date(Date.now() + this.clock.ahead * 1000);
    const zone = { timeZone: this.clock.zone };
    const locale = this.texts.locale();
    this.time.dateTime = now.toISOString();
    this.time.textContent = now.toLocaleTimeString(locale, { ...zone, hour: "2-digit", minute: "2-digit", second: "2-digit" });
    this.date.textContent = now.toLocaleDateString(locale, { ...zone, weekday: "long", day: "numeric", month: "long" });
    this.ahead.textContent = this.clock.ahead ? `${lasting(this.clock.ahead)} ${this.t("ahead")}` : this.t("realTime");
  }
}

/** 9780 seconds as people write it. */
function lasting(seconds) {
  const minutes = Math.round(seconds / 60);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  return [days && `${days} d`, hours && `${hours} h`, minutes % 60 && `${minutes % 60} min`].filter(Boolean).join(" ") || "< 1 min";
}
