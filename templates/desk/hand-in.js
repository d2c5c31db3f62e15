'use strict';
// The button that hands a round in, beside those of the form; and the queue of rounds that wait for a connection, which outlives
// the page.
(() => {
  /**
   * What the form knows of a round that is to be handed in: its name, what Save would write, and whom to tell that it was taken.
   * (`title` is what people know it by, where it is not the one that is open.)
   * @typedef {{name?: string, title?: string, isChecked?: boolean, isSure?: boolean, of_book?: string, made?: Promise<object>,
   *   handedIn?: () => void}} Asked
   */
  /** What is wrong with an item, or differs. @typedef {{id?: string, message?: string, help?: string}} Told */

  /** @param {string} name */
  const id = name => /** @type {HTMLElement} */ (document.getElementById(name));
  /** @type {{token: string, lang: string, words: Record<string, string>}} */
  const desk = JSON.parse(id('desk').textContent ?? '');
  const words = desk.words;
  const about = document.querySelector('#rounds > p');
  if (about) about.textContent = words.about;
  const bar = document.querySelector('.bar .buttons');
  if (!bar) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.id = 'hand-in';
  button.className = 'main';
  button.textContent = words.button;
  bar.append(button);
  document.querySelector('#save')?.classList.remove('main');
  // A line of its own: what the form says of the latest tap goes after a while, and what became of a round stays until it is settled.
  const said = document.createElement('p');
  said.id = 'said-handed-in';
  said.setAttribute('role', 'status');
  id('said').after(said);
  /** @param {string} text */
  const say = text => { said.textContent = text; };
  let isSending = false;

  const QUEUE = 'gamma-ok-queue';
  /** The names of rounds that wait; without storage they wait as long as the page is open. @type {string[]} */
  let queue = [];
  /** What waits by now: another page of this desk may have added to it. */
  const waiting = () => {
    try { queue = JSON.parse(localStorage.getItem(QUEUE) ?? '[]'); } catch { /* What is known here. */ }
    if (!Array.isArray(queue)) queue = [];
    return queue;
  };
  /** @param {string[]} names */
  const keepQueue = names => {
    queue = names;
    try { localStorage.setItem(QUEUE, JSON.stringify(queue)); } catch { /* As long as the page is open. */ }
  };
  /** @param {string} name */
  const enqueue = name => { if (!waiting().includes(name)) keepQueue([...queue, name]); };
  /** @param {string} name */
  const dequeue = name => { if (waiting().includes(name)) keepQueue(queue.filter(other => other !== name)); };

  /**
   * Shows beside the items what is wrong with them, and goes to the first; the rest, which no item is to be seen for.
   * @param {Told[]} items
   */
  const point = items => {
    for (const old of document.querySelectorAll('.refused-here')) old.remove();
    /** @type {HTMLElement | null} */
    let first = null;
    const rest = [];
    for (const item of items) {
      const row = /** @type {HTMLElement | null} */ (item.id && document.querySelector(`[data-item^="${CSS.escape(item.id)}@"]`) || null);
      const card = row && document.querySelector(`[data-ref="${CSS.escape(row.dataset.item ?? '')}"]`);
      const text = [item.message, item.help].filter(Boolean).join(' ');
      if (!card) { rest.push(text); continue; }
      const note = document.createElement('p');
      note.className = 'refused-here';
      note.setAttribute('role', 'alert');
      note.textContent = text;
      card.append(note);
      first ??= note;
    }
    // The line itself: its item may be higher than a phone, and the buttons cover the foot of the page.
    first?.scrollIntoView({ block: 'center' });
    return rest;
  };

  /** A difference, by the number that its item has here. @param {Told} item */
  const numbered = item => {
    const row = item.id && document.querySelector(`[data-item^="${CSS.escape(item.id)}@"]`);
    return [row && row.querySelector('.no')?.textContent?.trim(), item.message].filter(Boolean).join(' ');
  };

  /**
   * Hands a round in: the open one, or one that waits.
   * @param {{name?: string, how?: Record<string, string>, isSure?: boolean}} asking `how`: what was answered to a question about
   *   it; `isSure`: whether it is meant, though it may be of another book.
   */
  const handIn = async ({ name, how, isSure }) => {
    if (isSending) return;
    /** @type {Asked} */
    const asked = { name, isChecked: !name && !how, isSure };
    document.dispatchEvent(new CustomEvent('round', { detail: asked }));
    // What waited may have been deleted since; what the form holds up it has pointed at.
    if (!asked.made) return name && !asked.of_book && dequeue(name);
    const own = asked.name ?? '';
    isSending = true;
    if (!name) say(words.sending);
    const body = JSON.stringify(await asked.made);
    // What is answered is in the language of this page.
    const address = `/rounds?${new URLSearchParams({ ...how, lang: desk.lang })}`;
    const headers = { 'Content-Type': 'application/json', 'X-Desk-Token': desk.token };
    const answer = await fetch(address, { method: 'POST', headers, body }).catch(() => null);
    isSending = false;
    if (!answer) {
      enqueue(own);
      if (!name) say(words.offline);
      return;
    }
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) {
      dequeue(own);
      point([]);
      asked.handedIn?.();
      say(told.said ?? words[told.recorded] ?? '');
      const link = document.createElement('a');
      link.href = '/rounds';
      link.textContent = words.rounds;
      said.append(' ', link);
    } else if (answer.status === 401 || answer.status === 403) {
      // The desk was opened anew since: a new page of it sends what waits.
      enqueue(own);
      say(words.again);
    } else if (answer.status === 409 && told.items?.length) {
      dequeue(own);
      // Of another round than the open one it is said which.
      const about_it = asked.title ? `${asked.title}:\n` : '';
      const list = (/** @type {Told[]} */ items) => items.map(asked.title ? item => item.message : numbered).join('\n');
      if (!confirm(`${about_it}${words.replace}\n\n${list(told.items)}`)) return say(words.kept);
      const { from } = told, replace = 'yes';
      const removes = told.removable?.length && confirm(`${about_it}${words.remove}\n\n${list(told.removable)}`);
      await handIn({ name: own, how: removes ? { replace, from, remove: 'yes' } : { replace, from }, isSure });
    } else if (answer.status === 409 && told.may_be_another) {
      dequeue(own);
      const question = [asked.title && `${asked.title}:`, told.error, '', words.another].filter(part => part !== '').join('\n');
      if (confirm(question)) await handIn({ name: own, how: { another: 'yes' }, isSure }); else say(words.kept);
    } else {
      dequeue(own);
      // Items of another round are not those that stand here.
      const rest = asked.title ? [] : point(told.items ?? []);
      say([asked.title && `${asked.title}:`, told.error, ...rest].filter(Boolean).join(' '));
    }
  };
  button.addEventListener('click', () => { handIn({}); });
  // A round that was begun with other standards cannot be gone on with here; it is handed in as it is.
  const rounds = id('rounds-list');
  const offer = () => {
    for (const line of rounds.children) {
      const own = line.querySelector('[data-do=save-round]');
      if (!own || line.querySelector('[data-hands-in]')) continue;
      const name = /** @type {HTMLElement} */ (own).dataset.round ?? '';
      const other = document.createElement('button');
      other.type = 'button';
      other.dataset.handsIn = name;
      other.textContent = words.button;
      other.setAttribute('aria-label', `${words.button}: ${line.querySelector('.name')?.textContent ?? ''}`);
      const { elsewhere } = /** @type {HTMLElement} */ (line).dataset;
      if (elsewhere === 'yes') continue;
      const sure = () => elsewhere !== 'maybe' || confirm(`${line.querySelector('.name')?.textContent}\n\n${words.of_book}`);
      other.addEventListener('click', () => { if (sure()) handIn({ name, isSure: true }); });
      own.after(other);
    }
  };
  new MutationObserver(offer).observe(rounds, { childList: true });
  offer();
  const again = async () => {
    if (!navigator.onLine) return;
    // One that is of another book holds up none of this one.
    for (const name of [...waiting()]) await handIn({ name });
  };
  addEventListener('online', again);
  setInterval(again, 10000);
  again();
})();
