/* The editor: the checker beside what is being typed (without script the «Sjekk» button does the same, a page at a time), and
   a word where one has to wait. */
(() => {
  "use strict";
  const WAIT = 700;

  const paragraph = (text) => {
    const made = document.createElement("p");
    made.textContent = text;
    return made;
  };

  const beside = (form, fields) => {
    for (const field of form.querySelectorAll("[data-leaf]")) {
      const found = fields[field.dataset.leaf] || [];
      const told = field.querySelector(".error");
      const input = field.querySelector("input, textarea, select");
      told.replaceChildren(...found.map(paragraph));
      told.hidden = found.length === 0;
      if (found.length) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      if (found.length) for (let at = field.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    }
  };

  const list = (rest, lined) => {
    const made = document.createElement("ul");
    made.className = "faults";
    for (const one of rest) {
      const item = document.createElement("li");
      if (!one.serious) item.className = "mild";
      item.append(one.text + " ");
      if (one.line) {
        const where = document.createElement(lined ? "button" : "span");
        where.className = "where";
        where.textContent = `Linje ${one.line}: ${one.here}`;
        if (lined) {
          where.type = "button";
          where.addEventListener("click", () => lined.go(one.line));
        }
        item.append(where);
      }
      if (!one.serious) item.append(" (bare til ettertanke)");
      made.append(item);
    }
    return made;
  };

  /* Numbers beside the lines of the whole file; those with a fault are marked. */
  const numbered = (box) => {
    const area = box.querySelector("textarea");
    const numbers = document.createElement("ol");
    numbers.setAttribute("aria-hidden", "true");
    box.prepend(numbers);
    let marked = new Map();
    const draw = () => {
      const count = area.value.split("\n").length;
      while (numbers.children.length > count) numbers.lastChild.remove();
      while (numbers.children.length < count) numbers.append(document.createElement("li"));
      [...numbers.children].forEach((item, place) => {
        const fault = marked.get(place + 1);
        item.className = fault ? (fault.serious ? "bad" : "mild") : "";
        item.title = fault ? fault.text : "";
      });
      numbers.scrollTop = area.scrollTop;
    };
    area.addEventListener("scroll", () => { numbers.scrollTop = area.scrollTop; });
    area.addEventListener("input", draw);
    draw();
    return {
      mark: (rest) => {
        marked = new Map(rest.filter((one) => one.line).map((one) => [one.line, one]));
        draw();
      },
      go: (line) => {
        const lines = area.value.split("\n");
        const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
        area.focus();
        area.setSelectionRange(start, start + lines[line - 1].length);
        area.scrollTop = Math.max(0, (line - 6) * parseFloat(getComputedStyle(area).lineHeight));
      },
    };
  };

  /* A page that takes seconds to make: say that it is under way. The browser keeps the page at hand until the new one comes. */
  const waiting = document.querySelector("[data-waiting]");
  for (const link of document.querySelectorAll("a[data-slow]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      waiting.textContent = "Prøver endringene på eksempler, historier og utkast. Det tar noen sekunder …";
    });
  }
  addEventListener("pageshow", () => { waiting.textContent = ""; });

  for (const form of document.querySelectorAll("form[data-check]")) {
    const told = form.querySelector("[data-told]");
    const rest = form.querySelector("[data-rest]");
    const box = form.querySelector("[data-lined]");
    const lined = box ? numbered(box) : null;
    let timer = 0;
    let asked = null;
    const check = async () => {
      if (asked) asked.abort();
      asked = new AbortController();
      told.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(form.dataset.check, {
          method: "POST",
          body: new URLSearchParams(new FormData(form)),
          headers: { Accept: "application/json" },
          signal: asked.signal,
        });
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        const found = await answer.json();
        told.textContent = found.told;
        rest.replaceChildren(...(found.rest.length ? [list(found.rest, lined)] : []));
        beside(form, found.fields);
        if (lined) lined.mark(found.rest);
      } catch (error) {
        if (error.name !== "AbortError") told.textContent = "Sjekken svarte ikke. Trykk «Sjekk» for å prøve igjen.";
      } finally {
        told.removeAttribute("aria-busy");
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(check, WAIT);
    });
    if (lined) check();
  }
})();
