// The button of a report that prints it. Without this, the browser's own menu does.
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => print());
