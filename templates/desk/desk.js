'use strict';
// A page that shows what is in the book loads again what has changed, without taking anybody's place on it.
(async () => {
  const fresh = document.getElementById('fresh');
  if (!fresh) return;
  let now = document.body.dataset.now;
  for (;;) {
    const answer = await fetch(`/events?since=${now}`).catch(() => null);
    if (!answer?.ok) {
      await new Promise(resolve => { setTimeout(resolve, 2000); });
      if (answer?.status === 401) return;
      continue;
    }
    const said = await answer.json();
    if (String(said.now) === now) continue;
    now = String(said.now);
    const page = await fetch(location.href).catch(() => null);
    if (!page?.ok) continue;
    const made = new DOMParser().parseFromString(await page.text(), 'text/html').getElementById('fresh');
    if (!made) continue;
    const [before, after] = [fresh, made].map(node => node.querySelector('section'));
    before?.replaceWith(after);
    const frame = fresh.querySelector('iframe');
    // The same address again: the document is made anew.
    if (frame) frame.src = frame.getAttribute('src');
  }
})();
