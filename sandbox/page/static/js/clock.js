/** The clock's room: the service's time, and ways to put it forward. */

import { button, h } from "./dom.js";

const MOVES = [["oneMinute", 60], ["fiveMinutes", 300], ["halfHour", 1860], ["oneHour", 3600]];
const TEXTS = {
  pt: {
    serviceTime: "A hora do serviço", ahead: "à frente da hora real", realTime: "a hora real", oneMinute: "+1 min", fiveMinutes: "+5 min",
    halfHour: "+31 min", oneHour: "+1 h", tomorrow: "Amanhã, 8h", clockHint: "O que vence até lá acontece na hora: acessos expiram, quem se calou é perguntado, quem marcou volta.",
    noClock: "O relógio precisa do serviço inteiro ao lado: balcao up.", moving: "Andando…",
    nextRuns: "Próximas execuções", goThere: "Ir até lá", noRuns: "Nenhum agendamento ativo: AGENDAMENTOS cria um.",
  },
  en: {
    serviceTime: "The service's time", ahead: "ahead of the real time", realTime: "the real time", oneMinute: "+1 min", fiveMinutes: "+5 min",
    halfHour: "+31 min", oneHour: "+1 h", tomorrow: "Tomorrow, 8:00", clockHint: "What is due by then happens at once: logins expire, the silent are asked, whoever named an hour is back.",
    noClock: "The clock needs the whole service beside it: balcao up.", moving: "Moving…",
    nextRuns: "Next runs", goThere: "Go there", noRuns: "No active schedule: AGENDAMENTOS makes one.",
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
    Object.assign(this, { room, live, texts, t: texts.t, clock: null, runs: [] });
    this.time = h("time", { className: "hour" });
    this.date = h("span", {});
    this.ahead = h("small", {});
  }

  hear({ clock, runs }) {
    if (JSON.stringify([clock, runs]) === JSON.stringify([this.clock, this.runs])) return;
    Object.assign(this, { clock, runs });
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
      h("p", { className: "hint" }, t("clockHint")),
      h("h2", {}, t("nextRuns")), this.nextRuns());
    if (held) this.room.querySelector(`[data-move="${CSS.escape(held)}"]`)?.focus();
    this.tick();
  }

  /** What schedules do next; a step to it does it. */
  nextRuns() {
    if (!this.runs.length) return h("p", { className: "hint" }, this.t("noRuns"));
    return h("ul", { className: "list runs" }, this.runs.map(({ nome, em }) => h("li", {},
      h("span", {}, h("b", {}, nome), h("small", {}, this.when(em))),
      this.move(`${nome} ${em}`, { run: em }, "goThere"))));
  }

  when(seconds) {
    const style = { timeZone: this.clock.zone, weekday: "short", day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit" };
    return new Date(seconds * 1000).toLocaleString(this.texts.locale(), style);
  }

  move(name, body, label = name) {
    const move = async (event) => {
      const pressed = event.currentTarget;
      pressed.setAttribute("aria-busy", "true");
      await this.live.post("/controls/clock", body);
      pressed.removeAttribute("aria-busy");
    };
    return button("act", move, { data: { move: name } }, this.t(label));
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
