/** What can be done with one message: react, reply, copy, edit. */

import { button, h, icon } from "./dom.js";
import { act } from "./live.js";
import { copyText, openSheet } from "./sheets.js";
import { t } from "./texts.js";

const EMOJI = { whatsapp: ["👍", "❤️", "😂", "😮", "😢", "🙏"], telegram: ["👍", "❤", "🔥", "👏", "😁", "🙏"] };

/** Open the options of a bubble over its phone. */
export function openBubbleMenu(view, bubble, opener) {
  const { key, channel } = view.meta;
  const choice = (mark, label, run) => button("choice", () => { close(); run(); }, {}, icon(mark), h("span", {}, t(label)));
  const emoji = EMOJI[channel].map((sign) => {
    const given = bubble.my_reaction === sign;
    const react = () => { close(); act(key, "reacts", { bubble: bubble.id, emoji: given ? "" : sign }); };
    return button("emoji", react, { "aria-pressed": String(given), "aria-label": `${t(given ? "unreact" : "react")} ${sign}` }, sign);
  });
  const close = openSheet(view.overlay, t("options"), [
    h("div", { className: "emojis" }, emoji),
    choice("reply", "reply", () => view.composer.reply(bubble)),
    bubble.text && choice("copy", "copy", () => copyText(view.overlay, bubble.text)),
    bubble.editable && choice("edit", "edit", () => view.composer.edit(bubble)),
  ], opener);
}
