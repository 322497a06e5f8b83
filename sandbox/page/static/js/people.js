/** The form that gives somebody new a phone. */

import { button, h } from "./dom.js";
import { post } from "./live.js";
import { t } from "./texts.js";

/** Ask who; their phone is laid on the table at once. */
export function addPerson(panels) {
  const name = h("input", { name: "name", required: true, maxLength: 60, autocomplete: "off" });
  const telefone = h("input", { name: "telefone", type: "tel", autocomplete: "off", "aria-describedby": "telefone-hint" });
  const mark = h("span", {});
  const wrong = h("p", { className: "wrong", role: "alert" });
  const channels = h("fieldset", { className: "channels" }, h("legend", {}, t("channel")),
    ...[["whatsapp", "WhatsApp"], ["telegram", "Telegram"]].map(([value, label], place) => h("label", { className: value },
      h("input", { type: "radio", name: "channel", value, checked: place === 0, on: { change: () => need(value) } }), h("span", {}, label))));
  const need = (channel) => {
    telefone.required = channel === "whatsapp";
    mark.textContent = telefone.required ? "" : ` (${t("optional")})`;
  };
  const form = h("form", { method: "dialog" }, h("h2", { id: "add-title" }, t("addPerson")), h("p", {}, t("addHint")),
    h("label", { className: "line" }, h("span", {}, t("name")), name), channels,
    h("label", { className: "line" }, h("span", {}, t("telefone"), mark), telefone), h("small", { id: "telefone-hint" }, t("telefoneHint")),
    wrong, h("div", { className: "ends" }, button("plain", () => dialog.close(), {}, t("cancel")), h("button", { type: "submit", className: "main" }, t("add"))));
  const dialog = h("dialog", { className: "ask-who", "aria-labelledby": "add-title" }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { channel } = Object.fromEntries(new FormData(form));
    const mistake = mistaken(channel, telefone.value.replaceAll(/\D/g, ""), panels.phones);
    if (mistake) {
      wrong.textContent = t(mistake);
      return;
    }
    const { ok, body } = await post("/phones", { name: name.value.trim(), channel, telefone: telefone.value });
    wrong.textContent = ok ? "" : t(body?.detail ?? "refused");
    if (!ok) return;
    dialog.close();
    panels.lay(body.key);
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  need("whatsapp");
  dialog.showModal();
  name.focus();
}

function mistaken(channel, digits, phones) {
  if ((digits || channel === "whatsapp") && (digits.length < 10 || digits.length > 15)) return "badPhone";
  return digits && phones.some(({ meta }) => meta.channel === channel && meta.telefone === digits) ? "takenPhone" : "";
}
