/** One bubble. */

import { clock, h, icon, phoneNumber, size } from "./dom.js";
import { rich } from "./rich.js";
import { t } from "./texts.js";

/** The node of a bubble; `acts` has tap(position), open(link) and list(bubble). */
export function drawBubble(phone, bubble, acts) {
  const side = bubble.mine ? "mine" : "theirs";
  const body = h("div", { className: "body" },
    bubble.quote && h("div", { className: "quote" }, rich(phone.channel, bubble.quote, [], acts.open)),
    bubble.header && h("strong", { className: "heading" }, bubble.header),
    drawFile(phone, bubble),
    drawText(phone, bubble, acts),
    bubble.footer && h("div", { className: "footer" }, bubble.footer),
    drawMeta(bubble),
    bubble.reaction && h("span", { className: "reaction" }, bubble.reaction));
  const parts = phone.channel === "whatsapp" ? [body] : [body, drawButtons(phone, bubble, acts)];
  if (phone.channel === "whatsapp") body.append(...[drawButtons(phone, bubble, acts), drawOpener(bubble, acts)].filter(Boolean));
  return h("article", { className: `bubble ${side} kind-${bubble.kind}`, data: { id: bubble.id } }, parts);
}

function drawText(phone, bubble, acts) {
  if (bubble.kind === "contact") {
    const [name, number] = bubble.text.split("\n");
    return h("div", { className: "card" }, icon("person"), h("span", {}, h("b", {}, name), h("small", {}, phoneNumber(number))));
  }
  if (bubble.kind === "unsupported") return h("p", { className: "text faint" }, t("unsupported"));
  if (!bubble.text) return null;
  const label = bubble.kind === "template" ? h("small", { className: "label" }, t("template")) : null;
  return [label, h("p", { className: "text" }, rich(phone.channel, bubble.text, bubble.entities, acts.open))];
}

function drawFile(phone, bubble) {
  if (!bubble.file) return null;
  const href = `/phones/${phone.key}/files/${encodeURIComponent(bubble.id)}`;
  if (bubble.file.mime.startsWith("image/")) {
    return h("a", { href, target: "_blank", className: "picture" }, h("img", { src: href, alt: bubble.file.name, loading: "lazy" }));
  }
  const voice = bubble.kind === "voice" || bubble.kind === "audio";
  const name = voice ? t("voice") : bubble.file.name;
  return h("a", { href, target: "_blank", className: "card file" },
    icon(voice ? "voice" : "file"), h("span", {}, h("b", {}, name), h("small", {}, size(bubble.file.size))));
}

function drawMeta(bubble) {
  const words = [bubble.edited ? t("edited") : "", clock(bubble.when)].filter(Boolean).join(" · ");
  return h("span", { className: "meta" }, words, bubble.mine ? drawTicks(bubble.status) : null);
}

function drawTicks(status) {
  const [name, label] = { "": ["clock", "pending"], read: ["checks", "read"] }[status] ?? ["check", "taken"];
  return h("span", { className: `ticks ${status || "pending"}`, title: t(label), role: "img", "aria-label": t(label) }, icon(name));
}

function drawButtons(phone, bubble, acts) {
  if (!bubble.buttons.length) return null;
  let position = 0;
  const rows = bubble.buttons.map((row) =>
    h("div", { className: "row" }, row.map((button) => drawButton(phone, button, position++, acts))));
  return h("div", { className: "buttons" }, rows);
}

function drawButton(phone, button, position, acts) {
  const look = { className: `button ${button.style}` };
  if (button.url && !/^https?:\/\/(t\.me|wa\.me)\//.test(button.url)) {
    return h("a", { ...look, href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.label, icon("link"));
  }
  if (button.copies) {
    return h("button", { ...look, type: "button", on: { click: () => acts.copy(button.copies) } }, button.label, icon("copy"));
  }
  const mark = phone.channel === "whatsapp" ? icon("reply") : null;
  return h("button", { ...look, type: "button", on: { click: () => acts.tap(position) } }, mark, button.label);
}

/** The button that opens a WhatsApp list. */
function drawOpener(bubble, acts) {
  if (!bubble.rows.length) return null;
  const open = (event) => acts.list(bubble, event.currentTarget);
  return h("div", { className: "buttons" }, h("div", { className: "row" },
    h("button", { className: "button", type: "button", "aria-haspopup": "dialog", on: { click: open } }, icon("list"), bubble.list_button)));
}
