/** Which phones lie on the table: chips open and close them; a narrow screen shows one at a time. */

import { button, h, icon, initials } from "./dom.js";
import { t } from "./texts.js";

const NARROW = matchMedia("(max-width: 760px)");
const TYPED = "textarea, input, select, audio, video, [role=tab], [role=dialog] *, summary";

/** The row of chips and the panels under it. */
export class Panels {
  constructor(bar, main, side, addPerson) {
    Object.assign(this, { bar, main, side, addPerson, phones: [], unread: new Map() });
    this.kept = JSON.parse(localStorage.getItem("open") ?? "null");
    this.open = new Set(this.kept ?? []);
    this.current = localStorage.getItem("current") ?? "";
    NARROW.addEventListener("change", () => this.draw());
    bar.addEventListener("keydown", (event) => this.walkChips(event));
    bar.addEventListener("wheel", (event) => { bar.scrollLeft += event.deltaY; }, { passive: true });
    main.addEventListener("keydown", (event) => this.walkPhones(event));
    side.panel.addEventListener("news", () => this.worked(), true);
  }

  /** Start with these phones. */
  fill(phones) {
    this.phones = phones;
    const known = this.keys();
    const open = [...this.open].filter((key) => known.includes(key));
    this.open = new Set(this.kept && open.length ? open : [...this.first("whatsapp"), ...this.first("telegram"), "side"]);
    if (!known.includes(this.current)) [this.current] = this.open;
    this.main.replaceChildren(...phones.map((view) => view.panel));
    phones.forEach((view) => view.onAway(() => this.toggle(view.meta.key)));
    this.draw();
  }

  /** Somebody new. */
  add(view) {
    this.phones.push(view);
    this.main.append(view.panel);
    view.onAway(() => this.toggle(view.meta.key));
    this.draw();
    if (this.current === view.meta.key) this.lay(this.current);
  }

  /** Put these phones on the table, and no others; a narrow screen shows the first. */
  show(keys) {
    const shown = keys.filter((key) => this.keys().includes(key));
    if (!shown.length) return;
    this.open = new Set([...shown, ...(this.open.has("side") ? ["side"] : [])]);
    if (this.current !== "side") [this.current] = shown;
    this.remember();
  }

  /** Put one more phone on the table and look at it. */
  lay(key) {
    this.open.add(key);
    this.current = key;
    this.remember();
    this.reveal(key);
    this.phones.find((view) => view.meta.key === key)?.focus(true);
  }

  /** A new bubble came; a phone that is not on the table counts it. */
  arrived(view) {
    if (!view.panel.hidden) return;
    const { key } = view.meta;
    this.unread.set(key, (this.unread.get(key) ?? 0) + 1);
    this.drawChips();
  }

  /** Something happened in the panel beside the phones. */
  worked() {
    if (!this.side.panel.hidden || this.unread.get("side")) return;
    this.unread.set("side", 1);
    this.drawChips();
  }

  /** Draw chips and panels again. */
  draw() {
    for (const panel of [...this.phones.map((view) => view.panel), this.side.panel]) {
      const { key } = panel.dataset;
      const hidden = NARROW.matches ? key !== this.current : !this.open.has(key);
      const appears = panel.hidden && !hidden;
      panel.hidden = hidden;
      if (!hidden) this.unread.delete(key);
      if (appears) this.phones.find((view) => view.meta.key === key)?.toEnd();
    }
    document.body.classList.toggle("with-side", !this.side.panel.hidden);
    this.drawChips();
  }

  keys() {
    return [...this.phones.map((view) => view.meta.key), "side"];
  }

  first(channel) {
    return this.phones.filter((view) => view.meta.channel === channel).slice(0, 1).map((view) => view.meta.key);
  }

  toggle(key) {
    if (NARROW.matches) this.open.add(key);
    else if (!this.open.delete(key)) this.open.add(key);
    if (this.open.has(key)) this.current = key;
    this.remember();
    this.reveal(key);
  }

  remember() {
    this.kept = [...this.open];
    localStorage.setItem("open", JSON.stringify(this.kept));
    localStorage.setItem("current", this.current);
    this.draw();
  }

  reveal(key) {
    this.bar.querySelector(`[data-chip="${key}"]`)?.scrollIntoView({ inline: "center", block: "nearest" });
    this.main.querySelector(`[data-key="${key}"]:not([hidden])`)?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }

  drawChips() {
    const focused = document.activeElement?.dataset?.chip;
    const chips = this.phones.map(({ meta }) => this.chip(meta.key, meta.channel, initials(meta.name), meta.name, t(meta.papel)));
    chips.push(this.chip("side", "side", icon("gear"), t("side"), ""));
    chips.push(button("chip add", () => this.addPerson(), { title: t("addPerson"), "aria-label": t("addPerson"), data: { chip: "add" } }, icon("plus")));
    const first = focused ?? this.stop ?? this.current;
    const stop = chips.find((chip) => chip.dataset.chip === first) ?? chips[0];
    chips.forEach((chip) => { chip.tabIndex = chip === stop ? 0 : -1; });
    this.bar.replaceChildren(...chips);
    if (focused) stop.focus();
  }

  chip(key, look, mark, name, papel) {
    const hidden = NARROW.matches ? key !== this.current : !this.open.has(key);
    const count = this.unread.get(key);
    const [first, ...last] = name.split(" ");
    const badge = count && h("span", { className: "badge" }, key === "side" ? "" : String(count), h("span", { className: "unseen" }, ` ${t("unread")}`));
    return button(`chip ${look}`, () => this.toggle(key), { "aria-pressed": String(!hidden), title: name, data: { chip: key } },
      h("span", { className: "avatar", "aria-hidden": "true" }, mark),
      h("span", { className: "who" }, h("b", {}, first, last.length ? h("span", { className: "last" }, ` ${last.join(" ")}`) : null),
        papel && h("small", {}, papel)), badge);
  }

  /** The chips are one stop of the Tab key; arrows walk them. */
  walkChips(event) {
    const chips = [...this.bar.querySelectorAll(".chip")];
    const at = chips.indexOf(document.activeElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: chips.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const chip = chips[(next + chips.length) % chips.length];
    this.stop = chip.dataset.chip;
    chips.forEach((other) => { other.tabIndex = other === chip ? 0 : -1; });
    chip.focus();
  }

  /** Left and right go to the neighbour's phone, from an empty message box too. */
  walkPhones(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const box = event.target.matches(".composer textarea");
    if (!step || event.defaultPrevented || event.altKey || event.ctrlKey || event.shiftKey) return;
    if (box ? event.target.value : event.target.matches(TYPED)) return;
    const shown = this.phones.filter((view) => !view.panel.hidden);
    const at = shown.findIndex((view) => view.panel.contains(event.target));
    const next = shown[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus(box);
  }
}
