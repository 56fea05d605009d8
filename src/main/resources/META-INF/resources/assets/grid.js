// The grid of tasks and runs: a single stop for the Tab key, arrow keys from cell to cell, and what
// a cell is in its tooltip. Without it each cell is a link like any other.

const rows = grid => [...grid.tBodies[0].rows];

function link(grid, row, column) {
  const cells = rows(grid)[row]?.cells;
  return cells?.[column]?.querySelector("a");
}

function tell(cell) {
  if (cell.title) return;
  const grid = cell.closest("table");
  const run = grid.tHead.rows[0].cells[cell.cellIndex].querySelector("a");
  const task = cell.parentElement.cells[0].title;
  cell.title = `${task}: ${cell.textContent.trim()}\nRun of ${run.title}`;
}

function prepare(grid) {
  if (grid.dataset.ready) return;
  grid.dataset.ready = "true";
  const links = [...grid.tBodies[0].querySelectorAll("a")];
  for (const each of links) each.tabIndex = -1;
  if (links.length) links[links.length - 1].tabIndex = 0;
  grid.addEventListener("pointerover", event => {
    const cell = event.target.closest("td");
    if (cell) tell(cell);
  });
  grid.addEventListener("keydown", event => {
    const way = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const cell = event.target.closest("td");
    if (!way || !cell) return;
    event.preventDefault();
    let row = rows(grid).indexOf(cell.parentElement) + way[0], column = cell.cellIndex + way[1];
    for (; row >= 0 && row < grid.tBodies[0].rows.length && column > 0 && column < grid.rows[0].cells.length; row += way[0], column += way[1]) {
      const next = link(grid, row, column);
      if (next) {
        event.target.tabIndex = -1;
        next.tabIndex = 0;
        tell(next.closest("td"));
        next.focus();
        return;
      }
    }
  });
}

function all() {
  for (const box of document.querySelectorAll("[data-grid]")) prepare(box.querySelector("table"));
}

new MutationObserver(all).observe(document.getElementById("main"), { childList: true, subtree: true });
all();
