/** The robots' room: what the next one will do, and every job with its steps. */

import { button, h, icon } from "./dom.js";

const BEHAVIOURS = ["normal", "fail", "refuse_password", "stall", "silent", "manual"];
/** What a portal may have instead of the right bill; sales go as always. */
const BILLS = ["outro_mes", "outro_cliente", "linha_e_barras", "pagina_html", "criptografada"];
const KINDS = { pap: "sale", sat: "upload" };
const MARKS = { progress: "check", completed: "check", failed: "cross", cancelled: "cross", question: "person", log: "file" };
const OVER = ["completed", "failed", "cancelled"];
/** Robots that do nothing by themselves any more: a person may act in their place. */
const DRIVEN = ["manual", "stall"];
const ACTS = ["advance", "ask", "complete", "fail", "refuse"];
const TEXTS = {
  pt: {
    bills: "Fatura que o portal traz", outro_mes: "mês errado", outro_cliente: "cliente errado", linha_e_barras: "boleto adulterado",
    pagina_html: "página HTML", criptografada: "com senha", outro_mesHint: "Um download traz a fatura do mês seguinte.",
    outro_clienteHint: "Um download traz a fatura de outra empresa.", linha_e_barrasHint: "A linha impressa não é a das barras: golpe conhecido.",
    pagina_htmlHint: "No lugar do PDF vem a página de login do portal.", criptografadaHint: "O PDF tem uma senha que ninguém sabe.",
    manualHint: "Não faz nada sozinho: você é o robô, aqui embaixo.", "act-advance": "Avançar", "act-ask": "Perguntar",
    "act-complete": "Concluir", "act-fail": "Falha técnica", "act-refuse": "Negar", acts: "Agir como o robô",
  },
  en: {
    bills: "Bill that the portal brings", outro_mes: "wrong month", outro_cliente: "wrong client", linha_e_barras: "doctored slip",
    pagina_html: "HTML page", criptografada: "with a password", outro_mesHint: "A download brings the next month's bill.",
    outro_clienteHint: "A download brings another company's bill.", linha_e_barrasHint: "The printed line is not that of the bars: the known fraud.",
    pagina_htmlHint: "In the PDF's place comes the portal's login page.", criptografadaHint: "The PDF has a password that nobody knows.",
    manualHint: "Does nothing by itself: you are the robot, below.", "act-advance": "Advance", "act-ask": "Ask",
    "act-complete": "Complete", "act-fail": "Technical failure", "act-refuse": "Refuse", acts: "Act as the robot",
  },
};

/** Fill the room. */
export function mount(room, live, texts) {
  texts.learn(TEXTS);
  const robots = new Robots(room, live, texts);
  live.on("state", (state) => robots.fill(state));
  live.on("job", ({ job, next }) => { robots.put(job); robots.choose(next); room.dispatchEvent(new Event("news")); });
  live.on("next", ({ next }) => robots.choose(next));
  texts.onLanguage(() => robots.draw());
  robots.draw();
}

class Robots {
  constructor(room, live, texts) {
    Object.assign(this, { room, live, t: texts.t, jobs: new Map(), next: "normal" });
    this.list = h("div", { className: "jobs" });
    this.choice = h("fieldset", { className: "next" });
    room.append(this.choice, this.list);
  }

  fill(state) {
    this.jobs.clear();
    this.next = state.next;
    for (const job of state.jobs) this.jobs.set(job.id, { job });
    this.draw();
  }

  draw() {
    this.drawNext();
    this.list.replaceChildren();
    for (const { job } of this.jobs.values()) this.put(job);
    if (this.jobs.size) return;
    this.list.append(h("div", { className: "empty" }, icon("robots"), h("b", {}, this.t("none")), h("span", {}, this.t("noneHint"))));
  }

  /** What the next job will do. */
  choose(next) {
    if (next === this.next) return;
    this.next = next;
    this.drawNext();
  }

  /** Show a job or its change. */
  put(job) {
    const before = this.jobs.get(job.id);
    const old = before?.node;
    const ended = OVER.includes(job.status) && !OVER.includes(before?.job.status);
    const node = drawJob(job, ended ? false : old?.querySelector("details")?.open, this.t, this.live);
    if (!this.jobs.size) this.list.replaceChildren();
    this.jobs.set(job.id, { job, node });
    if (old?.isConnected) old.replaceWith(node);
    else this.list.prepend(node);
  }

  drawNext() {
    const { t } = this;
    const option = (behaviour) => {
      const change = () => this.live.post("/robots/next", { behaviour });
      const radio = h("input", { type: "radio", name: "next", value: behaviour, checked: behaviour === this.next, on: { change } });
      return h("label", {}, radio, h("span", {}, t(behaviour)));
    };
    const held = this.choice.contains(document.activeElement);
    this.choice.replaceChildren(h("legend", {}, t("next")), h("div", { className: "options" }, BEHAVIOURS.map(option)),
      h("small", {}, t("bills")), h("div", { className: "options" }, BILLS.map(option)), h("p", {}, t(`${this.next}Hint`)));
    if (held) this.choice.querySelector("input:checked")?.focus();
  }
}

function drawJob(job, open, t, live) {
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
    drawActs(job, t, live),
    drawHistory(job, open, t));
}

function drawActs(job, t, live) {
  if (OVER.includes(job.status) || !DRIVEN.includes(job.behaviour)) return null;
  const acts = ACTS.map((act) => button("act", () => live.post(`/robots/jobs/${job.id}/${act}`), { disabled: act === "ask" && Boolean(job.pergunta) }, t(`act-${act}`)));
  return h("div", { className: "acts", role: "group", "aria-label": t("acts") }, acts);
}

function drawHistory(job, open, t) {
  const steps = job.history.filter((line) => !line.startsWith("heartbeat")).map((line) => {
    const [event, ...rest] = line.split(": ");
    return h("li", { className: `step-${event}` }, icon(MARKS[event] ?? "clock"), rest.join(": ") || t(event === "failed" ? "failedJob" : event));
  });
  return h("details", { open: open ?? !OVER.includes(job.status) }, h("summary", {}, `${t(job.behaviour)} · ${steps.length}`), h("ol", {}, steps));
}
