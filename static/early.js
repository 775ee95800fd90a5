// Runs before the page is drawn. Only the first screen is laid out, until survey.js takes over; if
// anything in our scripts fails, the page is the one plain form again. Sizes follow this screen's
// calibration, if there is one, and letters and colours what this person has chosen.
'use strict';
const person = (() => {
  const root = document.documentElement, looks = ['larger', 'strong'];
  // A kiosk screen forgets for the next person; elsewhere the tab remembers, until the end.
  let memory = window.frameElement && parent.kioskScreen;
  try {
    root.style.setProperty('--mm', localStorage.getItem('kiosk-mm') || '');
    memory = memory || sessionStorage;
  } catch (refused) {
    memory = memory || {};
  }
  const system = matchMedia('(prefers-contrast: more)').matches ? 'strong' : '';
  root.className = `starting ${memory.looks === undefined ? system : memory.looks}`;
  addEventListener('error', () => root.classList.remove('starting'));
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-look]');
    if (!button) return;
    root.classList.toggle(button.dataset.look);
    memory.looks = looks.filter((look) => root.classList.contains(look)).join(' ');
  });
  // Whoever steps and selects with two switches has one key for all: Space opens links, too.
  document.addEventListener('keydown', (event) => {
    if (event.key !== ' ' || !event.target.href) return;
    event.preventDefault();
    if (!event.repeat) event.target.click();
  });
  return memory;
})();
