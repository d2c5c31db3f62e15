// On paper: the answers so far stand in the printed table.

/**
 * Writes into something on paper, or what the document itself has there.
 * @param {HTMLElement} node
 * @param {(blank: string) => string | undefined} text What to write, by what the document has.
 */
function ink(node, text) {
  const blank = node.dataset.blank ??= node.textContent ?? '';
  node.textContent = text(blank) ?? blank;
}

/** Fills the paper in. */
function fillPaper() {
  for (const [ref, row] of rows) fillRow(ref, row);
  for (const node of all(document, '[data-paper-head]')) {
    const texts = node.dataset.paperHead?.split(' ').map(path => round.head[path]).filter(Boolean) ?? [];
    ink(node, blank => (texts.length ? `${blank}: ${texts.join(' · ').replace('T', ' ')}` : undefined));
  }
  fillActions();
}

/**
 * Fills a row in.
 * @param {string} ref
 * @param {HTMLTableRowElement} row
 */
function fillRow(ref, row) {
  const answer = answerOf(ref);
  for (const cell of all(row, '[data-choice]')) {
    const box = first(cell, '.box');
    // What the document itself has decided already stays until it is answered here.
    const mark = cell.dataset.choice === answer[CHOICE] ? '✓' : '';
    if (box) ink(box, () => (answer[CHOICE] ? mark : undefined));
  }
  for (const cell of all(row, '[data-paper]')) {
    const paths = cell.dataset.paper?.split(' ') ?? [];
    const texts = paths.flatMap(path => (path === 'observed' ? observedOf(ref, answer) : [get(answer, path)])).filter(Boolean);
    if (paths.includes('note') && answer.evidence?.length) {
      texts.push(fill(words.photograph.on_paper, { n: answer.evidence.length }));
    }
    const isLabelled = cell.matches('.blank-line');
    const label = (/** @type {string} */ blank) => (isLabelled ? `${blank.split(':')[0]}: ` : '');
    ink(cell, blank => (texts.length ? label(blank) + texts.join('; ') : undefined));
  }
}

/** Writes what is to be done into the list of actions, one row each, before its empty rows. */
function fillActions() {
  const body = /** @type {HTMLTableSectionElement | null} */ (document.getElementById('paper-actions'));
  if (!body) return;
  for (const row of all(body, '[data-made]')) row.remove();
  const made = [...rows].filter(([ref]) => answerOf(ref).action).map(([ref, of]) => {
    const row = /** @type {HTMLTableRowElement} */ (body.rows[0].cloneNode(true));
    const { what, cause, owner, due } = answerOf(ref).action ?? {};
    row.dataset.made = '';
    const done = [what, cause && `(${cause})`].filter(Boolean).join(' ');
    const number = first(of, '.no')?.textContent;
    [number, done, owner, due].forEach((text, n) => { row.cells[n].textContent = text ?? ''; });
    return row;
  });
  body.prepend(...made);
}
