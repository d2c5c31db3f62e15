// Saving a round to a file, and reading one.

/** The paths of all fields that an answer has. */
const itemFields = [...new Set(['card', 'extra'].flatMap(name => fieldsIn(within(name)).map(pathOf)))];

/** @param {any} value */
const trimmed = value => (typeof value === 'string' ? value.trim() || null : value ?? null);

/** @param {string | undefined} text */
const lines = text => (text ?? '').split('\n').map(line => line.trim()).filter(Boolean);

/**
 * What was observed, as it is saved and printed.
 * @param {string} ref
 * @param {Answer} answer
 */
function observedOf(ref, answer) {
  return (answer.observed ?? []).filter(stripped).map(text => spelled(measureOf(ref), text));
}

/**
 * An answer as it is saved.
 * @param {string} ref
 * @param {Answer} answer
 * @param {Map<string, string>} pictures
 */
function saved(ref, answer, pictures) {
  const [standard, stamp] = ref.split('@');
  /** @type {Record<string, any>} */
  const out = { standard, stamp };
  for (const path of itemFields) {
    const [key, inner] = path.split('.');
    if (path === 'observed') {
      const seen = observedOf(ref, answer);
      out.observed = seen.length > 1 ? seen : seen[0] ?? null;
    } else if (!inner) out[key] = trimmed(answer[key]);
    else {
      out[key] ??= {};
      out[key][inner] = trimmed(answer[key]?.[inner]);
    }
  }
  if (isAudit) {
    out.at = answer.at ?? null;
    const evidence = (answer.evidence ?? []).map(name => pictures.get(name)).filter(Boolean);
    out.evidence = evidence.length ? evidence : null;
  }
  for (const [key, value] of Object.entries(out)) {
    const isGroup = value && typeof value === 'object' && !Array.isArray(value);
    if (isGroup && Object.values(value).every(part => part === null)) out[key] = null;
  }
  return out;
}

/**
 * A round as it is saved.
 * @param {Round} of
 */
async function file(of) {
  const pictures = await photographsOf(of.round);
  /** @type {Record<string, any>} */
  const out = { 'gamma-ok': of.kind, version: 1, book: of.book, language: of.language, ...of.fixed };
  if (of.edition) out.edition = of.edition.hash === data.edition?.hash ? data.edition : of.edition;
  if ('round' in out) out.round = of.round;
  for (const field of headFields) {
    const value = of.head[pathOf(field)];
    out[pathOf(field)] = field.hasAttribute('data-part') ? lines(value) : trimmed(value);
  }
  const order = [...rows.keys()].filter(ref => ref in of.answers && !isDecided(ref, of.answers[ref]));
  const others = Object.keys(of.answers).filter(ref => !rows.has(ref));
  out[LIST] = [...order, ...others].map(ref => saved(ref, of.answers[ref], pictures));
  return out;
}

/**
 * What a saved round's file is called.
 * @param {Record<string, any>} made
 */
function nameOf(made) {
  const parts = [data.file, made.site, made.date?.slice(0, 10), 'round' in made && made.round];
  return `${parts.filter(Boolean).join('-')}.json`;
}

/**
 * Saves a round to a file, and says what is still open. What the program would refuse is pointed at first.
 * @param {Round} of
 * @param {boolean} [isSure]
 */
async function save(of, isSure = false) {
  if (of === round && !isSure && isHeldUp()) return;
  const made = await file(of);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`${JSON.stringify(made, null, 2)}\n`], { type: 'application/json' }));
  link.download = nameOf(made);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  of.saved = true;
  if (of === round) {
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

/** Points at what would be refused; whether there is anything. */
function isHeldUp() {
  const n = showRefusals();
  if (!n) return false;
  showSummary();
  bring(id('refused-title'));
  id('refused-title').focus({ preventScroll: true });
  say(fill(words.summary.refused, { n }));
  return true;
}

/**
 * A text of a file that anybody may have written.
 * @param {unknown} value
 */
const textOf = value => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');

/**
 * Reads a file that was saved, and goes on with its round.
 * @param {File} chosen
 */
async function read(chosen) {
  let made;
  try { made = JSON.parse(await chosen.text()); } catch { return say(words.file.unreadable); }
  const wrong = refused(made);
  if (wrong) return say(wrong);
  const { opened, strange, pictures } = roundOf(made);
  const twin = kept().find(other => other.round === opened.round);
  if (twin && !confirm(fill(words.file.replace, { name: titleOf(twin) }))) return undefined;
  for (const [name, address] of pictures) await keepPhotograph(opened.round, name, address);
  go(opened);
  keep();
  showAll();
  const told = [fill(words.rounds.opened, { name: titleOf(opened) })];
  if (strange) told.push(fill(words.file.strange, { n: strange }));
  return say(told.join(' '));
}

/**
 * Why a file is not for this form; nothing where it is.
 * @param {any} made
 */
function refused(made) {
  if (made?.['gamma-ok'] !== data.kind || !Array.isArray(made[LIST])) return words.file.other;
  if (made.version !== 1) return words.file.newer;
  for (const [key, value] of Object.entries(data.fixed)) {
    const isOther = typeof value === 'string' && (made[key] ?? null) !== value;
    if (isOther) return fill(words.file.elsewhere, { place: String(made[key] ?? '–') });
  }
  return undefined;
}

/**
 * The round that a file holds, and how many of its answers are to other questions than this form's.
 * @param {any} made
 */
function roundOf(made) {
  const opened = fresh();
  if (/^[0-9a-f]{8}$/.test(made.round)) opened.round = made.round;
  // A round goes on as of the edition that it was begun in; one that was saved before there were any, as of this page's.
  const { hash, part } = made.edition ?? {};
  if (/^[0-9a-f]{64}$/.test(hash) && hash !== data.edition?.hash) opened.edition = { hash, part: textOf(part) };
  for (const field of headFields) {
    const value = made[pathOf(field)];
    set(opened.head, pathOf(field), Array.isArray(value) ? value.map(textOf).join('\n') : textOf(value));
  }
  let strange = 0;
  /** @type {Map<string, string>} */
  const pictures = new Map();
  for (const entry of made[LIST]) {
    const ref = `${textOf(entry?.standard)}@${textOf(entry?.stamp)}`;
    if (!/^[a-z0-9.-]+@[0-9a-f]{8}$/.test(ref)) continue;
    if (!rows.has(ref)) strange += 1;
    /** @type {Answer} */
    const answer = {};
    for (const path of itemFields) {
      const value = get(entry, path);
      if (path === 'observed') set(answer, path, [value ?? []].flat().map(textOf).filter(Boolean));
      else set(answer, path, textOf(value));
    }
    if (textOf(entry.at)) answer.at = textOf(entry.at);
    for (const address of [entry.evidence ?? []].flat().map(textOf).filter(isPhotograph).slice(0, MAX_OF_ANSWER)) {
      const name = photographName();
      pictures.set(name, address);
      answer.evidence = [...(answer.evidence ?? []), name];
    }
    opened.answers[ref] = answer;
  }
  return { opened, strange, pictures };
}
