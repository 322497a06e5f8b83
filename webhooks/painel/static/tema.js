// Before anything is drawn: the theme that was chosen in this browser, if one was.
(() => {
  "use strict";
  let chosen = null;
  try { chosen = localStorage.getItem("balcao-tema"); } catch { /* a browser that keeps nothing */ }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  document.documentElement.dataset.js = "";
})();
