/* Forms marked data-entry may be filled without a signal: what was entered is written down in this browser first, then
   sent by the worker. Where a browser has no worker, the form is sent as always. */
(async () => {
  const bar = document.getElementById("entries"), words = bar.dataset;
  const forms = [...document.querySelectorAll("form[data-entry]")], list = document.getElementById("waiting");
  if (!navigator.serviceWorker || !self.indexedDB) return;

  const news = new BroadcastChannel("lumbung");
  const here = location.pathname, from = decodeURIComponent(location.hash.slice(1));
  const person = words.person ?? await queue.known("person");
  const isMine = ({ owner }) => (owner.startsWith("person:") ? owner === person : here.startsWith(owner) || from.startsWith(owner));
  const mine = async () => (await queue.all()).filter(isMine);
  const links = forms.map((form) => form.dataset.owner).filter((owner) => !owner.startsWith("person:"));

  document.querySelector("#main > .inner").prepend(bar);
  news.addEventListener("message", show);
  if (forms.length || list) await register();
  tellCopy();
  tellDone();
  forms.forEach(prepare);
  await show();
  poke();
  addEventListener("online", poke);
  addEventListener("pageshow", show);
  setInterval(poke, 30_000);
  document.getElementById("send-now")?.addEventListener("click", poke);

  async function register() {
    try { await navigator.serviceWorker.register("/pekerja.js", { updateViaCache: "none" }); } catch (problem) { console.warn(problem); }
  }

  async function active() {
    return (await navigator.serviceWorker.getRegistration())?.active;
  }

  async function poke() {
    if (navigator.onLine && (await mine()).some((entry) => entry.state === "waiting")) (await active())?.postMessage("send");
  }

  async function show() {
    const entries = await mine(), waiting = entries.filter((entry) => entry.state === "waiting").length;
    const refused = entries.length - waiting;
    const told = [waiting && count(words.one, words.many, waiting), refused && count(words.oneRefused, words.manyRefused, refused)];
    const link = document.createElement("a");
    link.href = `${words.page}${links[0] ? `#${links[0]}` : ""}`;
    link.textContent = words.see;
    bar.hidden = !entries.length || list !== null;
    bar.classList.toggle("stop", refused > 0);
    const text = told.filter(Boolean).join(" ");
    if (bar.dataset.told !== text) bar.replaceChildren(text, " ", link);
    bar.dataset.told = text;
    if (list) fill(entries);
  }

  function count(one, many, number) {
    return (number === 1 ? one : many).replace("[n]", new Intl.NumberFormat(document.documentElement.lang).format(number));
  }

  function moment(at) {
    return new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }).format(at);
  }

  /* The form */
  function prepare(form) {
    const number = Number(new URLSearchParams(from).get("entry"));
    let mended = null, busy = false;
    renew(form);
    if (number) mend();
    form.addEventListener("submit", submit);

    async function mend() {
      const entry = await queue.get(number);
      if (entry?.state !== "refused" || !isMine(entry) || entry.name !== form.dataset.entry) return;
      mended = entry;
      refill(form, entry.fields);
      form.elements.entry_key.value = entry.key;
      say(form, "stop", entry.sentence);
    }

    function submit(event) {
      if (!navigator.serviceWorker.controller) return;
      event.preventDefault();
      if (!busy) {
        busy = true;
        take(event.submitter).finally(() => { busy = false; });
      }
    }

    async function take(button) {
      let entry;
      say(form, "info", words.sending);
      try {
        entry = await written(form, button, mended);
        entry.number = await queue.put(entry);
      } catch { return HTMLFormElement.prototype.submit.call(form); }
      const answer = await outcome(entry.number);
      await show();
      if (answer.state === "done") {
        sessionStorage.setItem("lumbung.done", answer.sentence);
        return location.assign(answer.address || here);
      }
      if (answer.state === "refused") {
        mended = await queue.get(entry.number);
        return say(form, "stop", answer.sentence);
      }
      mended = null;
      form.reset();
      renew(form);
      return say(form, "wait", answer.state === "sign-in" ? words.signIn : words.kept);
    }
  }

  function renew(form) {
    form.elements.entry_key.value = crypto.randomUUID();
    for (const day of form.querySelectorAll("[data-day]")) day.value = moved(day.defaultValue);
  }

  /* Today as the page said it, on a copy from yesterday, is yesterday: it moves on by as many days as have passed. */
  function moved(written) {
    const [day, month, year] = written.split("/").map(Number), copied = Number(document.documentElement.dataset.copied);
    const midnight = (at) => new Date(at).setHours(0, 0, 0, 0);
    if (!copied || !year) return written;
    const now = new Date(year, month - 1, day + Math.round((midnight(Date.now()) - midnight(copied)) / 86_400_000));
    return `${now.getDate()}/${now.getMonth() + 1}/${now.getFullYear()}`;
  }

  async function written(form, button, mended) {
    const fields = [];
    for (const [name, value] of new FormData(form, button)) {
      if (name === "csrfmiddlewaretoken") continue;
      const before = mended?.fields.filter(([other, blob]) => other === name && blob instanceof Blob) ?? [];
      if (!(value instanceof Blob)) fields.push([name, value]);
      else if (value.size) fields.push([name, await shrunk(value)]);
      else fields.push(...before);
    }
    return {
      ...(mended && { number: mended.number }),
      key: form.elements.entry_key.value, owner: form.dataset.owner, url: form.action, page: here,
      name: form.dataset.entry, title: document.querySelector("h1")?.textContent.trim() ?? document.title,
      typed: typed(form), fields, at: mended?.at ?? Date.now(), state: "waiting", sentence: "",
    };
  }

  function typed(form) {
    const told = [];
    for (const field of form.elements) {
      if (!field.name || !field.labels?.length || "noDraft" in field.dataset || field.type === "password") continue;
      if ((field.type === "checkbox" || field.type === "radio") && !field.checked) continue;
      const value = field.selectedOptions?.[0]?.textContent ?? (field.type === "file" ? field.files[0]?.name : field.value);
      if (value) told.push([field.labels[0].firstChild.textContent.trim(), field.type === "checkbox" ? "✓" : value.trim()]);
    }
    return told;
  }

  /* On the phone already: the signal is dear. */
  async function shrunk(file) {
    try {
      const picture = await createImageBitmap(file), part = Math.min(1, 1600 / Math.max(picture.width, picture.height));
      const canvas = Object.assign(document.createElement("canvas"), { width: picture.width * part, height: picture.height * part });
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((made) => { canvas.toBlob(made, "image/jpeg", 0.85); });
      return blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: blob.type }) : file;
    } catch { return file; }
  }

  /* What became of an entry, as far as it is known within eight seconds. */
  function outcome(number) {
    return new Promise((known) => {
      const later = async () => known(await queue.get(number) ?? { state: "done", sentence: "" });
      news.addEventListener("message", ({ data }) => { if (data.number === number) known(data); });
      setTimeout(later, 8_000);
      active().then(async (worker) => {
        (await navigator.serviceWorker.ready).sync?.register("lumbung").catch(() => {});
        if (navigator.onLine) worker.postMessage("send");
        else later();
      });
    });
  }

  function refill(form, fields) {
    const taken = {};
    for (const field of form.elements) {
      const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (field.type === "select-multiple") for (const one of field.options) one.selected = values.includes(one.value);
      else if (!["file", "hidden", "submit"].includes(field.type) && values.length) {
        taken[field.name] = (taken[field.name] ?? -1) + 1;
        field.value = values[taken[field.name]] ?? "";
      }
    }
  }

  function say(form, kind, sentence) {
    let notice = form.querySelector(":scope > .notice[role=status]");
    if (!notice) {
      notice = document.createElement("p");
      notice.setAttribute("role", "status");
      notice.tabIndex = -1;
      form.prepend(notice);
    }
    notice.className = `notice ${kind}`;
    notice.textContent = sentence;
    notice.focus();
  }

  /* The page */
  function tellDone() {
    const sentence = sessionStorage.getItem("lumbung.done");
    sessionStorage.removeItem("lumbung.done");
    if (sentence) tell("good", sentence);
  }

  function tellCopy() {
    const at = Number(document.documentElement.dataset.copied);
    if (at) tell("info", words.copied.replace("[when]", moment(at)));
  }

  function tell(kind, sentence) {
    const notice = Object.assign(document.createElement("p"), { className: `notice ${kind}`, textContent: sentence });
    notice.setAttribute("role", "status");
    bar.after(notice);
  }

  /* The list of what waits */
  function fill(entries) {
    document.getElementById("nothing").hidden = entries.length > 0;
    document.getElementById("some").hidden = !entries.length;
    list.replaceChildren(...entries.map((entry) => row(entry)));
  }

  function row(entry) {
    const made = document.getElementById("row").content.cloneNode(true), at = (name) => made.querySelector(`[data-part=${name}]`);
    const refused = entry.state === "refused";
    at("title").textContent = entry.title;
    at("at").textContent = moment(entry.at);
    at("typed").textContent = entry.typed.map(([label, value]) => `${label}: ${value}`).join(" · ");
    at("sentence").textContent = entry.sentence;
    at("sentence").parentNode.hidden = at("mend").parentNode.hidden = !refused;
    at("waiting").hidden = refused;
    at("refused").hidden = !refused;
    at("mend").href = `${entry.page}#entry=${entry.number}`;
    at("tried").hidden = refused || !entry.tried;
    at("remove").addEventListener("click", async () => { await queue.remove(entry.number); news.postMessage({}); await show(); });
    return made;
  }
})();
