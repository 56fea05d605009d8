// What pages of logs do beyond plain HTML: lines and ranges that can be pointed at, and how the log
// looks, which is remembered.

const log = document.querySelector("[data-log]");
const lines = () => [...log.querySelectorAll("[data-line]")];

/* Times and wrapping: what the address says, or else what was chosen last */

const remembered = name => { try { return localStorage.getItem(name); } catch { return null; } };
const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* it lasts for this page */ } };
const address = new URL(location.href);

for (const [name, plain] of [["time", "utc"], ["wrap", "on"]]) {
  for (const link of document.querySelectorAll(`[data-${name}]`)) link.addEventListener("click", () => remember(`log-${name}`, link.dataset[name]));
  const wanted = remembered(`log-${name}`);
  const link = wanted && !address.searchParams.has(name) && document.querySelector(`[data-${name}="${CSS.escape(wanted)}"]`);
  if (link && wanted !== plain) { address.searchParams.set(name, wanted); location.replace(address); }
}

/* Lines: #L12 and #L12-L20 */

let anchor;

function range() {
  const [, from, to] = /^#L(\d+)(?:-L(\d+))?$/.exec(location.hash) ?? [];
  return from ? [Number(from), Number(to ?? from)].sort((a, b) => a - b) : null;
}

function show(scroll) {
  const wanted = range();
  for (const line of lines()) {
    const number = Number(line.dataset.line);
    line.classList.toggle("chosen", Boolean(wanted) && number >= wanted[0] && number <= wanted[1]);
  }
  copy.hidden = !wanted;
  if (!wanted) return;
  anchor = wanted[0];
  const first = document.getElementById(`L${wanted[0]}`);
  if (first && scroll) first.scrollIntoView({ block: "center" });
  // The address names a line of another page.
  if (!first && !address.searchParams.has("line")) {
    address.searchParams.delete("after");
    address.searchParams.delete("before");
    address.searchParams.set("line", wanted[0]);
    location.replace(address);
  }
}

const copy = document.querySelector("[data-copy-link]") ?? document.createElement("button");
copy.addEventListener("click", async () => {
  const wanted = range();
  const link = new URL(location.href);
  for (const name of ["after", "before", "hit"]) link.searchParams.delete(name);
  if (wanted) link.searchParams.set("line", wanted[0]);
  try { await navigator.clipboard.writeText(link.href); copy.textContent = "Copied"; } catch { location.href = link.href; }
  setTimeout(() => { copy.textContent = "Copy link"; }, 2000);
});

if (log && document.querySelector("[data-times]")) {
  log.addEventListener("click", event => {
    const link = event.target.closest("a.number");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const number = Number(link.closest("[data-line]").dataset.line);
    const [from, to] = event.shiftKey && anchor ? [anchor, number].sort((a, b) => a - b) : [number, number];
    const kept = event.shiftKey && anchor ? anchor : number;
    history.replaceState(null, "", from === to ? `#L${from}` : `#L${from}-L${to}`);
    show(false);
    anchor = kept;
  });
  addEventListener("hashchange", () => show(true));
  log.addEventListener("lines", () => show(false));
  show(true);
}
