// Fits the millimetre of this screen to a bank card. What comes of it, CSS pixels for one
// millimetre, stays in this browser: it belongs to the device, not to a person.
'use strict';
(() => {
  const CARD = 85.6, SMALLEST = 2.5, LARGEST = 12, FIRST = 8, PATIENCE = 5; // mm, px/mm, px of the card, touches
  const NAME = 'kiosk-mm';
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;
  const isHere = () => parseFloat(getComputedStyle(root).getPropertyValue('--mm'));
  let step = FIRST, direction = 0, same = 0;

  // Whoever overshoots and comes back is near: from there the steps are smaller.
  function change(sign) {
    same = sign === direction ? same + 1 : 1;
    if (direction && sign !== direction) step = Math.max(1, step / 2);
    else if (same > PATIENCE) { step = Math.min(FIRST, step * 2); same = 1; }
    direction = sign;
    const millimetre = isHere() + (sign * step) / CARD;
    root.style.setProperty('--mm', Math.min(LARGEST, Math.max(SMALLEST, millimetre)).toFixed(3) + 'px');
    say('');
  }

  const say = (id) => { byId('said').textContent = id && byId(id).textContent; };

  function remember(act, word) {
    try {
      act();
      say(word);
    } catch (refused) {
      say('refused');
    }
  }

  const actions = {
    larger: () => change(1),
    smaller: () => change(-1),
    keep: () => remember(() => localStorage.setItem(NAME, root.style.getPropertyValue('--mm') || `${isHere()}px`), 'kept'),
    usual: () => {
      root.style.removeProperty('--mm');
      remember(() => localStorage.removeItem(NAME), 'reset');
    },
  };
  const KEYS = { '+': 'larger', '=': 'larger', ArrowUp: 'larger', '-': 'smaller', '_': 'smaller', ArrowDown: 'smaller' };

  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-act]');
    if (button) actions[button.dataset.act]();
  });
  document.addEventListener('keydown', (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    actions[KEYS[event.key]]();
  });
  try {
    root.style.setProperty('--mm', localStorage.getItem(NAME) || '');
  } catch (refused) { /* the assumed size is shown */ }
})();
