// What was changed, so that it can be taken back: also after the page was closed in between.

/**
 * A change: the questions that it touched, or an empty text for the head, with what stood there.
 * @typedef {{ref: string, before: string}[]} Change
 */

/** The changes, newest last. @type {Change[]} */
let past = [];
/** Where somebody is typing: what is typed into one field in one go is undone in one go. */
let typing = '';

const PAST = 'gamma-ok-past:';
/** So many changes outlive the page. */
const MOST_KEPT = 50;

/** Keeps the past beside the round. */
function keepPast() {
  try { store?.setItem(PAST + round.round, JSON.stringify(past.slice(-MOST_KEPT))); } catch { /* The round itself comes first. */ }
}

/** Remembers the past of the round that is open. */
function recall() {
  typing = '';
  try { past = JSON.parse(store?.getItem(PAST + round.round) ?? '[]'); } catch { past = []; }
  if (!Array.isArray(past) || !past.every(Array.isArray)) past = [];
}

/** Takes the last change back. */
function undo() {
  const last = past.pop();
  if (!last) return;
  typing = '';
  for (const { ref, before } of last) {
    if (!ref) round.head = JSON.parse(before);
    else if (before === '{}') delete round.answers[ref];
    else round.answers[ref] = JSON.parse(before);
  }
  keep();
  keepPast();
  for (const { ref } of last) if (ref) show(ref); else showHead();
  showProgress();
  const [{ ref }] = last;
  reach(ref ? cardOf(ref) : id('head'));
  say(words.undone);
}
