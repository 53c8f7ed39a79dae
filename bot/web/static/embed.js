// The grant guide on your own page, where this line stands: <script src="https://…/embed.js" data-lang="nb" defer></script>
(() => {
  "use strict";
  const script = document.currentScript;
  const { origin } = new URL(script.src);
  const lang = script.dataset.lang || document.documentElement.lang.slice(0, 2).replace("no", "nb");
  const names = { nb: "Tilskuddsveilederen", nn: "Tilskotsrettleiaren", en: "The grant guide" };
  const frame = document.createElement("iframe");
  const door = script.dataset.kommune ? `&kommune=${encodeURIComponent(script.dataset.kommune)}` : "";
  frame.src = `${origin}/?lang=${encodeURIComponent(lang)}${door}`;
  frame.title = script.dataset.title || names[lang] || names.nb;
  frame.allow = "clipboard-write";
  frame.referrerPolicy = "no-referrer";
  Object.assign(frame.style, { display: "block", width: "100%", height: "40rem", border: "0" });
  script.after(frame);
  let pages = 0;
  frame.addEventListener("load", () => {
    pages += 1;
    if (pages > 1 && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
  });
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    const { height, at } = (event.data && event.data.tilskuddsbot) || {};
    if (Number.isFinite(height)) frame.style.height = `${Math.min(Math.max(Math.ceil(height), 200), 40000)}px`;
    if (Number.isFinite(at)) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      scrollTo({ top: scrollY + frame.getBoundingClientRect().top + at - 80, behavior: calm ? "auto" : "smooth" });
    }
  });
})();
