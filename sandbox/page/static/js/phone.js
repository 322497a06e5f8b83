/** One phone: its head, the conversation, and the foot to answer from. */

import { openBubbleMenu } from "./bubble_menu.js";
import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { button, h, icon, initials, phoneNumber } from "./dom.js";
import { act } from "./live.js";
import { copyText, openAlert, openList, say } from "./sheets.js";
import { t } from "./texts.js";

// How long the apps show `typing` after one sign of it; how long we show that a person types.
const SHOWN = { telegram: 5000, whatsapp: 25000 };
const PERSON = 4000;
const NAMES = { whatsapp: "WhatsApp", telegram: "Telegram" };

/** The view of one phone; it owns the panel's DOM. `people` gives everybody who is on the page. */
export class PhoneView {
  constructor(meta, people) {
    this.meta = meta;
    this.unreadTopics = new Set();
    this.caption = h("div", { className: "caption" });
    this.head = h("div", { className: "head" });
    this.topics = h("div", { className: "topics", hidden: true });
    this.notice = h("p", { className: "notice", hidden: true });
    this.overlay = h("div", { className: "overlay" });
    this.foot = h("div", { className: "foot" });
    this.chat = new Chat(this);
    this.composer = new Composer(this, people);
    const device = h("div", { className: "device" }, this.head, this.topics, this.notice, this.chat.node, this.foot, this.overlay);
    this.panel = h("section", { className: `panel phone ${meta.channel}`, data: { key: meta.key } }, this.caption, device);
    this.draw();
  }

  /** Call back when the phone is put away. */
  onAway(away) {
    this.away = away;
  }

  /** Draw everything but the bubbles again: the person's details, `typing`, keyboards. */
  draw() {
    const { name, channel, connected } = this.meta;
    this.panel.setAttribute("aria-label", `${name}, ${NAMES[channel]}`);
    this.drawCaption();
    this.drawHead();
    this.notice.hidden = connected;
    this.notice.textContent = t("offline");
    this.drawTopics();
    this.drawFoot();
    this.chat.draw();
  }

  /** Take a new description of the phone: without a bubble, or with one that was just read, it may say `typing`. */
  update(meta, bubble) {
    const changed = JSON.stringify(meta) !== JSON.stringify(this.meta);
    this.meta = meta;
    if (meta.activity && (!bubble || (bubble.mine && meta.channel === "whatsapp"))) this.serviceTypes();
    if (changed) this.draw();
  }

  /** Show a bubble or its change; true when it is a new one from the service. */
  put(bubble, { fresh = true } = {}) {
    if (bubble.mine && fresh) this.personStops();
    if (bubble.kind === "toast" || bubble.kind === "alert") {
      if (fresh) (bubble.kind === "alert" ? openAlert : say)(this.overlay, bubble.text);
      return false;
    }
    if (fresh && !bubble.mine && this.meta.topic && bubble.topic !== this.meta.topic) {
      this.unreadTopics.add(bubble.topic);
      this.drawTopics();
    }
    return this.chat.put(bubble, fresh);
  }

  /** Draw all of it again, in another language. */
  redraw() {
    this.chat.redraw();
    this.composer.redraw();
    this.draw();
  }

  /** Where the keyboard goes on: the message box, or the conversation. */
  focus(box) {
    const target = box ? this.foot.querySelector("textarea, .begin") : this.chat.node;
    (target ?? this.chat.node).focus();
  }

  toEnd() {
    this.chat.toEnd();
  }

  /** The person is typing, here or on another page. */
  personTypes() {
    clearTimeout(this.personTimer);
    this.personTyping = true;
    this.personTimer = setTimeout(() => this.personStops(), PERSON);
    this.drawCaption();
  }

  personStops() {
    if (!this.personTyping) return;
    this.personTyping = false;
    this.drawCaption();
  }

  /** What a tap on a bubble does. */
  acts(bubble) {
    const { key } = this.meta;
    const tap = (position) => act(key, "taps", { bubble: bubble.id, position });
    return {
      tap,
      open: (link) => act(key, "opens", { link }),
      list: (opener) => openList(this.overlay, bubble, opener, tap),
      copy: (text) => copyText(this.overlay, text),
      menu: (opener) => openBubbleMenu(this, bubble, opener),
    };
  }

  serviceTypes() {
    clearTimeout(this.serviceTimer);
    this.serviceTyping = true;
    this.serviceTimer = setTimeout(() => { this.serviceTyping = false; this.drawHead(); }, SHOWN[this.meta.channel]);
    this.drawHead();
  }

  drawCaption() {
    const { name, papel, telefone, channel } = this.meta;
    const under = this.personTyping ? t("typing") : [t(papel), phoneNumber(telefone)].filter(Boolean).join(" · ");
    const away = button("put-away", () => this.away?.(), { title: t("away"), "aria-label": `${t("away")}: ${name}` }, icon("cross"));
    const held = this.caption.contains(document.activeElement);
    this.caption.replaceChildren(
      h("span", { className: "avatar", "aria-hidden": "true" }, initials(name)),
      h("span", { className: "who" }, h("b", {}, name), h("small", { className: this.personTyping ? "active" : "" }, under)),
      h("span", { className: "channel" }, NAMES[channel]), away);
    if (held) away.focus();
  }

  drawHead() {
    const active = this.meta.activity && this.serviceTyping;
    const doing = t(this.meta.activity) === this.meta.activity ? t("typing") : t(this.meta.activity);
    const under = active ? doing : t(this.meta.channel === "whatsapp" ? "business" : "bot");
    this.head.replaceChildren(
      h("img", { src: "/page/icon.svg", alt: "", width: 36, height: 36 }),
      h("div", {}, h("b", {}, "Balcão"), h("small", { className: active ? "active" : "" }, under)));
  }

  /** Telegram's topics; the one that is open decides what is seen, and where what is sent goes. */
  drawTopics() {
    const { key, topics, topic } = this.meta;
    const open = (id) => () => act(key, "topic", { topic: id });
    const tabs = [[0, t("allTopics")], ...topics.map(({ id, name }) => [id, name])];
    const held = this.topics.contains(document.activeElement);
    this.topics.hidden = !topics.length;
    this.topics.setAttribute("role", "group");
    this.topics.setAttribute("aria-label", t("topics"));
    this.unreadTopics.delete(topic);
    if (!topic) this.unreadTopics.clear();
    const unread = (id) => this.unreadTopics.has(id) && h("span", { className: "unseen" }, ` ${t("unread")}`);
    this.topics.replaceChildren(...tabs.map(([id, name]) =>
      button(this.unreadTopics.has(id) ? "news" : "", open(id), { "aria-pressed": String(id === topic) }, name, unread(id))));
    if (held) this.topics.querySelector("[aria-pressed=true]").focus();
    this.chat.openTopic(topics.length ? topic : 0);
  }

  /** The foot keeps what is being typed: it is put together anew only when a part comes or goes. */
  drawFoot() {
    const { key, channel, started, dicas } = this.meta;
    const parts = JSON.stringify([started, dicas, t("start")]);
    this.composer.update(this.meta);
    if (parts === this.parts) return;
    this.parts = parts;
    if (channel === "telegram" && !started) {
      this.foot.replaceChildren(button("begin", () => act(key, "opens"), {}, t("start")));
      return;
    }
    const hint = (text) => button("hint", () => act(key, "says", { text }), {}, text);
    const hints = dicas.length ? [h("div", { className: "hints" }, dicas.map(hint))] : [];
    const begun = this.foot.contains(document.activeElement);
    this.foot.replaceChildren(...hints, this.composer.node);
    if (begun) this.focus(true);
  }
}
