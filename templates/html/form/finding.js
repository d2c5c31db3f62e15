// Finding items: which of them are shown, and the way to one.

/** The questions that are not shown. @type {Set<string>} */
const hidden = new Set();
/** What they are found by. */
const finders = /** @type {HTMLSelectElement[]} */ (all(document, '[data-find]'));

/**
 * Whether a question is in the state that was asked for.
 * @param {string} state
 * @param {string} ref
 */
function isInState(state, ref) {
  if (state === 'open') return !isComplete(ref);
  if (state === 'critical') return 'critical' in (rows.get(ref)?.dataset ?? {});
  if (state === 'refused') return Boolean(round.answers[ref] && refusedFor(ref, round.answers[ref]));
  return answerOf(ref)[CHOICE] === state;
}

/**
 * Whether a question has what was asked for.
 * @param {string} key
 * @param {string} wanted
 * @param {string} ref
 */
function isFound(key, wanted, ref) {
  if (key === 'state') return isInState(wanted, ref);
  if (key === 'phase') return sectionOf.get(ref)?.dataset.phase === wanted;
  return (rows.get(ref)?.dataset[key] ?? '').split('|').includes(wanted);
}

/** Shows the items that were asked for, as they are answered now: none goes away while it is being answered. */
function find() {
  const asked = finders.filter(field => field.value);
  for (const section of [...waiting.keys()]) if (asked.length) make(section);
  hidden.clear();
  for (const ref of rows.keys()) {
    const isShown = asked.every(field => isFound(field.dataset.find ?? '', field.value, ref));
    if (!isShown) hidden.add(ref);
    const card = cards.get(ref);
    if (card && card.hidden === isShown) card.hidden = !isShown;
  }
  for (const section of all(id('cards'), 'section')) hideEmpty(section);
  const n = rows.size - hidden.size;
  id('found').textContent = asked.length ? fill(words.summary.found, { n, all: rows.size }) : '';
}

/**
 * Hides headings that nothing stands below.
 * @param {HTMLElement} section
 */
function hideEmpty(section) {
  let isAny = false;
  /** @type {HTMLElement | null} */
  let heading = null;
  for (const node of /** @type {HTMLElement[]} */ ([...section.children])) {
    if (node.matches('h3')) {
      heading = node;
      heading.hidden = hidden.size > 0;
    } else if (node.matches('.card') && !node.hidden) {
      isAny = true;
      if (heading) heading.hidden = false;
    }
  }
  section.hidden = !isAny && !waiting.has(section);
}

/** Shows every item again. */
function showEvery() {
  for (const field of finders) field.value = '';
  find();
}

/** Offers what items can be found by. */
function offer() {
  if (!finders.length) return;
  const option = (/** @type {string} */ text, value = text) => new Option(text, value);
  for (const field of finders) {
    const key = field.dataset.find ?? '';
    if (key === 'state') continue;
    const seen = [...rows.keys()].flatMap(ref => (key === 'phase' ? [sectionOf.get(ref)?.dataset.phase ?? '']
      : (rows.get(ref)?.dataset[key] ?? '').split('|')));
    const values = [...new Set(seen)].filter(Boolean);
    field.append(...values.map(value => option(value)));
    const label = field.closest('label');
    if (label) label.hidden = values.length < 2;
  }
  for (const section of new Set(sectionOf.values())) {
    const group = document.createElement('optgroup');
    group.label = section.dataset.phase ?? '';
    group.append(...[...rows.keys()].filter(ref => sectionOf.get(ref) === section).map(ref => option(lineOf(ref), ref)));
    id('go-to').append(group);
  }
}
