// What the page says of itself: read once, used by everything below.
//
// These files are one script, put together in the order of the macro `script` in `html/form/macros.html`; each may use what
// those before it name.

/**
 * What the program tells the form of its document.
 * @typedef {object} PageData
 * @property {string} kind The kind of file that it saves: `checklist`, `review`.
 * @property {string} key What tells its questions from those of any other form, or of another version of this one.
 * @property {string} file How the name of a saved file begins.
 * @property {string} book The book's title.
 * @property {string} language The document's language.
 * @property {Record<string, unknown>} fixed What a saved file says in any case.
 * @property {Edition | null} [edition] The standards that it was made of.
 * @property {Record<string, Answer>} [decided] What the document has decided already, by reference.
 * @property {Record<string, string>} units Keys of units by what people call them, in every language, in lower case.
 * @property {Record<string, [string, number]>} bases Each unit's base unit, and how many of those it is.
 * @property {Words} words The texts that the form says.
 */

/**
 * The standards that a form was made of: the hash of them all, and the part that it asks about, which a round of another form
 * may lack.
 * @typedef {{hash: string, part?: string}} Edition
 */

/**
 * The texts that the form says; braces stand for values.
 * @typedef {object} Words
 * @property {Record<string, string>} value Why a value cannot be judged, by the key of the reason.
 * @property {{met: string, not_met: string, against: string}} verdict
 * @property {Record<'why' | 'what' | 'due' | 'date' | 'site' | 'future' | 'clock', string>} refused Why an answer, or the head, would not
 *   be taken.
 * @property {Record<'percent' | 'counts' | 'critical' | 'none' | 'refused' | 'took' | 'found' | 'ladder' | 'cleared', string>} summary
 * @property {Record<'start' | 'stop', string>} stopwatch
 * @property {Record<'one' | 'on_paper' | 'added' | 'many' | 'full' | 'unreadable' | 'lost', string>} photograph
 * @property {{denied: string, full: string}} trouble
 * @property {Record<'answers' | 'other' | 'of_book' | 'begun' | 'opened' | 'sure' | 'deleted', string>} rounds
 * @property {Record<'unreadable' | 'other' | 'newer' | 'elsewhere' | 'replace' | 'strange', string>} file
 * @property {string} progress
 * @property {string} lacking
 * @property {string} saved
 * @property {string} undone
 * @property {string} complete
 * @property {string} written
 * @property {string} blank
 * @property {string} open
 */

/**
 * The element of that id, which the template has.
 * @param {string} name
 */
const id = name => /** @type {HTMLElement} */ (document.getElementById(name));

/**
 * What stands in the template of that id.
 * @param {string} name
 */
const within = name => /** @type {HTMLTemplateElement} */ (id(name)).content;

/**
 * A copy of the one element in the template of that id.
 * @param {string} name
 */
const copyOf = name => /** @type {HTMLElement} */ (within(name).firstElementChild?.cloneNode(true));

/**
 * The elements that a selector finds.
 * @param {ParentNode} node
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
const all = (node, selector) => [...node.querySelectorAll(selector)].map(found => /** @type {HTMLElement} */ (found));

/**
 * The first element that a selector finds.
 * @param {ParentNode} node
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
const first = (node, selector) => node.querySelector(selector);

/**
 * A text with its holes filled: `{n} open`.
 * @param {string} text
 * @param {Record<string, string | number | undefined>} values
 */
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (hole, name) => String(values[name] ?? hole));

const form = id('form');
/** @type {PageData} */
const data = JSON.parse(id('form-data').textContent ?? '');
const words = data.words;
