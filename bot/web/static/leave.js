// The draft to take along: copy a line, print. Without this file the lines can be marked and copied by hand.
(() => {
  "use strict";
  const one = (selector) => document.querySelector(selector);
  const words = one("[data-copied]").dataset;
  const tell = (text, fine) => {
    one("#net").textContent = text;
    one("#net").classList.toggle("fine", fine);
  };
  let last = null;
  function mark(button) {
    if (last) last.firstChild.textContent = words.again;
    if (last) last.closest("dd").classList.remove("copied");
    last = button;
    if (!button) return;
    button.firstChild.textContent = words.done;
    button.closest("dd").classList.add("copied");
  }
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const value = one(`#paste-${button.dataset.copy}`) || one(`#value-${button.dataset.copy}`);
      try {
        await navigator.clipboard.writeText(value.textContent);
        mark(button);
        tell(words.copied.replace("{label}", one(`#label-${button.dataset.copy}`).textContent), true);
      } catch {
        mark(null);
        getSelection().selectAllChildren(value);
        tell(words.notCopied, false);
      }
    });
  }
  const print = one("[data-print]");
  print.parentElement.hidden = false;
  print.addEventListener("click", () => window.print());
})();
