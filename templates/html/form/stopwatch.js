// A stopwatch for what is measured in time: a tap starts it, another writes what it shows as an observation.

/** The one that runs. @type {{ref: string, since: number, ticking: ReturnType<typeof setInterval>} | null} */
let running = null;

/**
 * So many seconds as a stopwatch shows them.
 * @param {number} seconds
 */
const shownClock = seconds => `${Math.floor(seconds / 60)}:${twoDigits(Math.floor(seconds) % 60)}`;

/** A part of a second as people write it. @param {number} seconds */
const tenths = seconds => seconds.toFixed(1).replace('.', data.language === 'en' ? '.' : ',');

/**
 * Shows on a card whether its stopwatch runs.
 * @param {string} ref
 */
function showStopwatch(ref) {
  const card = cards.get(ref), button = card && first(card, '[data-do=stopwatch]');
  if (!button) return;
  const isOn = running?.ref === ref;
  button.setAttribute('aria-pressed', String(isOn));
  const clock = first(button, '.clock');
  if (clock) clock.textContent = isOn && running ? shownClock((performance.now() - running.since) / 1000) : '';
}

/** Ends the stopwatch without writing anything. */
function dropStopwatch() {
  if (!running) return;
  const { ref, ticking } = running;
  clearInterval(ticking);
  running = null;
  showStopwatch(ref);
}

/**
 * Starts the stopwatch of a question, or ends it and writes its time down.
 * @param {string} ref
 */
function stopwatch(ref) {
  const ended = running?.ref === ref ? running : null;
  const seconds = ended ? (performance.now() - ended.since) / 1000 : 0;
  dropStopwatch();
  if (!ended) {
    running = { ref, since: performance.now(), ticking: setInterval(() => showStopwatch(ref), 250) };
    showStopwatch(ref);
    say(words.stopwatch.start);
    return;
  }
  const observed = (answerOf(ref).observed ?? []).filter(text => text.trim());
  // What is compared with seconds is told by the tenth, as far as a thumb is that exact.
  const time = seconds < 100 ? `${tenths(seconds)} s` : shownClock(seconds);
  typing = '';
  change(ref, 'observed', [...observed, time]);
  say(fill(words.stopwatch.stop, { time }));
}
