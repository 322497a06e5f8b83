// A robot's lines as they come. Without this the page shows those that were there when it was made.
(() => {
  "use strict";
  const most = 2000;
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  document.querySelectorAll("[data-log]").forEach((record) => {
    const box = record.querySelector(".log");
    const list = box.querySelector("ol");
    const silence = box.querySelector("[data-log-silence]");
    const search = record.querySelector("[data-log-search]");
    const pause = record.querySelector("[data-log-pause]");
    const known = new Set([...list.children].map((line) => line.dataset.seq));
    let held = null;

    const shown = (line) => { line.hidden = !fold(line.textContent).includes(fold(search.value.trim())); };
    const quiet = () => { silence.hidden = [...list.children].some((line) => !line.hidden); };

    const made = (data) => {
      const line = document.createElement("li");
      line.dataset.seq = data.seq;
      line.className = String(data.level).toLowerCase();
      const part = (tag, text, kind) => {
        const one = document.createElement(tag);
        one.textContent = text;
        if (kind) one.className = kind;
        line.append(one, " ");
      };
      // The hours of the operation, as the lines that were there have them.
      part("span", new Date(data.timestamp).toLocaleTimeString("pt-BR", { timeZone: document.documentElement.dataset.zone }), "num faint");
      part("b", data.level);
      part("span", data.message);
      return line;
    };

    const add = (data) => {
      if (known.has(String(data.seq))) return;
      known.add(String(data.seq));
      const follows = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
      const line = made(data);
      shown(line);
      list.append(line);
      while (list.children.length > most) list.firstElementChild.remove();
      quiet();
      if (follows) box.scrollTop = box.scrollHeight;
    };

    // What was searched for by the address is searched for here: the lines that come are looked through, too.
    search.addEventListener("input", () => { [...list.children].forEach(shown); quiet(); });
    box.scrollTop = box.scrollHeight;
    if (!record.dataset.source) return;

    const address = new URL(record.dataset.source, location.href);
    let source = null;
    const hear = (data) => { if (data.seq !== undefined) add(data); };
    const label = () => {
      pause.textContent = held === null ? pause.dataset.stop : `${pause.dataset.go} (${held.length})`;
      pause.setAttribute("aria-pressed", String(held !== null));
    };
    // A browser has few connections to one host: a tab that nobody looks at gives its own back, and goes on from there
    // when it is seen again.
    let over = false;
    const listen = () => {
      source?.close();
      source = null;
      if (over || document.hidden) return;
      source = new EventSource(address);
      source.addEventListener("message", (event) => {
        const data = JSON.parse(event.data);
        if (event.lastEventId === "fim") { over = true; source.close(); return; }
        if (event.lastEventId) address.searchParams.set("depois", event.lastEventId);
        if (held === null) hear(data); else { held.push(data); label(); }
      });
    };
    listen();
    document.addEventListener("visibilitychange", listen);
    pause.hidden = false;
    pause.addEventListener("click", () => {
      const waiting = held;
      held = held === null ? [] : null;
      if (waiting !== null) waiting.forEach(hear);
      label();
    });
    window.addEventListener("pagehide", () => source?.close());
    // Back from where the browser keeps pages, the stream is closed: it goes on.
    window.addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  });
})();
