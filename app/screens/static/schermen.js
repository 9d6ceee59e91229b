// Only what the screens do better with: everything works without this file.
"use strict";

// Something that must be read first (errors, a conflict) takes the focus.
const read = new WeakSet();
function lookThere(root) {
  const first = [...root.querySelectorAll("[data-focus]")].find((one) => !read.has(one));
  if (!first) return;
  read.add(first);
  first.focus();
}

// Leaving a form in which something was typed asks first.
let typed = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-waarschuw]")) typed = true;
});
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.zeker ?? event.target.dataset.zeker;
  if (question && !window.confirm(question)) event.preventDefault();
  // Another form (the language, the search above) takes what was typed here with it no less.
  else if (event.target.closest("form[data-waarschuw]")) typed = false;
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

// An answer without the part that was asked for (a page that says what went wrong) would take the
// part away: then the old one stays, and it is said that it is an old one. Until there is a new one.
function isWhole({ ctx, tasks }) {
  const part = tasks.find((task) => task.type === "main");
  const whole = part
    ? part.swapSpec.style === "none" || part.fragment.childElementCount > 0
    : ctx.response.status < 400;
  const place = document.getElementById("storing");
  if (!whole && place && !place.hasChildNodes()) {
    const page = new DOMParser().parseFromString(ctx.text ?? "", "text/html");
    const why = page.querySelector("[data-reden]")?.textContent ?? "";
    const said = document.createElement("p");
    said.className = "melding melding--fout";
    said.textContent = `${place.dataset.zin} ${why}`.trim();
    place.append(said);
  }
  if (whole) place?.replaceChildren();
  return whole;
}

// After a part of the page was replaced the focus stays where it was, or goes to what is new.
// Who was nowhere, as when a page has just come, stays there.
let before = null, wasHere = false;
document.addEventListener("htmx:before:swap", (event) => {
  if (!isWhole(event.detail)) {
    // Nothing is swapped: what stands there stays, and goes on looking for itself.
    event.preventDefault();
    return;
  }
  const here = document.activeElement;
  wasHere = Boolean(here) && here !== document.body;
  before = here?.closest("[data-daarna]")?.dataset.daarna || here?.id || null;
});
document.addEventListener("htmx:after:swap", () => {
  const lost = wasHere && (!document.activeElement || document.activeElement === document.body);
  if (lost && before) document.getElementById(before)?.focus();
  if (lost && document.activeElement === document.body) {
    const next = document.querySelector("[data-na-ruil]");
    if (next) next.focus();
    else document.getElementById("inhoud")?.focus({ preventScroll: true });
  }
  lookThere(document);
  letGo();
});

// A page at which somebody waits looks again by itself: not under the hands of who types or reads
// on, and not once nobody is there any more, so that a session ends as it should.
const LOOK_AGAIN = 20_000, SOMEBODY_IS_HERE = 15 * 60_000, AT_REST = 3_000;
let used = Date.now(), looked = Date.now();
for (const kind of ["keydown", "pointerdown", "pointermove", "scroll"]) {
  document.addEventListener(kind, () => { used = Date.now(); }, { passive: true });
}
function isInUse(part) {
  const here = document.activeElement;
  return part.querySelector("details[open]") !== null
    || (part.contains(here) && here.matches("input, select, textarea"))
    || [...part.querySelectorAll("input")].some((field) => field.value !== field.defaultValue);
}
setInterval(() => {
  const rest = Date.now() - used;
  if (Date.now() - looked < LOOK_AGAIN || document.hidden) return;
  if (rest < AT_REST || rest > SOMEBODY_IS_HERE) return;
  looked = Date.now();
  for (const part of document.querySelectorAll("[data-ververs]")) {
    if (!isInUse(part)) part.dispatchEvent(new CustomEvent("ververs"));
  }
}, 1_000);

// What can be undone says so for ten seconds, and as long as somebody is at the button.
const offered = new WeakMap();
function takeAway(part) {
  if (!part.contains(document.activeElement)) part.remove();
  else part.addEventListener("focusout", () => part.remove(), { once: true });
}
function letGo() {
  for (const part of document.querySelectorAll("[data-verdwijnt]")) {
    const way = part.closest("form").action;
    if (offered.get(part) === way) continue;
    offered.set(part, way);
    const then = () => { if (offered.get(part) === way) takeAway(part); };
    setTimeout(then, Number(part.dataset.verdwijnt) * 1000);
  }
}
letGo();
lookThere(document);
