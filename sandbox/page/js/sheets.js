/** What lies over a phone for a moment: lists, command menus, toasts and alerts. */

import { h } from "./dom.js";
import { t } from "./texts.js";

/** A WhatsApp list; `choose` gets the row's position. */
export function openList(overlay, bubble, opener, choose) {
  const groups = [];
  bubble.rows.forEach((row, position) => {
    if (row.section && row.section !== bubble.rows[position - 1]?.section) groups.push(h("h4", {}, row.section));
    const text = h("span", {}, h("b", {}, row.title), row.description && h("small", {}, row.description));
    groups.push(h("button", { type: "button", className: "choice", on: { click: () => { close(); choose(position); } } }, text, h("i")));
  });
  const close = openSheet(overlay, bubble.list_button || t("choose"), groups, opener);
}

/** Telegram's command menu; `choose` gets the command. */
export function openMenu(overlay, menu, opener, choose) {
  const rows = menu.map(([command, description]) =>
    h("button", { type: "button", className: "choice", on: { click: () => { close(); choose(command); } } },
      h("span", {}, h("b", {}, `/${command}`), h("small", {}, description))));
  const close = openSheet(overlay, t("menu"), rows, opener);
}

/** Telegram's answer to a tap: a toast goes by itself, an alert waits for OK. */
export function sayAloud(overlay, bubble) {
  if (bubble.kind === "alert") {
    const close = openSheet(overlay, "", [h("p", { className: "said" }, bubble.text), h("button", { type: "button", className: "ok", on: { click: () => close() } }, t("ok"))], null);
    return;
  }
  const toast = h("div", { className: "toast", role: "status" }, bubble.text);
  overlay.append(toast);
  setTimeout(() => toast.remove(), 3500);
}

function openSheet(overlay, title, children, opener) {
  const close = () => { veil.remove(); opener?.focus(); };
  const sheet = h("div", { className: "sheet", role: "dialog", "aria-modal": "true", "aria-label": title || t("ok") },
    title && h("h3", {}, title), h("div", { className: "rows" }, children));
  const veil = h("div", { className: "veil", on: { click: (event) => { if (event.target === veil) close(); } } }, sheet);
  veil.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); else if (event.key === "Tab") keepInside(event, sheet); });
  overlay.append(veil);
  sheet.querySelector("button")?.focus();
  return close;
}

function keepInside(event, sheet) {
  const buttons = [...sheet.querySelectorAll("button")];
  const edge = event.shiftKey ? buttons[0] : buttons.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? buttons.at(-1) : buttons[0]).focus();
}
