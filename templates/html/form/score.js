// The score so far, by the rules of the program's `audit::figures`: weights of what was met by weights of what was judged.

/** Whether the round is an audit, which has a score; a review has none. */
const isAudit = form.hasAttribute('data-audit');
/** Below so many judged items no percentage is told. */
const FEW = 5;

/** What some questions come to. @typedef {{met: number, judged: number, na: number, unseen: number, open: number, share: number | undefined}} Tally */

/**
 * What some questions come to.
 * @param {Iterable<string>} refs
 * @returns {Tally}
 */
function tally(refs) {
  let met = 0, judged = 0, na = 0, unseen = 0, open = 0, weightMet = 0, weightJudged = 0;
  for (const ref of refs) {
    const chosen = answerOf(ref)[CHOICE], weight = Number(rows.get(ref)?.dataset.weight ?? 1);
    if (chosen === 'met' || chosen === 'not met') {
      judged += 1;
      weightJudged += weight;
      if (chosen === 'met') met += 1;
      if (chosen === 'met') weightMet += weight;
    } else if (chosen === 'n/a') na += 1;
    else if (chosen) unseen += 1;
    else open += 1;
  }
  return { met, judged, na, unseen, open, share: weightJudged ? weightMet / weightJudged : undefined };
}

/**
 * A share in per cent; nothing where there is too little to tell.
 * @param {Tally} of
 */
function percent(of) {
  return of.share === undefined || of.judged < FEW ? '' : fill(words.summary.percent, { n: Math.round(of.share * 100) });
}

/** The critical questions that are not met. */
function criticalFailed() {
  return [...rows].filter(([ref, row]) => 'critical' in row.dataset && answerOf(ref)[CHOICE] === 'not met').map(([ref]) => ref);
}
