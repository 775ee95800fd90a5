// Types sheets of paper without a mouse. Keys count only inside a question; without this script
// the page is a plain form.
'use strict';
(() => {
  const form = document.querySelector('form.typing');
  const questions = Array.from(form.querySelectorAll('fieldset'));
  const store = document.querySelector('#store');

  function goTo(number) {
    if (number >= questions.length) {
      store.focus();
      return;
    }
    const question = questions[Math.max(0, number)];
    (question.querySelector('input:checked') || question.querySelector('input')).focus();
  }

  form.addEventListener('keydown', (event) => {
    const number = questions.findIndex((question) => question.contains(event.target));
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (number < 0) {
      if (event.key === 'Backspace' && event.target === store) goTo(questions.length - 1);
      return;
    }
    const key = /^[1-9]$/.test(event.key) ? event.key : 'none';
    const chosen = questions[number].querySelector('[data-key="' + key + '"]');
    if (chosen) chosen.checked = true;
    else if (event.key === '0') for (const input of questions[number].querySelectorAll('input')) input.checked = false;
    else if (event.key === 'Backspace') {
      event.preventDefault();
      goTo(number - 1);
      return;
    } else if (event.key !== 'Enter') return;
    event.preventDefault();
    goTo(number + 1);
  });

  form.addEventListener('reset', () => setTimeout(goTo, 0, 0));
  // A page that the browser kept would show the sheet again, and send it under the same id.
  addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
  addEventListener('pagehide', () => form.reset());
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  goTo(0);
})();
