/** The box to type in: replies, edits, commands, reply keyboards, and what can be attached. */

import { drawAttach, openPlaces } from "./attach.js";
import { summary } from "./bubble.js";
import { button, h, icon } from "./dom.js";
import { act } from "./live.js";
import { openRecorder } from "./recorder.js";
import { openChoice, openQuestion } from "./sheets.js";
import { t } from "./texts.js";

const DEEP_LINK = /^https?:\/\/t\.me\/\S+\?start=\S+$/;
const TYPES_EVERY = 3000;

/** The composer of one phone; it lives as long as the phone does, and so does what is typed. */
export class Composer {
  constructor(view, people) {
    Object.assign(this, { view, people, keyboardHidden: false, told: 0 });
    this.box = h("textarea", { rows: 1, enterKeyHint: "send", on: { input: () => this.typed(), keydown: (event) => this.key(event) } });
    this.context = h("div", { className: "context", hidden: true });
    this.suggestions = h("div", { className: "suggestions", hidden: true, on: { keydown: (event) => this.walk(event) } });
    this.keyboard = h("div", { className: "keyboard", hidden: true });
    this.bar = h("div", { className: "composer" });
    this.node = h("div", {}, this.suggestions, this.context, this.bar, this.keyboard);
  }

  /** Take the phone's menu and reply keyboard. */
  update(meta) {
    const shown = JSON.stringify([meta.menu, meta.keyboard, meta.placeholder, t("send")]);
    if (shown === this.shown) return;
    if (JSON.stringify(meta.keyboard) !== this.rows) this.keyboardHidden = false;
    this.rows = JSON.stringify(meta.keyboard);
    this.shown = shown;
    this.draw(meta);
  }

  /** Draw it again, in another language. */
  redraw() {
    this.shown = "";
    this.drawContext();
  }

  /** Answer this message. */
  reply(bubble) {
    this.leave();
    this.replying = bubble;
    this.drawContext();
    this.box.focus();
  }

  /** Change this message of their own. */
  edit(bubble) {
    this.leave();
    this.editing = bubble;
    this.box.value = bubble.text;
    this.drawContext();
    this.typed();
    this.box.focus();
  }

  draw(meta) {
    const focused = document.activeElement === this.box;
    const tool = (mark, label, run, props = {}) => button("tool", run, { title: t(label), "aria-label": t(label), ...props }, icon(mark));
    const menu = meta.menu.length ? tool("menu", "menu", (event) => this.openMenu(event.currentTarget)) : null;
    const toggle = meta.keyboard.length ? tool("keyboard", "keyboard", (event) => this.toggle(event.currentTarget), { "aria-expanded": String(!this.keyboardHidden) }) : null;
    this.box.placeholder = meta.placeholder || t("message");
    this.box.setAttribute("aria-label", t("message"));
    this.submit = button("send", () => this.send(), { title: t("send"), "aria-label": t("send") }, icon("send"));
    this.voice = button("send", (event) => openRecorder(this.view, event.currentTarget), { title: t("records"), "aria-label": t("records") }, icon("voice"));
    this.bar.replaceChildren(...[menu, h("div", { className: "field" }, this.box, toggle, drawAttach(this.view, this.people)), this.voice, this.submit].filter(Boolean));
    this.drawKeyboard(meta);
    this.fit();
    if (focused) this.box.focus();
  }

  drawKeyboard({ key, keyboard }) {
    const press = (shown) => button("", (event) => this.press(key, shown, event.currentTarget), {}, shown.label);
    this.keyboard.hidden = !keyboard.length || this.keyboardHidden;
    this.keyboard.replaceChildren(...keyboard.map((row) => h("div", { className: "keys" }, row.map(press))));
  }

  press(key, shown, opener) {
    const { overlay } = this.view;
    const press = () => act(key, "presses", { label: shown.label });
    if (shown.asks === "contact") openQuestion(overlay, t("shareNumber"), t("shareNumberHint"), t("share"), opener, press);
    else if (shown.asks === "location") openPlaces(this.view, opener);
    else press();
  }

  toggle(opener) {
    this.keyboardHidden = !this.keyboardHidden;
    this.keyboard.hidden = this.keyboardHidden;
    opener.setAttribute("aria-expanded", String(!this.keyboardHidden));
  }

  openMenu(opener) {
    const { key, menu } = this.view.meta;
    const things = menu.map(([command, description]) => [`/${command}`, description, `/${command}`]);
    openChoice(this.view.overlay, t("commands"), things, opener, (text) => act(key, "says", { text }));
  }

  drawContext() {
    const bubble = this.replying ?? this.editing;
    this.context.hidden = !bubble;
    if (!bubble) return;
    const title = this.editing ? t("editing") : `${t("replying")} ${bubble.mine ? t("you") : "Balcão"}`;
    this.context.replaceChildren(icon(this.editing ? "edit" : "reply"), h("span", {}, h("b", {}, title), h("small", {}, summary(bubble))),
      button("tool", () => { this.leave(); this.box.focus(); }, { "aria-label": t("cancel"), title: t("cancel") }, icon("cross")));
  }

  /** Neither reply nor edit any more. */
  leave() {
    if (this.editing) this.box.value = "";
    this.replying = this.editing = null;
    this.drawContext();
    this.fit();
  }

  send() {
    const text = this.box.value.trim();
    const { key, channel } = this.view.meta;
    if (!text) return;
    if (this.editing) act(key, "edits", { bubble: this.editing.id, text });
    else if (channel === "telegram" && DEEP_LINK.test(text)) act(key, "opens", { link: text });
    else act(key, "says", { text, reply_to: this.replying?.id ?? "" });
    this.box.value = "";
    this.told = 0;
    this.leave();
    this.suggest();
  }

  key(event) {
    if (event.key === "Escape" && (this.replying || this.editing)) this.leave();
    if (event.key === "ArrowUp" && !this.suggestions.hidden) {
      event.preventDefault();
      this.suggestions.lastElementChild.focus();
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  typed() {
    this.fit();
    this.suggest();
    if (!this.box.value || Date.now() - this.told < TYPES_EVERY) return;
    this.told = Date.now();
    act(this.view.meta.key, "types");
  }

  /** Commands that begin as what was typed, as Telegram offers them. */
  suggest() {
    const { key, menu } = this.view.meta;
    const typed = this.box.value;
    const found = /^\/\w*$/.test(typed) ? menu.filter(([command]) => `/${command}`.startsWith(typed.toLowerCase())) : [];
    const say = (text) => () => { this.box.value = ""; this.suggest(); this.box.focus(); act(key, "says", { text }); };
    this.suggestions.hidden = !found.length;
    this.suggestions.replaceChildren(...found.map(([command, description]) =>
      button("choice", say(`/${command}`), {}, h("b", {}, `/${command}`), h("small", {}, description))));
    this.fit();
  }

  walk(event) {
    const step = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
    if (event.key === "Escape") this.suggestions.hidden = true;
    if (!step && event.key !== "Escape") return;
    event.preventDefault();
    ((step && document.activeElement[step]) ?? this.box).focus();
  }

  fit() {
    this.box.style.height = "auto";
    if (this.box.isConnected) this.box.style.height = `${Math.min(this.box.scrollHeight, 110)}px`;
    if (!this.submit) return;
    this.submit.hidden = !this.box.value.trim();
    this.voice.hidden = !this.submit.hidden;
  }
}
