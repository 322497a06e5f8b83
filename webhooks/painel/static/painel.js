// What a page does beyond what it does without a script: nothing here is needed.
(() => {
  "use strict";
  const root = document.documentElement;

  // The theme: as the system says, then light, then dark.
  const after = { "": "light", light: "dark", dark: "" };
  document.querySelectorAll("[data-theme-switch]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const next = after[root.dataset.theme || ""];
      if (next) root.dataset.theme = next; else delete root.dataset.theme;
      try { localStorage.setItem("balcao-tema", next); } catch { /* a browser that keeps nothing */ }
    });
  });

  // An impatient hand sends a form once.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => form.querySelectorAll("button").forEach((button) => { button.setAttribute("aria-disabled", "true"); }), 0);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  }));

  // What was done is said once: not when the page is loaded again, kept or shown to somebody else. And the way back does
  // not lead to a form that the browser would have to send again.
  const once = document.querySelector("[data-said-once]");
  const sent = [...document.querySelectorAll("form.form")].some((form) => form.getAttribute("action") === location.pathname);
  if (once || sent) history.replaceState(history.state, "", once ? once.dataset.saidOnce : location.href);

  // The link above a record leads back to the list that one came from as one left it: filtered, and on its page.
  const above = document.querySelectorAll(".crumb a");
  try {
    if (!above.length) sessionStorage.setItem("balcao-lista", JSON.stringify([location.pathname, location.search]));
    const [path, search] = JSON.parse(sessionStorage.getItem("balcao-lista") || "[]");
    if (search) above.forEach((link) => { if (link.pathname === path) link.setAttribute("href", path + search); });
  } catch { /* a browser that keeps nothing */ }

  // Tabs that do not fit are scrolled to where the keyboard is: no browser does it for one that is seen in part.
  document.querySelectorAll(".tabs").forEach((row) => row.addEventListener("focusin", (event) => {
    event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
  }));

  // And, when the page opens, to the one that is open.
  document.querySelectorAll(".tabs [aria-current]").forEach((tab) => {
    const row = tab.closest(".tabs");
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  });

  // One box ticks all.
  document.querySelectorAll("[data-tick-all]").forEach((all) => {
    all.hidden = false;
    all.addEventListener("change", () => {
      all.form.querySelectorAll('input[type="checkbox"]').forEach((box) => { box.checked = all.checked; });
    });
  });

  // A file may be dropped where one is chosen.
  document.querySelectorAll(".drop").forEach((place) => {
    const input = place.querySelector('input[type="file"]');
    for (const kind of ["dragover", "dragleave", "drop"]) {
      place.addEventListener(kind, (event) => {
        event.preventDefault();
        place.classList.toggle("over", kind === "dragover");
        if (kind === "drop" && event.dataTransfer.files.length) input.files = event.dataTransfer.files;
      });
    }
  });

  // A page that renews itself says so when it cannot, and since when.
  const stale = document.querySelector("[data-stale]");
  let heard = new Date();
  const silent = () => {
    if (!stale.hidden) return;
    stale.querySelector("span").textContent = stale.dataset.stale.replace("{}", heard.toLocaleTimeString("pt-BR", { timeZone: root.dataset.zone }));
    stale.hidden = false;
  };
  if (stale) {
    for (const kind of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(kind, silent);
    document.addEventListener("htmx:afterOnLoad", (event) => {
      if (!event.detail.successful) return;
      heard = new Date();
      stale.hidden = true;
    });
    window.addEventListener("offline", () => { if (document.querySelector('[hx-trigger^="every"]')) silent(); });
  }

  // News are fetched when the page is looked at again, and never from under a hand: what is being copied stays, and the
  // keyboard goes on where it was.
  const news = "[hx-trigger^='every']";
  const look = () => { if (!document.hidden) document.querySelectorAll(news).forEach((part) => window.htmx?.trigger(part, "olhada")); };
  document.addEventListener("visibilitychange", look);
  window.addEventListener("focus", look);
  document.addEventListener("htmx:beforeRequest", (event) => {
    const chosen = getSelection();
    if (chosen.type === "Range" && event.detail.elt.contains(chosen.anchorNode)) event.preventDefault();
  });
  const alike = (one) => [...document.querySelectorAll(one.tagName)].filter((other) => named(other) === named(one));
  const named = (one) => one.getAttribute("href") ?? [one.form?.getAttribute("action"), one.name, one.textContent.trim()].join();
  let hand = null;
  document.addEventListener("htmx:beforeSwap", () => {
    const one = document.activeElement;
    hand = one?.closest(`${news}, #atos`) ? { one, place: alike(one).indexOf(one) } : null;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (hand && !hand.one.isConnected) alike(hand.one)[hand.place]?.focus({ preventScroll: true });
  });

  // What has changed in a part that renews itself is told to who does not see it: of all of it, what is marked.
  const marked = () => [...document.querySelectorAll("[data-tell]")].map((one) => one.innerText.replace(/\s+/g, " ").trim());
  let known = marked();
  document.addEventListener("htmx:afterSettle", () => {
    const now = marked();
    const changed = now.filter((text, place) => text !== known[place]);
    known = now;
    if (changed.length) document.querySelector("[data-told]").textContent = changed.join(". ");
  });

  // Escape closes what was opened, the menu of a phone too, and leads back to what opened it; not from under one's typing.
  document.addEventListener("keydown", (event) => {
    const opened = document.activeElement?.closest("details[open]");
    if (event.key !== "Escape" || !opened || document.activeElement.matches("input, textarea, select")) return;
    opened.open = false;
    opened.querySelector("summary").focus();
  });

  // Filters count as soon as they are chosen. An arrow or a letter on a list that is closed passes by what one does not
  // want: there the choice waits for Enter, or for the button.
  document.querySelectorAll("form.filters select").forEach((select) => {
    let passing = false;
    select.addEventListener("keydown", (event) => { passing = event.key !== "Enter"; });
    select.addEventListener("pointerdown", () => { passing = false; });
    select.addEventListener("change", () => { if (!passing) select.form.requestSubmit(); });
  });
})();
