'use strict';
// Shows one language, one place and one role of all that was made, and remembers which on this device. Without it, everything
// is there to be scrolled.
(() => {
  const KEY = 'gamma-ok:index:' + document.title;
  /** @param {string} selector @returns {HTMLElement[]} */
  const all = selector => [...document.querySelectorAll(selector)].filter(one => one instanceof HTMLElement);
  /** @param {Element} one @param {string} name */
  const data = (one, name) => one.getAttribute('data-' + name) ?? '';
  /** @param {string} name @param {unknown} value */
  const has = (name, value) => all('[data-' + name + ']').some(one => data(one, name) === value);
  /** @returns {Record<string, unknown>} */
  const kept = () => {
    try { return JSON.parse(localStorage.getItem(KEY) || '{}') || {}; } catch { return {}; }
  };
  const before = kept();
  /** @param {string} name @param {string} otherwise */
  const chosen = (name, otherwise) => (has(name, before[name]) ? String(before[name]) : otherwise);
  /** @param {string} name */
  const first = name => all('[data-' + name + ']').map(one => data(one, name))[0] ?? '';
  const spoken = navigator.languages.map(tag => tag.toLowerCase().split('-')[0]).find(tag => has('language', tag));
  /** @type {Record<string, string>} */
  const now = {
    language: chosen('language', spoken ?? first('language')),
    place: chosen('place', first('place')),
    role: chosen('role', ''),
  };
  const show = () => {
    for (const one of all('[data-language]')) one.hidden = data(one, 'language') !== now.language;
    for (const one of all('[data-to]')) one.setAttribute('aria-current', String(data(one, 'to') === now.language));
    for (const place of all('[data-place]')) {
      place.hidden = data(place, 'place') !== now.place;
      const roles = [...place.querySelectorAll('[data-role]')].filter(one => one instanceof HTMLElement);
      // Where a place has nothing of that role, all that it has is shown.
      const here = roles.some(one => data(one, 'role') === now.role);
      for (const one of roles) one.hidden = here && data(one, 'role') !== now.role;
    }
    for (const one of all('select')) if (one instanceof HTMLSelectElement) one.value = now[data(one, 'pick')] ?? '';
  };
  /** @param {string} name @param {string} value */
  const pick = (name, value) => {
    now[name] = value;
    show();
    // Where nothing can be kept, the choice is made anew next time.
    try { localStorage.setItem(KEY, JSON.stringify(now)); } catch { return; }
  };
  document.addEventListener('change', event => {
    const select = event.target;
    if (select instanceof HTMLSelectElement) pick(data(select, 'pick'), select.value);
  });
  document.addEventListener('click', event => {
    const to = event.target instanceof Element ? event.target.closest('[data-to]') : null;
    if (!to) return;
    event.preventDefault();
    pick('language', data(to, 'to'));
  });
  for (const one of all('.pick')) one.hidden = false;
  show();
})();
