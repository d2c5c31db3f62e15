// Judging what was observed, by the rules of the program's `audit::judge`. The cases in `tests/measures/cases.json` are
// judged by both.

/**
 * What a standard asks for: the bound (`within`, `at-most`, `at-least`, `between`), its figure and unit, the upper figure of
 * `between` with its unit, and how often it must hold.
 * @typedef {{bound: string, low: number, unit: string, high: number, highUnit: string, share: number}} Measure
 */

// Comparing figures forgives what binary fractions lose.
const NEAR = 1e-9;
// So many observations of one standard are believed.
const MOST = 1000000;

/**
 * What one observation, a value or "18/20", comes to.
 * @param {Measure | null} measure
 * @param {string} written
 * @returns {{passed: number, of: number} | Unfit}
 */
function observation(measure, written) {
  const [, some, every] = written.match(/^([0-9]+)\p{White_Space}*\/\p{White_Space}*([0-9]+)$/u) ?? [];
  if (every !== undefined) {
    const passed = Number(some), of = Number(every);
    return of === 0 || passed > of || of > MOST ? { wrong: 'share' } : { passed, of };
  }
  if (!measure) return { wrong: 'share' };
  const read = quantity(spelled(measure, written));
  if ('wrong' in read) return read;
  const [base, scale] = conversion(measure.unit);
  if (read.base !== base) return { wrong: measure.unit ? 'unit' : 'bare', word: read.word };
  const value = read.value * read.factor, low = measure.low * scale;
  const high = measure.bound === 'between' ? measure.high * conversion(measure.highUnit)[1] : low;
  if (base === '%' && value > 100 && Math.max(low, high) <= 100) return { wrong: 'over' };
  const slack = NEAR * Math.max(Math.abs(value), Math.abs(low), 1);
  const over = value + slack >= low, under = value <= high + slack;
  const holds = measure.bound === 'at-least' ? over : measure.bound === 'between' ? over && under : under;
  return { passed: Number(holds), of: 1 };
}

/**
 * Judges what was observed, a text for each observation; nothing where nothing was written.
 * @param {Measure | null} measure
 * @param {string[]} observed
 * @returns {{verdict: 'met' | 'not met', passed: number, of: number} | Unfit | undefined}
 */
function judge(measure, observed) {
  let passed = 0, of = 0;
  for (const text of observed.map(stripped).filter(Boolean)) {
    const seen = observation(measure, text);
    if ('wrong' in seen) return seen;
    passed += seen.passed;
    of += seen.of;
  }
  if (of > MOST) return { wrong: 'share' };
  return of ? { passed, of, verdict: passed + NEAR >= (measure?.share ?? 1) * of ? 'met' : 'not met' } : undefined;
}
