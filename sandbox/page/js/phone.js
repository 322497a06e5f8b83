/** One phone: its head, the conversation, what can be tapped, and the box to type in. */

import { drawBubble } from "./bubble.js";
import { drawComposer } from "./composer.js";
import { h, icon, initials, phoneNumber } from "./dom.js";
import { act } from "./live.js";
import { openList, openMenu, sayAloud } from "./sheets.js";
import { chosen, t } from "./texts.js";

const OVERLAID = new Set(["toast", "alert"]);

/** The view of one phone; it owns the panel's DOM. */
export class PhoneView {
  constructor(meta) {
    this.meta = meta;
    this.bubbles = new Map();
    this.caption = h("div", { className: "caption" });
    this.head = h("div", { className: "head" });
    this.notice = h("p", { className: "notice", hidden: true });
    this.log = h("div", { className: "log", role: "log", tabIndex: 0, "aria-live": "polite" });
    this.overlay = h("div", { className: "overlay" });
    this.foot = h("div", { className: "foot" });
    const device = h("div", { className: "device" }, this.head, this.notice, this.log, this.foot, this.overlay);
    this.panel = h("section", { className: `panel phone ${meta.channel}`, data: { key: meta.key } }, this.caption, device);
    this.draw();
  }

  /** Draw everything but the bubbles again: the person's details, `typing`, keyboards. */
  draw() {
    const { name, papel, telefone, channel, activity, connected } = this.meta;
    this.panel.setAttribute("aria-label", `${name}, ${channel}`);
    this.caption.replaceChildren(
      h("span", { className: "avatar", "aria-hidden": "true" }, initials(name)),
      h("span", { className: "who" }, h("b", {}, name), h("small", {}, [papel, phoneNumber(telefone)].filter(Boolean).join(" · "))),
      h("span", { className: "channel" }, channel === "whatsapp" ? "WhatsApp" : "Telegram"));
    const under = activity ? t("typing") : t(channel === "whatsapp" ? "business" : "bot");
    this.head.replaceChildren(
      h("img", { src: "/page/icon.svg", alt: "", width: 36, height: 36 }),
      h("div", {}, h("b", {}, "Balcão"), h("small", { className: activity ? "active" : "" }, under)));
    this.notice.hidden = connected;
    this.notice.textContent = t("offline");
    this.drawFoot();
    if (!this.bubbles.size) this.drawEmpty();
  }

  /** Take a new description of the phone. */
  update(meta) {
    const changed = JSON.stringify(meta) !== JSON.stringify(this.meta);
    this.meta = meta;
    if (changed) this.draw();
  }

  /** Show a bubble or its change; true when it is a new one from the service. */
  put(bubble, { fresh = true } = {}) {
    if (OVERLAID.has(bubble.kind)) {
      if (fresh) sayAloud(this.overlay, bubble);
      return false;
    }
    const old = this.bubbles.get(bubble.id)?.node;
    const pinned = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    const node = bubble.deleted ? null : drawBubble(this.meta, bubble, this.acts(bubble));
    if (!this.bubbles.size) this.log.replaceChildren();
    this.bubbles.set(bubble.id, { bubble, node });
    this.place(old, node, fresh);
    if (pinned || bubble.mine) this.toEnd();
    return !old && !bubble.mine && !bubble.deleted;
  }

  place(old, node, fresh) {
    if (old && node) {
      old.replaceWith(node);
      if (fresh) node.classList.add("changed");
    } else if (old) old.remove();
    else if (node) {
      this.log.append(node);
      if (fresh) node.classList.add("new");
    }
  }

  /** Draw the bubbles again, in another language. */
  redraw() {
    for (const [id, { bubble, node }] of this.bubbles) {
      if (!node) continue;
      const again = drawBubble(this.meta, bubble, this.acts(bubble));
      node.replaceWith(again);
      this.bubbles.set(id, { bubble, node: again });
    }
    this.draw();
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  acts(bubble) {
    const { key } = this.meta;
    return {
      tap: (position) => act(key, "taps", { bubble: bubble.id, position }),
      open: (link) => act(key, "opens", { link }),
      list: (shown, opener) => openList(this.overlay, shown, opener, (row) => act(key, "taps", { bubble: shown.id, position: row })),
      copy: (text) => navigator.clipboard.writeText(text).then(() => sayAloud(this.overlay, { kind: "toast", text: t("copied") })),
    };
  }

  /** The foot keeps what is being typed: it is drawn anew only when something on it changed. */
  drawFoot() {
    const { key, channel, started, actions, menu, dicas } = this.meta;
    const shown = JSON.stringify([chosen(), started, actions, menu, dicas]);
    if (shown === this.shown) return;
    this.shown = shown;
    const draft = this.foot.querySelector("textarea");
    const typed = draft?.value ?? "";
    const focused = draft && document.activeElement === draft;
    if (channel === "telegram" && !started) {
      const begin = () => act(key, "opens", {});
      this.foot.replaceChildren(h("button", { className: "begin", type: "button", on: { click: begin } }, t("start")));
      return;
    }
    const composer = drawComposer(this.meta, typed, menu.length ? (opener) => openMenu(this.overlay, menu, opener, (command) => act(key, "says", { text: `/${command}` })) : null);
    this.foot.replaceChildren(...[this.drawHints(), composer, drawActions(key, actions)].filter(Boolean));
    if (focused) this.foot.querySelector("textarea").focus();
  }

  drawHints() {
    const { key, dicas } = this.meta;
    if (!dicas.length) return null;
    const say = (text) => h("button", { type: "button", className: "hint", on: { click: () => act(key, "says", { text }) } }, text);
    return h("div", { className: "hints" }, dicas.map(say));
  }

  drawEmpty() {
    this.log.replaceChildren(h("div", { className: "empty" }, icon(this.meta.channel === "whatsapp" ? "reply" : "send"), h("b", {}, t("empty")), h("span", {}, t(this.meta.started ? "emptyHint" : "startHint"))));
  }
}

/** A Telegram reply keyboard. */
function drawActions(key, actions) {
  if (!actions.length) return null;
  const press = (label) => h("button", { type: "button", on: { click: () => act(key, "presses", { label }) } }, label);
  return h("div", { className: "keyboard" }, actions.map(press));
}
