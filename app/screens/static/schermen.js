// Only what the screens do better with: everything works without this file.
"use strict";

// Something that must be read first (errors, a conflict) takes the focus.
function lookThere(root) {
  const first = root.querySelector("[data-focus]");
  if (first) first.focus();
}

// Leaving a form in which something was typed asks first.
let typed = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-waarschuw]")) typed = true;
});
document.addEventListener("submit", (event) => {
  typed = false;
  const question = event.submitter?.dataset.zeker ?? event.target.dataset.zeker;
  if (question && !window.confirm(question)) event.preventDefault();
});
window.addEventListener("beforeunload", (event) => {
  if (typed) event.preventDefault();
});

// What a button or a field opens.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-print]");
  if (button) window.print();
});

// A list that filters itself: without this there is a button for it.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-meteen]");
  if (form) form.requestSubmit();
});

// After a part of the page was replaced the focus stays where it was, or goes to what is new.
let before = null;
document.addEventListener("htmx:before:swap", () => {
  before = document.activeElement?.id || null;
});
document.addEventListener("htmx:after:swap", () => {
  const lost = !document.activeElement || document.activeElement === document.body;
  if (lost && before) document.getElementById(before)?.focus();
  if (lost && document.activeElement === document.body) {
    document.getElementById("inhoud")?.focus({ preventScroll: true });
  }
  lookThere(document);
});

// What can be undone says so for ten seconds.
for (const note of document.querySelectorAll("[data-verdwijnt]")) {
  setTimeout(() => note.remove(), Number(note.dataset.verdwijnt) * 1000);
}
lookThere(document);
