/* What is measured on a page; each function returns what is wrong, in words. Run by looking.py. */
({
measure: (target, textTarget) => {
  const wrong = [];
  const name = e => `<${e.tagName.toLowerCase()}> ` +
    (e.getAttribute('aria-label') || e.innerText || e.textContent || e.name || '').trim().replace(/\s+/g, ' ').slice(0, 60);
  const shown = e => { const box = e.getBoundingClientRect(); const style = getComputedStyle(e);
    return box.width > 1 && box.height > 1 && style.visibility === 'visible' && !e.closest('.hide, .skip'); };
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) wrong.push(`scrolls ${wide} px sideways`);

  // targets: large enough, or a link in text
  for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    if (!shown(e)) continue;
    const by = e.closest('label') || e;
    const box = by.getBoundingClientRect();
    const own = e.parentElement.innerText.trim() === e.innerText.trim() && !e.closest('td, th, dd, small, code');
    const least = e.tagName === 'A' && !own ? textTarget : target;
    if (e.tagName === 'A' && !own && getComputedStyle(e).display === 'inline') continue;  // a line of text is its height
    if (Math.round(box.height) < least) wrong.push(`target of ${Math.round(box.height)} px: ${name(e)}`);
  }

  // nothing is cut off, nothing leaves the page at the side
  const edge = document.documentElement.clientWidth;
  for (const e of document.querySelectorAll('main *, header *, footer *')) {
    if (!shown(e) || e.closest('.top details:not([open])')) continue;
    const style = getComputedStyle(e);
    const clips = e.tagName !== 'INPUT' && (style.overflowX === 'hidden' || style.overflowX === 'clip');  // an input scrolls with its cursor
    if (clips && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1 && !(e instanceof SVGElement))
      wrong.push(`cut off: ${name(e)}`);
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || e.closest('thead') && getComputedStyle(e.closest('thead')).position === 'absolute') continue;
    const box = e.getBoundingClientRect();
    if (style.position !== 'absolute' && (box.left < -1 || box.right > edge + 1))
      wrong.push(`leaves the page: ${name(e)} (${Math.round(box.left)} to ${Math.round(box.right)})`);
  }

  // words of a drawing do not lie on one another
  for (const drawing of document.querySelectorAll('main svg')) {
    if (drawing.parentElement.closest('svg')) continue;
    const words = [...drawing.querySelectorAll('text')].filter(shown).map(e => [e, e.getBoundingClientRect()]);
    words.forEach(([a, p], at) => words.slice(at + 1).forEach(([b, q]) => {
      const across = Math.min(p.right, q.right) - Math.max(p.left, q.left);
      const down = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
      if (across > 2 && down > 5) wrong.push(`words collide: ${name(a)} and ${name(b)}`);
    }));
  }
  return wrong;
},

focus: () => {
  const wrong = [];
  for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    if (!e.getClientRects().length || e.disabled) continue;
    e.focus({preventScroll: true});
    if (document.activeElement !== e) continue;
    const style = getComputedStyle(e);
    if (!(style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2))
      wrong.push(`focus is not seen: ${(e.innerText || e.name || '').slice(0, 60)}`);
  }
  return wrong;
},

words: () => {
  const kept = document.cloneNode(true);
  kept.querySelectorAll('[lang]:not(html), script, style').forEach(e => e.remove());
  const said = [document.title, kept.body.textContent];
  for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'content'])
    kept.querySelectorAll(`[${name}]`).forEach(e => name === 'content' && e.name !== 'description' || said.push(e.getAttribute(name)));
  return said.join('\n');
}
})
