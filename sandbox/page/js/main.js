/** Starts the page: who is on it, which panels are open, language and theme. */

import { icon } from "./dom.js";
import { listen } from "./live.js";
import { Panels } from "./panels.js";
import { PhoneView } from "./phone.js";
import { RobotsView } from "./robots.js";
import { choose, chosen, onLanguage, t, translate } from "./texts.js";

const THEMES = ["auto", "light", "dark"];
const phones = new Map();
const panels = new Panels(document.querySelector("#people"), document.querySelector("#panels"));
let robots = new RobotsView();

function fill(state) {
  phones.clear();
  robots = new RobotsView();
  for (const { phone, bubbles } of state.phones) {
    const view = new PhoneView(phone);
    phones.set(phone.key, view);
    for (const bubble of bubbles) view.put(bubble, { fresh: false });
  }
  state.jobs.forEach((job) => robots.put(job));
  robots.choose(state.next);
  panels.fill([...phones.values()], robots);
  phones.forEach((view) => view.toEnd());
}

function hear({ phone, bubble }) {
  let view = phones.get(phone.key);
  if (!view) {
    view = new PhoneView(phone);
    phones.set(phone.key, view);
    panels.add(view);
  }
  view.update(phone);
  if (bubble && view.put(bubble)) panels.arrived(view);
}

function showLine(up) {
  const live = document.querySelector("#live");
  live.classList.toggle("up", up);
  live.dataset.up = up ? "live" : "lost";
  live.lastElementChild.textContent = t(live.dataset.up);
}

function showTheme() {
  const theme = localStorage.getItem("theme") ?? "auto";
  document.documentElement.dataset.theme = theme;
  const label = t({ auto: "themeAuto", light: "themeLight", dark: "themeDark" }[theme]);
  const button = document.querySelector("#theme");
  button.replaceChildren(icon(theme));
  button.title = label;
  button.setAttribute("aria-label", label);
}

function nextTheme() {
  const theme = localStorage.getItem("theme") ?? "auto";
  localStorage.setItem("theme", THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]);
  showTheme();
}

function showLanguage() {
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === chosen()));
  }
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => choose(button.dataset.language));
}
document.querySelector("#theme").addEventListener("click", nextTheme);
onLanguage(() => {
  showLanguage();
  showTheme();
  phones.forEach((view) => view.redraw());
  robots.draw();
  panels.draw();
  showLine(document.querySelector("#live").classList.contains("up"));
});
choose(chosen());
translate(document);
listen({
  state: fill,
  phone: hear,
  job: ({ job, next }) => { robots.put(job); robots.choose(next); panels.worked(); },
  next: ({ next }) => robots.choose(next),
}, showLine);
