// The round: what somebody has answered so far, and where it is kept. Nothing leaves the device: answers are kept in this
// browser on every change.

/**
 * What was answered to a question, by the fields of its card; `by` is "value" while the answer follows what was observed, `at`
 * when it was answered, `evidence` the names of its photographs.
 * @typedef {{observed?: string[], by?: string, at?: string, evidence?: string[], action?: Record<string, string>,
 *   [field: string]: any}} Answer
 */

/**
 * A round: the document that it is of, its own name, its head, its answers by reference ("ID@STAMP"), and when it was last
 * touched.
 * @typedef {object} Round
 * @property {string} key
 * @property {string} kind
 * @property {string} book
 * @property {string} language
 * @property {Record<string, unknown>} fixed
 * @property {Edition} [edition]
 * @property {string} round
 * @property {Record<string, any>} head
 * @property {Record<string, Answer>} answers
 * @property {number} touched
 * @property {boolean} [saved]
 * @property {string} [at] Where a desk has the form that it was begun in.
 * @property {string} [place] What the place of that form is called.
 * @property {string} [home] What the desk of its book goes by, whatever the book is called.
 */

const CHOICE = form.dataset.choice ?? '';
const LIST = form.dataset.list ?? '';
/**
 * When which field must be filled in: pairs of a choice, or "+group", and a path.
 * @param {string | undefined} written
 */
const rules = written => (written ?? '').split(';').filter(Boolean).map(rule => rule.split('='));
/** Those that hold for every question. */
const REQUIRED = rules(form.dataset.require);
/** The choices that ask for more than themselves. */
const ASKING = new Set(all(within('extra'), '[data-when]').flatMap(part => part.dataset.when?.split('|') ?? []));
const PREFIX = 'gamma-ok:';
const own = { key: data.key, kind: data.kind, book: data.book, language: data.language, fixed: data.fixed };
/** What the desk of this book goes by; empty where this is a file. */
const HOME = (() => {
  try { return String(JSON.parse(document.getElementById('desk')?.textContent ?? '{}').home ?? ''); } catch { return ''; }
})();
/** Where this form is, for a desk to lead back to it. */
const served = (() => {
  if (!location.protocol.startsWith('http')) return {};
  const asked = new URLSearchParams(location.search);
  asked.set('lang', data.language);
  return { home: HOME, at: `${location.pathname}?${asked}`, place: first(document, '.head h1 .soft')?.textContent?.trim() ?? '' };
})();
/** What a round keeps of its edition: the part is long, and this page has it. */
const edition = data.edition ? { hash: data.edition.hash } : undefined;
/** @type {Round} */
let round;
let isUnsaved = false;

/**
 * The value at a path of at most two keys.
 * @param {any} object
 * @param {string} path
 */
const get = (object, path) => path.split('.').reduce((part, key) => part?.[key], object) ?? null;

/**
 * Sets the value at a path; nothing, an empty text and an empty list are no value.
 * @param {Record<string, any>} object
 * @param {string} path
 * @param {any} value
 */
function set(object, path, value) {
  const [key, inner] = path.split('.');
  const group = inner ? object[key] ??= {} : object;
  if (value === null || value === '' || (Array.isArray(value) && !value.length)) delete group[inner ?? key];
  else group[inner ?? key] = value;
  // A group without anything in it is none.
  if (inner && !Object.keys(group).length) delete object[key];
}

/** @param {number} n */
const twoDigits = n => String(n).padStart(2, '0');

/** Day and time on this device, as a field of that kind has them. */
function now() {
  const d = new Date();
  const day = [d.getFullYear(), twoDigits(d.getMonth() + 1), twoDigits(d.getDate())].join('-');
  return `${day}T${twoDigits(d.getHours())}:${twoDigits(d.getMinutes())}`;
}

/**
 * What the document itself has decided already, where a round does not say otherwise.
 * @param {Record<string, Answer>} answers
 */
function withDecided(answers) {
  return { ...structuredClone(data.decided ?? {}), ...answers };
}

/**
 * Whether an answer is the document's own: whoever takes the round in has it.
 * @param {string} ref
 * @param {Answer} answer
 */
function isDecided(ref, answer) {
  const decided = data.decided?.[ref];
  return decided !== undefined && itemFields.every(path => (get(answer, path) ?? '') === (get(decided, path) ?? ''));
}

/**
 * A round in which nothing is answered that was not decided already.
 * @returns {Round}
 */
function fresh() {
  const bytes = crypto.getRandomValues(new Uint8Array(4));
  /** @type {Record<string, any>} */
  const head = {};
  for (const field of headFields) {
    const chosen = /** @type {HTMLOptionElement | null} */ (first(field, '[selected]'));
    const start = field.hasAttribute('data-now') ? now() : field.hasAttribute('data-again') ? lastSaid(pathOf(field)) : chosen?.value;
    if (start) head[pathOf(field)] = start;
  }
  const name = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
  return { ...own, ...served, edition, round: name, head, answers: withDecided({}), touched: 0 };
}

/**
 * What the last round on this device says there: whoever audits mostly audits again.
 * @param {string} path
 */
function lastSaid(path) {
  return kept().map(other => other.head[path]).find(Boolean);
}

/** Where rounds are kept. Asking for the storage may itself be refused. */
const store = (() => {
  try {
    localStorage.setItem(`${PREFIX}try`, '1');
    localStorage.removeItem(`${PREFIX}try`);
    return localStorage;
  } catch { return null; }
})();

/** Keeps the round after a change. */
function keep() {
  isUnsaved = true;
  round.touched = Date.now();
  delete round.saved;
  write();
}

/** Writes the round into the storage. */
function write() {
  if (!store) return;
  try {
    store.setItem(PREFIX + round.round, JSON.stringify(round));
    trouble('');
  } catch { trouble(words.trouble.full); }
}

/**
 * Whether a round is of this book: by its desk, or by its title, for a book may get another title, and its folder another place.
 * @param {Round} other
 */
const isOurs = other => other.book === data.book || Boolean(HOME && other.home === HOME);

/**
 * Whether a round has the questions of this form. One that was begun before the book got its title of now is told by the
 * edition that it was begun with.
 * @param {Round} other
 */
function hasOurQuestions(other) {
  if (other.key === data.key) return true;
  const isElsewhere = HOME && other.home && other.home !== HOME;
  const isAlike = Boolean(edition) && other.edition?.hash === edition?.hash && JSON.stringify(other.fixed) === JSON.stringify(data.fixed);
  return !isElsewhere && isAlike;
}

/**
 * The rounds of such documents of this book on this device, the last touched first.
 */
const kept = () => onDevice().filter(isOurs);

/**
 * The rounds of such documents on this device, also those of other books, the last touched first.
 * @returns {Round[]}
 */
function onDevice() {
  if (!store) return [];
  const found = [];
  for (let n = 0; n < store.length; n += 1) {
    const key = store.key(n) ?? '';
    if (!key.startsWith(PREFIX)) continue;
    try {
      const other = JSON.parse(store.getItem(key) ?? '');
      if (other.round && other.answers && other.head && other.kind === data.kind) found.push(other);
    } catch { /* Not one of ours, or cut short: it stays as it is. */ }
  }
  return found.sort((a, b) => b.touched - a.touched);
}

/** Whether the storage has no room for the latest answers. */
let isFull = false;

/**
 * Says what is wrong with keeping answers, or takes it back.
 * @param {string} text
 */
function trouble(text) {
  isFull = text !== '';
  const box = id('trouble');
  if (box.textContent === text) return;
  box.textContent = text;
  box.hidden = !text;
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let saying;

/**
 * Says what was just done.
 * @param {string} text
 */
function say(text) {
  id('said').textContent = text;
  clearTimeout(saying);
  saying = setTimeout(() => { id('said').textContent = ''; }, 15000);
}
