/** What the page itself says, in the chosen language. What the service says is the service's. */

import { WORDS } from "./words.js";

const words = { pt: { ...WORDS.pt }, en: { ...WORDS.en } };
const listeners = [];
let language = localStorage.getItem("language") ?? (navigator.language.startsWith("pt") ? "pt" : "en");

/** A text of the page; a key nobody knows is said as it is. */
export const t = (key) => words[language][key] ?? key;

/** The chosen language, `pt` or `en`. */
export const chosen = () => language;

/** How dates are written in the chosen language. */
export const locale = () => (language === "pt" ? "pt-BR" : "en-GB");

/** Call back at every change of language. */
export const onLanguage = (listener) => listeners.push(listener);

/** Take the texts of a panel: `{pt: {key: text}, en: {key: text}}`. */
export function learn(texts) {
  for (const code of ["pt", "en"]) Object.assign(words[code], texts[code]);
}

/** Choose `pt` or `en`, here and for the next visit. */
export function choose(code) {
  language = code;
  localStorage.setItem("language", code);
  document.documentElement.lang = code === "pt" ? "pt-BR" : "en";
  translate(document);
  listeners.forEach((listener) => listener());
}

/** Put texts where `data-t` (content) and `data-t-label` (accessible name) ask for them. */
export function translate(root) {
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-t-label]")) {
    node.setAttribute("aria-label", t(node.dataset.tLabel));
    node.title = t(node.dataset.tLabel);
  }
}
