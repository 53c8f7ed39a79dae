// The chat without reloading. Everything works without this file; it only spares the reader a new page for each answer.
(() => {
  "use strict";
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const net = one("#net");
  const tell = (text, fine = false) => {
    net.textContent = text;
    net.classList.toggle("fine", fine);
  };

  // --- the draft to take along: copy and print ---
  const words = one("[data-copied]");
  if (words) {
    for (const button of all("[data-copy]")) {
      button.hidden = false;
      button.addEventListener("click", async () => {
        const value = one(`#value-${button.dataset.copy}`);
        try {
          await navigator.clipboard.writeText(value.textContent);
          all(".copied").forEach((each) => each.classList.remove("copied"));
          value.parentElement.classList.add("copied");
          tell(words.dataset.copied.replace("{label}", one(`#label-${button.dataset.copy}`).textContent), true);
        } catch {
          getSelection().selectAllChildren(value);
          tell(words.dataset.notCopied);
        }
      });
    }
    const print = one("[data-print]");
    print.parentElement.hidden = false;
    print.addEventListener("click", () => window.print());
  }

  // --- the chat ---
  const chat = one(".chat");
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  if (!chat || "arriving" in chat.dataset) return;
  document.documentElement.classList.add("scripted");
  const say = chat.dataset;
  const log = one("#log");
  const text = () => one("#text");
  let busy = false;
  let aloud = false;

  // What is not yet sent waits here, in this tab alone, and is erased when it is.
  const unsent = {
    get() { try { return JSON.parse(sessionStorage.getItem("unsent")) || {}; } catch { return {}; } },
    set(what) { try { sessionStorage.setItem("unsent", JSON.stringify(what)); } catch { /* full, or not allowed */ } },
    drop() { try { sessionStorage.removeItem("unsent"); } catch { /* not allowed */ } },
  };

  const pause = (seconds) => new Promise((go) => {
    const on = () => { clearTimeout(timer); removeEventListener("online", on); go(); };
    const timer = setTimeout(on, seconds * 1000);
    addEventListener("online", on);
  });

  // The turn and the answer make the event's id on the server: however often this is sent, it counts once.
  async function deliver(sent) {
    busy = true;
    chat.classList.add("waiting");
    unsent.set(sent);
    const slow = setTimeout(() => tell(say.sending, true), 700);
    for (let tries = 0; ; tries += 1) {
      try {
        const headers = { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" };
        const answer = await fetch("/svar", { method: "POST", body: sent.body, headers });
        if (answer.status === 429 || answer.status >= 500) {
          if (tries > 5) break;
          tell(say.busy);
          await pause(Number(answer.headers.get("Retry-After")) || 2 ** tries);
          continue;
        }
        if (!answer.ok) { unsent.drop(); location.assign("/samtale"); return; }
        const turn = await answer.json();
        clearTimeout(slow);
        unsent.drop();
        tell(tries ? say.sent : "", true);
        show(turn, sent);
        break;
      } catch {
        clearTimeout(slow);
        tell(say.offline);
        await pause(Math.min(30, 2 ** tries));
      }
    }
    clearTimeout(slow);
    chat.classList.remove("waiting");
    busy = false;
  }

  function show(turn, sent) {
    if (turn.go) { location.assign(turn.go); return; }
    const typing = document.activeElement === text();
    const lost = !typing && (document.activeElement === document.body || sent.pressed);
    one("#progress").innerHTML = turn.progress;
    one("#draft").innerHTML = turn.draft;
    one("#choices").innerHTML = turn.choices;
    all(".old ~ .msg, .msg", log).forEach((each) => each.classList.add("old"));
    log.insertAdjacentHTML("beforeend", turn.messages);
    answerForm(turn, typing);
    all('.chat input[name="turn"], .draft input[name="turn"]').forEach((each) => { each.value = turn.turn; });
    all('.chat input[name="asks"], .draft input[name="asks"]').forEach((each) => { each.value = turn.asks; });
    say.turn = turn.turn;
    document.title = turn.title;
    const tools = one(".tools");
    if (tools) tools.hidden = false;
    history.replaceState(null, "", "/samtale");
    const fresh = all(".msg:not(.old)", log);
    if (turn.failed && fresh.length && text() && !one("#error")) {
      fresh[0].id = "why";
      text().setAttribute("aria-describedby", "hint why");
    }
    if (lost) refocus();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    (all(".msg.you", log).pop() || log).scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
    if (aloud) read(fresh);
  }

  // The field itself stays, so that focus stays in it; what is around it is renewed.
  function answerForm(turn, typing) {
    const place = one("#answer");
    const box = document.createElement("div");
    box.innerHTML = turn.answer;
    const now = text();
    const next = one("#text", box);
    if (now && next && now.tagName === next.tagName) {
      one('[data-part="before"]', place).replaceWith(one('[data-part="before"]', box));
      for (const { name } of [...now.attributes]) if (!next.hasAttribute(name)) now.removeAttribute(name);
      for (const { name, value } of [...next.attributes]) if (name !== "value") now.setAttribute(name, value);
    } else {
      place.replaceChildren(...box.childNodes);
      if (typing && text()) text().focus();
    }
    if (text()) text().value = turn.typed;
  }

  function refocus() {
    const coarse = matchMedia("(pointer: coarse)").matches; // a phone's keyboard would cover the question
    const place = one("#choices fieldset") || one("#choices form") || (coarse ? one("#answer") : text());
    if (!place) return;
    if (place !== text()) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }

  function mine(what) {
    all(".why").forEach((each) => each.removeAttribute("id"));
    const line = document.createElement("div");
    line.className = "msg you";
    line.innerHTML = '<span class="unseen"></span> <span></span>';
    line.firstChild.textContent = say.you;
    line.lastChild.textContent = what;
    all(".msg", log).forEach((each) => { each.classList.add("old"); each.removeAttribute("id"); });
    log.append(line);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (new URL(form.action).pathname !== "/svar") return;
    event.preventDefault();
    if (busy) return;
    const button = event.submitter;
    const data = new FormData(form, button && button.name ? button : undefined);
    const typed = (data.get("text") || "").trim();
    const ticked = all(".tick input:checked", form).map((each) => each.parentElement.textContent.trim()).join(", ");
    const named = button && button.name && button.name !== "use" ? button.textContent.trim().replace(/\s+/g, " ") : "";
    const shown = typed || named || ticked;
    if (shown) mine(shown);
    deliver({ body: new URLSearchParams(data).toString(), turn: say.turn, pressed: Boolean(named) });
  });

  document.addEventListener("input", (event) => {
    if (event.target === text() && !busy) unsent.set({ typed: text().value, turn: say.turn });
  });

  // --- reading aloud, only for who asks for it ---
  function read(messages) {
    speechSynthesis.cancel();
    for (const message of messages) {
      const spoken = new SpeechSynthesisUtterance(message.innerText);
      spoken.lang = { nb: "nb-NO", nn: "nn-NO", en: "en-GB" }[document.documentElement.lang] || document.documentElement.lang;
      speechSynthesis.speak(spoken);
    }
  }
  const tools = one(".tools");
  if (tools && "speechSynthesis" in window) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = say.aloud;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      aloud = !aloud;
      button.setAttribute("aria-pressed", String(aloud));
      if (aloud) read(all(".msg.guide:not(.old)", log));
      else speechSynthesis.cancel();
    });
    tools.append(button);
  }

  // --- what was written before the page was loaded anew ---
  const waiting = unsent.get();
  if (waiting.turn !== say.turn) unsent.drop();
  else if (waiting.body) deliver(waiting);
  else if (waiting.typed && text() && !text().value) text().value = waiting.typed;
})();
