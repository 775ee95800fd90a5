// The staff pages work without this script; it prints, goes full screen and keeps counts fresh.
'use strict';
(() => {
  const BEAT = 4000;
  const all = (selector) => Array.from(document.querySelectorAll(selector));

  const actions = {
    print: () => window.print(),
    full: () => document.documentElement.requestFullscreen && document.documentElement.requestFullscreen(),
  };
  for (const element of all('[data-act]')) {
    element.hidden = false;
    element.addEventListener('click', () => actions[element.dataset.act]());
  }

  // Fills every [data-count=…] from the page's status; another state or address is a new page.
  const source = document.querySelector('[data-status]');
  async function refresh() {
    if (document.visibilityState !== 'visible') return;
    let word;
    try {
      const response = await fetch(source.dataset.status, { headers: { Accept: 'application/json' }, redirect: 'error' });
      word = await response.json();
    } catch (unreachable) {
      return;
    }
    for (const element of all('[data-count]')) element.textContent = word[element.dataset.count];
    for (const element of all('[data-progress]')) element.value = word[element.dataset.progress];
    for (const element of all('[data-if]')) element.hidden = !word[element.dataset.if];
    for (const element of all('[data-unless]')) element.hidden = Boolean(word[element.dataset.unless]);
    for (const name of ['state', 'address', 'screens']) {
      const known = source.dataset[name];
      if (known !== undefined && String(word[name]) !== known && !isTyping()) location.reload();
    }
  }
  const isTyping = () => document.activeElement && /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
  if (source) setInterval(refresh, Number(source.dataset.beat) || BEAT);

  // What the script alone can tell: after a while without a phone, what may be wrong.
  for (const element of all('[data-after]')) setTimeout(() => { element.hidden = false; }, Number(element.dataset.after));

  // Nothing that was typed is lost by a slip.
  const form = document.querySelector('form[data-keep]');
  if (form) {
    let changed = false;
    form.addEventListener('input', () => { changed = true; });
    form.addEventListener('submit', () => { changed = false; });
    addEventListener('beforeunload', (event) => { if (changed) event.preventDefault(); });
  }
})();
