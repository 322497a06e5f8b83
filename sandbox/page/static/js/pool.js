/** The pool's room: who holds which login, since when, until when; how many are free, and how many wait. */

import { h, icon, phoneNumber } from "./dom.js";

const TEXTS = {
  pt: {
    free: "livres", inUse: "em uso", inQueue: "na fila", aside: "separados", since: "desde", until: "até", left: "faltam", expired: "vencido",
    noPool: "O pool precisa do serviço inteiro ao lado: balcao up.", nobodyHolds: "Ninguém tem um acesso agora.", asideHint: "O portal recusou a senha; uma história os põe de volta.",
  },
  en: {
    free: "free", inUse: "in use", inQueue: "waiting", aside: "set aside", since: "since", until: "until", left: "left", expired: "overdue",
    noPool: "The pool needs the whole service beside it: balcao up.", nobodyHolds: "Nobody holds a login now.", asideHint: "The portal refused the password; a story puts them back.",
  },
};

/** Fill the room. */
export function mount(room, live, texts) {
  texts.learn(TEXTS);
  const pool = new Pool(room, live, texts);
  live.on("state", ({ controls }) => pool.hear(controls));
  live.on("controls", (controls) => pool.hear(controls));
  texts.onLanguage(() => pool.draw());
  setInterval(() => pool.tick(), 1000);
}

class Pool {
  constructor(room, live, texts) {
    Object.assign(this, { room, live, texts, t: texts.t, pool: null, clock: null });
  }

  hear({ pool, clock }) {
    const changed = JSON.stringify([pool, clock]) !== JSON.stringify([this.pool, this.clock]);
    const news = JSON.stringify(pool) !== JSON.stringify(this.pool);
    Object.assign(this, { pool, clock });
    if (changed) this.draw();
    if (news) this.room.dispatchEvent(new Event("news"));
  }

  draw() {
    const { t, pool } = this;
    if (!pool) {
      this.room.replaceChildren(h("p", { className: "hint" }, t("noPool")));
      return;
    }
    const counts = [["free", pool.livres], ["inUse", pool.em_uso.length], ["inQueue", pool.na_fila]];
    if (pool.afastados) counts.push(["aside", pool.afastados]);
    const rows = pool.em_uso.map((uso) => this.drawUse(uso));
    this.room.replaceChildren(
      h("dl", { className: "counts" }, counts.map(([name, count]) => h("div", { data: { count: name } }, h("dt", {}, t(name)), h("dd", {}, String(count))))),
      rows.length ? h("ul", { className: "list" }, rows) : h("div", { className: "empty" }, icon("pool"), h("span", {}, t("nobodyHolds"))),
      pool.afastados ? h("p", { className: "hint" }, t("asideHint")) : "");
    this.tick();
  }

  drawUse(uso) {
    const { t } = this;
    const who = this.live.phones().find(({ telefone }) => telefone === uso.telefone);
    return h("li", {},
      h("span", {}, h("b", {}, who?.name ?? phoneNumber(uso.telefone)),
        h("small", {}, `${t("since")} ${this.hour(uso.desde)} · ${t("until")} ${this.hour(uso.expira_em)}`)),
      h("span", { className: "login" }, h("code", {}, uso.login), h("small", { data: { until: uso.expira_em } })));
  }

  hour(when) {
    return new Date(when * 1000).toLocaleTimeString(this.texts.locale(), { timeZone: this.clock.zone, hour: "2-digit", minute: "2-digit" });
  }

  /** How long each login is still its holder's. */
  tick() {
    for (const node of this.room.querySelectorAll("[data-until]")) {
      const left = Math.floor(Number(node.dataset.until) - Date.now() / 1000 - this.clock.ahead);
      const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      node.textContent = left < 0 ? this.t("expired") : `${this.t("left")} ${text}`;
    }
  }
}
