// A kiosk screen. It holds every page it will ever show, gives each person a fresh one, hands the
// screen on, watches for people who walked away, and keeps what it cannot send. The browser's
// history has one entry only, so Back never leads to somebody else's answers.
'use strict';
(() => {
  const QUIET = 500, WARNING = 60000, GOODBYE = 30000, FORGETS = 180000, BEAT = 10000, FREE_TRIES = 5, PENALTY = 30000, PATIENCE = 4000;
  const byId = (id) => document.getElementById(id);
  const shell = document.body.dataset;
  let pack = JSON.parse(byId('pack').textContent), edition = shell.edition, frame = byId('person');
  let busy = false, begun = false, over = false, touched = 0, presented = 0, warned = false, open = true, waiting = 0;
  const name = outbox.newId(); // of this page, so that the staff page can tell screens apart

  // --- one person after the other -------------------------------------------------------------
  const page = (tag) => pack.documents[tag].replace(/\0(\d+)\0/g, (found, number) => pack.pieces[number]);

  function present(tag) {
    const next = frame.cloneNode();
    if (!tag) delete window.kioskScreen.looks;
    next.srcdoc = page(tag);
    next.onload = () => welcome(next);
    frame.replaceWith(next);
    frame = next;
    busy = Boolean(tag);
    begun = over = warned = false;
    presented = touched = performance.now();
    byId('closed').hidden = true;
    next.hidden = false;
    byId('leave').hidden = Boolean(tag);
  }

  function welcome(loaded) {
    if (loaded !== frame) return;
    const inside = frame.contentDocument;
    for (const event of ['pointerdown', 'pointerup', 'click', 'keydown', 'scroll']) {
      inside.addEventListener(event, () => touch(), { capture: true, passive: true });
    }
    inside.addEventListener('pointerup', fullScreen);
    inside.addEventListener('click', (event) => {
      const link = event.target.closest('a[hreflang], [data-next-person], #stay');
      if (!link || (link.hreflang && inside.getElementById('survey'))) return;
      event.preventDefault();
      if (performance.now() - presented < QUIET) return;
      if (link.hreflang) present(link.hreflang);
      else if (link.id !== 'stay' && ended() > QUIET) next();
    });
    frame.focus();
  }

  // Where nobody answers, the screen shows the languages; or that all is over.
  function next() {
    if (open) { present(''); return; }
    frame.hidden = true;
    frame.removeAttribute('srcdoc');
    byId('closed').hidden = byId('leave').hidden = false;
    busy = begun = over = false;
  }

  let endedAt = 0;
  const ended = () => performance.now() - endedAt;

  // --- clips: all of them, one after the other and while nothing else happens, so that they are
  // here when the kiosk is away. They belong to this page, hence outlive every person.
  const kept = {};
  function clip(url) {
    if (!kept[url]) {
      kept[url] = fetch(url).then((response) => { if (!response.ok) throw response; return response.blob(); })
        .then((blob) => URL.createObjectURL(blob)).catch(() => { delete kept[url]; return null; });
    }
    return kept[url];
  }

  let fetching = false;
  async function fetchClips() {
    if (fetching) return;
    fetching = true;
    const format = document.createElement('audio').canPlayType('audio/ogg; codecs=opus') ? 'opus' : 'mp3';
    const wanted = Object.keys(pack.sounds).map((tag) => pack.sounds[tag].clips)
      .reduce((list, clips) => list.concat(Object.keys(clips).map((name) => clips[name][format])), []);
    for (const url of wanted) if (!(await clip(url))) break; // out of reach: the next beat tries again
    fetching = false;
  }

  // What the person's page calls. `looks`, if there is one, is what this person has chosen.
  window.kioskScreen = {
    page,
    newId: outbox.newId,
    wake: () => {},
    listener: () => pack.listener,
    clip,
    clips: (tag) => Promise.resolve(pack.sounds[tag]),
    send: (entry) => hand(entry).then((answer) => { beat(); return answer; }),
    shows: (hasBegun, isOver) => {
      if (isOver && !over) endedAt = performance.now();
      begun = hasBegun;
      over = isOver;
      touched = performance.now();
    },
  };

  // --- the person who walked away -------------------------------------------------------------
  const inFrame = (id) => frame.contentDocument && frame.contentDocument.getElementById(id);
  const isPlaying = () => (window.speechSynthesis && frame.contentWindow.speechSynthesis.speaking)
    || Array.from(frame.contentDocument ? frame.contentDocument.querySelectorAll('audio') : []).some((sound) => !sound.paused);

  // Browsers older than <dialog> get the same box without its own layer.
  function raise(box) {
    if (box.showModal) { box.showModal(); return; }
    box.classList.add('plain');
    box.setAttribute('role', 'dialog');
    box.setAttribute('open', '');
    box.querySelector('[autofocus], input').focus();
  }

  function lower(box) {
    if (box.close) box.close();
    else box.removeAttribute('open');
  }

  function touch() {
    touched = performance.now();
    if (!warned) return;
    warned = false;
    lower(inFrame('idle'));
    inFrame('idle-status').textContent = '';
  }

  function warn(left) {
    const box = inFrame('idle'), seconds = String(Math.ceil(left / 1000));
    if (!warned) {
      warned = true;
      raise(box);
      inFrame('idle-status').textContent = inFrame('idle-title').textContent;
      frame.contentWindow.dispatchEvent(new Event('warned'));
    }
    const { digits } = inFrame('count-down').dataset;
    inFrame('count-down').textContent = seconds.replace(/\d/g, (digit) => digits[digit]);
  }

  function watch() {
    if (isPlaying() && !warned) touch();
    const quiet = performance.now() - touched, limit = shell.idleMinutes * 60000;
    if (!busy) {
      if (window.kioskScreen.looks !== undefined && quiet > (limit || FORGETS)) next();
      return;
    }
    if (over) { if (quiet > GOODBYE) next(); return; }
    if (!limit) return;
    if (quiet >= limit) {
      if (begun) walkedAway();
      next();
    } else if (limit - quiet <= WARNING) warn(limit - quiet);
  }

  function walkedAway() {
    const id = outbox.newId();
    const body = new URLSearchParams([['submission_id', id], ['screen', shell.key], ['outcome', 'timed_out']]);
    hand({ id, url: shell.anyLanguage, body: body.toString() }).then(beat);
  }

  // --- what waits -----------------------------------------------------------------------------
  // Nobody waits here: what cannot be sent now is kept, and is as good as sent. Where storage is
  // refused, it is kept as long as the page is open.
  const unstored = new Map();
  async function hand(entry) {
    const answer = await outbox.post(entry, PATIENCE);
    if (answer && answer.stored) return answer;
    if ((await outbox.keep(entry)) === undefined) unstored.set(entry.id, entry);
    return { stored: true };
  }

  // Tries all that waits once, in no order; nothing that is not stored is let go.
  // Returns how many wait still.
  async function deliver() {
    const entries = [...(await outbox.waiting()), ...unstored.values()];
    let left = entries.length;
    for (const entry of entries.sort(() => Math.random() - 0.5)) {
      const answer = await outbox.post(entry, PATIENCE);
      if (!answer) break; // the kiosk is out of reach: no need to try the others now
      if (!answer.stored) continue;
      await outbox.erase(entry.id);
      unstored.delete(entry.id);
      left -= 1;
    }
    if (!left) await outbox.tidy();
    return left;
  }

  // --- the kiosk ------------------------------------------------------------------------------
  let beating = null;
  function beat() {
    beating = beating || tell().finally(() => { beating = null; });
    return beating;
  }

  async function tell(leaves) {
    waiting = await deliver();
    byId('waiting').hidden = !waiting;
    byId('waiting-count').textContent = waiting;
    try {
      const body = new URLSearchParams({ screen: name, waiting: String(waiting) });
      if (leaves) body.set('leaves', '1');
      const word = await outbox.ask(shell.status, { body }, BEAT);
      if (!word.state) return;
      byId('away').hidden = true;
      byId('near').hidden = false;
      fetchClips();
      heard(word);
    } catch (unreachable) {
      byId('away').hidden = false;
      byId('near').hidden = true;
    }
  }

  function heard(word) {
    const was = open;
    open = word.state === 'open';
    if (open !== was && !busy) next();
    if (word.edition !== edition && !busy) renew(word.edition);
  }

  // The workshop's plan was mended: fetch the page anew, and keep it for the next start too.
  async function renew(newest) {
    const response = await fetch(location.href, { cache: 'reload' });
    if (!response.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    pack = JSON.parse(fresh.getElementById('pack').textContent);
    Object.assign(shell, fresh.body.dataset);
    edition = newest;
    if (open && !busy) present('');
  }

  // --- the screen itself ----------------------------------------------------------------------
  let left = false;
  function fullScreen() {
    const root = document.documentElement;
    if (!left && !document.fullscreenElement && root.requestFullscreen) root.requestFullscreen().catch(() => {});
  }

  // Wake Lock needs https or this very machine; elsewhere a small moving picture keeps many
  // screens on. The staff's box says which of the two it is.
  async function stayAwake() {
    if (document.visibilityState !== 'visible') return;
    try {
      await navigator.wakeLock.request('screen');
      byId('awake').hidden = false;
    } catch (refused) {
      byId('perhaps-awake').hidden = false;
      movingPicture();
    }
  }

  let video;
  function movingPicture() {
    if (!video && HTMLCanvasElement.prototype.captureStream) {
      const canvas = document.createElement('canvas'), brush = canvas.getContext('2d');
      canvas.width = canvas.height = 2;
      setInterval(() => { brush.fillStyle = brush.fillStyle === '#000000' ? '#010101' : '#000000'; brush.fillRect(0, 0, 2, 2); }, 1000);
      video = document.createElement('video');
      video.muted = true;
      video.srcObject = canvas.captureStream(1);
    }
    if (video) video.play().catch(() => {});
  }

  // --- leaving, by the code on the staff page or the PIN -----------------------------------------
  let wrong = 0, lockedUntil = 0, sizes = false;
  async function leave(event) {
    event.preventDefault();
    const typed = byId('exit-code').value;
    byId('exit-code').value = '';
    if (performance.now() < lockedUntil) return;
    if (typed === shell.exitCode || (shell.here && await isPin(typed))) {
      await tell(true);
      if (sizes && !byId('away').hidden) return;
      left = true;
      if (document.fullscreenElement) await document.exitFullscreen();
      location.replace(sizes ? shell.sizes : shell.here ? shell.staff : shell.start);
      return;
    }
    wrong += 1;
    if (wrong >= FREE_TRIES) { lockedUntil = performance.now() + PENALTY; wrong = 0; }
    byId('exit-problem').hidden = false;
  }

  // On the kiosk's own machine the PIN signs in to the staff pages at once.
  async function isPin(typed) {
    try {
      const form = new DOMParser().parseFromString(await (await fetch(shell.signIn)).text(), 'text/html');
      const body = new URLSearchParams({ csrf: form.querySelector('[name=csrf]').value, pin: typed });
      return (await fetch(shell.signIn, { method: 'POST', body })).ok;
    } catch (unreachable) {
      return false;
    }
  }

  byId('leave').addEventListener('click', () => {
    byId('exit-problem').hidden = true;
    raise(byId('exit'));
  });
  byId('exit-form').addEventListener('submit', leave);
  byId('exit-form').addEventListener('click', (event) => { sizes = Boolean(event.target.closest('#sizes')); });
  byId('stay-here').addEventListener('click', () => lower(byId('exit')));

  // Back goes one question back; there is never anything behind this page.
  history.pushState({}, '');
  addEventListener('popstate', () => {
    history.pushState({}, '');
    const back = inFrame('back');
    if (back && !back.hidden && !over) back.click();
  });
  document.addEventListener('visibilitychange', () => { stayAwake(); beat(); });
  addEventListener('online', beat);

  for (const font of shell.fonts.split(' ')) fetch(font).catch(() => {}); // into the browser's cache
  setInterval(watch, 1000);
  setInterval(beat, BEAT);
  present('');
  stayAwake();
  beat();
})();
