// What the pages do beyond plain HTML. Each part finds its elements by a data attribute, and every
// page is complete without it.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);

/* Theme */

const themeSwitch = one("[data-theme-switch]");
themeSwitch.hidden = false;
themeSwitch.addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* it lasts for this page */ }
});

/* Time */

function took(millis) {
  const seconds = Math.floor(Math.max(0, millis) / 1000);
  const two = number => String(number).padStart(2, "0");
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${two(seconds % 60)} s`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ${two(Math.floor(seconds / 60) % 60)} m`;
  return `${Math.floor(seconds / 86400)} d ${Math.floor(seconds / 3600) % 24} h`;
}

function ago(millis) {
  const seconds = Math.round(millis / 1000);
  if (seconds < 1) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86400)} days ago`;
}

function tick() {
  const now = Date.now();
  for (const element of all("[data-since]")) element.textContent = took(now - Date.parse(element.dataset.since));
  for (const element of all("time[datetime]")) {
    if (/ago$|^just now$/.test(element.textContent)) element.textContent = ago(now - Date.parse(element.dateTime));
  }
}
setInterval(tick, 1000);

/* Graph: zoom, arrow keys, and the task that matters in sight */

function prepareGraphs() {
  for (const graph of all("[data-graph]:not([data-ready])")) {
    graph.dataset.ready = "";
    const svg = one("svg", graph);
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    let scale = 1;
    const zoom = wanted => {
      scale = Math.min(2, Math.max(.7, wanted));
      svg.setAttribute("width", width * scale);
      svg.setAttribute("height", height * scale);
    };
    const fit = () => zoom(Math.min(1, Math.max(.7, (graph.clientWidth - 12) / width)));
    const controls = one("[data-zoom]", graph.parentElement);
    if (controls && !controls.firstChild) {
      controls.hidden = false;
      for (const [label, name, act] of [["−", "Smaller", () => zoom(scale / 1.2)], ["+", "Larger", () => zoom(scale * 1.2)], ["Fit", "Fit the width", fit]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = label;
        button.setAttribute("aria-label", name);
        button.addEventListener("click", act);
        controls.append(button);
      }
    }
    fit();
    graph.scrollLeft = (graph.scrollWidth - graph.clientWidth) / 2;
    const wanted = [".node.is-failed", ".node.is-timed-out", ".node.is-running", ".node.is-retrying"].map(state => one(state, graph)).find(Boolean);
    if (wanted) bringIntoSight(graph, wanted);
    graph.addEventListener("keydown", event => walk(graph, event));
  }
}

function bringIntoSight(graph, node) {
  const box = node.getBoundingClientRect(), frame = graph.getBoundingClientRect();
  graph.scrollLeft += box.left - frame.left - (frame.width - box.width) / 2;
  graph.scrollTop += box.top - frame.top - (frame.height - box.height) / 2;
}

function walk(graph, event) {
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  const from = event.target.closest("a.node");
  if (!way || !from) return;
  event.preventDefault();
  const middle = node => { const box = node.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; };
  const [x, y] = middle(from);
  let nearest, least = Infinity;
  for (const node of all("a.node", graph)) {
    const [nodeX, nodeY] = middle(node);
    const along = (nodeX - x) * way[0] + (nodeY - y) * way[1];
    const aside = Math.abs((nodeX - x) * way[1]) + Math.abs((nodeY - y) * way[0]);
    if (along > 1 && along + aside * 2 < least) { least = along + aside * 2; nearest = node; }
  }
  if (nearest) { nearest.focus({ preventScroll: true }); bringIntoSight(graph, nearest); }
}

/* Forms and dialogs */

document.addEventListener("click", event => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog) { event.preventDefault(); dialog.showModal(); }
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
});

for (const form of all("form[data-once]")) {
  form.addEventListener("submit", () => { for (const button of all("button[type=submit]", form)) setTimeout(() => { button.disabled = true; }); });
}
addEventListener("pageshow", () => { for (const button of all("form[data-once] button")) button.disabled = false; });

/* Editor: a problem's place leads to its line, and leaving asks when something was typed */

const editor = one("[data-editor]");
if (editor) {
  let typed = false;
  editor.addEventListener("input", () => { typed = true; });
  editor.form.addEventListener("submit", () => { typed = false; });
  addEventListener("beforeunload", event => { if (typed) event.preventDefault(); });
  const marked = () => { for (const place of all("[data-place]")) { place.setAttribute("role", "button"); place.tabIndex = 0; } };
  const go = place => {
    const [line, column] = place.dataset.place.split(":").map(Number);
    if (editor.hidden) { editor.dispatchEvent(new CustomEvent("leat:go", { detail: { line, column } })); return; }
    const lines = editor.value.split("\n");
    const at = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
    editor.focus();
    editor.setSelectionRange(at, at + 1);
    editor.scrollTop = (line - 4) * parseFloat(getComputedStyle(editor).lineHeight);
  };
  const act = event => { const place = event.target.closest("[data-place]"); if (place) { event.preventDefault(); go(place); } };
  document.addEventListener("click", act);
  document.addEventListener("keydown", event => { if (event.key === "Enter") act(event); });
  document.addEventListener("leat:marked", marked);
  marked();
}
document.addEventListener("leat:drawn", prepareGraphs);

/* Logs */

const log = one("[data-log]");
const follow = one("[data-follow]");
const following = follow && one("input", follow);
if (follow && log) {
  follow.hidden = false;
  log.addEventListener("scroll", () => { following.checked = log.scrollHeight - log.scrollTop - log.clientHeight < 40; });
  following.addEventListener("change", () => { if (following.checked) log.scrollTop = log.scrollHeight; });
}
if (log && !location.hash) log.scrollTop = follow ? log.scrollHeight : log.scrollTop;

/* A log that is followed for hours doesn't fill the browser: its beginning is a link away. */
const mostLines = 5000;

function shorten() {
  const earlier = one("[data-earlier]");
  if (!earlier || !following?.checked || log.children.length < mostLines * 1.2) return;
  while (log.children.length > mostLines) log.firstElementChild.remove();
  const link = one("a", earlier), url = new URL(link.href);
  url.searchParams.set("before", log.firstElementChild.dataset.line);
  link.href = url;
  earlier.hidden = false;
}

const lastLine = () => Number(log.lastElementChild?.dataset.line ?? 0);

/* Without a stream the lines that are missing are fetched page by page, so that none is left out. */
async function catchUp() {
  while (log?.dataset.log) {
    const answer = await fetch(log.dataset.log + lastLine(), { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = one("[data-log]", new DOMParser().parseFromString(await answer.text(), "text/html"));
    const lines = all("[data-line]", fresh ?? undefined).filter(line => line.closest("[data-log]") === fresh);
    if (!lines.length || Number(lines.at(-1).dataset.line) <= lastLine()) return;
    append(lines.map(line => line.outerHTML).join(""));
  }
}

function append(html) {
  if (!log) return;
  const template = document.createElement("template");
  template.innerHTML = html;
  one("[data-empty]", log)?.remove();
  for (const line of [...template.content.children]) if (Number(line.dataset.line) > lastLine()) log.append(line);
  shorten();
  log.dispatchEvent(new Event("lines"));
  if (following?.checked) log.scrollTop = log.scrollHeight;
}

/* Live */

function mark(element, css) {
  for (const name of [...element.classList]) if (name.startsWith("is-")) element.classList.remove(name);
  element.classList.add(`is-${css}`);
}

function patch(task) {
  for (const edge of all(`[data-from="${CSS.escape(task.id)}"]`)) mark(edge, task.css);
  for (const element of all(`[data-task="${CSS.escape(task.id)}"]`)) {
    for (const marked of [element, ...all(".state", element)]) mark(marked, task.css);
    for (const use of all(".icon use", element)) use.setAttribute("href", `#i-${task.css}`);
    const isNode = element.classList.contains("node");
    const took = isNode && task.items ? task.items : task.took;
    for (const [slot, text] of [["word", task.word], ["took", took], ["attempt", task.attempt], ["reason", task.reason]]) {
      const place = one(`[data-slot=${slot}]`, element);
      if (place && text !== undefined) place.textContent = text;
    }
    const clock = isNode && task.items ? null : one("[data-slot=took]", element);
    if (clock && task.since) clock.dataset.since = new Date(task.since).toISOString(); else if (clock) delete clock.dataset.since;
    if (isNode) {
      const title = one("title", element).textContent, detail = one(".detail", element).textContent;
      element.setAttribute("aria-label", [title, detail, task.word, took].filter(Boolean).join(", "));
    }
  }
}

function part(name, html) {
  const place = one(`[data-part="${name}"]`);
  if (!place || place.contains(document.activeElement)) return;
  place.innerHTML = html;
}

let announced;
function state(run) {
  document.title = `${run.title} · Leat`;
  one("link[rel=icon]").href = run.icon;
  if (announced && announced !== run.word) one("[data-announce]").textContent = `The run is now: ${run.word}`;
  announced = run.word;
}

/* Nothing is taken from under somebody's hands, but for boxes: they stay ticked, with their rows. */
const mayRenew = place => !place.contains(document.activeElement) || document.activeElement.matches("[type=checkbox][form]");

function renew(place, made) {
  const ticked = all("[type=checkbox][form]:checked", place);
  const at = place.contains(document.activeElement) && document.activeElement.value;
  place.replaceChildren(...made.childNodes);
  const box = value => one(`[type=checkbox][value="${CSS.escape(value)}"]`, place);
  for (const old of ticked) {
    if (!box(old.value)) one("tbody", place)?.append(old.closest("tr"));
    const now = box(old.value);
    if (now) now.checked = true;
  }
  if (at) box(at)?.focus({ preventScroll: true });
}

/* Fetches the page anew and takes over what has changed in it. */
let refreshing = false;
async function refresh() {
  if (refreshing) return;
  refreshing = true;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const place of all("[data-refresh], [data-part]")) {
      const name = place.dataset.refresh ? `[data-refresh="${place.dataset.refresh}"]` : `[data-part="${place.dataset.part}"]`;
      const made = one(name, fresh);
      if (made && made.innerHTML !== place.innerHTML && mayRenew(place)) renew(place, made);
    }
    if (fresh.title) document.title = fresh.title;
    one("link[rel=icon]").href = one("link[rel=icon]", fresh).href;
    prepareGraphs();
  } finally {
    refreshing = false;
  }
}

const live = one("[data-live]");
let source, over = false, cursor, poll, last = 0;

function address() {
  const url = new URL(live.dataset.live, location.href);
  if (cursor) url.searchParams.set("after", cursor);
  return url;
}

function connect() {
  if (!live || over || source || document.hidden) return;
  source = new EventSource(address());
  const on = (name, act) => source.addEventListener(name, event => { if (event.lastEventId) cursor = event.lastEventId; act(event.data); });
  on("tasks", data => JSON.parse(data).forEach(patch));
  on("part", data => { const { name, html } = JSON.parse(data); part(name, html); });
  on("run", data => state(JSON.parse(data)));
  on("lines", append);
  on("changed", refresh);
  on("end", async () => { over = true; disconnect(); clearInterval(poll); if (follow) follow.hidden = true; await refresh(); });
  source.addEventListener("tasks", () => {
    if ("refreshing" in live.dataset && Date.now() - last > 3000) { last = Date.now(); refresh(); }
  });
  source.onopen = () => { clearInterval(poll); poll = undefined; };
  source.onerror = () => {
    if (source?.readyState === EventSource.CLOSED) {
      source = undefined;
      poll ??= setInterval(() => { if (!over && !document.hidden) { refresh(); catchUp(); } }, 5000);
      setTimeout(connect, 15000);
    }
  };
}

function disconnect() {
  source?.close();
  source = undefined;
}

/* A hidden page holds no connection: browsers allow few of them. It goes on where it was. */
document.addEventListener("visibilitychange", () => { if (document.hidden) disconnect(); else connect(); });
addEventListener("pagehide", disconnect);
addEventListener("pageshow", connect);

prepareGraphs();
tick();
connect();
