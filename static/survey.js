// Turns the one long form into one question a screen. The form works without this script.
'use strict';
(() => {
  const QUIET = 500; // taps this soon after a change of screen were meant for the last one (ms)
  const byId = (id) => document.getElementById(id);
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  // Inside a kiosk screen the page around this one sends, keeps time and hands over.
  const kiosk = window.frameElement ? parent.kioskScreen : null;
  const sender = kiosk || outbox;
  const trail = []; // the screens behind this one, where the browser's own history is not used
  const ASIDES = ['help', 'languages', 'waiting', 'problem', 'thanks', 'declined'];
  let shown = 0, changed = 0, byKeyboard = false, over = '';
  let sending = false, held = ''; // one Send a page; while it waits, `held` stands for the form
  let form, screens, questions, visible;

  const field = (screen) => form.querySelector(`#${screen} fieldset`);
  const chosen = (screen) => form.querySelector(`#${screen} input:checked`);

  const place = document.createComment('the form'); // stands where the form was while it is away

  // --- showing a screen ---------------------------------------------------------------------
  function setUp() {
    form = byId('survey');
    screens = all('form .screen').map((section) => section.id);
    questions = screens.filter((id) => byId(id).dataset.item);
    for (const heading of all('.screen h2')) {
      heading.setAttribute('role', 'heading');
      heading.setAttribute('aria-level', '1');
    }
    for (const element of all('[data-with-script]')) element.hidden = false;
    for (const section of all('.screen')) section.hidden = true;
    visible = byId(screens[0]);
  }

  function show(id) {
    if (over) id = over;
    else if (held && !ASIDES.includes(id)) id = held;
    const aside = ASIDES.includes(id);
    // While help is open the answers are nowhere in the page, and after the end for good.
    if (aside && form.isConnected) form.replaceWith(place);
    if (!aside && place.isConnected) place.replaceWith(form);
    visible.hidden = true;
    visible = byId(id);
    visible.hidden = false;
    if (!aside) { shown = screens.indexOf(id); say(''); }
    changed = performance.now();
    if (kiosk) kiosk.shows(shown > 0, Boolean(over));
    const item = !aside && byId(id).classList.contains('question');
    byId('nav').hidden = !item;
    byId('back').hidden = Boolean(over) || (!aside && shown === 0);
    byId('help-button').hidden = Boolean(over) || id === 'help';
    progress(aside ? '' : id);
    scrollTo(0, 0);
    focusOn(id);
    afterPaint(() => {
      document.title = visible.dataset.title;
      tell('shown', over);
    });
  }

  // Whoever reads the page aloud hears of it.
  const tell = (name, detail) => dispatchEvent(new CustomEvent(name, { detail }));

  // What nobody waits for comes after the screen has changed.
  function afterPaint(act) {
    const painted = new MessageChannel();
    painted.port1.onmessage = act;
    requestAnimationFrame(() => painted.port2.postMessage(''));
  }

  function progress(id) {
    const position = questions.indexOf(id);
    byId('dots').hidden = position < 0;
    byId('looks').hidden = id !== screens[0];
    Array.from(byId('dots').children).forEach((dot, number) => {
      const name = number === position ? 'now' : number < position ? 'done' : '';
      if (dot.className !== name) dot.className = name;
    });
  }

  function focusOn(id) {
    const first = byKeyboard && (chosen(id) || byId(id).querySelector('input[type=radio]'));
    const target = first || byId(id).querySelector('h1, h2');
    if (target) target.focus({ preventScroll: true });
  }

  function go(id) {
    trail.push(visible.id);
    show(id);
    if (!kiosk) history.pushState({ id }, '');
  }

  function back() {
    if (!kiosk) history.back();
    else show(trail.pop() || screens[0]);
  }

  // Tab stops at every face, not once for all seven: some people have no arrow keys, but one switch
  // to step and one to select.
  function step(event) {
    const stops = all('a, button, input').filter((stop) => stop.offsetParent && !stop.disabled);
    const beyond = (bit) => (stop) => event.target.compareDocumentPosition(stop) & bit;
    const to = event.shiftKey ? stops.reverse().find(beyond(2)) : stops.find(beyond(4));
    if (!to || to.type !== 'radio') return;
    event.preventDefault();
    to.focus();
  }

  // The one sentence beside Next: an error if it takes the focus.
  function say(text, status) {
    byId('message').textContent = status ? '' : text;
    byId('message').hidden = Boolean(status) || !text;
    byId('status').textContent = status ? text : '';
    if (text && !status) byId('message').focus({ preventScroll: true });
    if (text) tell('said');
  }

  // --- moving on ----------------------------------------------------------------------------
  function next() {
    const id = screens[shown];
    if (field(id) && !chosen(id) && byId('message').hidden) {
      say(byId('message').dataset.text);
      return;
    }
    advance(Boolean(field(id) && !chosen(id)));
  }

  function skip() {
    const answer = chosen(screens[shown]);
    if (answer) answer.checked = false;
    advance(true);
  }

  function advance(skipped) {
    const id = screens[shown + 1];
    if (id === 's-review') count();
    go(id);
    if (skipped) say(byId('status').dataset.skipped, true);
  }

  function count() {
    const answered = questions.filter((id) => chosen(id) && chosen(id).value !== '98').length;
    const { text, digits } = byId('count').dataset;
    byId('count').textContent = text.replace('{a}', String(answered).replace(/\d/g, (digit) => digits[digit]));
    hideAnswers();
  }

  // --- looking back at one's answers ----------------------------------------------------------
  function hideAnswers() {
    byId('answers').textContent = '';
    byId('show-answers').hidden = false;
    byId('hide-answers').hidden = true;
  }

  function showAnswers() {
    const row = byId('answer-row').content.firstElementChild;
    for (const id of questions) {
      const line = row.cloneNode(true), answer = chosen(id);
      const word = answer && answer.parentNode.querySelector('.word'), value = line.querySelector('.value');
      line.querySelector('.item').textContent = byId(id).dataset.title;
      line.querySelector('.item').dataset.clip = `item.${byId(id).dataset.item}`;
      if (word) { value.textContent = word.textContent; value.dataset.clip = word.dataset.clip; }
      line.querySelector('button').dataset.go = id;
      line.querySelector('.of').textContent = byId(id).dataset.title;
      byId('answers').append(line);
    }
    byId('show-answers').hidden = true;
    byId('hide-answers').hidden = false;
    byId('hide-answers').focus();
  }

  // --- another language, the same answers -----------------------------------------------------
  async function pageOf(link) {
    if (kiosk) return kiosk.page(link.hreflang);
    const response = await fetch(link.href, { headers: { Accept: 'text/html' } });
    if (!response.ok) throw response;
    return response.text();
  }

  async function changeLanguage(link) {
    const values = Array.from(form.querySelectorAll('input:checked'), (input) => input.id);
    const from = screens[shown];
    let page;
    try {
      page = new DOMParser().parseFromString(await pageOf(link), 'text/html');
    } catch (unreachable) {
      show('problem');
      return;
    }
    const root = document.documentElement;
    root.lang = page.documentElement.lang;
    root.dir = page.documentElement.dir;
    document.body.replaceWith(page.body);
    setUp();
    for (const id of values) byId(id).checked = true;
    if (!kiosk) history.replaceState({ id: from }, '', link.href);
    if (from === 's-review') count();
    show(from);
  }

  // --- sending --------------------------------------------------------------------------------
  function finish(id) {
    over = id;
    delete person.looks;
    form.reset();
    form.remove();
    place.remove();
    show(id);
  }

  function submission(fields) {
    const id = sender.newId();
    const carried = Array.from(
      form.querySelectorAll('input[type=hidden]:not([name=submission_id])'), (input) => [input.name, input.value]);
    const pairs = [['submission_id', id], ...carried, ...fields];
    return { id, url: form.action, body: new URLSearchParams(pairs).toString() };
  }

  async function send() {
    if (sending) return;
    sending = true;
    const answers = questions.map(chosen).filter(Boolean).map((input) => [input.name, input.value]);
    const entry = submission(answers);
    say(byId('status').dataset.sending, true);
    byId('send').disabled = true;
    const answer = await sender.send(entry, () => {
      if (!held) show(held = 'waiting');
    });
    if (!answer.stored) {
      byId('problem-title').textContent = answer.title;
      byId('problem-text').textContent = answer.text;
      byId('problem').dataset.title = answer.title;
    }
    finish(answer.stored ? 'thanks' : 'problem');
  }

  function decline() {
    const entry = submission([['outcome', 'declined']]);
    finish('declined');
    sender.send(entry, () => {});
  }

  // --- one listener for each kind of event ----------------------------------------------------
  // On the first screen only "No, thank you" waits: it alone could not be taken back.
  const loaded = performance.now();
  const tooSoon = (target) => performance.now() - (target && target.dataset.do === 'decline' ? loaded : changed) < QUIET;
  const actions = {
    next, skip, decline, back, help: () => go('help'),
    languages: () => go('languages'), show: showAnswers, again: () => sender.wake(),
    hide: () => { hideAnswers(); byId('show-answers').focus(); },
  };

  document.addEventListener('click', (event) => {
    const target = event.target.closest('button, a, input');
    if (!target || over) return;
    if (tooSoon(target)) { event.preventDefault(); event.stopPropagation(); return; }
    if (target.dataset.go) { event.preventDefault(); go(target.dataset.go); }
    if (target.dataset.do) { event.preventDefault(); actions[target.dataset.do](); }
    if (target.hreflang) { event.preventDefault(); changeLanguage(target); }
  }, true);
  document.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!tooSoon()) send();
  });
  document.addEventListener('keydown', (event) => {
    byKeyboard = true;
    if (event.key === 'Tab') step(event);
    if (event.key !== 'Enter' || event.target.type !== 'radio') return;
    event.preventDefault();
    if (!event.repeat && !tooSoon()) next();
  });
  document.addEventListener('pointerdown', () => { byKeyboard = false; });
  document.addEventListener('change', () => say(''));
  addEventListener('popstate', (event) => show((event.state || { id: screens[0] }).id));
  addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });

  byId('survey').reset();
  if (!kiosk) history.replaceState({ id: 's-consent' }, '');
  setUp();
  // Before the first screen is shown, so that it is laid out once.
  document.documentElement.classList.remove('starting');
  document.documentElement.classList.add('steps');
  show(screens[0]);
  changed = -QUIET;
  if (!kiosk) outbox.drain();
})();
