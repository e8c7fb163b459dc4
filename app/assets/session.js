"use strict";
// Hides the screen in place, so that what was typed stays, and says before the session ends. Without script: pages.
(() => {
  const hide = document.getElementById("hide");
  const note = document.getElementById("session");
  if (!hide || !note) return;
  const ending = document.getElementById("ending");
  const title = document.title;
  const who = (page) => page.querySelector(".staff__name")?.textContent;
  const tabs = new BroadcastChannel("screen");
  const veil = document.createElement("div");
  let timer = 0;

  async function ask(form) {
    const body = form && new URLSearchParams(new FormData(form));
    if (body?.has("next")) body.set("next", "/session");
    const answer = await fetch(form ? form.action : "/session", {
      method: form ? "POST" : "GET", body, credentials: "same-origin", headers: { "x-by-itself": "1" },
    });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  function cover(page) {
    document.title = "画面を隠しています";
    document.body.append(veil);
    for (const part of document.body.children) part.hidden = part !== veil;
    const inside = page?.querySelectorAll(".header, main > *") || [];
    veil.replaceChildren(...[...inside].map((part) => document.importNode(part, true)));
    veil.querySelector("input:not([type=hidden])")?.focus();
  }

  // The session lives: the screen comes back, its forms with the token that is in force now.
  function uncover(page) {
    if (who(page) !== who(document)) return location.assign("/");
    const token = page.querySelector("[name=csrf]").value;
    for (const field of document.querySelectorAll("[name=csrf]")) field.value = token;
    veil.remove();
    for (const part of document.body.children) part.hidden = false;
    document.title = title;
    // The reader's events were not for a hidden screen.
    document.dispatchEvent(new Event("visibilitychange"));
    look(page);
  }

  const show = (page) => (page.getElementById("session") ? uncover(page) : cover(page));
  const lost = () => location.assign("/lock");

  function lock() {
    if (veil.isConnected) return;
    cover();
    ask(hide).then((page) => { cover(page); tabs.postMessage("hidden"); }).catch(lost);
  }

  veil.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(event.target).then((page) => { show(page); if (!veil.isConnected) tabs.postMessage("shown"); }).catch(lost);
  });
  hide.addEventListener("submit", (event) => { event.preventDefault(); lock(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "F9") { event.preventDefault(); lock(); }
  });
  tabs.addEventListener("message", (event) => {
    if (event.data === "hidden") cover();
    ask().then(show).catch(lost);
  });

  // Two minutes before the end the office is asked whether it still is the end: another tab may have put it off.
  function look(page) {
    const now = page.getElementById("session");
    const left = Number(now.dataset.seconds);
    note.textContent = now.textContent;
    ending.replaceChildren(...document.importNode(page.getElementById("ending"), true).childNodes);
    ending.hidden = left > 125;
    clearTimeout(timer);
    const again = () => ask().then(show).catch(() => { timer = setTimeout(again, 5000); });
    timer = setTimeout(again, (ending.hidden ? left - 120 : left + 1) * 1000);
  }
  ending.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(event.target).then(show).catch(lost);
  });
  look(document);
})();
