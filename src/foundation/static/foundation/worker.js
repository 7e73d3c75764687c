/* Keeps copies of pages that may be filled without a signal, and sends what was entered: one after another, each until
   the server has said what became of it. SHELL and queue.js stand before this text (foundation.views.worker). */
const PAGES = "pages", FILES = "files", MOST_FILES = 80;
const DAYS = 14 * 86_400_000, PATIENCE = 5_000, LONGEST = 120_000;
const news = new BroadcastChannel("lumbung");

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(begin()));
self.addEventListener("sync", (event) => event.waitUntil(send(true)));
self.addEventListener("message", (event) => { if (event.data === "send") event.waitUntil(send()); });
self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith(SHELL.files)) event.respondWith(file(request));
});

/* One by one: a single address that fails must not keep the worker from starting. */
async function fill() {
  for (const url of SHELL.urls) {
    try {
      const answer = await fetch(url, { cache: "no-cache" });
      if (answer.ok && !answer.redirected) await (await caches.open(FILES)).put(url, answer);
      else console.warn("not kept", url, answer.status);
    } catch (problem) { console.warn("not kept", url, problem); }
  }
}

async function begin() {
  await self.clients.claim();
  await self.registration.navigationPreload?.enable();
  await sweep();
  await send();
}

/* Network first. Where there is a copy, patience ends after five seconds. */
async function page(event) {
  const copy = await copyOf(event.request.url);
  const coming = arrive(event);
  event.waitUntil(coming.catch(() => {}));
  try {
    return await (copy ? Promise.race([coming, impatient()]) : coming);
  } catch {
    return copy ?? await kept(FILES, SHELL.page) ?? Response.error();
  }
}

const impatient = () => new Promise((_, failed) => { setTimeout(() => failed(new Error("slow")), PATIENCE); });
const kept = async (name, url) => (await caches.open(name)).match(url, { ignoreVary: true });
const path = (url) => url.split("#")[0];

async function arrive(event) {
  const { url } = event.request;
  const answer = await event.preloadResponse || await fetch(event.request);
  const person = answer.headers.get("X-Lumbung-Person"), owner = answer.headers.get("X-Lumbung-Keep");
  if (person !== null && person !== await queue.known("person")) {
    await queue.remember("person", person);
    await sweep();
  }
  if (answer.ok && owner) event.waitUntil(keep(url, answer.clone(), owner));
  else if ([403, 404, 410].includes(answer.status)) event.waitUntil(forget(url));
  if (answer.ok && new URL(url).pathname === SHELL.page) {
    event.waitUntil((await caches.open(FILES)).put(SHELL.page, answer.clone()));
  }
  return answer;
}

/* The copy says in its own text when it was made, so that the page can tell. */
async function keep(url, answer, owner) {
  const at = Date.now(), headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.set("X-Lumbung-At", at);
  const text = (await answer.text()).replace("<html", `<html data-copied="${at}"`);
  await (await caches.open(PAGES)).put(path(url), new Response(text, { headers }));
}

const forget = async (url) => (await caches.open(PAGES)).delete(path(url), { ignoreVary: true });

async function copyOf(url) {
  const copy = await kept(PAGES, path(url));
  return copy && stands(copy, await queue.known("person")) ? copy : undefined;
}

function stands(copy, person) {
  const owner = copy.headers.get("X-Lumbung-Keep");
  return Date.now() - copy.headers.get("X-Lumbung-At") < DAYS && (!owner.startsWith("person:") || owner === person);
}

/* Copies of another person's pages go when somebody else, or nobody, is signed in; all go after fourteen days. */
async function sweep() {
  const pages = await caches.open(PAGES), person = await queue.known("person");
  for (const request of await pages.keys()) {
    const copy = await pages.match(request, { ignoreVary: true });
    if (copy && !stands(copy, person)) await pages.delete(request, { ignoreVary: true });
  }
}

/* A file's name carries its content, so a copy is as good as the file. */
async function file(request) {
  const copy = await kept(FILES, request.url);
  if (copy) return copy;
  const answer = await fetch(request);
  if (answer.ok) {
    const files = await caches.open(FILES), whole = answer.clone();
    await files.put(request.url, whole);
    const names = await files.keys();
    for (const old of names.slice(0, -MOST_FILES)) if (!SHELL.urls.includes(new URL(old.url).pathname)) await files.delete(old);
  }
  return answer;
}

let sending = null, again = false;

/* Whoever asks while entries are being sent asks for those that were added meanwhile. */
function send(insists = false) {
  again = true;
  sending ??= rounds().finally(() => { sending = null; });
  return sending.then((whole) => { if (insists && !whole) throw new Error("some wait on"); });
}

async function rounds() {
  let whole = true;
  while (again) {
    again = false;
    whole = await round();
  }
  return whole;
}

async function round() {
  let state = null;
  for (const { number } of await queue.all()) {
    const entry = await queue.get(number);
    if (entry?.state !== "waiting") continue;
    if (entry.owner.startsWith("person:")) {
      state ??= await asked(SHELL.state, { cache: "no-store" });
      if (!("person" in state)) return false;
      if (state.person !== entry.owner) { news.postMessage({ number, state: "sign-in" }); continue; }
    }
    const answer = await deliver(entry, state?.token);
    if (answer.state === "done") await queue.remove(number);
    else if (answer.state === "refused") await queue.change(number, { state: "refused", sentence: answer.sentence });
    news.postMessage({ ...answer, number });
    if (answer.state === "later") return false;
  }
  return true;
}

async function deliver(entry, token) {
  await queue.change(entry.number, { tried: Date.now() });
  const body = new FormData();
  for (const [name, value] of entry.fields) body.append(name, value);
  const headers = {
    "X-Lumbung-Entry": entry.owner.startsWith("person:") ? entry.owner : "link",
    "X-Lumbung-Age": String(Math.max(0, Math.round((Date.now() - entry.at) / 1000))),
    ...(token && { "X-CSRFToken": token }),
  };
  const answer = await asked(entry.url, { method: "POST", body, headers });
  return ["done", "refused", "sign-in"].includes(answer.state) ? answer : { ...answer, state: "later" };
}

/* No answer, or one that is not ours (the sign-in page of a hotel's network), is none. */
async function asked(url, options) {
  try {
    const answer = await fetch(url, { ...options, redirect: "manual", signal: AbortSignal.timeout(LONGEST) });
    return Object(await answer.json());
  } catch { return {}; }
}
