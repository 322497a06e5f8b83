// Telegram writes who opened the Mini App behind the `#` of the address (core.telegram.org/bots/webapps).
(() => {
  "use strict";
  const form = document.querySelector("form");
  const said = new URLSearchParams(location.hash.slice(1)).get("tgWebAppData");
  if (!form || !said || form.dataset.refused) return;
  form.elements.namedItem("dados").value = said;
  form.submit();
})();
