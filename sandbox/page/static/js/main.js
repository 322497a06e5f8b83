/** Starts the page: the phones, the panel beside them, language and theme. */

import { mount as clock } from "./clock.js";
import { icon, useZone } from "./dom.js";
import { mount as faults } from "./faults.js";
import * as line from "./live.js";
import { Panels } from "./panels.js";
import { addPerson } from "./people.js";
import { PhoneView } from "./phone.js";
import { mount as pool } from "./pool.js";
import { mount as robots } from "./robots.js";
import { say } from "./sheets.js";
import { Side } from "./side.js";
import { mount as stories } from "./stories.js";
import * as texts from "./texts.js";

/**
 * The rooms beside the phones, in the order of their tabs. Each module exports `mount(element, live, texts)`:
 * `live` is live.js and `phones()` (who is on the page) and `show(keys)` (put these phones on the table);
 * `texts` is texts.js. The tab's icon is the room's name in icons.svg, its label the same key of words.js.
 */
const ROOMS = { stories, robots, pool, clock, faults };

const { t } = texts;
const phones = new Map();
const side = new Side(document.querySelector("#side"));
const panels = new Panels(document.querySelector("#people"), document.querySelector("#panels"), side, () => addPerson(panels));
const live = { ...line, phones: () => [...phones.values()].map((view) => view.meta), show: (keys) => panels.show(keys) };

function fill(state) {
  useZone(state.controls?.clock?.zone);
  phones.clear();
  for (const { phone, bubbles } of state.phones) {
    const view = open(phone);
    for (const bubble of bubbles) view.put(bubble, { fresh: false });
  }
  panels.fill([...phones.values()]);
  side.settle();
}

function open(phone) {
  const view = new PhoneView(phone, live.phones);
  phones.set(phone.key, view);
  return view;
}

function hear({ phone, bubble }) {
  if (!phones.has(phone.key)) panels.add(open(phone));
  const view = phones.get(phone.key);
  view.update(phone, bubble);
  if (bubble && view.put(bubble)) panels.arrived(view);
}

function showLine(up) {
  const sign = document.querySelector("#live");
  sign.classList.toggle("up", up);
  sign.lastElementChild.textContent = t(up ? "live" : "lost");
}

/** The theme follows the system until the switch is used; once more and it follows the system again. */
function showTheme() {
  const theme = localStorage.getItem("theme") ?? "auto";
  const label = t(`theme-${theme}`);
  const button = document.querySelector("#theme");
  document.documentElement.dataset.theme = theme;
  button.replaceChildren(icon(theme));
  button.title = label;
  button.setAttribute("aria-label", label);
}

function nextTheme() {
  const order = ["auto", "light", "dark"];
  const theme = localStorage.getItem("theme") ?? "auto";
  localStorage.setItem("theme", order[(order.indexOf(theme) + 1) % order.length]);
  showTheme();
}

function showLanguage() {
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === texts.chosen()));
  }
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => texts.choose(button.dataset.language));
}
document.querySelector("#theme").addEventListener("click", nextTheme);
for (const [name, mount] of Object.entries(ROOMS)) side.add(name, mount, live, texts);
texts.onLanguage(() => {
  showLanguage();
  showTheme();
  showLine(document.querySelector("#live").classList.contains("up"));
  phones.forEach((view) => view.redraw());
  panels.draw();
});
texts.choose(texts.chosen());
live.on("state", fill);
live.on("phone", hear);
live.on("controls", ({ clock }) => { if (useZone(clock?.zone)) phones.forEach((view) => view.redraw()); });
live.on("typing", ({ phone }) => phones.get(phone)?.personTypes());
live.on("scene", ({ phones: keys }) => panels.show(keys));
live.connect(showLine, (detail) => say(document.querySelector("#said"), t(detail || "refused")));
