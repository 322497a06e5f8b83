/** The box to type in, with what can be attached. */

import { h, icon } from "./dom.js";
import { act, upload } from "./live.js";
import { t } from "./texts.js";

const DEEP_LINK = /^https?:\/\/t\.me\/\S+\?start=\S+$/;

/** A composer that holds `typed`; `openMenu` shows the command menu, if the person has one. */
export function drawComposer(phone, typed, openMenu) {
  const box = h("textarea", { rows: 1, value: typed, placeholder: t("message"), "aria-label": t("message"), enterKeyHint: "send" });
  const send = () => {
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    fit(box);
    act(phone.key, ...(phone.channel === "telegram" && DEEP_LINK.test(text) ? ["opens", { link: text }] : ["says", { text }]));
  };
  box.addEventListener("input", () => fit(box));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  const menu = openMenu && h("button", {
    type: "button", className: "tool", title: t("menu"), "aria-label": t("menu"), on: { click: (event) => openMenu(event.currentTarget) },
  }, icon("menu"));
  const submit = h("button", { type: "button", className: "send", title: t("send"), "aria-label": t("send"), on: { click: send } }, icon("send"));
  return h("div", { className: "composer" }, menu, h("div", { className: "field" }, box, drawAttach(phone)), submit);
}

/** The paper clip and its three choices. */
function drawAttach(phone) {
  const choose = (accept) => {
    const input = h("input", { type: "file", accept });
    input.addEventListener("change", () => input.files[0] && upload(phone.key, input.files[0]));
    input.click();
  };
  const entry = (name, label, run) => h("button", {
    type: "button", on: { click: (event) => { event.currentTarget.closest("details").open = false; run(); } },
  }, icon(name), t(label));
  const details = h("details", { className: "attach" },
    h("summary", { title: t("attach"), "aria-label": t("attach") }, icon("attach")),
    h("div", { className: "choices" },
      entry("file", "document", () => choose("")), entry("photo", "photo", () => choose("image/*")),
      entry("person", "contact", () => act(phone.key, "contact"))));
  details.addEventListener("keydown", (event) => { if (event.key === "Escape") details.open = false; });
  details.addEventListener("focusout", (event) => { if (!details.contains(event.relatedTarget)) details.open = false; });
  return details;
}

function fit(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 110)}px`;
}
