'use strict';
// A page that shows what is in the book loads again what has changed, without taking anybody's place on it.
(async () => {
  const fresh = document.getElementById('fresh');
  if (!fresh) return;
  let now = document.body.dataset.now;
  for (;;) {
    const answer = await fetch(`/events?since=${now}`).catch(() => null);
    if (!answer?.ok) {
      await new Promise(resolve => { setTimeout(resolve, 2000); });
      if (answer?.status === 401) return;
      continue;
    }
    const said = await answer.json();
    if (String(said.now) === now) continue;
    now = String(said.now);
    const page = await fetch(location.href).catch(() => null);
    if (!page?.ok) continue;
    const made = new DOMParser().parseFromString(await page.text(), 'text/html').getElementById('fresh');
    if (!made) continue;
    const [before, after] = [fresh, made].map(node => node.querySelector('section'));
    if (before && after) before.replaceWith(after);
    const frame = fresh.querySelector('iframe');
    // The same address again: the document is made anew.
    if (frame) frame.src = frame.getAttribute('src');
  }
})();
// A table of what customers said: first what of it can be read, then it is taken in.
(() => {
  const form = document.getElementById('table');
  if (!form) return;
  const read = document.getElementById('read'), take = document.getElementById('take');
  const line = (text, name = 'p') => {
    const node = document.createElement(name);
    node.textContent = text;
    return node;
  };
  form.elements.file.addEventListener('change', () => { read.replaceChildren(); take.hidden = true; });
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const file = form.elements.file.files[0], isTaken = event.submitter?.value === 'take';
    if (!file) return;
    read.replaceChildren(line(form.dataset.reading));
    const headers = { 'Content-Type': 'text/csv', 'X-Desk-Token': form.dataset.token };
    const address = `/customers?file=${encodeURIComponent(file.name)}${isTaken ? '' : '&try=yes'}`;
    const answer = await fetch(address, { method: 'POST', headers, body: file }).catch(() => null);
    const told = await answer?.json().catch(() => null);
    if (!told) { read.replaceChildren(line(form.dataset.failed)); return; }
    if (answer.ok && isTaken) { location.assign('/customers'); return; }
    const faults = document.createElement('ul');
    faults.className = 'cards';
    for (const fault of told.faults ?? []) {
      const item = document.createElement('li');
      item.className = fault.severity;
      item.append(line(fault.place), line(fault.message));
      if (fault.help) item.append(line(fault.help));
      faults.append(item);
    }
    read.replaceChildren(...[told.error, told.said, told.left_out_said].filter(Boolean).map(text => line(text)), faults);
    take.hidden = !answer.ok;
  });
})();
