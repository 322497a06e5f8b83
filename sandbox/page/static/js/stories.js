/** The stories: a list to choose from, and a strip over the phones while one plays. */

import { button, h, icon } from "./dom.js";

const NARROW = matchMedia("(max-width: 760px)");
const PACES = { slow: 1.8, usual: 1, fast: 0.4 };
const TEXTS = {
  pt: {
    storiesHint: "Os telefones se mexem sozinhos. Pode parar quando quiser.", play: "Tocar", stop: "Parar", again: "De novo",
    hide: "Fechar a faixa", pace: "Ritmo", slow: "devagar", usual: "normal", fast: "rápido", noStories: "As histórias precisam do serviço inteiro ao lado: balcao up.",
    beginning: "Preparando os telefones…", done: "fim", stopped: "interrompida", failed: "um passo não aconteceu", story: "História",
  },
  en: {
    storiesHint: "The phones move by themselves. Stop whenever you like.", play: "Play", stop: "Stop", again: "Again",
    hide: "Close this strip", pace: "Pace", slow: "slow", usual: "usual", fast: "fast", noStories: "Stories need the whole service beside them: balcao up.",
    beginning: "Preparing the phones…", done: "the end", stopped: "stopped", failed: "a step did not happen", story: "Story",
  },
};

/** Fill the room, and put the strip above the phones. */
export function mount(room, live, texts) {
  texts.learn(TEXTS);
  const stories = new Stories(room, live, texts);
  live.on("state", ({ stories: list, story }) => { stories.list = list; stories.hear(story, true); });
  live.on("stories", ({ stories: list }) => { stories.list = list; stories.draw(); });
  live.on("story", (story) => stories.hear(story, false));
  texts.onLanguage(() => stories.draw());
}

class Stories {
  constructor(room, live, texts) {
    Object.assign(this, { room, live, texts, t: texts.t, list: [], story: { status: "idle", pace: 1 }, hidden: true });
    this.strip = h("section", { className: "story", hidden: true });
    document.querySelector("#panels").before(this.strip);
    this.words = h("div", { className: "words", role: "status", "aria-live": "polite" });
    this.hands = h("div", { className: "hands" });
    this.strip.append(icon("stories"), this.words, this.hands);
  }

  /** How the story stands; at its beginning its phones are put on the table. */
  hear(story, opening) {
    const begins = story.status === "playing" && (opening || this.story.run !== story.run);
    this.story = story;
    if (begins) this.begin();
    for (const panel of document.querySelectorAll(".panel.phone")) {
      const acting = story.status === "playing" && panel.dataset.key === story.acting;
      if (acting && !panel.classList.contains("acting")) look(panel);
      panel.classList.toggle("acting", acting);
    }
    if (!opening || begins) this.hidden = false;
    this.draw();
  }

  begin() {
    this.live.show(this.story.phones);
    look(document.querySelector(`.panel.phone[data-key="${this.story.phones[0]}"]`));
    document.querySelector(`#tab-${this.story.room}`)?.click();
  }

  draw() {
    this.drawRoom();
    this.strip.hidden = this.hidden || this.story.status === "idle";
    if (!this.strip.hidden) this.drawStrip();
  }

  drawRoom() {
    const { t, list } = this;
    const chosen = this.texts.chosen();
    const shown = JSON.stringify([list, chosen, this.story.key, this.story.status, this.story.pace]);
    if (shown === this.shown) return;
    this.shown = shown;
    const rows = list.map(({ key, title, about }) => {
      const playing = this.story.key === key && this.story.status === "playing";
      return h("li", { className: playing ? "playing" : "" },
        h("span", {}, h("b", {}, title[chosen]), h("small", {}, about[chosen])),
        button("act main", () => this.play(playing ? null : key), { data: { story: key }, "aria-label": `${t(playing ? "stop" : "play")}: ${title[chosen]}` },
          t(playing ? "stop" : "play")));
    });
    const held = this.room.contains(document.activeElement) ? document.activeElement.dataset.story ?? document.activeElement.value : null;
    this.room.replaceChildren(h("p", { className: "hint" }, t(list.length ? "storiesHint" : "noStories")),
      h("ul", { className: "list" }, rows), ...(list.length ? [this.drawPace()] : []));
    if (held) this.room.querySelector(`[data-story="${held}"], input[value="${held}"]`)?.focus();
  }

  drawPace() {
    const options = Object.entries(PACES).map(([name, pace]) => h("label", {},
      h("input", { type: "radio", name: "pace", value: name, checked: this.story.pace === pace, on: { change: () => this.live.post("/stories/pace", { pace }) } }),
      h("span", {}, this.t(name))));
    return h("fieldset", { className: "choice-of" }, h("legend", {}, this.t("pace")), h("div", { className: "options" }, options));
  }

  drawStrip() {
    const { t, story } = this;
    const chosen = this.texts.chosen();
    const playing = story.status === "playing";
    const title = this.list.find(({ key }) => key === story.key)?.title[chosen] ?? t("story");
    const caption = story.caption?.[chosen] || t("beginning");
    this.strip.setAttribute("aria-label", t("story"));
    this.strip.dataset.status = story.status;
    const where = playing ? story.step || "" : t(story.status);
    this.words.replaceChildren(h("small", {}, [title, where].filter(Boolean).join(" · ")),
      h("p", {}, story.problem ? story.problem[chosen] : caption));
    const name = playing ? "stop" : "again";
    if (this.hands.dataset.shown === `${name}${chosen}`) return;
    this.hands.dataset.shown = `${name}${chosen}`;
    this.hands.replaceChildren(button("act main", () => this.play(playing ? null : this.story.key), {}, t(name)),
      ...(playing ? [] : [button("tool", () => { this.hidden = true; this.draw(); }, { title: t("hide"), "aria-label": t("hide") }, icon("cross"))]));
  }

  play(key) {
    return key ? this.live.post(`/stories/${key}/play`) : this.live.post("/stories/stop");
  }
}

/** A phone that lies beyond the edge comes into sight; a narrow screen, which shows one, shows this one. */
function look(panel) {
  if (NARROW.matches && panel?.hidden) document.querySelector(`[data-chip="${panel.dataset.key}"]`)?.click();
  panel?.scrollIntoView({ inline: "nearest", block: "nearest" });
}
