/** The robots' panel: what the next one will do, and every job with its steps. */

import { h, icon } from "./dom.js";
import { script } from "./live.js";
import { t } from "./texts.js";

const BEHAVIOURS = ["normal", "fail", "refuse_password", "stall", "silent"];
const KINDS = { pap: "sale", sat: "upload" };
const MARKS = { progress: "check", completed: "check", failed: "cross", cancelled: "cross", question: "person", log: "file" };
const OVER = ["completed", "failed", "cancelled"];

/** The panel; it owns its DOM. */
export class RobotsView {
  constructor() {
    this.jobs = new Map();
    this.next = "normal";
    this.list = h("div", { className: "jobs" });
    this.choice = h("fieldset", { className: "next" });
    this.head = h("div", { className: "caption" });
    this.panel = h("section", { className: "panel robots", data: { key: "robots" } }, this.head,
      h("div", { className: "device" }, this.choice, this.list));
    this.draw();
  }

  /** Draw everything again. */
  draw() {
    this.panel.setAttribute("aria-label", t("robots"));
    this.head.replaceChildren(h("span", { className: "avatar", "aria-hidden": "true" }, icon("robot")),
      h("span", { className: "who" }, h("b", {}, t("robots")), h("small", {}, t("robotsHint"))));
    this.drawNext();
    this.list.replaceChildren();
    for (const { job } of this.jobs.values()) this.put(job);
    if (!this.jobs.size) this.list.replaceChildren(h("div", { className: "empty" }, icon("robot"), h("b", {}, t("none")), h("span", {}, t("noneHint"))));
  }

  /** What the next job will do. */
  choose(next) {
    if (next === this.next) return;
    this.next = next;
    this.drawNext();
  }

  /** Show a job or its change. */
  put(job) {
    const old = this.jobs.get(job.id)?.node;
    const ended = OVER.includes(job.status) && !OVER.includes(this.jobs.get(job.id)?.job.status);
    const node = drawJob(job, ended ? false : old?.querySelector("details")?.open);
    if (!this.jobs.size) this.list.replaceChildren();
    this.jobs.set(job.id, { job, node });
    if (old?.isConnected) old.replaceWith(node);
    else this.list.prepend(node);
  }

  drawNext() {
    const options = BEHAVIOURS.map((name) => {
      const radio = h("input", { type: "radio", name: "next", value: name, checked: name === this.next, on: { change: () => script(name) } });
      return h("label", {}, radio, h("span", {}, t(name)));
    });
    const held = this.choice.contains(document.activeElement);
    this.choice.replaceChildren(h("legend", {}, t("next")), h("div", { className: "options" }, options), h("p", {}, t(`${this.next}Hint`)));
    if (held) this.choice.querySelector("input:checked")?.focus();
  }
}

function drawJob(job, open) {
  const kind = t(KINDS[job.operadora] ?? "download");
  const state = job.status === "failed" ? "failedJob" : job.status;
  const share = job.status === "completed" ? 100 : job.progresso.percentual;
  const order = job.resultado.numero_pedido;
  return h("article", { className: `job ${job.status}` },
    h("header", {}, h("b", {}, kind), h("code", { title: job.key }, job.key.slice(0, 8)), h("span", { className: "pill" }, t(state))),
    h("div", { className: "bar", role: "progressbar", "aria-valuenow": share, "aria-valuemin": 0, "aria-valuemax": 100, "aria-label": kind },
      h("i", { style: `width:${share}%` })),
    h("p", { className: "step" }, order ? `${t("order")} ${order}` : job.erro ? job.erro.mensagem : job.progresso.etapa || "…"),
    job.pergunta && h("p", { className: "ask" }, icon("person"), h("span", {}, h("small", {}, t("waiting")), job.pergunta)),
    drawHistory(job, open));
}

function drawHistory(job, open) {
  const steps = job.history.filter((line) => !line.startsWith("heartbeat")).map((line) => {
    const [event, ...rest] = line.split(": ");
    return h("li", { className: `step-${event}` }, icon(MARKS[event] ?? "clock"), rest.join(": ") || t(event === "failed" ? "failedJob" : event));
  });
  return h("details", { open: open ?? !OVER.includes(job.status) }, h("summary", {}, `${t(job.behaviour)} · ${steps.length}`), h("ol", {}, steps));
}
