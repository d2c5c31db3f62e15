// Changing answers, undoing, and moving from question to question.

/** What was changed, newest last: the question, or nothing for the head, and what stood there. @type {{ref: string, before: string}[]} */
let past = [];
/** Where somebody is typing: what is typed into one field in one go is undone in one go. */
let typing = '';
/** The question that had the focus last. */
let lastRef = '';

/**
 * Sets a field of an answer, or of the head.
 * @param {string} ref
 * @param {string} path
 * @param {any} value
 */
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

/**
 * The answer follows what was observed, until somebody answers by hand.
 * @param {string} ref
 * @param {Answer} answer
 * @param {string[]} observed
 */
function observe(ref, answer, observed) {
  set(answer, 'observed', observed.some(text => text.trim()) || observed.length > 1 ? observed : null);
  if (answer[CHOICE] && answer.by !== 'value') return;
  const judged = judge(measureOf(ref), observed);
  if (judged && 'verdict' in judged) {
    answer[CHOICE] = judged.verdict;
    answer.by = 'value';
  } else {
    delete answer[CHOICE];
    delete answer.by;
  }
}

/** Takes the last change back. */
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

const calm = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * Brings something into view and gives a field of it the focus: that field, its chosen or first choice, or its first input.
 * @param {HTMLElement} node
 * @param {HTMLElement | null} [field]
 */
function reach(node, field) {
  node.scrollIntoView({ block: 'center', behavior: calm.matches ? 'auto' : 'smooth' });
  const usual = first(node, '[type=radio]:checked, [type=radio]') ?? first(node, 'input');
  (field ?? usual)?.focus({ preventScroll: true });
}

/** Goes to the next question that is open. */
function next() {
  const order = [...rows.keys()], focused = document.activeElement;
  const current = /** @type {HTMLElement | null | undefined} */ (focused?.closest('[data-ref]'));
  const from = order.indexOf(current?.dataset.ref ?? lastRef);
  // A reason that lacks is asked for before the next item is.
  const stays = cards.get(order[from])?.hasAttribute('data-lacks') && !focused?.matches(':required');
  const start = stays ? from : from + 1;
  const found = [...order.slice(start), ...order.slice(0, start)].find(ref => !isComplete(ref));
  if (!found) {
    say(words.complete);
    id('save').focus();
    return;
  }
  lastRef = found;
  const card = cardOf(found);
  reach(card, first(card, '.extra:not([hidden]) :required:placeholder-shown'));
}
