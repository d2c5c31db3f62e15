// Photographs as evidence: made small on the device and drawn anew, so that nothing of the camera's own (where it was, which
// device) stays with them; kept in this browser's database beside the round, which names them.

/** So many photographs belong to one answer; and so many letters of them to a round, which a form may hold. */
const MAX_OF_ANSWER = 10, MAX_OF_ROUND = 60e6;
/** The photographs of the round that is open, by their names, as `data:` addresses. @type {Map<string, string>} */
let photographs = new Map();

/** The database; nothing where this browser gives none. @type {Promise<IDBDatabase | null>} */
const database = new Promise(resolve => {
  try {
    const opening = indexedDB.open('gamma-ok', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('photographs').createIndex('round', 'round');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => resolve(null);
  } catch { resolve(null); }
});

/**
 * Does something with the database; nothing where there is none, or it refuses.
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(of: IDBObjectStore) => IDBRequest<T>} work
 * @returns {Promise<T | undefined>}
 */
async function inDatabase(mode, work) {
  const opened = await database;
  if (!opened) return undefined;
  return new Promise(resolve => {
    try {
      const transaction = opened.transaction('photographs', mode), asked = work(transaction.objectStore('photographs'));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => resolve(undefined);
    } catch { resolve(undefined); }
  });
}

/**
 * Keeps a photograph; whether that worked.
 * @param {string} of The round.
 * @param {string} name
 * @param {string} address
 */
async function keepPhotograph(of, name, address) {
  return (await inDatabase('readwrite', found => found.put({ round: of, address }, name))) !== undefined;
}

/**
 * The photographs of a round.
 * @param {string} of
 * @returns {Promise<Map<string, string>>}
 */
async function photographsOf(of) {
  const names = await inDatabase('readonly', found => found.index('round').getAllKeys(of)) ?? [];
  const values = await inDatabase('readonly', found => found.index('round').getAll(of)) ?? [];
  const found = new Map(names.map((name, n) => [String(name), String(values[n]?.address ?? '')]));
  // Without the database they last as long as the page is open.
  return of === round?.round ? new Map([...found, ...photographs]) : found;
}

/**
 * Forgets the photographs of a round.
 * @param {string} of
 */
async function forgetPhotographs(of) {
  for (const name of (await photographsOf(of)).keys()) await inDatabase('readwrite', found => found.delete(name));
}

/** @param {string} address */
const isPhotograph = address => /^data:image\/(jpeg|png);base64,[A-Za-z0-9+/]+=*$/.test(address);

/** A name that no other photograph has. */
const photographName = () => [...crypto.getRandomValues(new Uint8Array(8))].map(byte => byte.toString(16).padStart(2, '0')).join('');

/**
 * Takes a photograph in as evidence.
 * @param {string} ref
 * @param {File} chosen
 */
async function photograph(ref, chosen) {
  const of = round, evidence = of.answers[ref]?.evidence ?? [];
  if (evidence.length >= MAX_OF_ANSWER) return say(fill(words.photograph.many, { n: MAX_OF_ANSWER }));
  const address = await small(chosen);
  if (!address) return say(words.photograph.unreadable);
  const sum = [...photographs.values()].reduce((all, known) => all + known.length, address.length);
  if (sum > MAX_OF_ROUND) return say(words.photograph.full);
  const name = photographName();
  const isKept = await keepPhotograph(of.round, name, address);
  if (of !== round) return undefined;
  photographs.set(name, address);
  change(ref, 'evidence', [...(of.answers[ref]?.evidence ?? []), name]);
  // Without the database it lasts as long as the page is open.
  return say(isKept ? words.photograph.added : words.photograph.lost);
}

/**
 * Shows the photographs of an answer on its card.
 * @param {string} ref
 * @param {HTMLElement} card
 * @param {string[]} names
 */
function showPhotographs(ref, card, names) {
  const list = first(card, '.photographs');
  if (!list) return;
  const known = names.filter(name => photographs.has(name));
  list.hidden = !known.length;
  // Those that stand there already stay: a picture is decoded once.
  for (const line of all(list, 'li')) if (!known.includes(line.dataset.name ?? '')) line.remove();
  known.forEach((name, n) => {
    const label = fill(words.photograph.one, { n: n + 1, all: known.length });
    let line = all(list, 'li').find(other => other.dataset.name === name);
    if (!line) {
      line = copyOf('photograph');
      line.dataset.name = name;
      /** @type {HTMLImageElement} */ (first(line, 'img')).src = photographs.get(name) ?? '';
      list.append(line);
    }
    /** @type {HTMLImageElement} */ (first(line, 'img')).alt = label;
    const button = first(line, 'button');
    button?.setAttribute('aria-label', `${button.textContent}: ${label}`);
  });
}

/** Fetches the photographs of the round that is open, and shows them. */
async function fetchPhotographs() {
  const of = round;
  photographs = new Map();
  // Also those that no answer has: Undo may bring their answer back.
  const found = await photographsOf(of.round);
  if (of !== round) return;
  photographs = found;
  for (const [ref, answer] of Object.entries(of.answers)) {
    const card = cards.get(ref);
    if (card && answer.evidence) showPhotographs(ref, card, answer.evidence);
  }
}
