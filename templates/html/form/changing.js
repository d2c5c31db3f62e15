// Changing answers, undoing, and moving from question to question.

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
  const touched = ref ? [ref, ...(path === 'observed' ? followers(ref) : [])] : [''];
  const before = touched.map(other => ({ ref: other, before: JSON.stringify(other ? answerOf(other) : round.head) }));
  if (!ref) set(round.head, path, value);
  for (const other of ref ? touched : []) {
    const answer = round.answers[other] ??= {};
    if (path === 'observed') observe(other, answer, value);
    else {
      set(answer, path, value);
      if (path === CHOICE) delete answer.by;
    }
    settle(other, answer);
  }
  if (typing !== spot) past.push(before);
  typing = spot;
  keep();
  keepPast();
  for (const other of touched) if (other) show(other); else showHead();
  showProgress();
  if (!isListed) showRounds();
  touched.forEach(other => shown.add(other));
}

/**
 * Notes when something was answered; an answer in which nothing is left is none.
 * @param {string} ref
 * @param {Answer} answer
 */
function settle(ref, answer) {
  if (answer[CHOICE] || answer.observed) answer.at = now(); else delete answer.at;
  if (!Object.keys(answer).length) delete round.answers[ref];
}

/**
 * Takes an answer back, with all that was written beside it.
 * @param {string} ref
 */
function clear(ref) {
  if (!round.answers[ref]) return;
  past.push([{ ref, before: JSON.stringify(round.answers[ref]) }]);
  typing = '';
  delete round.answers[ref];
  const card = cards.get(ref);
  if (card) delete card.dataset.open;
  keep();
  keepPast();
  show(ref);
  showProgress();
  say(words.summary.cleared);
}

/**
 * The questions that the same observation answers: those of its ladder that nobody has answered in another way.
 * @param {string} ref
 */
function followers(ref) {
  const observed = JSON.stringify(answerOf(ref).observed ?? []);
  return laddered(ref).filter(other => {
    const answer = answerOf(other);
    const isOwn = answer[CHOICE] && answer.by !== 'value';
    return !isOwn && (!answer.observed || JSON.stringify(answer.observed) === observed);
  });
}

/**
 * The other questions of a ladder, in order.
 * @param {string} ref
 */
function laddered(ref) {
  const of = rows.get(ref)?.dataset.ladder;
  return of ? [...rows].filter(([other, row]) => other !== ref && row.dataset.ladder === of).map(([other]) => other) : [];
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

const calm = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * Brings something into view: what is near smoothly, what is far at once. Sections that were not laid out yet take their own
 * heights on the way, so that once may not be enough.
 * @param {HTMLElement} node
 */
function bring(node) {
  const isNear = Math.abs(node.getBoundingClientRect().top) < 2 * innerHeight;
  node.scrollIntoView({ block: 'center', behavior: isNear && !calm.matches ? 'smooth' : 'auto' });
  let frames = isNear ? 0 : 20;
  const again = () => {
    const { top, bottom } = node.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight * 0.8) node.scrollIntoView({ block: 'center', behavior: 'auto' });
    frames -= 1;
    if (frames > 0) requestAnimationFrame(again);
  };
  if (frames) requestAnimationFrame(again);
}

/**
 * Brings something into view and gives a field of it the focus: that field, its chosen or first choice, or its first input.
 * @param {HTMLElement} node
 * @param {HTMLElement | null} [field]
 */
function reach(node, field) {
  const folded = /** @type {HTMLDetailsElement | null} */ (node.closest('details'));
  if (folded) folded.open = true;
  bring(node);
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
  const found = [...order.slice(start), ...order.slice(0, start)].find(ref => !isComplete(ref) && !hidden.has(ref));
  if (!found) {
    say(words.complete);
    id('save').focus();
    return;
  }
  lastRef = found;
  const card = cardOf(found);
  reach(card, first(card, '.extra:not([hidden]) :required:placeholder-shown'));
}
