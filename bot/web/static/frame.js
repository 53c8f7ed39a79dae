// Within a frame on another site's page: says how tall the page is and what to look at, and leads elsewhere in a window of its own.
(() => {
  "use strict";
  if (parent === window) return;
  const say = (what) => parent.postMessage({ tilskuddsbot: what }, "*"); // a height is nobody's secret
  new ResizeObserver(() => say({ height: document.body.getBoundingClientRect().height })).observe(document.body);
  addEventListener("look", (event) => say({ at: event.detail.getBoundingClientRect().top + scrollY }));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && link.origin !== location.origin) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
  });
})();
