/** Which phones lie on the table: chips open and close panels; a narrow screen shows one at a time. */

import { h, icon, initials } from "./dom.js";
import { t } from "./texts.js";

const NARROW = matchMedia("(max-width: 760px)");

/** The row of chips and the panels under it. */
export class Panels {
  constructor(nav, main) {
    this.nav = nav;
    this.main = main;
    this.phones = [];
    this.unread = new Map();
    this.open = new Set(JSON.parse(sessionStorage.getItem("open") ?? "[]"));
    this.current = sessionStorage.getItem("current") ?? "";
    NARROW.addEventListener("change", () => this.draw());
  }

  /** Start with these phones and the robots. */
  fill(phones, robots) {
    this.phones = phones;
    this.robots = robots;
    const known = [...phones.map((view) => view.meta.key), "robots"];
    const kept = [...this.open].filter((key) => known.includes(key));
    this.open = new Set(kept.length ? kept : [...this.first("whatsapp"), ...this.first("telegram"), "robots"]);
    if (!known.includes(this.current)) this.current = [...this.open][0];
    this.main.replaceChildren(...phones.map((view) => view.panel), robots.panel);
    this.draw();
  }

  /** Somebody new. */
  add(view) {
    this.phones.push(view);
    this.main.insertBefore(view.panel, this.robots.panel);
    this.draw();
  }

  /** A new bubble came; a closed phone counts it. */
  arrived(view) {
    if (!view.panel.hidden) return;
    const { key } = view.meta;
    this.unread.set(key, (this.unread.get(key) ?? 0) + 1);
    this.drawChips();
  }

  /** A robot did something; the chip says so while its panel is closed. */
  worked() {
    if (!this.robots.panel.hidden || this.unread.get("robots")) return;
    this.unread.set("robots", 1);
    this.drawChips();
  }

  /** Draw chips and panels again. */
  draw() {
    for (const { panel } of [...this.phones, this.robots].filter(Boolean)) {
      const key = panel.dataset.key;
      panel.hidden = NARROW.matches ? key !== this.current : !this.open.has(key);
    }
    this.phones.forEach((view) => { if (!view.panel.hidden) { this.unread.delete(view.meta.key); view.toEnd(); } });
    if (this.robots && !this.robots.panel.hidden) this.unread.delete("robots");
    this.drawChips();
  }

  first(channel) {
    return this.phones.filter((view) => view.meta.channel === channel).slice(0, 1).map((view) => view.meta.key);
  }

  toggle(key) {
    if (NARROW.matches) this.current = key;
    else if (!this.open.delete(key)) this.open.add(key);
    if (this.open.has(key)) this.current = key;
    sessionStorage.setItem("open", JSON.stringify([...this.open]));
    sessionStorage.setItem("current", this.current);
    this.draw();
    this.nav.querySelector(`[data-chip="${key}"]`)?.scrollIntoView({ inline: "center", block: "nearest" });
    this.main.querySelector(`[data-key="${key}"]`)?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }

  drawChips() {
    const focused = document.activeElement?.dataset?.chip;
    const chips = this.phones.map(({ meta }) => this.chip(meta.key, meta.channel, initials(meta.name), meta.name, meta.papel));
    if (this.robots) chips.push(this.chip("robots", "robots", icon("robot"), t("robots"), ""));
    this.nav.replaceChildren(...chips);
    if (focused) this.nav.querySelector(`[data-chip="${focused}"]`)?.focus();
  }

  chip(key, look, mark, name, papel) {
    const panel = this.main.querySelector(`[data-key="${key}"]`);
    const count = this.unread.get(key);
    const badge = count ? h("span", { className: "badge", "aria-label": `${count} ${t("unread")}` }, key === "robots" ? "" : String(count)) : null;
    return h("button", {
      type: "button", className: `chip ${look}`, "aria-pressed": String(!panel?.hidden), data: { chip: key }, on: { click: () => this.toggle(key) },
    }, h("span", { className: "avatar", "aria-hidden": "true" }, mark), h("span", { className: "who" }, h("b", {}, name), papel && h("small", {}, papel)), badge);
  }
}
