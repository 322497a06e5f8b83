/** One bubble. */

import { button, clock, h, icon, phoneNumber, size } from "./dom.js";
import { rich } from "./rich.js";
import { t } from "./texts.js";

const INSIDE = /^https?:\/\/(t\.me|wa\.me)\//;
const TICKS = {
  whatsapp: { "": ["check", "sentTick"], sent: ["checks", "deliveredTick"], read: ["checks", "readTick"], failed: ["cross", "failedTick"] },
  telegram: { "": ["check", "sentTick"], sent: ["checks", "readTick"], read: ["checks", "readTick"], failed: ["cross", "failedTick"] },
};

/** The node of a bubble; `quoted` is the one it answers, `acts` what can be done with it. */
export function drawBubble(phone, bubble, quoted, acts) {
  const whatsapp = phone.channel === "whatsapp";
  const body = h("div", { className: "body" },
    bubble.quote && drawQuote(phone, bubble.quote, quoted, acts),
    bubble.header && h("strong", { className: "heading" }, bubble.header),
    drawFile(phone, bubble, acts),
    bubble.place && drawPlace(bubble.place),
    drawText(phone, bubble, acts),
    bubble.footer && h("div", { className: "footer" }, bubble.footer),
    drawMeta(phone, bubble),
    whatsapp && [drawButtons(phone, bubble, acts), drawOpener(bubble, acts)],
    drawReactions(bubble));
  const more = button("more", (event) => acts.menu(event.currentTarget), { tabIndex: -1, title: t("options"), "aria-label": t("options") }, icon("down"));
  const side = bubble.mine ? "mine" : "theirs";
  return h("article", {
    className: `bubble ${side} kind-${bubble.kind} ${bubble.reactions.length ? "reacted" : ""}`, tabIndex: -1, data: { id: bubble.id },
    "aria-label": `${bubble.mine ? t("you") : "Balcão"}: ${summary(bubble)}`,
    on: { contextmenu: (event) => { event.preventDefault(); acts.menu(event.currentTarget); } },
  }, body, more, !whatsapp && drawButtons(phone, bubble, acts));
}

/** A bubble in one line, for quotes and for those who do not see it. */
export function summary(bubble) {
  return bubble.text.replaceAll("\n", " ") || bubble.header || bubble.file?.name || t(bubble.kind);
}

function drawQuote(phone, quote, quoted, acts) {
  const who = quoted ? h("b", {}, quoted.mine ? t("you") : "Balcão") : null;
  const text = quoted ? summary(quoted) : quote.text;
  return button(`quote ${quoted?.mine ? "own" : ""}`, () => acts.jump(quote.id), { tabIndex: -1 }, who,
    h("span", {}, rich(phone.channel, text, [], acts.open)));
}

function drawText(phone, bubble, acts) {
  if (bubble.contacts.length) {
    return bubble.contacts.map(({ name, telefone }) =>
      h("div", { className: "card" }, icon("person"), h("span", {}, h("b", {}, name), h("small", {}, phoneNumber(telefone)))));
  }
  if (bubble.kind === "service") return h("p", { className: "text" }, `${t("topic")}: ${bubble.text}`);
  if (bubble.kind === "unsupported") return h("p", { className: "text faint" }, t("unsupported"));
  if (!bubble.text || bubble.place) return null;
  const label = bubble.kind === "template" ? h("small", { className: "label" }, t("template")) : null;
  return [label, h("p", { className: "text" }, rich(phone.channel, bubble.text, bubble.entities, acts.open))];
}

function drawFile(phone, bubble, acts) {
  if (!bubble.file) return null;
  const { name, mime } = bubble.file;
  const src = `/phones/${phone.key}/files/${encodeURIComponent(bubble.id)}`;
  if (mime.startsWith("image/") && !mime.includes("svg") && bubble.kind !== "document") {
    return h("a", { href: src, target: "_blank", className: "picture" }, h("img", { src, alt: t("photo"), on: { load: () => acts.grown() } }));
  }
  if (mime.startsWith("audio/")) return h("audio", { src, controls: true, preload: "metadata", "aria-label": t(bubble.kind === "audio" ? "audio" : "voice") });
  if (mime.startsWith("video/")) return h("video", { src, controls: true, preload: "metadata", "aria-label": t("video") });
  return h("a", { href: src, target: "_blank", className: "card file" },
    icon("file"), h("span", {}, h("b", {}, name), h("small", {}, `${size(bubble.file.size)} · ${kindOf(name, mime)}`)));
}

function kindOf(name, mime) {
  return (name.includes(".") ? name.split(".").at(-1) : mime.split("/").at(-1)).toUpperCase().slice(0, 6);
}

function drawPlace({ latitude, longitude, name, address }) {
  const where = [address, `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`].filter(Boolean).join(" · ");
  return h("div", { className: "place" }, h("div", { className: "map" }, icon("pin")), h("b", {}, name || t("location")), h("small", {}, where));
}

function drawMeta(phone, bubble) {
  const words = [bubble.edited ? t("edited") : "", clock(bubble.when)].filter(Boolean).join(" ");
  return h("span", { className: "meta" }, words, bubble.mine ? drawTicks(phone, bubble.status) : null);
}

function drawTicks(phone, status) {
  const [name, label] = TICKS[phone.channel][status] ?? TICKS[phone.channel][""];
  return h("span", { className: `ticks ${label}`, title: t(label), role: "img", "aria-label": t(label) }, icon(name));
}

function drawReactions(bubble) {
  if (!bubble.reactions.length) return null;
  return h("span", { className: "reaction", role: "img", "aria-label": `${t("reaction")} ${bubble.reactions.join(" ")}` }, bubble.reactions.join(" "));
}

function drawButtons(phone, bubble, acts) {
  if (!bubble.buttons.length) return null;
  let position = 0;
  const rows = bubble.buttons.map((row) => h("div", { className: "row" }, row.map((shown) => drawButton(phone, shown, position++, acts))));
  return h("div", { className: "buttons" }, rows);
}

function drawButton(phone, shown, position, acts) {
  const look = `button ${shown.style}`;
  if (shown.url && !INSIDE.test(shown.url)) {
    return h("a", { className: look, href: shown.url, target: "_blank", rel: "noopener noreferrer" }, shown.label, icon("link"));
  }
  if (shown.copies) return button(look, () => acts.copy(shown.copies), {}, shown.label, icon("copy"));
  return button(look, () => acts.tap(position), {}, phone.channel === "whatsapp" && icon("reply"), shown.label);
}

/** The button that opens a WhatsApp list. */
function drawOpener(bubble, acts) {
  if (!bubble.rows.length) return null;
  return h("div", { className: "buttons" }, h("div", { className: "row" },
    button("button", (event) => acts.list(event.currentTarget), { "aria-haspopup": "dialog" }, icon("list"), bubble.list_button)));
}
