"use strict";
(function () {
  // A mark tells its number where the pointer is; the same words serve readers that speak.
  const told = document.getElementById("told");
  document.addEventListener("pointermove", function (event) {
    const mark = event.target.closest && event.target.closest(".picture path[aria-label], .picture text[aria-label]");
    told.hidden = !mark;
    if (mark) {
      told.textContent = mark.getAttribute("aria-label");
      told.style.left = Math.min(event.clientX + 14, window.innerWidth - told.offsetWidth - 8) + "px";
      told.style.top = event.clientY + 16 + "px";
    }
  });
  // The ledger shows the rows of one outcome.
  document.querySelectorAll(".filters").forEach(function (group) {
    group.addEventListener("click", function (event) {
      const chosen = event.target.closest("button");
      if (!chosen) return;
      group.querySelectorAll("button").forEach(function (button) {
        button.setAttribute("aria-pressed", String(button === chosen));
      });
      group.parentElement.querySelectorAll("tbody tr").forEach(function (row) {
        row.hidden = chosen.dataset.status !== "" && row.dataset.status !== chosen.dataset.status;
      });
    });
  });
  // A link into a folded table unfolds it.
  function unfold() {
    const aim = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = aim && aim.closest("details");
    if (folded) { folded.open = true; aim.scrollIntoView(); }
  }
  window.addEventListener("hashchange", unfold);
  unfold();
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (folded) { folded.open = true; });
  });
})();
