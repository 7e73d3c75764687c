// Steps beside the counting fields, and the sum that must fit, while one types. Without it the server says the same.
const form = document.querySelector("form[data-counting]");
if (form) {
  const lot = Number(form.dataset.lot), sample = Number(form.dataset.sample);
  const sum = form.querySelector("output"), language = document.documentElement.lang;
  const fields = [...form.querySelectorAll("input[inputmode=numeric]")];
  const read = (field) => Number(field.value.replace(/[.\s]/g, "")) || 0;
  const write = (count) => count.toLocaleString(language);
  const tell = () => {
    const total = fields.reduce((found, field) => found + read(field), 0);
    sum.textContent = `${fields.map(read).filter(Boolean).map(write).join(" + ") || 0} = ${write(total)}`;
    const fits = total > 0 && total <= lot && (sample === lot || total === sample || total === lot);
    sum.className = fits ? "sum go-text" : "sum";
  };
  for (const field of fields) {
    const row = document.createElement("div");
    row.className = "stepped";
    field.before(row);
    for (const step of [-1, 1]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = step < 0 ? "−" : "+";
      button.setAttribute("aria-label", `${button.textContent} 1`);
      button.addEventListener("click", () => {
        field.value = String(Math.max(0, read(field) + step));
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
      row.append(button);
    }
    row.children[0].after(field);
    field.addEventListener("input", tell);
  }
  tell();
}
