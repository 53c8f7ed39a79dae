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
  const own = document.body.dataset.own;
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  // What this tab alone remembers, and for this conversation alone: what was said, and what is not yet sent.
  const kept = {
    get(name, otherwise) {
      try {
        const found = JSON.parse(sessionStorage.getItem(name));
        if (found && found.own === own) return found.what;
        if (own) sessionStorage.removeItem(name);
      } catch { /* not allowed, or not ours */ }
      return otherwise;
    },
    set(name, what) { try { sessionStorage.setItem(name, JSON.stringify({ own, what })); } catch { /* full, or not allowed */ } },
    drop(name) { try { sessionStorage.removeItem(name); } catch { /* not allowed */ } },
  };
  let said = kept.get("said", []);
  const waiting = kept.get("unsent", {});

  const chat = one(".chat");
  if (!chat || "arriving" in chat.dataset) return;
  document.documentElement.classList.add("scripted");
  const say = chat.dataset;
  const log = one("#log");
  const text = () => one("#text");
  say.waits = "waits" in say ? "yes" : "";
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let busy = false;
  let aloud = false;

  function look(at, smooth) {
    dispatchEvent(new CustomEvent("look", { detail: at })); // in a frame, for the page around it
    at.scrollIntoView({ block: "start", behavior: smooth && !calm ? "smooth" : "auto" });
  }

  // --- sending ---
  const pause = (seconds) => new Promise((go) => {
    const on = () => { clearTimeout(timer); removeEventListener("online", on); go(); };
    const timer = setTimeout(on, seconds * 1000);
    addEventListener("online", on);
  });

  // The turn and the answer make the event's id on the server: however often this is sent, it counts once.
  async function deliver(sent) {
    busy = true;
    chat.classList.add("waiting");
    kept.set("unsent", sent);
    const slow = setTimeout(() => tell(sent.slow || say.sending, true), 500);
    for (let tries = 0; ; tries += 1) {
      try {
        const headers = { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" };
        const answer = await fetch("/svar", { method: "POST", body: sent.body, headers, signal: AbortSignal.timeout(30000) });
        if (answer.status === 500) { kept.drop("unsent"); clearTimeout(slow); tell(say.broken); break; }
        if (answer.status === 429 || answer.status > 500) {
          clearTimeout(slow);
          tell(say.busy);
          await pause(Number(answer.headers.get("Retry-After")) || Math.min(30, 2 ** tries));
          continue;
        }
        if (!answer.ok) { kept.drop("unsent"); location.assign("/samtale"); return; }
        const turn = await answer.json();
        clearTimeout(slow);
        kept.drop("unsent");
        tell(tries ? say.sent : "", true);
        show(turn, sent);
        break;
      } catch {
        clearTimeout(slow);
        tell(say.offline);
        await pause(Math.min(30, 2 ** tries));
      }
    }
    chat.classList.remove("waiting");
    busy = false;
  }

  // --- showing ---
  function show(turn, sent) {
    if (turn.go) { location.assign(turn.go); return; }
    const typing = document.activeElement === text();
    const lost = !typing && (document.activeElement === document.body || sent.pressed || sent.wrote);
    one("#progress").innerHTML = turn.progress;
    one("#draft").innerHTML = turn.draft;
    one("#choices").innerHTML = turn.choices;
    if (turn.messages) all(".msg.guide", log).forEach((each) => each.classList.add("old"));
    log.insertAdjacentHTML("beforeend", turn.messages);
    answerForm(turn, typing);
    all('.chat input[name="turn"], .draft input[name="turn"]').forEach((each) => { each.value = turn.turn; });
    all('.chat input[name="asks"], .draft input[name="asks"]').forEach((each) => { each.value = turn.asks; });
    say.turn = turn.turn;
    document.title = turn.title;
    const tools = one(".tools");
    if (tools) tools.hidden = false;
    history.replaceState(null, "", "/samtale");
    const fresh = all(".msg.guide:not(.old)", log);
    if (turn.failed && fresh.length && text() && !one("#error")) {
      fresh[0].id = "why";
      text().setAttribute("aria-describedby", "hint why");
    }
    if (turn.messages) remember(turn.turn, turn.failed ? "" : sent.shown, turn.messages, turn.blank);
    if (lost) refocus(sent.wrote);
    look(all(".msg.you", log).pop() || log, true);
    if (aloud) read(fresh);
    listen(turn.waits || turn.heard > Number(say.heard));
  }

  // The field itself stays, so that focus stays in it; what is around it is renewed.
  function answerForm(turn, typing) {
    const place = one("#answer");
    const box = document.createElement("div");
    box.innerHTML = turn.answer;
    const now = text();
    const next = one("#text", box);
    if (now && next && now.tagName === next.tagName) {
      now.form.dataset.slow = next.form.dataset.slow || "";
      one('[data-part="before"]', place).replaceWith(one('[data-part="before"]', box));
      for (const { name } of [...now.attributes]) if (!next.hasAttribute(name)) now.removeAttribute(name);
      for (const { name, value } of [...next.attributes]) if (name !== "value") now.setAttribute(name, value);
    } else {
      place.replaceChildren(...box.childNodes);
      if (typing && text()) text().focus();
    }
    if (text()) text().value = turn.typed;
  }

  // Who wrote goes on writing, who pressed goes on pressing; but a phone's keyboard would cover the question.
  function refocus(wrote) {
    const coarse = matchMedia("(pointer: coarse)").matches;
    const choices = one("#choices fieldset") || one("#choices form");
    const place = (wrote && !coarse && text()) || choices || (coarse ? one("#answer") : text());
    if (!place) return;
    if (place !== text()) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }

  function mine(what, place = log) {
    const line = document.createElement("div");
    line.className = "msg you";
    line.innerHTML = '<span class="unseen"></span><span></span>';
    line.firstChild.textContent = `${say.you} `;
    line.lastChild.textContent = what;
    all(".msg", place).forEach((each) => { each.classList.add("old"); each.removeAttribute("id"); });
    place.append(line);
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
    const lines = form.matches(".budget") ? all("tbody tr", form).map((row) => {
      const [first, last] = [one("th input", row), one("td input", row)];
      return last.value && `${first ? first.value : one("th", row).textContent.trim()} ${last.value}`;
    }).filter(Boolean).join(", ") : "";
    const shown = typed || named || ticked || lines;
    if (shown) mine(shown);
    const body = new URLSearchParams(data).toString();
    deliver({ body, shown, pressed: Boolean(named), wrote: Boolean(typed), slow: form.dataset.slow, turn: say.turn });
  });

  document.addEventListener("input", (event) => {
    if (event.target === text() && !busy) kept.set("unsent", { typed: text().value, asks: one('#answer [name="asks"]').value });
  });

  // The sums of a budget follow while one writes; what counts is what the server adds up.
  let adding = 0;
  document.addEventListener("input", (event) => {
    const form = event.target.closest(".budget");
    if (!form) return;
    clearTimeout(adding);
    adding = setTimeout(() => {
      const kroner = (each) => Number(each.value.replace(/,.*$/, "").replace(/\D/g, "")) || 0;
      const sum = all("td input", form).map(kroner).reduce((one, other) => one + other, 0);
      const told = (n) => `${n.toLocaleString(document.documentElement.lang === "en" ? "en-GB" : "nb-NO")} kroner`;
      one("[data-total]", form).textContent = told(sum);
      const rest = one("[data-rest]", form);
      if (rest) rest.textContent = told(Math.max(0, sum - Number(rest.dataset.rest)));
    }, 400);
  });

  // --- what was said before: after a reload it stands above, outside the log, so that it is not announced as new ---
  function remember(turn, you, html, blank) {
    if (blank) said = []; // nothing is answered: new, or begun anew
    said.push({ turn, you, html });
    said = said.slice(-40);
    while (said.length > 1 && JSON.stringify(said).length > 200000) said.shift();
    kept.set("said", said);
  }

  function recall() {
    const turn = Number(say.turn);
    const here = said.find((each) => each.turn === turn);
    const before = "blank" in say ? [] : said.filter((each) => each.turn < turn);
    const place = one("#earlier");
    for (const each of before) {
      if (each.you) mine(each.you, place);
      place.insertAdjacentHTML("beforeend", each.html);
    }
    if (before.length && here && here.you) mine(here.you, place);
    all(".msg", place).forEach((each) => each.classList.add("old"));
    said = here ? [...before, here] : before;
    if (!here) remember(turn, "", log.innerHTML.trim(), "blank" in say);
    if (!before.length) return;
    place.hidden = false;
    if (location.hash) return;
    history.scrollRestoration = "manual";
    look(log, false);
  }
  recall();

  // --- a caseworker's answer: asked for while one is waited for and somebody looks, at most once a minute ---
  const minute = 60000;
  let last = Date.now();
  let every = minute;
  let timer = 0;
  function listen(waits) {
    if (waits) every = minute;
    say.waits = waits ? "yes" : "";
    plan();
  }
  function plan() {
    clearTimeout(timer);
    if (say.waits && !document.hidden) timer = setTimeout(hear, Math.max(0, last + every - Date.now()));
  }
  async function hear() {
    last = Date.now();
    every = Math.min(every * 1.5, 10 * minute); // longer and longer, until something is heard or she goes on
    try {
      const answer = await fetch(`/nytt?etter=${say.heard}`, { signal: AbortSignal.timeout(15000) });
      const news = answer.ok ? await answer.json() : null;
      if (news && !busy) { // what she sends just now is told first; then we ask again
        if (news.messages) tellNews(news);
        say.waits = news.waits ? "yes" : "";
      }
    } catch { /* no line: later */ }
    plan();
  }
  // Above the question that stands: the log tells who listens, and nothing that she is writing, or has in focus, is touched.
  function tellNews(news) {
    const now = all(".msg.guide", log).pop();
    if (now) now.insertAdjacentHTML("beforebegin", news.messages);
    else log.insertAdjacentHTML("beforeend", news.messages);
    remember(news.turn, "", news.messages, false);
    say.heard = news.heard;
    every = minute;
    if (aloud && now) read([now.previousElementSibling]);
  }
  document.addEventListener("visibilitychange", plan);
  plan();

  // --- reading aloud, only for who asks for it, and in a voice of the language ---
  const voices = { nb: ["nb", "no", "nn"], nn: ["nn", "nb", "no"] };
  function voice() {
    const lang = document.documentElement.lang;
    const there = speechSynthesis.getVoices();
    for (const code of voices[lang] || [lang]) {
      const found = there.find((each) => each.lang.toLowerCase().startsWith(code));
      if (found) return found;
    }
    return there.length ? null : undefined; // none of the language; or the browser does not say which there are
  }
  function read(messages) {
    speechSynthesis.cancel();
    for (const message of messages) {
      const spoken = new SpeechSynthesisUtterance(message.innerText);
      spoken.lang = { nb: "nb-NO", nn: "nn-NO", en: "en-GB" }[document.documentElement.lang] || document.documentElement.lang;
      if (voice()) spoken.voice = voice();
      speechSynthesis.speak(spoken);
    }
  }
  const tools = one(".tools");
  if (tools && "speechSynthesis" in window) {
    speechSynthesis.getVoices(); // begins to load them
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = say.aloud;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      if (!aloud && voice() === null) { tell(say.voiceless); return; }
      aloud = !aloud;
      button.setAttribute("aria-pressed", String(aloud));
      if (aloud) read(all(".msg.guide:not(.old)", log));
      else speechSynthesis.cancel();
    });
    tools.append(button);
  }

  // --- what was not yet sent when the page was loaded anew ---
  if (waiting.body) {
    if (waiting.shown && waiting.turn === say.turn) mine(waiting.shown);
    deliver(waiting);
  } else if (waiting.typed && text() && !text().value && waiting.asks === one('#answer [name="asks"]').value) {
    text().value = waiting.typed;
  }
})();
