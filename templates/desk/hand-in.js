'use strict';
// The button that hands a round in, beside those of the form.
(() => {
  const desk = JSON.parse(document.getElementById('desk').textContent), words = desk.words;
  const bar = document.querySelector('.bar .buttons');
  if (!bar) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.id = 'hand-in';
  button.className = 'main';
  button.textContent = words.button;
  bar.append(button);
  const said = document.getElementById('said');
  const say = text => { said.textContent = text; };
  let isWaiting = false, isSending = false;

  /** Shows beside the items what is wrong with them, and goes to the first. */
  const point = items => {
    for (const old of document.querySelectorAll('.refused-here')) old.remove();
    let first = null;
    const rest = [];
    for (const item of items) {
      const row = item.id && document.querySelector(`[data-item^="${CSS.escape(item.id)}@"]`);
      const card = row && document.querySelector(`[data-ref="${CSS.escape(row.dataset.item)}"]`);
      const text = [item.message, item.help].filter(Boolean).join(' ');
      if (!card) { rest.push(text); continue; }
      const note = document.createElement('p');
      note.className = 'refused-here';
      note.setAttribute('role', 'alert');
      note.textContent = text;
      card.append(note);
      first ??= card;
    }
    first?.scrollIntoView({ block: 'center' });
    return rest;
  };

  const handIn = async replace => {
    if (isSending) return;
    const asked = {};
    document.dispatchEvent(new CustomEvent('round', { detail: asked }));
    if (!asked.made) return;
    isSending = true;
    say(words.sending);
    const address = replace ? '/rounds?replace=yes' : '/rounds';
    const headers = { 'Content-Type': 'application/json', 'X-Desk-Token': desk.token };
    const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(asked.made) }).catch(() => null);
    isSending = false;
    isWaiting = !answer;
    if (!answer) { say(words.offline); return; }
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) {
      point([]);
      asked.handedIn?.();
      say(words[told.recorded] ?? '');
      const link = document.createElement('a');
      link.href = '/rounds';
      link.textContent = words.rounds;
      said.append(' ', link);
    } else if (answer.status === 409 && told.items?.length) {
      const differences = told.items.map(item => item.message).join('\n');
      if (confirm(`${words.replace}\n\n${differences}`)) await handIn(true); else say(words.kept);
    } else say([told.error, ...point(told.items ?? [])].filter(Boolean).join(' '));
  };
  button.addEventListener('click', () => { handIn(false); });
  const again = () => { if (isWaiting) handIn(false); };
  addEventListener('online', again);
  setInterval(again, 10000);
})();
