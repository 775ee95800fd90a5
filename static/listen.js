// Reads a page aloud for somebody who has asked for it. One voice at a time, and any touch stops
// it. Where everything is read, a first touch says what is there, and a second one does it.
'use strict';
(() => {
  const QUIET = 500, VOLUME = 0.6, STEP = 0.2; // a second touch sooner than QUIET (ms) is a tremor
  const CONTROL = 'button, a, input', WORDS = '[data-clip]', ANSWERS = '.answers';
  const { kiosk, speech, audio, all, voiceFor, tagOf } = voices;
  const format = audio.canPlayType('audio/ogg; codecs=opus') ? 'opus' : 'mp3';
  const isShown = (element) => element.getClientRects().length > 0;
  const lists = {}, files = {}, STATUS = { skipped: 'ui.you-skipped-this-question', sending: 'ui.sending-your-answers' };
  let turn = 0, speaking = false, reading = false, asked = false, volume = VOLUME, keyboard = false, lit = null;
  let heard = null, heardAt = 0, passing = null, finish = null;

  const hasClips = (element) => Boolean(element.closest('[data-sound]'));

  function offer() {
    const sound = voices.offer();
    for (const button of all('[data-read]')) button.hidden = !sound || reading || !asked;
    for (const button of all('[data-unread]')) button.hidden = !reading;
    document.documentElement.classList.toggle('reading', reading);
  }

  // --- clips: the list once a language, each file once ----------------------------------------
  const got = (url) => fetch(url).then((response) => { if (!response.ok) throw response; return response; });
  function once(store, key, act) {
    if (!store[key]) store[key] = act().catch(() => { delete store[key]; return null; });
    return store[key];
  }
  function clipsOf(element) {
    if (!hasClips(element)) return Promise.resolve(null);
    const tag = tagOf(element);
    if (kiosk) return kiosk.clips(tag);
    const link = document.querySelector(`a[hreflang="${tag}"]`);
    return once(lists, tag, () => got(`${link.pathname}/sounds`).then((response) => response.json()));
  }
  const fileOf = (clip) => {
    const url = clip[format] || clip.mp3;
    if (kiosk) return kiosk.clip(url);
    return once(files, url, () => got(url).then((response) => response.blob()).then((blob) => URL.createObjectURL(blob)));
  };
  function clipName(element) {
    if (element.dataset.clip !== 'status') return element.dataset.clip;
    return STATUS[element.textContent === element.dataset.sending ? 'sending' : 'skipped'];
  }
  async function prepare(elements) {
    for (const element of elements) {
      const list = await clipsOf(element);
      const clip = list && list.clips[clipName(element)];
      if (clip) fileOf(clip);
    }
  }

  // --- one voice ----------------------------------------------------------------------------
  function light(element) {
    if (lit) lit.classList.remove('speaking');
    lit = element && (element.closest('.option, .button') || element);
    if (!lit) return;
    lit.classList.add('speaking');
    if (lit.closest('main')) lit.scrollIntoView({ block: 'nearest' });
  }

  // Says one text; resolves when it is said, or cannot be.
  async function say(element, mine) {
    const list = await clipsOf(element), name = clipName(element);
    const clip = list && list.clips[name];
    const file = clip && await fileOf(clip);
    if (turn !== mine) return;
    if (file) {
      document.documentElement.classList.toggle('synthetic', Boolean(list.synthetic));
      light(element);
      await played(file, name);
    } else if (voiceFor(tagOf(element)) && element.textContent.trim()) {
      document.documentElement.classList.add('synthetic');
      light(element);
      await pronounced(element.textContent.trim(), tagOf(element));
    }
  }

  const played = (file, name) => new Promise((resolve) => {
    finish = audio.onended = audio.onerror = resolve;
    audio.src = file;
    audio.dataset.clip = name;
    audio.volume = volume;
    audio.play().catch(resolve);
  });

  const pronounced = (text, tag) => new Promise((resolve) => {
    const words = new SpeechSynthesisUtterance(text);
    words.lang = tag;
    words.voice = voiceFor(tag);
    words.volume = volume;
    finish = words.onend = words.onerror = resolve;
    speech.cancel();
    speech.speak(words);
  });

  async function speak(elements) {
    stop();
    const mine = turn;
    state(true);
    prepare(elements);
    for (const element of elements) {
      if (turn === mine && (isShown(element) || element.closest('.voice'))) await say(element, mine);
    }
    if (turn === mine) stop();
  }

  function state(on) {
    speaking = on;
    document.documentElement.classList.toggle('listening', on);
  }

  function stop() {
    turn += 1;
    audio.pause();
    if (speech) speech.cancel();
    if (finish) finish();
    finish = null;
    light(null);
    if (speaking) state(false);
  }

  // --- what there is to say -------------------------------------------------------------------
  const inOrder = (place) => all(WORDS, document.querySelector(place)).filter((element) => isShown(element) && !element.closest(ANSWERS));
  const everything = () => {
    const names = all('[data-say]:not([hidden])');
    if (names.length) return names.map((button) => button.parentNode.querySelector('a'));
    return ['main', 'footer', 'header'].reduce((list, place) => (document.querySelector(place) ? list.concat(inOrder(place)) : list), []);
  };
  const spare = (element) => Boolean(element.closest('button, a, .option, header, footer'));
  const heading = () => inOrder('main').filter((element) => element.closest('h1, h2'));
  const plain = () => inOrder('main').filter((element) => !spare(element));
  const voiceWords = (name) => all(`.voice [data-clip="ui.${name}"]`);
  const status = () => all('#status').filter((element) => element.textContent);

  function wordsOf(control) {
    const box = control.closest('.option') || control;
    return box.matches(WORDS) ? [box] : all(WORDS, box).filter(isShown);
  }

  // --- reading everything -----------------------------------------------------------------------
  function hear(control) {
    heard = control;
    heardAt = performance.now();
    speak(wordsOf(control).concat(voiceWords('touch-again-to-choose')));
    document.documentElement.classList.add('again');
  }

  function forget() {
    heard = null;
    document.documentElement.classList.remove('again');
  }

  // A short tone, the same for every answer, tells that it is chosen.
  function tone() {
    const Sound = window.AudioContext || window.webkitAudioContext;
    if (!Sound) return;
    const context = new Sound(), sound = context.createOscillator(), gain = context.createGain();
    gain.gain.value = volume / 5;
    sound.connect(gain);
    gain.connect(context.destination);
    sound.onended = () => context.close();
    sound.start();
    sound.stop(context.currentTime + 0.1);
  }

  // Returns whether the touch may do what it does on any page.
  function mayAct(target) {
    const answer = target.closest('.option'), control = answer ? answer.querySelector('input') : target.closest(CONTROL);
    if (control && control === passing) { passing = null; return true; }
    if (!control) {
      const words = target.closest(`${WORDS}, li`);
      const found = words && words.closest('main') ? wordsOf(words) : [];
      forget();
      speak(found.length ? found : heading());
      return false;
    }
    if (control !== heard) { hear(control); return false; }
    if (performance.now() - heardAt < QUIET) return false;
    forget();
    stop();
    if (control.type === 'radio') tone();
    if (control !== target.closest(CONTROL)) passing = control; // its label touches it in a moment
    return true;
  }

  function readEverything(on) {
    reading = on;
    forget();
    offer();
    if (on) speak(voiceWords('touch-once-to-hear-touch-again-to-choose').concat(plain()));
  }

  function louder(by) {
    volume = Math.min(1, Math.max(STEP, volume + by * STEP));
    audio.volume = volume;
  }

  // A person has ended: the next one begins as everybody does.
  function reset() {
    volume = VOLUME;
    reading = asked = false;
    offer();
  }

  // --- events, before those of the page itself ----------------------------------------------------
  addEventListener('click', (event) => {
    const on = (name) => event.target.closest(`[data-${name}]`);
    const was = speaking;
    let mine = true;
    if (on('louder') || on('quieter')) louder(on('louder') ? 1 : -1);
    else if (on('listen')) {
      asked = true;
      offer();
      forget();
      if (was) stop();
      else speak(everything());
    } else if (on('say')) speak([on('say').parentNode.querySelector('a')]);
    else if (reading && !mayAct(event.target)) mine = true;
    else {
      stop();
      mine = Boolean(on('read') || on('unread'));
      if (mine) readEverything(Boolean(on('read')));
    }
    if (!mine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  const ARROWS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  addEventListener('keydown', (event) => {
    keyboard = true;
    const target = event.target;
    if (event.key === 'Escape') stop();
    if (!reading || target.type !== 'radio') return;
    const step = ARROWS[event.key];
    if (!step && (event.key !== 'Enter' || target.checked)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const row = all('input[type=radio]').filter((input) => input.name === target.name);
    if (step) row[(row.indexOf(target) + step + row.length) % row.length].focus();
    else target.click();
  }, true);
  addEventListener('pointerdown', () => { keyboard = false; }, true);
  addEventListener('focusin', (event) => {
    if (reading && keyboard && event.target.matches(CONTROL)) hear(event.target);
  });

  // What the page tells: a screen was shown, a sentence was said, the time is nearly over.
  addEventListener('shown', (event) => {
    stop();
    forget();
    offer();
    if (reading || asked) prepare(everything()); // all of it: what is fetched tells nobody what is touched
    if (reading) speak(status().concat(plain()));
    if (event.detail) reset();
  });
  addEventListener('said', () => {
    const lines = all('#message, #status').filter((element) => element.textContent && !element.hidden);
    if (reading && lines.length) speak(lines);
  });
  addEventListener('warned', () => { if (reading) speak(all('#idle [data-clip]')); });
  addEventListener('pagehide', stop);

  document.head.appendChild(audio);
})();
