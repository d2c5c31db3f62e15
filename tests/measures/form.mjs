// Asks the form's own script, without a browser: reads a page's data and cases from standard input, and writes what the form
// makes of each. `node form.mjs QUANTITIES.js JUDGING.js`; tests/it/measures.rs runs it.
import { readFileSync } from 'node:fs';

const [, , ...files] = process.argv;
const { page, quantities, judged } = JSON.parse(readFileSync(0, 'utf8'));
const script = files.map(file => readFileSync(file, 'utf8')).join('\n');
const { quantity, judge, spelled, stripped } = new Function('data', `'use strict'; ${script}; return { quantity, judge, spelled, stripped };`)(page);

/** A measure as a row of the page has it. */
function figures({ bound, value, high, share = 1 }) {
  const low = quantity(value), upper = quantity(high ?? value);
  return { bound, low: low.value, unit: low.unit, high: upper.value, highUnit: upper.unit, share };
}

console.log(JSON.stringify({
  quantities: quantities.map(({ typed }) => quantity(typed)),
  judged: judged.map(({ measure, typed }) => {
    const asked = measure ? figures(measure) : null;
    return { saved: typed.filter(stripped).map(text => spelled(asked, text)), outcome: judge(asked, typed) ?? {} };
  }),
}));
