// Showing the round: each answer on its card, the head, and how far the round is.

/**
 * Whether a rule of data-require holds: for that choice, or ("+group") once something of a group is written.
 * @param {string} when
 * @param {Answer} answer
 */
function asks(when, answer) {
  return when.startsWith('+') ? Boolean(answer[when.slice(1)]) : when === answer[CHOICE];
}

/**
 * The rules of a question: those of all, and those of its row.
 * @param {string} ref
 */
function rulesOf(ref) {
  return [...REQUIRED, ...rules(rows.get(ref)?.dataset.require)];
}

/**
 * What is answered to a question.
 * @param {string} ref
 * @returns {Answer}
 */
function answerOf(ref) {
  return round.answers[ref] ?? {};
}

/**
 * Whether a question is answered, with all that the answer asks for.
 * @param {string} ref
 */
function isComplete(ref) {
  const answer = answerOf(ref), chosen = answer[CHOICE];
  return Boolean(chosen) && rulesOf(ref).every(([when, path]) => !asks(when, answer) || get(answer, path)?.trim());
}

/**
 * Puts a value into a field, without touching one that has it.
 * @param {HTMLInputElement} field
 * @param {string | null} value
 */
function put(field, value) {
  if (field.type === 'radio') field.checked = field.value === value;
  else if (field.value !== (value ?? '')) field.value = value ?? '';
}

/**
 * Shows an answer on its card.
 * @param {string} ref
 */
function show(ref) {
  const card = cards.get(ref);
  if (!card) return;
  const answer = answerOf(ref), chosen = answer[CHOICE] ?? '';
  showExtra(ref, card, answer);
  showObserved(card, answer.observed ?? []);
  for (const field of fieldsIn(card, '[data-field]:not([data-field=observed])')) put(field, get(answer, pathOf(field)));
  for (const part of all(card, '[data-when]')) {
    const filled = fieldsIn(part).some(field => get(answer, pathOf(field)));
    part.hidden = !part.dataset.when?.split('|').includes(chosen) && !filled;
  }
  // What is filled in is not folded away.
  for (const folded of /** @type {HTMLDetailsElement[]} */ (all(card, '.extra details'))) {
    folded.open ||= fieldsIn(folded).some(field => get(answer, pathOf(field))) || Boolean(!measureOf(ref) && answer.observed);
  }
  const asked = rulesOf(ref);
  for (const path of new Set(asked.map(([, path]) => path))) {
    const [field] = fieldsIn(card, `[data-field="${path}"]`);
    if (field) field.required = asked.some(([when, other]) => other === path && asks(when, answer));
  }
  card.dataset.chosen = chosen;
  card.toggleAttribute('data-lacks', Boolean(chosen) && !isComplete(ref));
  const clearing = first(card, '[data-do=clear]');
  if (clearing) clearing.hidden = !Object.keys(answer).length;
  showVerdict(ref, card, answer);
  showPhotographs(ref, card, answer.evidence ?? []);
}

/**
 * Opens the part of a card that most answers do without, where this one needs it.
 * @param {string} ref
 * @param {HTMLElement} card
 * @param {Answer} answer
 */
function showExtra(ref, card, answer) {
  const lists = ASKING.has(answer[CHOICE] ?? '');
  const written = Object.keys(answer).some(key => ![CHOICE, 'observed', 'by', 'at', 'evidence'].includes(key));
  const counted = !measureOf(ref) && answer.observed;
  const made = first(card, '.extra');
  if (lists || written || counted || card.dataset.open) extra(card).hidden = false;
  else if (made) made.hidden = true;
  const isOpen = Boolean(first(card, '.extra:not([hidden])'));
  first(card, '[data-do=extra]')?.setAttribute('aria-expanded', String(isOpen));
}

/**
 * Shows what was observed: a blank for each value, or the two counts.
 * @param {HTMLElement} card
 * @param {string[]} observed
 */
function showObserved(card, observed) {
  const list = first(card, '.values');
  if (list) {
    const wanted = Math.max(1, observed.length);
    while (list.children.length < wanted) list.append(list.children[0].cloneNode(true));
    while (list.children.length > wanted) list.lastElementChild?.remove();
    fieldsIn(list, 'input').forEach((input, n) => put(input, observed[n] ?? ''));
  }
  const pair = fieldsIn(card, '[data-count]');
  const counts = (observed[0] ?? '').includes('/') ? observed[0].split('/') : ['', ''];
  if (pair.length) counts.slice(0, 2).forEach((count, n) => put(pair[n], count));
}

/**
 * Says on a card what the program would make of the observed values.
 * @param {string} ref
 * @param {HTMLElement} card
 * @param {Answer} answer
 */
function showVerdict(ref, card, answer) {
  const judged = judge(measureOf(ref), answer.observed ?? []);
  const verdict = first(card, '.verdict');
  const twoWays = isAudit && judged && !('wrong' in judged) && observedOf(ref, answer).find(isAmbiguous);
  const text = twoWays ? fill(words.value.either, { word: twoWays }) : said(ref, answer, judged);
  // What is said already is not said again.
  if (verdict && verdict.textContent !== text) verdict.textContent = text;
  const unfit = String(judged !== undefined && 'wrong' in judged);
  for (const field of all(card, '[data-field=observed]')) field.setAttribute('aria-invalid', unfit);
}

/**
 * What the program would make of the observed values, in words.
 * @param {string} ref
 * @param {Answer} answer
 * @param {ReturnType<typeof judge>} judged
 */
function said(ref, answer, judged) {
  if (!judged) return '';
  const unit = rows.get(ref)?.dataset.unitName ?? measureOf(ref)?.unit ?? '';
  if ('wrong' in judged) return fill(words.value[judged.wrong], { word: judged.word, unit });
  const told = words.verdict[judged.verdict === 'met' ? 'met' : 'not_met'];
  const counts = judged.of > 1 ? `${judged.passed}/${judged.of}: ${told}` : told;
  return answer[CHOICE] && answer[CHOICE] !== judged.verdict ? `${counts} ${words.verdict.against}` : counts;
}

/** Shows the head of the round. */
function showHead() {
  for (const field of headFields) put(field, round.head[pathOf(field)]);
  const blank = headFields.filter(field => field.required && !field.value.trim()).map(field => field.dataset.label);
  const lacking = blank.length ? fill(words.blank, { fields: blank.join(', ') }) : '';
  id('said-round').textContent = [titleOf(round), round.saved && words.saved, lacking].filter(Boolean).join(' · ');
}

/** Shows how far the round is; how many questions are answered, and how many in part. */
function showProgress() {
  let done = 0, lacking = 0;
  /** @type {Record<string, number>} */
  const chosen = {};
  for (const ref of rows.keys()) {
    const choice = answerOf(ref)[CHOICE];
    if (isComplete(ref)) done += 1; else if (choice) lacking += 1;
    if (choice) chosen[choice] = (chosen[choice] ?? 0) + 1;
  }
  const parts = [fill(words.progress, { done, all: rows.size })];
  const score = isAudit && percent(tally(rows.keys()));
  if (score) parts.push(score);
  for (const radio of fieldsIn(within('card'), '[type=radio][data-told]')) {
    if (chosen[radio.value]) parts.push(`${radio.dataset.told}: ${chosen[radio.value]}`);
  }
  if (lacking) parts.push(fill(words.lacking, { n: lacking }));
  const bar = /** @type {HTMLProgressElement} */ (id('bar-progress'));
  bar.max = rows.size;
  bar.value = done;
  if (id('progress').textContent !== parts.join(' · ')) id('progress').textContent = parts.join(' · ');
  /** @type {HTMLButtonElement} */ (id('undo')).disabled = !past.length;
  sumUp();
  return { done, lacking };
}

/** The questions whose cards have shown an answer. @type {Set<string>} */
const shown = new Set();

/** Shows the whole round. */
function showAll() {
  for (const ref of Object.keys(round.answers)) shown.add(ref);
  for (const ref of shown) show(ref);
  showHead();
  showProgress();
  showRounds();
}
