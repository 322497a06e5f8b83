/** The panel beside the phones: stories, robots, pool, clock and faults, one tab each. */

import { h, icon } from "./dom.js";
import { onLanguage, t } from "./texts.js";

/** Tabs and their rooms. A room that has news while another one is shown gets a dot on its tab. */
export class Side {
  constructor(main) {
    this.rooms = new Map();
    this.title = h("div", { className: "caption" });
    this.tabs = h("div", { className: "tabs", role: "tablist", on: { keydown: (event) => this.walk(event) } });
    this.body = h("div", { className: "rooms" });
    this.panel = h("section", { className: "panel side", data: { key: "side" } }, this.title,
      h("div", { className: "device" }, this.tabs, this.body));
    main.append(this.panel);
    onLanguage(() => this.draw());
  }

  /** Open a room; `mount(element, live, texts)` fills it. A "news" event on the element marks its tab. */
  add(name, mount, live, texts) {
    const room = h("div", { className: `room ${name}`, id: `room-${name}`, role: "tabpanel", tabIndex: 0, "aria-labelledby": `tab-${name}` });
    const tab = h("button", {
      type: "button", id: `tab-${name}`, role: "tab", "aria-controls": room.id, on: { click: () => this.choose(name) },
    });
    room.addEventListener("news", () => this.mark(name));
    this.rooms.set(name, { room, tab });
    this.tabs.append(tab);
    this.body.append(room);
    mount(room, live, texts);
  }

  /** Show a room, here and at the next visit. */
  choose(name) {
    this.chosen = this.rooms.has(name) ? name : [...this.rooms.keys()][0];
    localStorage.setItem("room", this.chosen);
    for (const [key, { room, tab }] of this.rooms) {
      const shown = key === this.chosen;
      room.hidden = !shown;
      tab.tabIndex = shown ? 0 : -1;
      tab.setAttribute("aria-selected", String(shown));
      if (shown) tab.classList.remove("news");
    }
  }

  /** What the rooms begin with is no news. */
  settle() {
    for (const { tab } of this.rooms.values()) tab.classList.remove("news");
  }

  /** Draw what is in words again. */
  draw() {
    this.panel.setAttribute("aria-label", t("side"));
    this.tabs.setAttribute("aria-label", t("side"));
    this.title.replaceChildren(h("span", { className: "avatar", "aria-hidden": "true" }, icon("gear")),
      h("span", { className: "who" }, h("b", {}, t("side")), h("small", {}, t("sideHint"))));
    for (const [name, { tab }] of this.rooms) tab.replaceChildren(icon(name), h("span", {}, t(name)));
    this.choose(this.chosen ?? localStorage.getItem("room"));
  }

  mark(name) {
    if (this.panel.hidden || name !== this.chosen) this.rooms.get(name).tab.classList.add("news");
  }

  walk(event) {
    const names = [...this.rooms.keys()];
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.choose(names.at((names.indexOf(this.chosen) + step) % names.length));
    this.rooms.get(this.chosen).tab.focus();
  }
}
