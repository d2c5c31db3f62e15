// A document of questions as a form: reads its questions from the rows of the paper table ([data-item], "ID@STAMP") and
// their fields from the templates #card and #extra, so that every fillable document shares this file.
//
//   data-field="a.b"   where an answer's (or, in #head, the round's) value is kept and saved
//   data-when="x|y"    shown for these choices, or when something is written in it
//   data-part          the round's own rows of a list, saved as a list: one line each
//
// Nothing leaves the device: answers are kept in this browser on every change, and Save makes a file.
'use strict';
(() => {
  const id = name => document.getElementById(name);
  const form = id('form');
  if (!form) return;
  const data = JSON.parse(id('form-data').textContent);
  const words = data.words;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

  // ---- Quantities. The same rules as in the program; tests/it/browser feeds both the same table.

  /** Reads "1,5 h": {value, unit (its key, or as written), base, factor} or {wrong: key of a message, word}. */
  function quantity(written) {
    const text = written.trim().replace(/[\u00a0\u202f]/g, ' ');
    const digits = text.replace(/^[-\u2212+]+/, '');
    const end = digits.search(/[^0-9., ]/);
    const figure = (end < 0 ? digits : digits.slice(0, end)).trimEnd();
    const word = (end < 0 ? '' : digits.slice(end)).trim();
    if (!/^[0-9]/.test(figure)) return { wrong: 'no_number' };
    const groups = figure.split(' ');
    if (groups.slice(1).some(group => group.split(/[.,]/)[0].length !== 3)) return { wrong: 'two_numbers' };
    const plain = groups.join('').replaceAll(',', '.');
    let value = /^[0-9]+(\.[0-9]*)?$/.test(plain) ? Number(plain) : NaN;
    if (!(value < 1e12) || /[0-9]/.test(word)) return { wrong: 'unclear' };
    if ([...word].length > 40) return { wrong: 'long_unit' };
    if (/^[-\u2212]/.test(text)) value = -value;
    const folded = word.split(/\s+/).join(' ').toLowerCase();
    const key = word === '' || Object.hasOwn(data.bases, word) ? word : Object.hasOwn(data.units, folded) ? data.units[folded] : undefined;
    const unit = key ?? word;
    if (value < 0 && unit !== '°C' && key !== undefined) return { wrong: 'negative' };
    const [base, factor] = conversion(unit);
    return { value, unit, word, base, factor };
  }

  /** The base unit that a unit converts to, and how many of those it is. */
  function conversion(unit) {
    return Object.hasOwn(data.bases, unit) ? data.bases[unit] : [unit, 1];
  }

  /** A bare number is in the unit that stands beside its blank. */
  function spelled(measure, written) {
    const text = written.trim();
    return measure?.unit && /^[-\u2212+]*[0-9][0-9., \u00a0\u202f]*$/.test(text) ? `${text} ${measure.unit}` : text;
  }

  /** What one observation, a value or "18/20", comes to: {passed, of} or {wrong, word}. */
  function observation(measure, written) {
    const [, some, all] = written.match(/^([0-9]+)\s*\/\s*([0-9]+)$/) ?? [];
    if (all !== undefined) {
      const passed = Number(some), of = Number(all);
      return of === 0 || passed > of || of > MOST ? { wrong: 'share' } : { passed, of };
    }
    if (!measure) return { wrong: 'share' };
    const read = quantity(spelled(measure, written));
    if (read.wrong) return read;
    const [base, scale] = conversion(measure.unit);
    if (read.base !== base) return { wrong: measure.unit ? 'unit' : 'bare', word: read.word };
    const value = read.value * read.factor, low = measure.low * scale;
    const high = measure.bound === 'between' ? measure.high * conversion(measure.highUnit)[1] : low;
    if (base === '%' && value > 100 && Math.max(low, high) <= 100) return { wrong: 'over' };
    const slack = NEAR * Math.max(Math.abs(value), Math.abs(low), 1);
    const over = value + slack >= low, under = value <= high + slack;
    return { passed: Number({ 'at-least': over, between: over && under }[measure.bound] ?? under), of: 1 };
  }
  // Comparing figures forgives what binary fractions lose; so many observations of one standard are believed.
  const NEAR = 1e-9, MOST = 1000000;

  /** Judges what was observed, a text for each observation: {verdict: met | not met, passed, of} or {wrong, word} or {}. */
  function judge(measure, observed) {
    let passed = 0, of = 0;
    for (const text of observed.map(text => text.trim()).filter(Boolean)) {
      const one = observation(measure, text);
      if (one.wrong) return one;
      passed += one.passed;
      of += one.of;
    }
    if (of > MOST) return { wrong: 'share' };
    return of ? { passed, of, verdict: passed + NEAR >= (measure?.share ?? 1) * of ? 'met' : 'not met' } : {};
  }

  // ---- The round: what is kept.

  const CHOICE = form.dataset.choice;
  const LIST = form.dataset.list;
  const REQUIRED = (form.dataset.require ?? '').split(';').filter(Boolean).map(rule => rule.split('='));
  // The choices that ask for more than themselves.
  const ASKING = new Set([...id('extra').content.querySelectorAll('[data-when]')].flatMap(part => part.dataset.when.split('|')));
  const PREFIX = 'gamma-ok:';
  const own = { key: data.key, kind: data.kind, book: data.book, language: data.language, fixed: data.fixed };
  let round;
  let isUnsaved = false;

  const get = (object, path) => path.split('.').reduce((at, key) => at?.[key], object) ?? null;
  function set(object, path, value) {
    const [key, inner] = path.split('.');
    const at = inner ? object[key] ??= {} : object;
    if (value === null || value === '' || (Array.isArray(value) && !value.length)) delete at[inner ?? key];
    else at[inner ?? key] = value;
    // A group without anything in it is none.
    if (inner && !Object.keys(at).length) delete object[key];
  }

  const twoDigits = n => String(n).padStart(2, '0');
  function now() {
    const d = new Date();
    return `${d.getFullYear()}-${twoDigits(d.getMonth() + 1)}-${twoDigits(d.getDate())}T${twoDigits(d.getHours())}:${twoDigits(d.getMinutes())}`;
  }
  function fresh() {
    const bytes = crypto.getRandomValues(new Uint8Array(4));
    const head = {};
    for (const field of headFields) {
      const start = field.hasAttribute('data-now') ? now() : field.querySelector('[selected]')?.value;
      if (start) head[field.dataset.field] = start;
    }
    return { ...own, round: [...bytes].map(b => b.toString(16).padStart(2, '0')).join(''), head, answers: {}, touched: 0 };
  }

  // Asking for the storage may itself be refused.
  const store = (() => {
    try {
      localStorage.setItem(`${PREFIX}try`, '1');
      localStorage.removeItem(`${PREFIX}try`);
      return localStorage;
    } catch { return null; }
  })();

  function keep() {
    isUnsaved = true;
    round.touched = Date.now();
    delete round.saved;
    write();
  }
  function write() {
    if (!store) return;
    try {
      store.setItem(PREFIX + round.round, JSON.stringify(round));
      trouble('');
    } catch { trouble(words.trouble.full); }
  }
  function kept() {
    if (!store) return [];
    const found = [];
    for (let at = 0; at < store.length; at += 1) {
      const key = store.key(at);
      if (!key.startsWith(PREFIX)) continue;
      try {
        const one = JSON.parse(store.getItem(key));
        if (one.round && one.answers && one.head && one.kind === data.kind && one.book === data.book) found.push(one);
      } catch { /* Not one of ours, or cut short: it stays as it is. */ }
    }
    return found.sort((a, b) => b.touched - a.touched);
  }

  // ---- Saying things.

  let isFull = false;
  function trouble(text) {
    isFull = text !== '';
    const box = id('trouble');
    if (box.textContent === text) return;
    box.textContent = text;
    box.hidden = !text;
  }
  let saying;
  function say(text) {
    id('said').textContent = text;
    clearTimeout(saying);
    saying = setTimeout(() => { id('said').textContent = ''; }, 15000);
  }

  // ---- Cards: one for each row of the paper.

  const headFields = [...id('head').querySelectorAll('[data-field]')];
  const rows = new Map();
  const cards = new Map();
  const sectionOf = new Map();
  // Sections whose cards are still to be made, with their rows.
  const waiting = new Map();

  function measureOf(ref) {
    const d = rows.get(ref)?.dataset;
    if (!d?.bound) return null;
    return { bound: d.bound, low: Number(d.low), unit: d.unit, high: Number(d.high), highUnit: d.highUnit ?? d.unit, share: Number(d.share) };
  }

  /** Fills a template's [data-copy] slots with what stands in the row's cells. */
  function copy(node, row) {
    for (const slot of node.querySelectorAll('[data-copy]')) {
      const from = row.querySelector(`.${slot.dataset.copy}`);
      if (from) slot.append(...from.cloneNode(true).childNodes); else slot.remove();
    }
  }

  /** Finds the questions. Cards are made section by section, the first at once, so that a long list is there at once too. */
  function build() {
    let section;
    for (const row of document.querySelectorAll('.paper tr')) {
      const ref = row.dataset.item;
      if (row.classList.contains('phase')) {
        section = document.createElement('section');
        section.append(titled('h2', row));
        waiting.set(section, []);
        id('cards').append(section);
      } else if (ref !== undefined || row.classList.contains('step')) waiting.get(section).push(row);
      if (ref === undefined) continue;
      rows.set(ref, row);
      sectionOf.set(ref, section);
    }
    for (const [section, list] of waiting) section.style.minHeight = `${list.length * 13}rem`;
    const near = new IntersectionObserver(seen => seen.forEach(one => one.isIntersecting && make(one.target)), { rootMargin: '1500px' });
    const until = performance.now() + 150;
    const makeNext = () => {
      const [next] = waiting.keys();
      if (next) make(next);
      return next;
    };
    while (performance.now() < until && makeNext());
    for (const left of waiting.keys()) near.observe(left);
    // The rest when there is time, so that the browser's own search finds every question.
    const idle = globalThis.requestIdleCallback ?? (call => setTimeout(call, 20));
    const goOn = () => { if (makeNext()) idle(goOn); };
    idle(goOn);
  }

  function titled(level, row) {
    const title = document.createElement(level);
    title.append(...row.cells[0].cloneNode(true).childNodes);
    return title;
  }

  /** Makes the cards of a section, if they are still to be made. */
  function make(section) {
    const list = waiting.get(section);
    if (!list) return;
    waiting.delete(section);
    const template = id('card').content.firstElementChild;
    section.append(...list.map(row => {
      const ref = row.dataset.item;
      if (ref === undefined) return titled('h3', row);
      const card = template.cloneNode(true);
      card.dataset.ref = ref;
      copy(card, row);
      for (const radio of card.querySelectorAll('[type=radio]')) radio.name = ref;
      if (!row.dataset.bound) for (const part of card.querySelectorAll('[data-if=measure]')) part.remove();
      cards.set(ref, card);
      return card;
    }));
    section.style.minHeight = '';
    for (const row of list) if (round && row.dataset.item in round.answers) show(row.dataset.item);
  }

  function cardOf(ref) {
    make(sectionOf.get(ref));
    return cards.get(ref);
  }

  /** The part of a card that most answers do without: made when it is first needed. */
  function extra(card) {
    let node = card.querySelector('.extra');
    if (!node) {
      node = id('extra').content.firstElementChild.cloneNode(true);
      card.append(node);
    }
    return node;
  }

  /** Whether a rule of data-require holds: for that choice, or ("+group") once something of a group is written. */
  function asks(when, answer) {
    return when.startsWith('+') ? Boolean(answer[when.slice(1)]) : when === answer[CHOICE];
  }
  const answerOf = ref => round.answers[ref] ?? {};
  function isComplete(ref) {
    const answer = answerOf(ref), chosen = answer[CHOICE];
    return Boolean(chosen) && REQUIRED.every(([when, path]) => !asks(when, answer) || get(answer, path)?.trim());
  }

  function put(field, value) {
    if (field.type === 'radio') field.checked = field.value === value;
    else if (field.value !== (value ?? '')) field.value = value ?? '';
  }

  /** Shows an answer on its card. */
  function show(ref) {
    const card = cards.get(ref);
    if (!card) return;
    const answer = answerOf(ref), chosen = answer[CHOICE] ?? '';
    const lists = ASKING.has(chosen);
    const written = Object.keys(answer).some(key => ![CHOICE, 'observed', 'by'].includes(key));
    const counted = !measureOf(ref) && answer.observed;
    if (lists || written || counted || card.dataset.open) extra(card).hidden = false;
    else if (card.querySelector('.extra')) card.querySelector('.extra').hidden = true;
    card.querySelector('[data-do=extra]')?.setAttribute('aria-expanded', String(Boolean(card.querySelector('.extra:not([hidden])'))));
    showObserved(card, answer.observed ?? []);
    for (const field of card.querySelectorAll('[data-field]:not([data-field=observed])')) put(field, get(answer, field.dataset.field));
    for (const part of card.querySelectorAll('[data-when]')) {
      const filled = [...part.querySelectorAll('[data-field]')].some(field => get(answer, field.dataset.field));
      part.hidden = !part.dataset.when.split('|').includes(chosen) && !filled;
    }
    for (const [when, path] of REQUIRED) {
      const field = card.querySelector(`[data-field="${path}"]`);
      if (field) field.required = asks(when, answer);
    }
    card.dataset.chosen = chosen;
    card.toggleAttribute('data-lacks', Boolean(chosen) && !isComplete(ref));
    const verdict = card.querySelector('.verdict');
    const extraVerdict = card.querySelector('.extra .verdict');
    const text = said(ref, answer);
    if (verdict) verdict.textContent = extraVerdict && verdict !== extraVerdict ? '' : text;
    if (extraVerdict) extraVerdict.textContent = text;
    const unfit = Boolean(judge(measureOf(ref), answer.observed ?? []).wrong);
    for (const field of card.querySelectorAll('[data-field=observed]')) field.setAttribute('aria-invalid', String(unfit));
  }

  function showObserved(card, observed) {
    const list = card.querySelector('.values');
    if (list) {
      const wanted = Math.max(1, observed.length);
      while (list.children.length < wanted) list.append(list.children[0].cloneNode(true));
      while (list.children.length > wanted) list.lastElementChild.remove();
      [...list.querySelectorAll('input')].forEach((input, at) => put(input, observed[at] ?? ''));
    }
    const pair = card.querySelectorAll('[data-count]');
    const [passed, of] = (observed[0] ?? '').includes('/') ? observed[0].split('/') : ['', ''];
    if (pair.length) [passed, of].forEach((value, at) => put(pair[at], value));
  }

  /** What the program would make of the observed values, in words. */
  function said(ref, answer) {
    const wanted = measureOf(ref), judged = judge(wanted, answer.observed ?? []);
    const unit = rows.get(ref).dataset.unitName ?? wanted?.unit ?? '';
    if (judged.wrong) return fill(words.value[judged.wrong], { word: judged.word, unit });
    if (!judged.verdict) return '';
    const told = words.verdict[judged.verdict === 'met' ? 'met' : 'not_met'];
    const counts = judged.of > 1 ? `${judged.passed}/${judged.of}: ${told}` : told;
    return answer[CHOICE] && answer[CHOICE] !== judged.verdict ? `${counts} ${words.verdict.against}` : counts;
  }

  function showHead() {
    for (const field of headFields) put(field, round.head[field.dataset.field]);
    const bySelf = id('said-round');
    bySelf.textContent = name(round) + (round.saved ? ` · ${words.saved}` : '');
  }

  function showProgress() {
    let done = 0, lacking = 0;
    const chosen = {};
    for (const ref of rows.keys()) {
      const choice = answerOf(ref)[CHOICE];
      if (isComplete(ref)) done += 1; else if (choice) lacking += 1;
      if (choice) chosen[choice] = (chosen[choice] ?? 0) + 1;
    }
    const parts = [fill(words.progress, { done, all: rows.size })];
    for (const radio of id('card').content.querySelectorAll('[type=radio]')) {
      if (radio.hasAttribute('data-told') && chosen[radio.value]) parts.push(`${radio.dataset.told}: ${chosen[radio.value]}`);
    }
    if (lacking) parts.push(fill(words.lacking, { n: lacking }));
    id('bar-progress').max = rows.size;
    id('bar-progress').value = done;
    if (id('progress').textContent !== parts.join(' · ')) id('progress').textContent = parts.join(' · ');
    id('undo').disabled = !past.length;
    return { done, lacking };
  }

  const shown = new Set();
  function showAll() {
    for (const ref of Object.keys(round.answers)) shown.add(ref);
    for (const ref of shown) show(ref);
    showHead();
    showProgress();
    showRounds();
  }

  // ---- Changing and undoing.

  let past = [];
  let typing = '';
  function change(ref, path, value) {
    const spot = `${ref} ${path}`;
    const before = JSON.stringify(ref ? round.answers[ref] ?? {} : round.head);
    const target = ref ? round.answers[ref] ??= {} : round.head;
    if (path === 'observed') observe(ref, target, value);
    else {
      set(target, path, value);
      if (path === CHOICE) delete target.by;
    }
    if (ref && !Object.keys(target).length) delete round.answers[ref];
    if (typing !== spot) past.push({ ref, before });
    typing = spot;
    keep();
    if (ref) show(ref); else showHead();
    showProgress();
    if (!isListed) showRounds();
    shown.add(ref);
  }

  /** The answer follows what was observed, until somebody answers by hand. */
  function observe(ref, answer, observed) {
    set(answer, 'observed', observed.some(text => text.trim()) || observed.length > 1 ? observed : null);
    if (answer[CHOICE] && answer.by !== 'value') return;
    const { verdict } = judge(measureOf(ref), observed);
    if (verdict) {
      answer[CHOICE] = verdict;
      answer.by = 'value';
    } else {
      delete answer[CHOICE];
      delete answer.by;
    }
  }

  function undo() {
    const last = past.pop();
    if (!last) return;
    typing = '';
    if (last.ref) {
      round.answers[last.ref] = JSON.parse(last.before);
      if (last.before === '{}') delete round.answers[last.ref];
    } else round.head = JSON.parse(last.before);
    keep();
    if (last.ref) show(last.ref); else showHead();
    showProgress();
    reach(last.ref ? cardOf(last.ref) : id('head'));
    say(words.undone);
  }

  // ---- Moving about.

  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  function reach(node, field) {
    if (!node) return;
    node.scrollIntoView({ block: 'center', behavior: calm.matches ? 'auto' : 'smooth' });
    (field ?? node.querySelector('[type=radio]:checked, [type=radio]') ?? node.querySelector('input'))?.focus({ preventScroll: true });
  }
  function next() {
    const order = [...rows.keys()];
    const here = order.indexOf(document.activeElement?.closest?.('[data-ref]')?.dataset.ref ?? lastRef);
    // A reason that lacks is asked for before the next item is.
    const stays = cards.get(order[here])?.hasAttribute('data-lacks') && !document.activeElement.matches(':required');
    const from = stays ? here : here + 1;
    const found = [...order.slice(from), ...order.slice(0, from)].find(ref => !isComplete(ref));
    if (!found) {
      say(words.complete);
      id('save').focus();
      return;
    }
    lastRef = found;
    const card = cardOf(found);
    reach(card, card.querySelector('.extra:not([hidden]) :required:placeholder-shown'));
  }
  let lastRef = '';

  // ---- Rounds on this device.

  const when = text => {
    const at = new Date(text);
    return Number.isNaN(at.getTime()) ? text : new Intl.DateTimeFormat(data.language === 'en' ? 'en-GB' : data.language, { dateStyle: 'medium', timeStyle: text.includes('T') ? 'short' : undefined }).format(at);
  };
  const name = one => [one.head.date && when(one.head.date), one.head.visit, one.head.auditor || one.head.reviewers].filter(Boolean).join(' · ') || one.round;

  let isListed = false;
  function showRounds() {
    const list = id('rounds-list'), all = kept();
    list.replaceChildren(...all.map(one => {
      const item = id('round-row').content.firstElementChild.cloneNode(true), isOwn = one.key === data.key;
      const answered = Object.values(one.answers).filter(answer => answer[CHOICE]).length;
      const told = [name(one), fill(words.rounds.answers, { n: answered }), one.saved && words.saved, !isOwn && words.rounds.other];
      item.querySelector('.name').textContent = told.filter(Boolean).join(' · ');
      for (const button of item.querySelectorAll('button')) {
        button.dataset.round = one.round;
        button.setAttribute('aria-label', `${button.textContent}: ${name(one)}`);
        // A round of another version of this document has other questions: it can be saved, and not gone on with.
        if (button.dataset.do === (isOwn ? 'save-round' : 'open-round')) button.remove();
      }
      if (one.round === round.round) item.setAttribute('aria-current', 'true');
      return item;
    }));
    id('rounds-count').textContent = String(all.length);
    isListed = all.some(one => one.round === round.round);
  }

  function go(one) {
    round = one;
    past = [];
    typing = '';
    showAll();
  }

  const doing = {
    extra(button) {
      const card = button.closest('[data-ref]'), node = card.querySelector('.extra');
      card.dataset.open = node && !node.hidden ? '' : 'yes';
      show(card.dataset.ref);
      card.querySelector('.extra:not([hidden]) textarea, .extra:not([hidden]) input')?.focus();
    },
    another(button) {
      const card = button.closest('[data-ref]'), values = observedIn(card);
      if (!values.at(-1)?.trim()) { card.querySelector('.values input:placeholder-shown')?.focus(); return; }
      change(card.dataset.ref, 'observed', [...values, '']);
      card.querySelector('.values').lastElementChild.querySelector('input').focus();
    },
    undo, next, save: () => save(round),
    'new-round'() {
      go(fresh());
      id('rounds').open = false;
      reach(id('head'), headFields[0]);
      say(words.rounds.begun);
    },
    'open-round'(button) {
      const one = kept().find(one => one.round === button.dataset.round);
      if (!one) return;
      go(one);
      say(fill(words.rounds.opened, { name: name(one) }));
    },
    'save-round'(button) {
      const one = kept().find(one => one.round === button.dataset.round);
      if (one) save(one);
    },
    'delete-round'(button) {
      const one = kept().find(one => one.round === button.dataset.round);
      if (!one || !confirm(fill(words.rounds.sure, { name: name(one) }))) return;
      store.removeItem(PREFIX + one.round);
      if (one.round === round.round) go(fresh()); else showRounds();
      say(words.rounds.deleted);
    },
    'open-file': () => id('file').click(),
  };

  // ---- Saving to a file, and reading one.

  const itemFields = [...new Set([id('card'), id('extra')].flatMap(part => [...part.content.querySelectorAll('[data-field]')]).map(field => field.dataset.field))];
  const trimmed = value => (typeof value === 'string' ? value.trim() || null : value ?? null);
  const lines = text => (text ?? '').split('\n').map(line => line.trim()).filter(Boolean);

  function saved(ref, answer) {
    const [standard, stamp] = ref.split('@'), out = { standard, stamp };
    for (const path of itemFields) {
      const [key, inner] = path.split('.');
      if (path === 'observed') {
        const seen = (answer.observed ?? []).filter(text => text.trim()).map(text => spelled(measureOf(ref), text));
        out.observed = seen.length > 1 ? seen : seen[0] ?? null;
      } else if (!inner) out[key] = trimmed(answer[key]);
      else {
        out[key] ??= {};
        out[key][inner] = trimmed(answer[key]?.[inner]);
      }
    }
    for (const [key, value] of Object.entries(out)) {
      if (value && typeof value === 'object' && !Array.isArray(value) && Object.values(value).every(one => one === null)) out[key] = null;
    }
    return out;
  }

  function file(one) {
    const out = { 'gamma-ok': one.kind, version: 1, book: one.book, language: one.language, ...one.fixed };
    if ('round' in out) out.round = one.round;
    for (const field of headFields) {
      const value = one.head[field.dataset.field];
      out[field.dataset.field] = field.hasAttribute('data-part') ? lines(value) : trimmed(value);
    }
    const order = [...rows.keys()].filter(ref => ref in one.answers);
    const others = Object.keys(one.answers).filter(ref => !rows.has(ref));
    out[LIST] = [...order, ...others].map(ref => saved(ref, one.answers[ref]));
    return out;
  }

  function save(one) {
    const made = file(one);
    const parts = [data.file, made.site, made.date?.slice(0, 10), 'round' in made && made.round];
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([`${JSON.stringify(made, null, 2)}\n`], { type: 'application/json' }));
    link.download = `${parts.filter(Boolean).join('-')}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    one.saved = true;
    if (one === round) {
      isUnsaved = false;
      write();
      if (store && isFull) trouble(words.trouble.full);
    }
    const { done, lacking } = showProgress();
    const told = [fill(words.written, { file: link.download })];
    const blank = headFields.filter(field => field.required && !field.value.trim()).map(field => field.dataset.label);
    if (blank.length) told.push(fill(words.blank, { fields: blank.join(', ') }));
    if (done + lacking < rows.size) told.push(fill(words.open, { n: rows.size - done - lacking }));
    if (lacking) told.push(fill(words.lacking, { n: lacking }));
    say(told.join(' '));
    showHead();
    showRounds();
  }

  async function read(chosen) {
    let made;
    try { made = JSON.parse(await chosen.text()); } catch { return say(words.file.unreadable); }
    if (made?.['gamma-ok'] !== data.kind || !Array.isArray(made[LIST])) return say(words.file.other);
    if (made.version !== 1) return say(words.file.newer);
    for (const [key, value] of Object.entries(data.fixed)) {
      if (typeof value === 'string' && (made[key] ?? null) !== value) return say(fill(words.file.elsewhere, { place: String(made[key] ?? '–') }));
    }
    const one = fresh();
    if (/^[0-9a-f]{8}$/.test(made.round)) one.round = made.round;
    const text = value => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');
    for (const field of headFields) {
      const value = made[field.dataset.field];
      set(one.head, field.dataset.field, Array.isArray(value) ? value.map(text).join('\n') : text(value));
    }
    let strange = 0;
    for (const entry of made[LIST]) {
      const ref = `${text(entry?.standard)}@${text(entry?.stamp)}`;
      if (!/^[a-z0-9.-]+@[0-9a-f]{8}$/.test(ref)) continue;
      if (!rows.has(ref)) strange += 1;
      const answer = {};
      for (const path of itemFields) {
        const value = get(entry, path);
        if (path === 'observed') set(answer, path, [value ?? []].flat().map(text).filter(Boolean));
        else set(answer, path, text(value));
      }
      one.answers[ref] = answer;
    }
    const twin = kept().find(other => other.round === one.round);
    if (twin && !confirm(fill(words.file.replace, { name: name(twin) }))) return undefined;
    go(one);
    keep();
    showAll();
    return say([fill(words.rounds.opened, { name: name(one) }), strange ? fill(words.file.strange, { n: strange }) : ''].join(' ').trim());
  }

  // ---- On paper: the answers so far stand in the printed table.

  function print() {
    const label = new Map();
    for (const [ref, row] of rows) {
      const answer = answerOf(ref);
      for (const cell of row.querySelectorAll('[data-choice]')) {
        const box = cell.querySelector('.box');
        box.dataset.blank ??= box.textContent;
        // What the document itself has decided already stays until it is answered here.
        box.textContent = answer[CHOICE] ? (cell.dataset.choice === answer[CHOICE] ? '✓' : '') : box.dataset.blank;
      }
      for (const cell of row.querySelectorAll('[data-paper]')) {
        cell.dataset.blank ??= cell.textContent;
        const texts = cell.dataset.paper.split(' ').flatMap(path => (path === 'observed' ? (answer.observed ?? []).filter(Boolean).map(text => spelled(measureOf(ref), text)) : [get(answer, path)]));
        const label = cell.matches('.blank-line') ? `${cell.dataset.blank.split(':')[0]}: ` : '';
        cell.textContent = texts.some(Boolean) ? label + texts.filter(Boolean).join('; ') : cell.dataset.blank;
      }
      label.set(ref, row.querySelector('.no')?.textContent ?? '');
    }
    for (const blank of document.querySelectorAll('[data-paper-head]')) {
      blank.dataset.blank ??= blank.textContent;
      const texts = blank.dataset.paperHead.split(' ').map(path => round.head[path]).filter(Boolean);
      blank.textContent = texts.length ? `${blank.dataset.blank}: ${texts.join(' · ').replace('T', ' ')}` : blank.dataset.blank;
    }
    const body = id('paper-actions');
    if (!body) return;
    for (const row of body.querySelectorAll('[data-made]')) row.remove();
    const made = [...rows.keys()].filter(ref => answerOf(ref).action).map(ref => {
      const row = body.rows[0].cloneNode(true), action = answerOf(ref).action;
      row.dataset.made = '';
      [label.get(ref), [action.what, action.cause && `(${action.cause})`].filter(Boolean).join(' '), action.owner, action.due].forEach((text, at) => { row.cells[at].textContent = text ?? ''; });
      return row;
    });
    body.prepend(...made);
  }

  // ---- Events.

  const observedIn = card => [...card.querySelectorAll('.values input')].map(input => input.value);
  const isTyped = node => node?.matches?.('textarea, select, input:not([type=radio])');

  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('input', event => {
    const field = event.target, card = field.closest('[data-ref]');
    if (field.dataset.count) {
      const [passed, of] = [...card.querySelectorAll('[data-count]')].map(input => input.value.trim());
      change(card.dataset.ref, 'observed', passed || of ? [`${passed}/${of}`] : []);
    } else if (field.dataset.field === 'observed') change(card.dataset.ref, 'observed', observedIn(card));
    else if (field.dataset.field) change(card?.dataset.ref ?? '', field.dataset.field, field.value);
  });
  form.addEventListener('focusin', event => {
    typing = '';
    const card = event.target.closest('[data-ref]');
    if (card) lastRef = card.dataset.ref;
  });
  form.addEventListener('click', event => {
    const button = event.target.closest('[data-do]');
    if (button) doing[button.dataset.do](button);
  });
  id('file').addEventListener('change', event => {
    if (event.target.files[0]) read(event.target.files[0]);
    event.target.value = '';
  });
  document.addEventListener('keydown', event => {
    const card = event.target.closest?.('[data-ref]');
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z' && !isTyped(event.target)) {
      event.preventDefault();
      undo();
    } else if (event.ctrlKey || event.metaKey || event.altKey || !card) {
      return;
    } else if (event.key === 'Enter' && event.target.matches('input')) {
      event.preventDefault();
      next();
    } else if (/^[1-9]$/.test(event.key) && !isTyped(event.target)) {
      const radio = card.querySelectorAll('.choices [type=radio]')[Number(event.key) - 1];
      if (!radio) return;
      event.preventDefault();
      radio.focus({ preventScroll: true });
      change(card.dataset.ref, CHOICE, radio.value);
    }
  });
  addEventListener('beforeprint', print);
  addEventListener('beforeunload', event => { if (isUnsaved && (!store || isFull)) event.preventDefault(); });
  // The same round open in another tab: what is written there shows here.
  addEventListener('storage', event => {
    if (event.key !== PREFIX + round?.round || !event.newValue) return showRounds();
    try { go(JSON.parse(event.newValue)); } catch { /* Cut short: ours stays. */ }
    return undefined;
  });

  // ---- Beginning: where the last round stopped, unless that was saved on another day.

  build();
  const last = kept().find(one => one.key === data.key);
  go(last && !(last.saved && (last.head.date ?? '').slice(0, 10) !== now().slice(0, 10)) ? last : fresh());
  form.hidden = false;
  if (!store) trouble(words.trouble.denied);
  // For those who test the page.
  globalThis.gammaOk = Object.freeze({ quantity, judge, spelled });
})();
