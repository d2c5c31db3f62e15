'use strict';
// Where the ways to other pages are one long row, the one to this page is in sight.
document.querySelector('header nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
/** How far the document in a frame was scrolled. */
const places = new WeakMap();
/**
 * The document in a frame; none where this page may not look into it.
 * @param {HTMLIFrameElement} frame
 */
const within = frame => {
  try { return frame.contentWindow?.document ?? null; } catch { return null; }
};
/**
 * Makes the document in a frame anew, by the same address. Where the page can see how far it was scrolled, it stays so: its parts
 * take their heights one after the other, so that once may not be enough.
 * @param {HTMLIFrameElement} frame
 */
const again = frame => {
  const shown = within(frame);
  if (shown) {
    // A page of the desk stands there while the document cannot be made: its place is kept for when it can be again.
    const { scrollX, scrollY } = shown.defaultView;
    const place = (shown.body.hasAttribute('data-now') ? places.get(frame) : null) ?? [scrollX, scrollY];
    places.set(frame, place);
    frame.addEventListener('load', () => {
      let frames = 20;
      const back = () => {
        // Somebody may have gone on in it meanwhile, to where this page sees nothing.
        const view = within(frame)?.defaultView;
        view?.scrollTo(...place);
        frames -= 1;
        if (view && frames > 0 && view.scrollY !== place[1]) requestAnimationFrame(back);
      };
      back();
    }, { once: true });
  }
  frame.src = frame.getAttribute('src');
};
// What a document beside Writing leads to is no part of it: it opens in the place of this page, and not within the frame.
for (const frame of document.querySelectorAll('iframe')) {
  const lead = () => {
    for (const link of within(frame)?.links ?? []) {
      const [from, to] = [frame.contentWindow.location.href, link.href].map(address => address.split('#')[0]);
      if (from !== to) link.target = '_top';
    }
  };
  frame.addEventListener('load', lead);
  lead();
}
// Where there is no book just now, the page comes up by itself when there is one again.
(async () => {
  if (!document.getElementById('waiting')) return;
  for (;;) {
    await new Promise(resolve => { setTimeout(resolve, 2000); });
    const answer = await fetch(location.href).catch(() => null);
    if (answer?.ok) { location.reload(); return; }
    if (answer?.status === 401) return;
  }
})();
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
    if (frame) again(frame);
  }
})();
// A table of what customers said: first what of it can be read, then it is taken in.
(() => {
  const form = document.getElementById('table');
  if (!form) return;
  const read = document.getElementById('read'), take = document.getElementById('take'), good = document.getElementById('take-good');
  const line = (text, name = 'p') => {
    const node = document.createElement(name);
    node.textContent = text;
    return node;
  };
  // What stands in another table too is taken in only by who was told so, and asks for it once more.
  let isSure = false;
  form.elements.file.addEventListener('change', () => { isSure = false; read.replaceChildren(); take.hidden = good.hidden = true; });
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const file = form.elements.file.files[0], what = event.submitter?.value, isTaken = what === 'take' || what === 'good';
    if (!file) return;
    read.replaceChildren(line(form.dataset.reading));
    const isWorkbook = /\.xlsx$/i.test(file.name);
    const kind = isWorkbook ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv';
    const headers = { 'Content-Type': kind, 'X-Desk-Token': form.dataset.token };
    const asked = [isTaken ? '' : '&try=yes', what === 'good' ? '&rows=good' : '', what === 'take' && isSure ? '&copies=yes' : ''];
    const address = `/customers?file=${encodeURIComponent(file.name)}${asked.join('')}`;
    const answer = await fetch(address, { method: 'POST', headers, body: file }).catch(() => null);
    const told = await answer?.json().catch(() => null);
    if (!told) { read.replaceChildren(line(form.dataset.failed)); return; }
    if (answer.ok && isTaken) { location.assign(told.next ?? '/customers'); return; }
    const faults = document.createElement('ul');
    faults.className = 'cards';
    for (const fault of told.faults ?? []) {
      const item = document.createElement('li');
      item.className = fault.severity;
      item.append(line(fault.place), line(fault.message));
      if (fault.help) item.append(line(fault.help));
      faults.append(item);
    }
    const copies = told.error ? [] : told.copies ?? [];
    const said = [told.error, told.said, ...told.hidden ?? [], ...copies, told.good_rows_said].filter(Boolean);
    read.replaceChildren(...said.map(text => line(text)), faults);
    isSure = what === 'take' && Boolean(told.copies?.length);
    take.hidden = !answer.ok && !isSure;
    good.hidden = !answer.ok && !isSure || !told.good_rows_said;
  });
})();
// Photographs of what was done: made small here, and sent with the form that they stand in.
(() => {
  for (const form of document.querySelectorAll('[data-sends-photographs]')) {
    const files = form.querySelector('[type=file]'), said = form.querySelector('[role=alert]');
    const say = text => { said.textContent = text; said.hidden = !text; };
    form.addEventListener('submit', async event => {
      if (!files.files.length) return;
      event.preventDefault();
      const button = form.querySelector('button');
      button.disabled = true;
      say('');
      const photographs = await Promise.all([...files.files].map(file => small(file)));
      const unreadable = photographs.includes(null);
      const { token, ...fields } = Object.fromEntries(new FormData(form));
      const headers = { 'Content-Type': 'application/json', 'X-Desk-Token': token };
      const body = JSON.stringify({ ...fields, photographs });
      const answer = unreadable ? null : await fetch(form.action, { method: 'POST', headers, body }).catch(() => null);
      const told = await answer?.json().catch(() => null);
      if (answer?.ok && told) return location.assign(told.next);
      // What somebody else wrote meanwhile is told; who sends again has seen it.
      if (told?.from) form.elements.from.value = told.from;
      button.disabled = false;
      return say(unreadable ? form.dataset.unreadable : told?.error ?? form.dataset.failed);
    });
  }
})();
// A text that is too long for its field stays whole, and what is too much is told; it is sent once it is shorter.
(() => {
  const written = new Intl.NumberFormat(document.documentElement.lang);
  for (const field of document.querySelectorAll('[data-letters]')) {
    const most = Number(field.dataset.letters), said = document.createElement('p');
    said.className = 'bad';
    said.setAttribute('role', 'status');
    (field.closest('label') ?? field).after(said);
    const look = () => {
      const letters = [...field.value.trim()].length, numbers = { letters, over: letters - most, most };
      const text = (document.body.dataset.tooLong ?? '').replace(/\{(\w+)\}/g, (_, name) => written.format(numbers[name]));
      said.textContent = letters > most ? text : '';
      field.setCustomValidity(said.textContent);
    };
    field.addEventListener('input', look);
    look();
  }
})();
// Who clicks twice means it once: a form that is on its way is not sent again. A page that comes back from memory begins anew.
(() => {
  const onTheirWay = new WeakSet();
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.method !== 'post' || event.defaultPrevented) return;
    if (onTheirWay.has(form)) event.preventDefault(); else onTheirWay.add(form);
    setTimeout(() => onTheirWay.delete(form), 5000);
  });
  addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
})();
// Rounds that were begun in this browser and are not handed in yet: the way back to them.
(() => {
  const place = document.getElementById('begun');
  if (!place) return;
  const { home, book } = document.body.dataset;
  const found = [], elsewhere = [];
  try {
    for (let n = 0; n < localStorage.length; n += 1) {
      const key = localStorage.key(n) ?? '';
      if (!/^gamma-ok:[0-9a-f]{8}$/.test(key)) continue;
      const round = JSON.parse(localStorage.getItem(key) ?? 'null');
      const isOpen = round?.kind === 'checklist' && !round.saved && Object.keys(round.answers ?? {}).length > 0;
      // The desk of another book had this port, or has it in turns with this one.
      const isOther = round?.home && round.home !== home && round.book !== book;
      if (isOpen && isOther) elsewhere.push(round);
      else if (isOpen && /^\/rounds\/form(\?|$)/.test(round.at ?? '')) found.push(round);
    }
  } catch { /* Nothing is kept here, or nothing that can be read. */ }
  found.sort((a, b) => b.touched - a.touched);
  const told = round => {
    const day = new Date(round.head?.date ?? NaN);
    const language = document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang;
    const date = Number.isNaN(day.getTime()) ? '' : new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(day);
    return [round.place, date].filter(Boolean).join(' · ');
  };
  for (const round of elsewhere) {
    const line = document.createElement('p');
    line.textContent = (place.dataset.elsewhere ?? '').replace('{book}', () => round.book).replace('{round}', () => told(round) || round.round);
    place.after(line);
  }
  if (!found.length) return;
  const most = Number(place.dataset.most);
  place.prepend(...found.slice(0, most).map((round, n) => {
    const link = document.createElement('a');
    link.className = n || place.dataset.plain !== undefined ? 'button' : 'main';
    link.href = `${round.at}#${round.round}`;
    const of_book = round.book === book ? '' : round.book;
    link.textContent = [place.dataset.goOn, told(round), of_book].filter(Boolean).join(' · ');
    return link;
  }));
  for (const other of place.querySelectorAll('[data-else]')) other.className = 'button';
})();
