/** Building DOM without markup in strings: what people write is only ever text. */

/** An element: `props` are properties, `class`, `data`, `on` (listeners) and attributes; children may be null. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") Object.entries(value).forEach(([event, act]) => node.addEventListener(event, act));
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name in node && name !== "role") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

/** One icon of icons.svg; decoration only, so screen readers skip it. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/page/icons.svg#${name}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** A button; `props` as for `h`. */
export function button(className, act, props, ...children) {
  return h("button", { type: "button", className, on: { click: act }, ...props }, ...children);
}

let zone;

/** Show times in this zone, the business's, wherever the browser is; true when that is a change. */
export function useZone(name) {
  const changes = Boolean(name) && name !== zone;
  if (changes) zone = name;
  return changes;
}

/** Hours and minutes of an epoch second. */
export function clock(when) {
  return new Date(when * 1000).toLocaleTimeString("pt-BR", { hour: "2-digit", minute: "2-digit", timeZone: zone });
}

/** The day of an epoch second, as text. */
export function day(when, locale) {
  return new Date(when * 1000).toLocaleDateString(locale, { day: "numeric", month: "long", weekday: "long", timeZone: zone });
}

/** 5531988804000 as people write it. */
export function phoneNumber(digits) {
  const parts = /^\+?55(\d\d)(\d{4,5})(\d{4})$/.exec(digits ?? "");
  return parts ? `+55 ${parts[1]} ${parts[2]}-${parts[3]}` : digits ? `+${digits.replace("+", "")}` : "";
}

/** Bytes as people write them. */
export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

/** The first letters of a name. */
export function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return ((words[0]?.[0] ?? "") + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
}
