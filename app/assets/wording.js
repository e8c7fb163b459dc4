"use strict";
// The page of a paper's words shows the real sheet while one types. Without script there is a button for it.
(() => {
  const form = document.getElementById("wording");
  if (!form) return;
  let timer;

  async function show() {
    const body = new URLSearchParams(new FormData(form));
    body.set("act", "preview");
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" }).catch(() => null);
    if (!answer) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("preview");
    if (next) document.getElementById("preview").replaceChildren(...document.importNode(next, true).childNodes);
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 700);
  });
})();
