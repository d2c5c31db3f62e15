// The rounds on this device.

/**
 * A day, or a day and a time, as people read it.
 * @param {string} text
 */
function dated(text) {
  const day = new Date(text);
  return Number.isNaN(day.getTime()) ? text : asPeopleRead(text).format(day);
}

/**
 * Days, or days and times, in the form's language.
 * @param {string} text
 */
function asPeopleRead(text) {
  const language = data.language === 'en' ? 'en-GB' : data.language;
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: text.includes('T') ? 'short' : undefined });
}

/**
 * From one time to another.
 * @param {string} from
 * @param {string} to
 */
function period(from, to) {
  const [first, last] = [new Date(from), new Date(to)];
  return Number.isNaN(first.getTime() + last.getTime()) ? `${from} – ${to}` : asPeopleRead(from).formatRange(first, last);
}

/**
 * What tells a round from others.
 * @param {Round} of
 */
function titleOf(of) {
  const { date, visit, auditor, reviewers } = of.head;
  return [date && dated(date), visit, auditor || reviewers].filter(Boolean).join(' · ') || of.round;
}

/** Whether the list has the round that is open. */
let isListed = false;

/** Lists the rounds on this device. */
function showRounds() {
  const found = onDevice();
  id('rounds-list').replaceChildren(...found.map(listed));
  id('rounds-count').textContent = String(found.length);
  isListed = found.some(other => other.round === round.round);
}

/**
 * A round's line in the list.
 * @param {Round} other
 */
function listed(other) {
  const line = copyOf('round-row'), isOwn = hasOurQuestions(other);
  const answered = Object.values(other.answers).filter(answer => answer[CHOICE]).length;
  const told = [titleOf(other), fill(words.rounds.answers, { n: answered }), other.saved && words.saved];
  if (other.book !== data.book) told.push(fill(words.rounds.of_book, { book: other.book }));
  if (!isOwn && isOurs(other)) told.push(words.rounds.other);
  // Whose it is cannot be told of a round that no desk knows by more than a title.
  if (!isOurs(other) && !isOwn) line.dataset.elsewhere = other.home ? 'yes' : 'maybe';
  const name = first(line, '.name');
  if (name) name.textContent = told.filter(Boolean).join(' · ');
  for (const button of all(line, 'button')) {
    button.dataset.round = other.round;
    button.setAttribute('aria-label', `${button.textContent}: ${titleOf(other)}`);
    // A round of another version of this document has other questions: it can be saved, and not gone on with.
    if (button.dataset.do === (isOwn ? 'save-round' : 'open-round')) button.remove();
  }
  if (other.round === round.round) line.setAttribute('aria-current', 'true');
  return line;
}

/**
 * Goes on with a round.
 * @param {Round} other
 */
function go(other) {
  dropStopwatch();
  round = other;
  // What was begun under another title goes on under this one.
  if (other.key !== data.key && hasOurQuestions(other)) Object.assign(round, own, served);
  if (other.key === data.key) round.answers = withDecided(round.answers);
  recall();
  fetchPhotographs();
  showAll();
  if (finders.length) showEvery();
}
