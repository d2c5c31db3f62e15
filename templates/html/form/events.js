// What people do, and the beginning.

/** @param {HTMLElement} card */
const observedIn = card => fieldsIn(card, '.values input').map(input => input.value);

/** @param {HTMLElement} node */
const isTyped = node => node.matches('textarea, select, input:not([type=radio])');

/**
 * The card that something is on.
 * @param {HTMLElement} node
 */
const cardAround = node => /** @type {HTMLElement | null} */ (node.closest('[data-ref]'));

/**
 * The round that a button of the list is for.
 * @param {HTMLElement} button
 */
const roundFor = button => onDevice().find(other => other.round === button.dataset.round);

/** What a button does, by its data-do. @type {Record<string, (button: HTMLElement) => void>} */
const doing = {
  extra(button) {
    const card = cardAround(button), node = card && first(card, '.extra');
    if (!card) return;
    card.dataset.open = node && !node.hidden ? '' : 'yes';
    show(card.dataset.ref ?? '');
    first(card, '.extra:not([hidden]) textarea, .extra:not([hidden]) input')?.focus();
  },
  another(button) {
    const card = cardAround(button);
    if (!card) return;
    const values = observedIn(card);
    if (!values.at(-1)?.trim()) {
      first(card, '.values input:placeholder-shown')?.focus();
      return;
    }
    change(card.dataset.ref ?? '', 'observed', [...values, '']);
    all(card, '.values input').at(-1)?.focus();
  },
  undo,
  next,
  save: () => save(round),
  'save-anyway': () => save(round, true),
  share,
  clear: button => clear(cardAround(button)?.dataset.ref ?? ''),
  stopwatch: button => stopwatch(cardAround(button)?.dataset.ref ?? ''),
  sign(button) {
    const card = cardAround(button), fields = card ? fieldsIn(card, '.values input') : [];
    const field = fields.find(input => input === document.activeElement) ?? fields.at(-1);
    if (!field) return;
    const at = button.textContent === '−' ? 0 : field.selectionStart ?? field.value.length;
    field.setRangeText(button.textContent ?? '', at, at === 0 ? 0 : field.selectionEnd ?? at, 'end');
    field.focus();
    field.dispatchEvent(new Event('input', { bubbles: true }));
  },
  'forget-photograph'(button) {
    const card = cardAround(button), ref = card?.dataset.ref ?? '';
    const left = (answerOf(ref).evidence ?? []).filter(name => name !== button.closest('li')?.dataset.name);
    change(ref, 'evidence', left);
    card?.querySelector('input')?.focus();
  },
  go(button) {
    const to = button.dataset.to ?? '';
    reach(to ? cardOf(to) : id('head'), to ? null : headFields.find(field => !field.value) ?? headFields[0]);
  },
  'show-all': showEvery,
  'new-round'() {
    go(fresh());
    /** @type {HTMLDetailsElement} */ (id('rounds')).open = false;
    reach(id('head'), headFields[0]);
    say(words.rounds.begun);
  },
  'open-round'(button) {
    const chosen = roundFor(button);
    if (!chosen) return;
    go(chosen);
    say(fill(words.rounds.opened, { name: titleOf(chosen) }));
  },
  'save-round'(button) {
    const chosen = roundFor(button);
    if (chosen) save(chosen);
  },
  'delete-round'(button) {
    const chosen = roundFor(button);
    if (!chosen || !confirm(fill(words.rounds.sure, { name: titleOf(chosen) }))) return;
    store?.removeItem(PREFIX + chosen.round);
    store?.removeItem(PAST + chosen.round);
    forgetPhotographs(chosen.round);
    if (chosen.round === round.round) go(fresh()); else showRounds();
    say(words.rounds.deleted);
  },
  'open-file': () => id('file').click(),
};

form.addEventListener('submit', event => event.preventDefault());
form.addEventListener('input', event => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  const card = cardAround(field), ref = card?.dataset.ref ?? '';
  if (card && field.dataset.count) {
    const [passed, of] = fieldsIn(card, '[data-count]').map(input => input.value.trim());
    change(ref, 'observed', passed || of ? [`${passed}/${of}`] : []);
  } else if (card && field.dataset.field === 'observed') change(ref, 'observed', observedIn(card));
  else if (field.dataset.field) change(ref, field.dataset.field, field.value);
});
form.addEventListener('change', event => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (field.dataset.find) find();
  else if (field.id === 'go-to' && field.value) {
    if (hidden.has(field.value)) showEvery();
    reach(cardOf(field.value));
    field.value = '';
  } else if ('photograph' in field.dataset && field.files?.[0]) {
    photograph(cardAround(field)?.dataset.ref ?? '', field.files[0]);
    field.value = '';
  }
});
form.addEventListener('focusin', event => {
  typing = '';
  const field = /** @type {HTMLElement} */ (event.target), card = cardAround(field);
  lastRef = card?.dataset.ref ?? lastRef;
  // Signs that a pad of figures lacks stand by from then on: what went away again would move what a finger is on.
  if (card && field.dataset.field === 'observed') card.dataset.typed = '';
});
// A tap on a sign leaves the focus, and with it the keyboard of a phone, where it is.
form.addEventListener('pointerdown', event => {
  if (/** @type {HTMLElement} */ (event.target).closest('[data-do=sign]')) event.preventDefault();
});
form.addEventListener('click', event => {
  const button = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest('[data-do]'));
  if (button) doing[button.dataset.do ?? ''](button);
});
id('file').addEventListener('change', event => {
  const input = /** @type {HTMLInputElement} */ (event.target);
  if (input.files?.[0]) read(input.files[0]);
  input.value = '';
});
document.addEventListener('keydown', event => {
  if (!(event.target instanceof HTMLElement)) return;
  const card = cardAround(event.target), isChord = event.ctrlKey || event.metaKey;
  if (isChord && !event.shiftKey && event.key.toLowerCase() === 'z' && !isTyped(event.target)) {
    event.preventDefault();
    undo();
  } else if (isChord || event.altKey || !card) {
    return;
  } else if (event.key === 'Enter' && event.target.matches('input')) {
    event.preventDefault();
    next();
  } else if (/^[1-9]$/.test(event.key) && !isTyped(event.target)) {
    const radio = fieldsIn(card, '.choices [type=radio]')[Number(event.key) - 1];
    if (!radio) return;
    event.preventDefault();
    radio.focus({ preventScroll: true });
    change(card.dataset.ref ?? '', CHOICE, radio.value);
  }
});
// A page around the form asks for a round as it would be saved, by its name or the one that is open, and says when somebody
// has taken it.
document.addEventListener('round', event => {
  const asked = /** @type {CustomEvent} */ (event).detail;
  const of = !asked.name || asked.name === round.round ? round : onDevice().find(other => other.round === asked.name);
  if (!of) return;
  // What waits for the desk of another book waits on.
  asked.of_book = isOurs(of) ? '' : of.book;
  if (asked.of_book && !asked.isSure) return;
  if (of === round && asked.isChecked && isHeldUp()) return;
  asked.name = of.round;
  asked.title = of === round ? '' : titleOf(of);
  asked.touched = of.touched;
  asked.made = file(of);
  asked.handedIn = () => {
    const there = of.round === round.round ? round : of;
    // What was answered while it was on its way is still to be handed in.
    if (there.touched !== asked.touched) return;
    there.saved = true;
    if (there === round) {
      isUnsaved = false;
      write();
    } else store?.setItem(PREFIX + there.round, JSON.stringify(there));
    showHead();
    showRounds();
  };
});
// With large letters the buttons that do not fit beside one another stand two and two. A bar that would hide half of the screen
// then, or is too wide still, stands at the end instead, where it is scrolled to.
const [bar, inner, buttons] = ['.bar', '.bar-inner', '.bar .buttons'].map(part => /** @type {HTMLElement} */ (first(form, part)));
const fit = () => {
  form.classList.remove('crowded', 'tall');
  const isWide = () => [bar, inner, buttons].some(part => part.scrollWidth > part.clientWidth);
  form.classList.toggle('crowded', isWide());
  form.classList.toggle('tall', isWide() || bar.offsetHeight > innerHeight * 0.45);
};
new ResizeObserver(fit).observe(bar);
new ResizeObserver(fit).observe(buttons);
new MutationObserver(fit).observe(buttons, { childList: true });
addEventListener('beforeprint', fillPaper);
addEventListener('beforeunload', event => { if (isUnsaved && (!store || isFull)) event.preventDefault(); });
// The same round open in another tab: what is written there shows here.
addEventListener('storage', event => {
  if (event.key !== PREFIX + round?.round || !event.newValue) return showRounds();
  try { go(JSON.parse(event.newValue)); } catch { /* Cut short: ours stays. */ }
  return undefined;
});

// Beginning: where the last round stopped, unless that was saved on another day.
build();
// What a phone has no room for above the items.
for (const part of all(document, '.head .facts, ul.legend')) document.getElementById('about')?.append(part.cloneNode(true));
offer();
offerSharing();
const named = onDevice().find(other => other.round === location.hash.slice(1));
const last = named ?? kept().find(hasOurQuestions);
const isOver = last?.saved && (last.head.date ?? '').slice(0, 10) !== now().slice(0, 10);
const isOther = last && !hasOurQuestions(last);
go(last && !isOther && (named || !isOver) ? last : fresh());
form.hidden = isShown;
if (!store) trouble(words.trouble.denied);
if (isOther) {
  // It is in the list of rounds, where it can be saved and handed in as it is.
  for (const panel of ['head', 'rounds']) /** @type {HTMLDetailsElement} */ (id(panel)).open = true;
  bring(id('rounds'));
  say(`${titleOf(last)}: ${words.rounds.other}`);
}
