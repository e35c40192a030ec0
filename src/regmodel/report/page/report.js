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
  // A number tells where it comes from: what it is exactly, and the row that it leads to.
  const card = document.getElementById("number");
  document.addEventListener("click", function (event) {
    const number = event.target.closest && event.target.closest("data[data-key]");
    if (!number) { if (!card.contains(event.target)) card.hidden = true; return; }
    event.preventDefault();
    const link = number.closest("a"), aim = link && document.getElementById(link.hash.slice(1));
    const row = number.closest("tr"), lines = [
      number.textContent + "  =  " + Number(number.value) * Number(number.dataset.scale),
      number.dataset.key,
      number.dataset.explain || "",
      aim && aim.cells ? Array.from(aim.cells, function (cell) { return cell.textContent.trim(); }).filter(Boolean).join(" · ") : "",
    ];
    card.querySelector("ul").replaceChildren(...lines.filter(Boolean).map(function (line) {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }));
    const leads = card.querySelector("a"), here = link ? link.hash : row && row.id ? "#" + row.id : "";
    leads.hidden = !here;
    leads.href = here || "#";
    card.hidden = false;
    const box = number.getBoundingClientRect();
    card.style.left = Math.max(8, Math.min(box.left, window.innerWidth - card.offsetWidth - 12)) + "px";
    card.style.top = box.bottom + 8 + card.offsetHeight > window.innerHeight ? Math.max(8, box.top - card.offsetHeight - 8) + "px" : box.bottom + 8 + "px";
  });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") card.hidden = true; });
  // Pointing at a series, or at its name in a legend, leaves the others pale.
  document.addEventListener("pointerover", function (event) {
    const shape = event.target.closest && event.target.closest(".picture path, .picture text");
    const picture = shape && shape.closest("svg");
    document.querySelectorAll(".picture svg.one").forEach(function (other) {
      other.classList.remove("one");
      other.querySelectorAll(".lit").forEach(function (lit) { lit.classList.remove("lit"); });
    });
    const colour = shape && series(shape);
    if (!colour) return;
    picture.querySelectorAll("path").forEach(function (path) { if (series(path) === colour) path.classList.add("lit"); });
    if (picture.querySelector(".lit")) picture.classList.add("one");
  });
  function series(shape) {
    const group = shape.closest(".mark-line, .mark-area, .mark-symbol");
    if (!group) return "";
    return [shape.getAttribute("stroke"), shape.getAttribute("fill")].find(function (colour) {
      return /^#[0-9a-f]{6}$/i.test(colour || "");
    }) || "";
  }
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
