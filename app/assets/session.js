"use strict";
// Hides the screen in place, so that what was typed stays, and says before the session ends. Without script both are
// pages of their own.
(() => {
  const hide = document.getElementById("hide");
  const note = document.getElementById("session");
  if (!hide || !note) return;
  const title = document.title;
  const who = (page) => page.querySelector(".staff__name")?.textContent;
  const tabs = window.BroadcastChannel ? new BroadcastChannel("screen") : null;
  const veil = document.createElement("div");
  let timer = 0;

  async function ask(address, form) {
    const body = form && new URLSearchParams(new FormData(form));
    if (body && body.has("next")) body.set("next", "/session");
    const answer = await fetch(address, {
      method: form ? "POST" : "GET", body, credentials: "same-origin", headers: { "x-by-itself": "1" },
    });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  function cover(page) {
    document.title = "画面を隠しています";
    if (!veil.isConnected) document.body.append(veil);
    for (const part of document.body.children) part.hidden = part !== veil;
    const inside = page && page.querySelector("main > *");
    veil.replaceChildren(...(inside ? [document.importNode(inside, true)] : []));
    veil.querySelector("input:not([type=hidden])")?.focus();
  }

  // The page of somebody whose session lives: the screen comes back, its forms with the token that is in force now.
  function uncover(page) {
    if (who(page) !== who(document)) return location.assign("/");
    const token = page.querySelector("[name=csrf]").value;
    for (const field of document.querySelectorAll("[name=csrf]")) field.value = token;
    veil.remove();
    for (const part of document.body.children) part.hidden = false;
    document.title = title;
    look(page);
  }

  const show = (page) => (page.getElementById("session") ? uncover(page) : cover(page));

  async function lock() {
    if (veil.isConnected) return;
    cover();
    try {
      cover(await ask(hide.action, hide));
      tabs?.postMessage("hidden");
    } catch {
      location.assign("/lock");
    }
  }

  veil.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      show(await ask(event.target.action, event.target));
      if (!veil.isConnected) tabs?.postMessage("shown");
    } catch {
      location.assign("/lock");
    }
  });
  hide.addEventListener("submit", (event) => { event.preventDefault(); lock(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "F9") { event.preventDefault(); lock(); }
  });
  tabs?.addEventListener("message", async (event) => {
    if (event.data === "hidden") cover();
    show(await ask("/session"));
  });

  // Two minutes before the end the page asks whether it still is the end: another tab may have put it off.
  function look(page) {
    const now = page.getElementById("session");
    const ending = document.getElementById("ending");
    const left = Number(now.dataset.seconds);
    note.textContent = now.textContent;
    ending.replaceChildren(...document.importNode(page.getElementById("ending"), true).childNodes);
    ending.hidden = left > 125;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      try { show(await ask("/session")); } catch { timer = setTimeout(() => look(page), 5000); }
    }, (left > 125 ? left - 120 : left + 1) * 1000);
  }
  document.getElementById("ending").addEventListener("submit", async (event) => {
    event.preventDefault();
    show(await ask(event.target.action, event.target));
  });
  look(document);
})();
