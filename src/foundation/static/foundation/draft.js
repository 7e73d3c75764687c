/* Every form keeps its draft: <form data-draft="name:person">. What is typed stays in this browser until the server
   says, by the cookie `sent`, that it was done: a connection that fails right after sending loses nothing. Sent again
   unchanged it carries its first token, so that nothing is done twice. Passwords, files and hidden fields are never
   kept; a field opts out with data-no-draft. */

const LONGEST_DAYS = 14;

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = `draft:${location.pathname}:${form.dataset.draft}`;
  let kept = read(key);
  const refused = form.querySelector("[aria-invalid=true]") !== null || form.querySelector("#faults") !== null;
  if (kept && done(kept.once)) {
    remove(key);
    kept = null;
  } else if (kept && !refused && restore(form, kept.fields)) tell(form, key, () => { kept = null; });
  form.addEventListener("input", () => write(key, { fields: typed(form), at: Date.now(), once: kept?.once, sent: kept?.sent }));
  form.addEventListener("submit", () => {
    const fields = typed(form), once = form.elements.namedItem("once");
    const again = once && kept?.once && JSON.stringify(fields) === JSON.stringify(kept.sent);
    if (again && !refused) once.value = kept.once;
    mark(form);
    write(key, { fields, at: Date.now(), once: once?.value, sent: fields });
  });
}

function mark(form) {
  if (form.elements.namedItem("draft")) return;
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "draft", value: "1" });
  form.append(field);
}

function done(token) {
  const told = document.cookie.split("; ").find((one) => one.startsWith("sent="));
  return Boolean(token && told && told.slice(5).split(".").includes(token));
}

function keepable(field) {
  return field.name && !field.disabled && !("noDraft" in field.dataset)
    && !["password", "file", "hidden", "submit", "button", "reset"].includes(field.type);
}

function typed(form) {
  const fields = [];
  for (const field of form.elements) {
    if (!keepable(field)) continue;
    if (field.type === "checkbox" || field.type === "radio") fields.push([field.name, field.value, field.checked]);
    else if (field.type === "select-multiple") for (const one of field.options) fields.push([field.name, one.value, one.selected]);
    else fields.push([field.name, field.value]);
  }
  return fields;
}

function restore(form, fields) {
  const before = JSON.stringify(typed(form));
  const taken = new Map();
  for (const [name, value, on] of fields) {
    const same = [...form.elements].filter((field) => field.name === name && keepable(field));
    if (on === undefined) {
      const place = taken.get(name) ?? 0;
      taken.set(name, place + 1);
      if (same[place]) same[place].value = value;
    } else if (same[0]?.type === "select-multiple") {
      for (const one of same[0].options) if (one.value === value) one.selected = on;
    } else {
      for (const field of same) if (field.value === value) field.checked = on;
    }
  }
  return JSON.stringify(typed(form)) !== before;
}

function tell(form, key, forget) {
  const notice = document.createElement("p");
  notice.className = "notice info";
  notice.setAttribute("role", "status");
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "link";
  drop.textContent = form.dataset.draftDrop;
  drop.addEventListener("click", () => { remove(key); forget(); form.reset(); notice.remove(); });
  notice.append(form.dataset.draftRestored, " ", drop);
  form.prepend(notice);
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    if (kept && Date.now() - kept.at < LONGEST_DAYS * 86_400_000) return kept;
  } catch { /* storage is closed, or holds something else */ }
  remove(key);
  return null;
}

function write(key, kept) {
  try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* full or closed: the form works without */ }
}

function remove(key) {
  try { localStorage.removeItem(key); } catch { /* closed */ }
}
