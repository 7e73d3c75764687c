// One tap a message: the conversation opens beside the queue, and the queue moves on to the next row.
// Without this module the conversation opens in the place of the queue, and going back shows the next row.
let opened = false;

for (const form of document.querySelectorAll("form[data-send]")) {
  form.target = "_blank";
  form.addEventListener("submit", () => {
    opened = true;
    const row = form.closest("li");
    row?.classList.add("done");
    const next = [...document.querySelectorAll("form[data-send] button")].find(
      (button) => form.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING && !form.contains(button),
    );
    next?.focus();
  });
}

document.addEventListener("visibilitychange", () => {
  if (opened && !document.hidden) location.reload();
});
