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
const roundFor = button => kept().find(other => other.round === button.dataset.round);

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
form.addEventListener('focusin', event => {
  typing = '';
  lastRef = cardAround(/** @type {HTMLElement} */ (event.target))?.dataset.ref ?? lastRef;
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
// A page around the form asks for the round as it would be saved, and says when somebody has taken it.
document.addEventListener('round', event => {
  const asked = /** @type {CustomEvent} */ (event).detail, of = round;
  asked.made = file(of);
  asked.handedIn = () => {
    of.saved = true;
    if (of === round) {
      isUnsaved = false;
      write();
    }
    showRounds();
  };
});
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
const last = kept().find(other => other.key === data.key);
const isOver = last?.saved && (last.head.date ?? '').slice(0, 10) !== now().slice(0, 10);
go(last && !isOver ? last : fresh());
form.hidden = false;
if (!store) trouble(words.trouble.denied);
