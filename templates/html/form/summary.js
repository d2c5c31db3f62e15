// What the round comes to so far, at its end; and what the program would not take.

/** @type {ReturnType<typeof setTimeout> | undefined} */
let summing;

/** Shows the summary soon: an answer shows first. */
function sumUp() {
  clearTimeout(summing);
  summing = setTimeout(showSummary, 400);
}

/**
 * A line that leads to a question, or to the head.
 * @param {string} ref
 * @param {string} text
 */
function lineTo(ref, text) {
  const line = copyOf('to-item'), button = first(line, 'button');
  if (button) {
    button.dataset.to = ref;
    button.textContent = text;
  }
  return line;
}

/** Shows the summary. */
function showSummary() {
  clearTimeout(summing);
  if (!document.getElementById('summary')) return;
  const all = tally(rows.keys()), score = percent(all);
  const failed = criticalFailed().length;
  const counts = fill(words.summary.counts, { ...all });
  const told = !all.judged ? words.summary.none : score ? `${score} (${counts}).` : `${counts}.`;
  id('score').textContent = failed ? `${told} ${fill(words.summary.critical, { n: failed })}` : told;
  showPhases();
  const notMet = [...rows.keys()].filter(ref => answerOf(ref)[CHOICE] === 'not met');
  id('failed').hidden = !notMet.length;
  id('failed-list').replaceChildren(...notMet.map(ref => lineTo(ref, lineOf(ref))));
  const times = [...rows.keys()].map(ref => answerOf(ref).at).filter(Boolean).sort();
  const [from, to] = [times[0], times.at(-1)];
  id('took').textContent = from && to ? fill(words.summary.took, { period: period(from, to) }) : '';
  if (!id('refused').hidden) showRefusals();
}

/** Shows what each phase comes to. */
function showPhases() {
  const body = first(id('phases'), 'tbody');
  const sections = [...new Set(sectionOf.values())];
  const heads = [...id('phases').querySelectorAll('thead th')].slice(1).map(head => head.textContent ?? '');
  body?.replaceChildren(...sections.map(section => {
    const of = tally([...rows.keys()].filter(ref => sectionOf.get(ref) === section)), row = document.createElement('tr');
    const head = document.createElement('th');
    head.scope = 'row';
    head.textContent = section.dataset.phase ?? '';
    row.append(head, ...[of.met, of.judged - of.met, of.open].map((n, column) => {
      const cell = document.createElement('td');
      cell.dataset.head = heads[column];
      cell.textContent = String(n);
      return cell;
    }));
    return row;
  }));
}

/** Shows what would be refused; how much that is. */
function showRefusals() {
  const found = refusals();
  const box = document.getElementById('refused');
  if (!box) return 0;
  box.hidden = !found.length;
  const anyway = first(id('summary'), '[data-do=save-anyway]');
  if (anyway) anyway.hidden = !found.length;
  id('refused-list').replaceChildren(...found.map(({ ref, why }) => lineTo(ref, ref ? `${lineOf(ref)} – ${why}` : why)));
  return found.length;
}
