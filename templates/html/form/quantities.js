// Reading what people type into numbers and units, by the rules of the program's `units::parse_quantity`. The cases in
// `tests/measures/cases.json` are read by both.

/**
 * What was read: the value in its unit, the unit's key or what was written, the word itself, the base unit that it converts
 * to, and how many of those it is.
 * @typedef {{value: number, unit: string, word: string, base: string, factor: number}} Quantity
 */

/**
 * Why nothing could be read or judged: the key of a message, and the word that does not fit.
 * @typedef {{wrong: string, word?: string}} Unfit
 */

/**
 * A text without the blanks around it: what the program takes for one.
 * @param {string} text
 */
const stripped = text => text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');

/**
 * Reads a quantity, such as "1,5 h".
 * @param {string} written
 * @returns {Quantity | Unfit}
 */
function quantity(written) {
  const text = stripped(written).replace(/[\u00a0\u202f]/g, ' ');
  const digits = text.replace(/^[-\u2212+]+/, '');
  const end = digits.search(/[^0-9., ]/);
  const figure = (end < 0 ? digits : digits.slice(0, end)).trimEnd();
  const word = end < 0 ? '' : stripped(digits.slice(end));
  if (!/^[0-9]/.test(figure)) return { wrong: 'no_number' };
  const groups = figure.split(' ');
  if (groups.slice(1).some(group => group.split(/[.,]/)[0].length !== 3)) return { wrong: 'two_numbers' };
  const plain = groups.join('').replaceAll(',', '.');
  const size = /^[0-9]+(\.[0-9]*)?$/.test(plain) ? Number(plain) : NaN;
  if (!(size < 1e12)) return { wrong: 'unclear' };
  if ([...word].length > 40) return { wrong: 'long_unit' };
  if (/[0-9]/.test(word)) return { wrong: 'unclear' };
  const value = /^[-\u2212]/.test(text) ? -size : size;
  const key = unitKey(word);
  const unit = key ?? word;
  if (value < 0 && unit !== '°C' && key !== undefined) return { wrong: 'negative' };
  const [base, factor] = conversion(unit);
  return { value, unit, word, base, factor };
}

/**
 * The key of a unit, whatever people call it; empty for a bare number, nothing for a unit that the program does not know.
 * @param {string} word
 */
function unitKey(word) {
  if (word === '' || Object.hasOwn(data.bases, word)) return word;
  const folded = word.split(/\p{White_Space}+/u).join(' ').toLowerCase();
  // A full stop behind an abbreviation is no other word.
  const known = [folded, folded.replace(/\.$/, '')].find((name) => Object.hasOwn(data.units, name));
  return known === undefined ? undefined : data.units[known];
}

/**
 * The base unit that a unit converts to, and how many of those it is.
 * @param {string} unit
 * @returns {[string, number]}
 */
function conversion(unit) {
  return Object.hasOwn(data.bases, unit) ? data.bases[unit] : [unit, 1];
}

/**
 * A time as a stopwatch shows it, "1:30", in one unit: minutes and seconds beside a measure in seconds or minutes, hours and
 * minutes beside one in hours; of three figures, hours, minutes and seconds. As the program's `units::parse_clock`.
 * @param {string} text
 * @param {string} unit
 */
function clocked(text, unit) {
  const [, a, b, c] = text.match(/^([0-9]{1,4}):([0-5][0-9])(?::([0-5][0-9]))?$/) ?? [];
  if (a === undefined || !['s', 'min', 'h'].includes(unit)) return undefined;
  if (c !== undefined) return `${(Number(a) * 60 + Number(b)) * 60 + Number(c)} s`;
  return `${Number(a) * 60 + Number(b)} ${unit === 'h' ? 'min' : 's'}`;
}

/**
 * What is saved for what was typed: a time in one unit, and a bare number in the unit that stands beside its blank.
 * @param {Measure | null} measure
 * @param {string} written
 */
function spelled(measure, written) {
  const text = stripped(written), clock = clocked(text, measure?.unit ?? '');
  if (clock) return clock;
  return measure?.unit && /^[-\u2212+]*[0-9][0-9., \u00a0\u202f]*$/.test(text) ? `${text} ${measure.unit}` : text;
}
