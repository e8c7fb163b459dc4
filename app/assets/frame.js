"use strict";
// Saves keystrokes on every page. Nothing here is needed: search is a form, the reader chip a link.
(() => {
  const box = document.getElementById("q");
  const found = document.getElementById("found");

  // After an error the summary is read first.
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  if (box) {
    // "/" leads to the search box from anywhere except another field.
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, textarea, select");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.altKey && !event.metaKey) {
        event.preventDefault();
        box.focus();
        box.select();
      }
      if (event.key === "Escape" && found && !found.hidden) {
        found.hidden = true;
        box.focus();
      }
    });
    searchWhileTyping();
  }

  // People found, under the box, as one types: the links of the search page itself.
  function searchWhileTyping() {
    let timer = 0;
    let running = null;
    const close = () => { found.hidden = true; found.replaceChildren(); };
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 250);
    });
    document.addEventListener("click", (event) => {
      if (!box.form.contains(event.target)) close();
    });
    async function ask() {
      const words = box.value.trim();
      if (running) running.abort();
      if (words.length < 2) return close();
      running = new AbortController();
      try {
        const answer = await fetch("/search?typing=1&q=" + encodeURIComponent(words), {
          signal: running.signal, credentials: "same-origin",
        });
        if (!answer.ok || answer.redirected) return close();
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const list = document.createElement("ul");
        for (const link of [...page.querySelectorAll("a[data-hit]")].slice(0, 8)) {
          const line = document.createElement("a");
          line.href = link.getAttribute("href");
          line.textContent = link.dataset.hit;
          const item = document.createElement("li");
          item.append(line);
          list.append(item);
        }
        if (!list.childElementCount) return close();
        found.replaceChildren(list);
        found.hidden = false;
      } catch {
        // The page behind the button still answers.
      }
    }
  }

  // The reader chip follows the reader, on the page that is looked at only: a browser opens six connections to the
  // office in all, and pages left behind or tabs in the back would soon hold them every one.
  const chip = document.getElementById("reader");
  let events = null;

  function show(seen) {
    const changed = chip.dataset.state !== seen.state || chip.getAttribute("href") !== (seen.href || null);
    chip.dataset.state = seen.state;
    chip.querySelector(".chip__shape").textContent = seen.shape;
    chip.querySelector(".chip__words").textContent = seen.words;
    if (seen.href) chip.setAttribute("href", seen.href);
    else chip.removeAttribute("href");
    if (changed) document.dispatchEvent(new Event("reader-changed"));
  }

  function listen() {
    if ((events && events.readyState < 2) || document.visibilityState !== "visible") return;
    events = new EventSource(chip.dataset.events);
    events.addEventListener("reader", (event) => show(JSON.parse(event.data)));
  }

  function rest() {
    if (events) events.close();
    events = null;
  }

  if (chip && window.EventSource) {
    listen();
    addEventListener("pagehide", rest);
    addEventListener("pageshow", listen);
    document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? listen() : rest()));
  }
})();
