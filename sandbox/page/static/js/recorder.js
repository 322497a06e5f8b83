/** A voice message from the microphone, where the browser has one. */

import { button, h } from "./dom.js";
import { upload } from "./live.js";
import { openSheet, say } from "./sheets.js";
import { t } from "./texts.js";

const KINDS = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];

/** Record until the person sends or cancels. */
export async function openRecorder(view, opener) {
  const sound = await microphone();
  if (!sound) {
    say(view.overlay, t("noMicrophone"));
    return;
  }
  const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
  const recorder = new MediaRecorder(sound, { mimeType });
  const pieces = [];
  let wanted = false;
  recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
  recorder.addEventListener("stop", () => {
    sound.getTracks().forEach((track) => track.stop());
    if (wanted) upload(view.meta.key, new File(pieces, "voz", { type: mimeType }), "voice");
  });
  recorder.start();
  openMeter(view, opener, recorder, () => { wanted = true; });
}

function openMeter(view, opener, recorder, keep) {
  const began = Date.now();
  const time = h("b", {}, "0:00");
  const meter = h("p", { className: "recording" }, h("i", {}), h("span", {}, t("recording")), time);
  const close = openSheet(view.overlay, t("voice"), [meter, h("div", { className: "ends" },
    button("plain", () => close(), {}, t("cancel")), button("main", () => { keep(); close(); }, {}, t("send")))], opener);
  const ticking = setInterval(() => {
    const seconds = Math.floor((Date.now() - began) / 1000);
    time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (meter.isConnected) return;
    clearInterval(ticking);
    recorder.stop();
  }, 200);
}

async function microphone() {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    return null;
  }
}
