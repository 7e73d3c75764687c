// Keeps the public light true within five seconds: while somebody looks, the part that changes is asked for.
// Without this module the page still tells the truth of the moment it was opened.
const EVERY = 4000;
const changing = ["light", "numbers"].map((id) => document.getElementById(id));
const address = document.querySelector("[data-fresh]").dataset.fresh;

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(address);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of changing) {
    const now = fresh.getElementById(part.id);
    if (now && now.textContent !== part.textContent && !part.contains(document.activeElement)) {
      part.replaceChildren(...now.childNodes);
    }
  }
}

setInterval(() => refresh().catch(() => {}), EVERY);
document.addEventListener("visibilitychange", () => refresh().catch(() => {}));
