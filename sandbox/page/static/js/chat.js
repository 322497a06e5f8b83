/** The conversation on a phone: bubbles in order, days between them, and the arrow keys that walk it. */

import { drawBubble } from "./bubble.js";
import { day, h, icon } from "./dom.js";
import { locale, t } from "./texts.js";

const NEAR = 120;

/** The log of one phone. */
export class Chat {
  constructor(view) {
    this.view = view;
    this.bubbles = new Map();
    this.atEnd = true;
    this.node = h("div", { className: "log", role: "log", tabIndex: 0, on: { keydown: (event) => this.walk(event), scroll: () => this.scrolled() } });
    // What grows under the log takes room from it: whoever read the newest message goes on reading it.
    new ResizeObserver(() => { if (this.atEnd) this.toEnd(); }).observe(this.node);
  }

  /** Draw what is in words; the bubbles stay. */
  draw() {
    this.node.setAttribute("aria-label", t("conversation"));
    this.node.setAttribute("aria-description", t("conversationHint"));
    if (!this.bubbles.size) this.drawEmpty();
  }

  /** Show a bubble or its change; true when it is a new one from the service. */
  put(bubble, fresh) {
    const known = this.bubbles.get(bubble.id);
    const node = bubble.deleted ? null : this.drawn(bubble);
    if (!this.bubbles.size) this.node.replaceChildren();
    this.bubbles.set(bubble.id, { bubble, node });
    this.place(known?.node, node, bubble, fresh);
    if (this.atEnd || (bubble.mine && !known)) this.toEnd();
    return !known && !bubble.mine && !bubble.deleted;
  }

  /** Show one topic's bubbles, or with 0 all of them. */
  openTopic(topic) {
    if (topic === (this.topic ?? 0)) return;
    this.topic = topic;
    for (const { bubble, node } of this.bubbles.values()) if (node) node.hidden = this.elsewhere(bubble);
    this.toEnd();
  }

  /** Draw every bubble again, in another language. */
  redraw() {
    const all = [...this.bubbles.values()].map(({ bubble }) => bubble);
    this.bubbles.clear();
    this.lastDay = "";
    this.node.replaceChildren();
    all.forEach((bubble) => this.put(bubble, false));
  }

  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
    this.top = this.node.scrollTop;
    this.atEnd = true;
  }

  /** Whoever moves up leaves the end; a picture that grows above it moves nobody. */
  scrolled() {
    const top = this.node.scrollTop;
    if (this.nearEnd(NEAR)) this.atEnd = true;
    else if (top < this.top) this.atEnd = false;
    this.top = top;
  }

  nearEnd(distance) {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < distance;
  }

  /** Show where a quoted message is. */
  jump(id) {
    const node = this.bubbles.get(id)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.classList.remove("changed");
    requestAnimationFrame(() => node.classList.add("changed"));
  }

  drawn(bubble) {
    const quoted = this.bubbles.get(bubble.quote?.id)?.bubble;
    const acts = { ...this.view.acts(bubble), jump: (id) => this.jump(id), grown: () => this.grown() };
    const node = drawBubble(this.view.meta, bubble, quoted, acts);
    node.hidden = this.elsewhere(bubble);
    return node;
  }

  elsewhere(bubble) {
    return Boolean(this.topic) && bubble.topic !== this.topic;
  }

  place(old, node, bubble, fresh) {
    if (old && node) {
      const held = old.contains(document.activeElement);
      old.replaceWith(node);
      if (fresh) node.classList.add("changed");
      if (held) node.focus();
    } else if (old) old.remove();
    else if (node) {
      this.markDay(bubble.when);
      this.node.append(node);
      if (fresh) node.classList.add("new");
    }
  }

  markDay(when) {
    const name = day(when, locale());
    if (name === this.lastDay) return;
    this.lastDay = name;
    this.node.append(h("p", { className: "day" }, h("span", {}, name)));
  }

  /** A picture that has loaded makes the log longer. */
  grown() {
    if (this.atEnd) this.toEnd();
  }

  drawEmpty() {
    const { channel, started } = this.view.meta;
    this.node.replaceChildren(h("div", { className: "empty" }, icon(channel === "whatsapp" ? "reply" : "send"),
      h("b", {}, t("empty")), h("span", {}, t(started ? "emptyHint" : "startHint"))));
  }

  /** Up and down walk the bubbles, Enter or the menu key opens what can be done with one; what is typed is written below. */
  walk(event) {
    if (event.key.length === 1 && event.key !== " " && !(event.ctrlKey || event.metaKey || event.altKey)) {
      this.view.composer.box.focus();
      return;
    }
    const shown = [...this.node.querySelectorAll(".bubble:not([hidden])")];
    const at = shown.indexOf(document.activeElement.closest(".bubble"));
    if (event.target.matches("audio, video")) return;
    if (["Enter", "ContextMenu"].includes(event.key) && event.target.matches(".bubble")) {
      event.preventDefault();
      const { bubble } = this.bubbles.get(event.target.dataset.id);
      this.view.acts(bubble).menu(event.target);
    }
    const next = { ArrowUp: at < 0 ? shown.length - 1 : at - 1, ArrowDown: at < 0 ? shown.length - 1 : at + 1, Home: 0, End: shown.length - 1 }[event.key];
    if (next === undefined || !shown[next]) return;
    event.preventDefault();
    shown[next].focus();
    shown[next].scrollIntoView({ block: "nearest" });
  }
}
