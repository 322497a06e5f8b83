/** Everything the page itself says, in Portuguese and English. What the service says is the service's. */

const TEXTS = {
  pt: {
    tagline: "WhatsApp, Telegram e robôs de mentira. Nada sai desta máquina.",
    language: "Idioma", theme: "Tema", people: "Telefones", robots: "Robôs",
    live: "ao vivo", lost: "sem conexão", themeAuto: "Tema do sistema", themeLight: "Tema claro", themeDark: "Tema escuro",
    bot: "bot", business: "conta comercial", typing: "digitando…", message: "Mensagem", send: "Enviar",
    attach: "Anexar", document: "Documento", photo: "Foto", contact: "Meu contato", start: "INICIAR", menu: "Menu de comandos",
    close: "Fechar", choose: "Escolha uma opção", edited: "editada", voice: "Mensagem de voz", template: "modelo", ok: "OK",
    copied: "Copiado", empty: "Nenhuma mensagem ainda", emptyHint: "Escreva, ou toque em uma palavra abaixo.", startHint: "Toque em INICIAR para abrir a conversa.",
    offline: "O serviço ainda não se conectou a este canal. As mensagens esperam.", pending: "esperando o serviço",
    taken: "recebida pelo serviço", read: "lida", failed: "não enviado", unread: "não lidas", unsupported: "Tipo não suportado",
    robotsHint: "O portal da operadora, simulado", next: "Na próxima venda o robô…", none: "Nenhum robô trabalhou ainda.",
    noneHint: "Confirme uma venda e acompanhe aqui.", waiting: "Espera a resposta do vendedor", order: "Pedido",
    sale: "Venda", download: "Fatura", upload: "Envio ao SAT",
    normal: "dá certo", fail: "falha", refuse_password: "recusa a senha", stall: "trava", silent: "não avisa", manual: "manual",
    late: "demora",
    normalHint: "Pergunta CEP, CPF, plano e turno, e grava o pedido.",
    failHint: "O portal cai depois do login: falha técnica, o serviço tenta de novo.",
    refuse_passwordHint: "O portal recusa o login do BackOffice.",
    stallHint: "Para de dar sinal de vida depois da primeira resposta.",
    silentHint: "Trabalha sem chamar de volta: só a consulta mostra.",
    queued: "na fila", running: "trabalhando", completed: "concluída", cancelled: "cancelada", failedJob: "falhou",
  },
  en: {
    tagline: "Pretend WhatsApp, Telegram and robots. Nothing leaves this machine.",
    language: "Language", theme: "Theme", people: "Phones", robots: "Robots",
    live: "live", lost: "not connected", themeAuto: "System theme", themeLight: "Light theme", themeDark: "Dark theme",
    bot: "bot", business: "business account", typing: "typing…", message: "Message", send: "Send",
    attach: "Attach", document: "Document", photo: "Photo", contact: "My contact", start: "START", menu: "Command menu",
    close: "Close", choose: "Choose an option", edited: "edited", voice: "Voice message", template: "template", ok: "OK",
    copied: "Copied", empty: "No messages yet", emptyHint: "Type, or tap a word below.", startHint: "Tap START to open the chat.",
    offline: "The service has not connected to this channel yet. Messages wait.", pending: "waiting for the service",
    taken: "taken by the service", read: "read", failed: "not sent", unread: "unread", unsupported: "Unsupported type",
    robotsHint: "The operator's portal, simulated", next: "In the next sale the robot…", none: "No robot has worked yet.",
    noneHint: "Confirm a sale and watch it here.", waiting: "Waits for the seller's answer", order: "Order",
    sale: "Sale", download: "Invoice", upload: "Upload to SAT",
    normal: "goes well", fail: "fails", refuse_password: "refuses the password", stall: "gets stuck", silent: "keeps quiet",
    manual: "manual", late: "is late",
    normalHint: "Asks for CEP, CPF, plan and shift, and places the order.",
    failHint: "The portal goes down after the login: a technical failure, the service tries again.",
    refuse_passwordHint: "The portal refuses the BackOffice login.",
    stallHint: "Gives no sign of life after the first answer.",
    silentHint: "Works without calling back: only polling shows it.",
    queued: "queued", running: "working", completed: "done", cancelled: "cancelled", failedJob: "failed",
  },
};

const listeners = [];
let language = localStorage.getItem("language") ?? (navigator.language.startsWith("pt") ? "pt" : "en");

/** A text of the page in the chosen language. */
export const t = (key) => TEXTS[language][key] ?? key;

/** The chosen language. */
export const chosen = () => language;

/** Call back at every change of language. */
export const onLanguage = (listener) => listeners.push(listener);

/** Choose `pt` or `en`, here and for the next visit. */
export function choose(code) {
  language = code;
  localStorage.setItem("language", code);
  translate(document);
  document.documentElement.lang = code === "pt" ? "pt-BR" : "en";
  listeners.forEach((listener) => listener());
}

/** Put texts where `data-t` (content) and `data-t-label` (accessible name) ask for them. */
export function translate(root) {
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-t-label]")) {
    node.setAttribute("aria-label", t(node.dataset.tLabel));
    node.title = t(node.dataset.tLabel);
  }
}
