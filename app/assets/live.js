"use strict";
// Pages that wait for something (a card being written, a PIN pad, an import) renew their middle by themselves.
// Without script they carry a link or a timed reload instead.
(() => {
  const main = document.getElementById("main");
  let live = document.body.dataset.live;
  let busy = false;

  async function renew() {
    if (busy) return;
    busy = true;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", headers: { "x-by-itself": "1" } });
      // Another address means another step: go there as a whole.
      if (answer.redirected) return location.assign(answer.url);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("main");
      if (!next || page.body.dataset.live === undefined) return location.reload();
      if (next.textContent !== main.textContent) {
        main.replaceChildren(...document.importNode(next, true).childNodes);
      }
      live = page.body.dataset.live;
    } catch {
      // The office's computer may be restarting: try again at the next beat.
    } finally {
      busy = false;
    }
  }

  if (main && live !== undefined) setInterval(renew, 1000);

  // A page about a card says what lies on the reader: a card laid or taken makes it out of date.
  document.addEventListener("reader-changed", () => {
    if (document.querySelector("[data-follows-reader]") && !document.querySelector("main form :focus")) location.reload();
  });
})();
