// Cards: one for each row of the paper table, made from the templates #card and #extra.
//
//   data-item          on a row: the question, "ID@STAMP"
//   data-field="a.b"   where an answer's (or, in #head, the round's) value is kept and saved
//   data-when="x|y"    shown for these choices, or when something is written in it
//   data-part          the round's own rows of a list, saved as a list: one line each

/** The rows of the paper by their questions. @type {Map<string, HTMLTableRowElement>} */
const rows = new Map();
/** The cards that are made. @type {Map<string, HTMLElement>} */
const cards = new Map();
/** The section that a question's card is in. @type {Map<string, HTMLElement>} */
const sectionOf = new Map();
/** Sections whose cards are still to be made, with their rows. @type {Map<HTMLElement, HTMLTableRowElement[]>} */
const waiting = new Map();
/** The fields of the round's head. */
const headFields = fieldsIn(id('head'));

/**
 * Fields of answers, or of the head.
 * @param {ParentNode} node
 * @param {string} [selector]
 */
function fieldsIn(node, selector = '[data-field]') {
  return /** @type {HTMLInputElement[]} */ (all(node, selector));
}

/**
 * Where a field's value is kept.
 * @param {HTMLElement} field
 */
function pathOf(field) {
  return field.dataset.field ?? '';
}

/**
 * What a question's standard asks for.
 * @param {string} ref
 * @returns {Measure | null}
 */
function measureOf(ref) {
  const d = rows.get(ref)?.dataset;
  if (!d?.bound) return null;
  const unit = d.unit ?? '';
  const low = Number(d.low), high = Number(d.high), share = Number(d.share);
  return { bound: d.bound, low, unit, high, highUnit: d.highUnit ?? unit, share };
}

/**
 * Fills a template's [data-copy] slots with what stands in the row's cells.
 * @param {HTMLElement} node
 * @param {HTMLTableRowElement} row
 */
function copy(node, row) {
  for (const slot of all(node, '[data-copy]')) {
    const from = first(row, `.${slot.dataset.copy}`);
    if (from) slot.append(...from.cloneNode(true).childNodes); else slot.remove();
  }
}

/** Finds the questions. Cards are made section by section, the first at once, so that a long list is there at once too. */
function build() {
  /** @type {HTMLElement} */
  let section = id('cards');
  for (const row of /** @type {HTMLTableRowElement[]} */ (all(document, '.paper tr'))) {
    const ref = row.dataset.item;
    if (row.classList.contains('phase')) {
      section = document.createElement('section');
      section.append(titled('h2', row));
      section.dataset.phase = row.cells[0].firstChild?.textContent?.trim() ?? '';
      waiting.set(section, []);
      id('cards').append(section);
    } else if (ref !== undefined || row.classList.contains('step')) waiting.get(section)?.push(row);
    if (ref === undefined) continue;
    rows.set(ref, row);
    sectionOf.set(ref, section);
  }
  for (const [section, list] of waiting) section.style.minHeight = `${list.length * 13}rem`;
  makeInTurn();
}

/** Makes what is near, then the rest when there is time, so that the browser's own search finds every question. */
function makeInTurn() {
  const makeSeen = (/** @type {IntersectionObserverEntry[]} */ seen) => {
    for (const entry of seen) if (entry.isIntersecting) make(/** @type {HTMLElement} */ (entry.target));
  };
  const near = new IntersectionObserver(makeSeen, { rootMargin: '1500px' });
  const until = performance.now() + 150;
  const makeNext = () => {
    const [next] = waiting.keys();
    if (next) make(next);
    return next;
  };
  while (performance.now() < until && makeNext());
  for (const left of waiting.keys()) near.observe(left);
  const idle = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ call) => setTimeout(call, 20));
  const goOn = () => { if (makeNext()) idle(goOn); };
  idle(goOn);
}

/**
 * A heading with what stands in a row.
 * @param {string} level
 * @param {HTMLTableRowElement} row
 */
function titled(level, row) {
  const title = document.createElement(level);
  title.append(...row.cells[0].cloneNode(true).childNodes);
  return title;
}

/**
 * Makes the cards of a section, if they are still to be made.
 * @param {HTMLElement | undefined} section
 */
function make(section) {
  const list = section && waiting.get(section);
  if (!section || !list) return;
  waiting.delete(section);
  section.append(...list.map(row => {
    const ref = row.dataset.item;
    if (ref === undefined) return titled('h3', row);
    const card = copyOf('card');
    card.dataset.ref = ref;
    copy(card, row);
    const look = first(card, 'details.look');
    if (look) look.hidden = !first(look, 'img');
    for (const radio of fieldsIn(card, '[type=radio]')) radio.name = ref;
    if (!row.dataset.bound) for (const part of all(card, '[data-if=measure]')) part.remove();
    if (!TIMES.includes(row.dataset.unit ?? '')) for (const part of all(card, '[data-if=time]')) part.remove();
    for (const field of fieldsIn(card, '.values input')) {
      // Said by itself, a field without its unit asks for anything.
      const unit = row.dataset.unitName;
      if (unit) field.setAttribute('aria-label', `${field.getAttribute('aria-label')} (${unit})`);
    }
    joined(card, ref);
    cards.set(ref, card);
    return card;
  }));
  section.style.minHeight = '';
  for (const row of list) {
    const ref = row.dataset.item;
    if (ref !== undefined && round && ref in round.answers) show(ref);
  }
}

/** Units that a stopwatch measures in. */
const TIMES = ['s', 'min', 'h'];

/**
 * Says on a card which others the same observation answers.
 * @param {HTMLElement} card
 * @param {string} ref
 */
function joined(card, ref) {
  const line = first(card, '.ladder'), others = laddered(ref);
  if (!line || !others.length) return;
  line.textContent = fill(words.summary.ladder, { items: others.map(numberOf).join(', ') });
  line.hidden = false;
}

/**
 * The number that a question has on paper.
 * @param {string} ref
 */
function numberOf(ref) {
  return first(rows.get(ref) ?? document, '.no')?.textContent?.trim() ?? '';
}

/**
 * A question in a line: its number and what it says.
 * @param {string} ref
 */
function lineOf(ref) {
  const says = first(rows.get(ref) ?? document, '.says')?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  return `${numberOf(ref)} ${says.length > 90 ? `${says.slice(0, 88)}…` : says}`;
}

/**
 * A question's card.
 * @param {string} ref
 */
function cardOf(ref) {
  make(sectionOf.get(ref));
  return /** @type {HTMLElement} */ (cards.get(ref));
}

/**
 * The part of a card that most answers do without: made when it is first needed.
 * @param {HTMLElement} card
 */
function extra(card) {
  let node = first(card, '.extra');
  if (!node) {
    node = copyOf('extra');
    card.append(node);
  }
  return node;
}
