// Keys, the palette, and the help that lists them. Every page is complete without it.

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

const OFF = "keys-off";
const recall = name => { try { return localStorage.getItem(name); } catch { return null; } };
const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* it lasts for this page */ } };
let off = recall(OFF) === "true";

/* What a page says can be done with a key: data-key="r" */

const press = key => {
  const target = one(`[data-key="${key}"]`);
  if (!target) return false;
  target.click();
  return true;
};

/* Rows */

const rows = () => all("main .list tbody tr, main .finds li, main .strips li").filter(row => one("a", row));

function step(by) {
  const found = rows();
  if (!found.length) return;
  const here = found.findIndex(row => row.contains(document.activeElement));
  const next = here < 0 ? (by > 0 ? 0 : found.length - 1) : Math.min(found.length - 1, Math.max(0, here + by));
  const row = found[next];
  const link = all("a", row).find(each => each.getAttribute("href")) ?? one("a", row);
  link.focus();
  row.scrollIntoView({ block: "nearest" });
}

/* The palette: the server's search in a dialog */

let palette, asked = 0;

function makePalette() {
  palette = document.createElement("dialog");
  palette.className = "palette";
  palette.setAttribute("aria-label", "Search");
  const form = document.createElement("form");
  form.action = "/search";
  form.setAttribute("role", "search");
  const input = document.createElement("input");
  Object.assign(input, { type: "search", name: "q", placeholder: "A page, a workflow, a run, …", autocomplete: "off", maxLength: 200 });
  input.setAttribute("aria-label", "Search");
  form.append(input);
  const results = document.createElement("div");
  results.className = "results";
  palette.append(form, results);
  document.body.append(palette);

  const links = () => all("a", results);
  input.addEventListener("input", () => find(input.value, results));
  form.addEventListener("submit", event => {
    const first = links()[0];
    if (first && results.dataset.of === input.value) { event.preventDefault(); location.href = first.href; }
  });
  palette.addEventListener("keydown", event => {
    const here = links().indexOf(document.activeElement);
    if (event.key === "ArrowDown") { event.preventDefault(); (links()[here + 1] ?? links()[0])?.focus(); }
    else if (event.key === "ArrowUp") { event.preventDefault(); (here > 0 ? links()[here - 1] : input).focus(); }
    else if (here >= 0 && event.key.length === 1 && !event.ctrlKey && !event.metaKey) input.focus();
  });
  palette.addEventListener("click", event => { if (event.target === palette) palette.close(); });
}

async function find(words, results) {
  const number = ++asked;
  const answer = await fetch(`/search?q=${encodeURIComponent(words)}`, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (number !== asked) return;
  results.replaceChildren(one("[data-found]", page));
  results.dataset.of = words;
}

function openPalette() {
  if (!palette) makePalette();
  const input = one("input", palette);
  input.value = "";
  if (!palette.open) palette.showModal();
  input.focus();
  find("", one(".results", palette));
}

/* Help */

async function openHelp() {
  let help = document.getElementById("keys-help");
  if (!help) {
    const answer = await fetch("/keyboard", { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    help = document.createElement("dialog");
    help.id = "keys-help";
    help.setAttribute("aria-label", "Keyboard");
    help.append(...one("[data-keys]", page).childNodes);
    const close = document.createElement("button");
    Object.assign(close, { type: "button", className: "button", textContent: "Close" });
    close.addEventListener("click", () => help.close());
    help.append(close);
    document.body.append(help);
    prepareSwitch(help);
  }
  if (!help.open) help.showModal();
}

/* Single keys can be turned off: a voice that is heard as keys would set them off (WCAG 2.1.4). */
function prepareSwitch(root) {
  const place = one("[data-keys-off]", root);
  if (!place) return;
  place.hidden = false;
  const box = one("input", place);
  box.checked = !off;
  box.addEventListener("change", () => { off = !box.checked; keep(OFF, String(off)); });
}

/* Keys */

const places = { h: "/", w: "/workflows", r: "/runs", t: "/triggers", a: "/approvals", c: "/calendars", l: "/logs", p: "/plugins", s: "/system" };
let going = 0;

function search() {
  const field = one("main [data-search]") ?? one("[data-search]");
  field.focus();
  field.select();
}

function typed(event) {
  if (Date.now() - going < 1500) {
    going = 0;
    if (places[event.key]) { location.href = places[event.key]; return true; }
  }
  switch (event.key) {
    case "/": search(); return true;
    case "?": openHelp(); return true;
    case "g": going = Date.now(); return true;
    case "j": step(1); return true;
    case "k": step(-1); return true;
    default: return /^[a-z]$/.test(event.key) && press(event.key);
  }
}

document.addEventListener("keydown", event => {
  if (event.defaultPrevented) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
    return;
  }
  const field = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], [data-takes-keys]");
  if (event.key === "Escape" && field && !field.closest("dialog, [data-takes-keys]")) { field.blur(); return; }
  if (off || event.ctrlKey || event.metaKey || event.altKey || field || event.target.closest("dialog")) return;
  if (typed(event)) event.preventDefault();
});

prepareSwitch(document);
one("[data-keyboard]")?.addEventListener("click", event => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openHelp();
});
