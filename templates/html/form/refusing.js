// What the program would refuse of the round, found before it is saved: by the rules of `audit record`.

/** What would be refused: the question, or an empty text for the head, and why. @typedef {{ref: string, why: string}} Refusal */

/**
 * Whether a figure may be a thousand or one and a part: "1,234".
 * @param {string} text
 */
const isAmbiguous = text => {
  const [figure] = text.match(/[0-9.,]+/) ?? [''];
  return /^[1-9][0-9]{0,2}[.,][0-9]{3}$/.test(figure);
};

/**
 * Why an answer would be refused; nothing where it would not.
 * @param {string} ref
 * @param {Answer} answer
 */
function refusedFor(ref, answer) {
  const judged = judge(measureOf(ref), answer.observed ?? []);
  if (judged && 'wrong' in judged) return said(ref, answer, judged);
  const twoWays = observedOf(ref, answer).find(isAmbiguous);
  if (twoWays) return fill(words.value.either, { word: twoWays });
  if (judged && answer[CHOICE] && answer[CHOICE] !== judged.verdict) return said(ref, answer, judged);
  if (answer[CHOICE] === 'n/a' && !answer.why?.trim() && !answer.note?.trim()) return words.refused.why;
  if (answer.action && !answer.action.what?.trim()) return words.refused.what;
  const found = String(round.head.date ?? '').slice(0, 10);
  if (found && answer.action?.due && answer.action.due < found) return words.refused.due;
  return undefined;
}

/**
 * Why the head of the round would be refused.
 * @returns {string[]}
 */
function refusedHead() {
  const found = [], date = String(round.head.date ?? '');
  if (!date) found.push(words.refused.date);
  else if (date.slice(0, 10) > now().slice(0, 10)) found.push(words.refused.future);
  else if (date < '2000') found.push(words.refused.clock);
  if (headFields.some(field => pathOf(field) === 'site') && !round.head.site) found.push(words.refused.site);
  return found;
}

/**
 * All that would be refused.
 * @returns {Refusal[]}
 */
function refusals() {
  if (!isAudit) return [];
  const found = refusedHead().map(why => ({ ref: '', why }));
  for (const ref of rows.keys()) {
    const why = round.answers[ref] && refusedFor(ref, round.answers[ref]);
    if (why) found.push({ ref, why });
  }
  return found;
}
