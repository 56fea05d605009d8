// Buttons that copy: what stands in a block, and the path of a value in a tree. Trees come anew
// while a run goes on, so they are looked through again then.

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Browsers keep the clipboard from pages that come without TLS.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  document.querySelector("[data-announce]").textContent = `Copied: ${text}`;
  button.dataset.done = "";
  setTimeout(() => { delete button.dataset.done; }, 1500);
}

function button(label, text) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "copy";
  made.setAttribute("aria-label", label);
  made.innerHTML = '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M6 5.5h7.5v8H6zM3.5 10.5h-1v-8H10v1"/></svg>';
  made.addEventListener("click", event => { event.preventDefault(); copy(text(), made); });
  return made;
}

/* As an expression has it: `tasks.load.output.rows[3]["EUR/USD"]`. */
function path(place) {
  const root = place.closest("[data-root]").dataset.root;
  const steps = [];
  for (let item = place.closest("li"); item; item = item.parentElement.closest("li")) {
    const name = item.querySelector(".key").textContent;
    const inArray = item.parentElement.closest("details").dataset.kind === "array";
    steps.unshift(inArray ? `[${name}]` : /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);
  }
  return root + steps.join("");
}

function prepare() {
  for (const block of document.querySelectorAll("[data-copy]:not([data-ready])")) {
    block.dataset.ready = "";
    block.before(button("Copy", () => block.textContent));
  }
  for (const item of document.querySelectorAll("[data-root] li:not([data-ready])")) {
    item.dataset.ready = "";
    const key = item.querySelector(":scope > .leaf > .key, :scope > .tree > summary > .key");
    if (!key) continue;
    const made = button(`Copy the path of ${key.textContent}`, () => path(key));
    // A summary is a button itself, and may hold none.
    if (key.closest("summary")) item.prepend(made); else key.after(made);
  }
}

prepare();
for (const tree of document.querySelectorAll("[data-root]")) {
  new MutationObserver(prepare).observe(tree.closest("[data-refresh]") ?? tree, { childList: true, subtree: true });
}
