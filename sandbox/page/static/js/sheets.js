/** What lies over a phone for a moment: lists, menus, questions, toasts and alerts. */

import { button, h } from "./dom.js";
import { t } from "./texts.js";

const STOPS = "input:checked, button, textarea, input:not([type=radio])";

/** Lay a sheet over a phone; what is under it rests until it closes. Gives the function that closes it. */
export function openSheet(overlay, title, children, opener) {
  const under = [...overlay.parentElement.children].filter((node) => node !== overlay);
  const close = () => {
    if (!veil.isConnected) return;
    veil.remove();
    under.forEach((node) => { node.inert = false; });
    if (opener?.isConnected) opener.focus();
  };
  const sheet = h("div", { className: "sheet", role: "dialog", "aria-label": title }, h("h2", {}, title), children);
  const veil = h("div", { className: "veil", on: { click: (event) => { if (event.target === veil) close(); } } }, sheet);
  veil.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } });
  overlay.querySelector(".veil")?.remove();
  under.forEach((node) => { node.inert = true; });
  overlay.append(veil);
  sheet.querySelector(STOPS)?.focus();
  return close;
}

/** A WhatsApp list: pick a row, then send; `choose` gets the row's position. */
export function openList(overlay, bubble, opener, choose) {
  const rows = bubble.rows.flatMap((row, position) => {
    const section = row.section && row.section !== bubble.rows[position - 1]?.section ? [h("h3", {}, row.section)] : [];
    const text = h("span", {}, h("b", {}, row.title), row.description && h("small", {}, row.description));
    return [...section, h("label", { className: "choice" }, text, h("input", { type: "radio", name: "row", value: position, required: true }))];
  });
  const form = h("form", { className: "rows" }, rows, h("div", { className: "ends" }, h("button", { type: "submit", className: "main" }, t("send"))));
  const close = openSheet(overlay, bubble.list_button || t("choose"), [form], opener);
  form.querySelector("input").focus();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    close();
    choose(Number(new FormData(form).get("row")));
  });
}

/** A list of things to choose from: `[title, detail, value]` each. */
export function openChoice(overlay, title, things, opener, choose) {
  const rows = things.map(([name, detail, value]) =>
    button("choice", () => { close(); choose(value); }, {}, h("span", {}, h("b", {}, name), detail && h("small", {}, detail))));
  const close = openSheet(overlay, title, [h("div", { className: "rows" }, rows)], opener);
}

/** A question with one way on and one way back. */
export function openQuestion(overlay, title, hint, yes, opener, act) {
  const close = openSheet(overlay, title, [h("p", { className: "said" }, hint), h("div", { className: "ends" },
    button("plain", () => close(), {}, t("cancel")), button("main", () => { close(); act(); }, {}, yes))], opener);
}

/** Telegram's alert waits for OK. */
export function openAlert(overlay, text) {
  const close = openSheet(overlay, "Balcão", [h("p", { className: "said" }, text),
    h("div", { className: "ends" }, button("main", () => close(), {}, t("ok")))], null);
}

/** Copy a text and say so; a browser that does not let us (the page came over plain HTTP from elsewhere) says nothing. */
export async function copyText(overlay, text) {
  try {
    await navigator.clipboard.writeText(text);
    say(overlay, t("copied"));
  } catch {
    return;
  }
}

/** A short notice that goes by itself. */
export function say(overlay, text) {
  const toast = h("div", { className: "toast", role: "status" }, text);
  overlay.append(toast);
  setTimeout(() => toast.remove(), 3500);
}
