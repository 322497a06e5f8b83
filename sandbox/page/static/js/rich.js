/** The text of a bubble as each app shows it: Telegram's entities, WhatsApp's marks, links in both. */

import { h } from "./dom.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote",
};
const MARKS = [
  [/```([^`]+)```/, "code"], [/(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])/, "b"],
  [/(?<![\w_])_(\S(?:[^_\n]*\S)?)_(?![\w_])/, "i"], [/(?<![\w~])~(\S(?:[^~\n]*\S)?)~(?![\w~])/, "s"],
];
const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/;

/** Nodes for a bubble's text. `open` is called with a link that leads back into a chat. */
export function rich(channel, text, entities, open) {
  return channel === "telegram" ? spans(text, entities, 0, text.length, open) : marked(text, open);
}

/** A link; `t.me` and `wa.me` stay on the phone. */
function anchor(url, label, open) {
  const inside = /^https?:\/\/(t\.me|wa\.me)\//.test(url);
  const stay = (event) => { event.preventDefault(); open(url); };
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", on: inside ? { click: stay } : {} }, label);
}

function linked(text, open) {
  const found = LINK.exec(text);
  if (!found) return [text];
  const before = text.slice(0, found.index);
  return [before, anchor(found[0], found[0], open), ...linked(text.slice(found.index + found[0].length), open)];
}

function marked(text, open) {
  for (const [pattern, tag] of MARKS) {
    const found = pattern.exec(text);
    if (!found) continue;
    const after = text.slice(found.index + found[0].length);
    const inner = tag === "code" ? [found[1]] : marked(found[1], open);
    return [...marked(text.slice(0, found.index), open), h(tag, {}, inner), ...marked(after, open)];
  }
  return linked(text, open);
}

/** Entities nest; those that start first and are longest come first, as the server sorts them. */
function spans(text, entities, start, end, open) {
  const nodes = [];
  let at = start;
  let rest = entities;
  while (rest.length) {
    const [outer, ...others] = rest;
    const stop = outer.offset + outer.length;
    const inner = others.filter((entity) => entity.offset < stop);
    rest = others.filter((entity) => entity.offset >= stop);
    if (outer.offset >= end) break;
    nodes.push(...linked(text.slice(at, outer.offset), open));
    nodes.push(styled(outer, spans(text, inner, outer.offset, stop, open), open));
    at = stop;
  }
  return [...nodes, ...linked(text.slice(at, end), open)];
}

function styled(entity, children, open) {
  if (entity.type === "text_link" && /^https?:/.test(entity.url)) return anchor(entity.url, children, open);
  if (entity.type === "spoiler") return h("span", { className: "spoiler", tabIndex: 0 }, children);
  return h(TAGS[entity.type] ?? "span", { className: entity.type === "bot_command" ? "command" : "" }, children);
}
