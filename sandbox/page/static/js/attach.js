/** What can be attached: documents, photos and audio with a caption, places, contacts. */

import { button, h, icon, phoneNumber, size } from "./dom.js";
import { act, upload } from "./live.js";
import { openChoice, openSheet } from "./sheets.js";
import { t } from "./texts.js";

// Places everybody knows: where a person really is stays their own business.
const PLACES = [
  ["Praça Sete de Setembro", "Centro, Belo Horizonte", { latitude: -19.9191, longitude: -43.9386 }],
  ["Praça da Sé", "Sé, São Paulo", { latitude: -23.5503, longitude: -46.6339 }],
  ["Marco Zero", "Recife Antigo, Recife", { latitude: -8.0631, longitude: -34.8711 }],
];

/** The paper clip and its choices. `people` gives everybody on the page. */
export function drawAttach(view, people) {
  const summary = h("summary", { title: t("attach"), "aria-label": t("attach") }, icon("attach"));
  const entry = (mark, label, run) => button("", () => { details.open = false; run(summary); }, {}, icon(mark), t(label));
  const details = h("details", { className: "attach" }, summary, h("div", { className: "choices" },
    entry("file", "document", () => pick(view, "", "document", summary)), entry("photo", "gallery", () => pick(view, "image/*,video/*", "photo", summary)),
    entry("voice", "audio", () => pick(view, "audio/*", "audio", summary)), entry("pin", "location", () => openPlaces(view, summary)),
    entry("person", "contact", () => openContacts(view, people, summary))));
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    details.open = false;
    summary.focus();
  });
  details.addEventListener("focusout", (event) => { if (!details.contains(event.relatedTarget)) details.open = false; });
  return details;
}

/** Places to send. */
export function openPlaces(view, opener) {
  const things = PLACES.map(([name, address, point]) => [name, address, { ...point, name, address }]);
  openChoice(view.overlay, t("whereAmI"), things, opener, (place) => act(view.meta.key, "location", place));
}

function openContacts(view, people, opener) {
  const others = people().filter((person) => person.key !== view.meta.key && person.telefone);
  const things = [[t("myContact"), phoneNumber(view.meta.telefone), view.meta.key],
    ...others.map((person) => [person.name, phoneNumber(person.telefone), person.key])];
  openChoice(view.overlay, t("contact"), things, opener, (of) => act(view.meta.key, "contact", { of }));
}

function pick(view, accept, as, opener) {
  const input = h("input", { type: "file", accept });
  input.addEventListener("change", () => {
    const [file] = input.files;
    if (file) openPreview(view, file, as === "photo" && file.type.startsWith("video/") ? "video" : as, opener);
  });
  input.click();
}

/** Look at the file once more, with a caption, as the apps do. */
function openPreview(view, file, as, opener) {
  const picture = as === "photo" ? URL.createObjectURL(file) : "";
  const shown = picture ? h("img", { className: "preview", src: picture, alt: file.name })
    : h("p", { className: "card file" }, icon(as === "audio" ? "voice" : "file"), h("span", {}, h("b", {}, file.name), h("small", {}, size(file.size))));
  const caption = h("input", { placeholder: t("caption"), "aria-label": t("caption"), maxLength: 1024, autocomplete: "off" });
  const form = h("form", { className: "send-file" }, shown, h("div", { className: "ends" },
    as === "audio" ? null : caption, h("button", { type: "submit", className: "main" }, t("send"))));
  const close = openSheet(view.overlay, t(as), [form], opener);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    close();
    if (picture) URL.revokeObjectURL(picture);
    upload(view.meta.key, file, as, caption.value.trim());
  });
}
