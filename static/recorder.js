// Records one text after the other; the list of texts on the page is what it works through.
'use strict';
(() => {
  const desk = document.querySelector('[data-recorder]');
  if (!desk) return;
  const RATE = 48000;
  const BLOCK = 4096;
  const FULL = 0.99;
  const limits = { quiet: Number(desk.dataset.quiet), clipped: Number(desk.dataset.clipped), longest: Number(desk.dataset.longest) };
  const rows = Array.from(document.querySelectorAll('tr[data-clip]'));
  const part = (name) => desk.querySelector(`[data-part="${name}"]`);
  const words = Object.fromEntries(Array.from(desk.querySelectorAll('[data-word]'), (e) => [e.dataset.word, e.textContent]));
  const buttons = ['record', 'stop', 'play', 'again', 'keep', 'back', 'next'];
  const shown = { idle: ['record', 'back', 'next'], recording: ['stop'], done: ['play', 'again', 'keep', 'back', 'next'], bad: ['play', 'again', 'back', 'next'], busy: [] };

  let at = Math.max(0, rows.findIndex((row) => row.dataset.clip === desk.dataset.clip));
  let microphone = null;
  let taken = null;
  let playing = null;
  let context = null;

  // --- what is on the screen ---------------------------------------------------------------------
  function show(state, focus) {
    for (const name of buttons) part(name).hidden = !shown[state].includes(name);
    if (state === 'idle') {
      part('play').hidden = !rows[at].dataset.sound;
      part('record').hidden = !desk.dataset.can;
    }
    if (at === 0) part('back').hidden = true;
    if (at === rows.length - 1) part('next').hidden = true;
    part('meter').hidden = state !== 'recording';
    const target = focus && [part(focus), part('play'), part('next'), part('back')].find((e) => !e.hidden);
    if (target) target.focus();
  }

  function say(text, isProblem) {
    part('said').textContent = isProblem ? '' : text;
    part('problem').hidden = !isProblem;
    part('problem-text').textContent = isProblem ? text : '';
  }

  function choose(number, focus) {
    silence();
    at = number;
    taken = null;
    const row = rows[at];
    for (const other of rows) other.setAttribute('aria-current', other === row);
    part('text').textContent = row.querySelector('[data-text]').textContent;
    part('place').textContent = words.place.replace('{n}', at + 1).replace('{total}', rows.length);
    part('state').replaceChildren(row.querySelector('.state').cloneNode(true));
    show('idle', focus);
  }

  // --- sound -------------------------------------------------------------------------------------
  const ready = () => {
    context = context || new AudioContext();
    return context.state === 'suspended' ? context.resume() : Promise.resolve();
  };

  function silence() {
    if (playing) playing.stop();
    playing = null;
  }

  function play(buffer) {
    silence();
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.start();
    playing = source;
  }

  const troubles = { NotAllowedError: 'refused', SecurityError: 'refused', NotFoundError: 'missing' };

  async function record() {
    silence();
    say('');
    try {
      await ready();
      const asked = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };
      microphone = { stream: await navigator.mediaDevices.getUserMedia({ audio: asked }), blocks: [], length: 0 };
    } catch (trouble) {
      say(words[troubles[trouble.name] || 'broken'], true);
      show('idle', 'record');
      return;
    }
    listen(microphone);
    say(words.recording);
    show('recording', 'stop');
  }

  // A worklet would be a script from an address, which the page's policy does not allow.
  function listen(mic) {
    mic.source = context.createMediaStreamSource(mic.stream);
    mic.node = context.createScriptProcessor(BLOCK, 1, 1);
    mic.node.onaudioprocess = (event) => {
      const block = event.inputBuffer.getChannelData(0).slice();
      mic.blocks.push(block);
      mic.length += block.length;
      level(peak(block));
      if (mic.length > limits.longest * context.sampleRate) stop();
    };
    mic.source.connect(mic.node);
    mic.node.connect(context.destination);
  }

  const peak = (block) => block.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

  function level(value) {
    part('level').value = value;
    const name = value >= FULL ? 'loud' : value < limits.quiet ? 'soft' : 'good';
    part('level-word').textContent = words[name];
  }

  async function stop() {
    const mic = microphone;
    if (!mic) return;
    microphone = null;
    part('level').value = 0;
    part('level-word').textContent = '';
    mic.node.onaudioprocess = null;
    mic.source.disconnect();
    mic.node.disconnect();
    for (const track of mic.stream.getTracks()) track.stop();
    if (!mic.length) {
      say(words.silent, true);
      show('idle', 'record');
      return;
    }
    taken = await whole(mic);
    const fault = faultOf(taken.getChannelData(0));
    say(words[fault || 'taken'], Boolean(fault));
    show(fault ? 'bad' : 'done', fault ? 'again' : 'keep');
  }

  // One buffer of all blocks, in the rate that the kiosk keeps.
  function whole(mic) {
    const rate = context.sampleRate;
    const buffer = context.createBuffer(1, mic.length, rate);
    let from = 0;
    for (const block of mic.blocks) {
      buffer.copyToChannel(block, 0, from);
      from += block.length;
    }
    if (rate === RATE) return buffer;
    const offline = new OfflineAudioContext(1, Math.ceil((mic.length / rate) * RATE), RATE);
    const source = offline.createBufferSource();
    source.buffer = buffer;
    source.connect(offline.destination);
    source.start();
    return offline.startRendering();
  }

  function faultOf(samples) {
    let cut = 0;
    for (const value of samples) if (Math.abs(value) >= FULL) cut += 1;
    if (peak(samples) < limits.quiet) return 'silent';
    return cut > limits.clipped * RATE ? 'clipped' : '';
  }

  // 16 bits, one channel: a header of 44 bytes, then the samples.
  function wav(samples) {
    const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
    const text = (offset, letters) => [...letters].forEach((letter, i) => view.setUint8(offset + i, letter.charCodeAt(0)));
    text(0, 'RIFF');
    view.setUint32(4, 36 + samples.length * 2, true);
    text(8, 'WAVEfmt ');
    view.setUint32(16, 16, true);
    view.setUint16(20, 1, true);
    view.setUint16(22, 1, true);
    view.setUint32(24, RATE, true);
    view.setUint32(28, RATE * 2, true);
    view.setUint16(32, 2, true);
    view.setUint16(34, 16, true);
    text(36, 'data');
    view.setUint32(40, samples.length * 2, true);
    samples.forEach((value, i) => view.setInt16(44 + i * 2, Math.max(-1, Math.min(1, value)) * 0x7fff, true));
    return new Blob([view], { type: 'audio/wav' });
  }

  // --- what the buttons do -----------------------------------------------------------------------
  async function keep() {
    silence();
    const form = new FormData(part('form'));
    form.set('clip', rows[at].dataset.clip);
    form.set('hash', rows[at].dataset.hash);
    form.set('sound', wav(taken.getChannelData(0)), 'clip.wav');
    say(words.keeping);
    show('busy');
    let answer;
    try {
      const response = await fetch(part('form').action, { method: 'POST', body: form, headers: { Accept: 'application/json' }, redirect: 'error' });
      answer = await response.json();
    } catch (unreachable) {
      answer = { problem: words.away };
    }
    if (!answer.kept) {
      say(answer.problem || answer.text || words.away, true);
      show('done', 'again');
      return;
    }
    kept(answer);
  }

  function kept(answer) {
    const row = rows[at];
    row.dataset.sound = answer.sound;
    row.querySelector('[data-cell]').innerHTML = answer.cell;
    document.querySelector('[data-part="count"]').textContent = answer.count;
    if (at + 1 < rows.length) {
      choose(at + 1, 'record');
      say(words.kept);
    } else {
      choose(at, 'play');
      say(words.last);
    }
  }

  async function listenTo() {
    await ready();
    if (taken) {
      play(taken);
      return;
    }
    try {
      const response = await fetch(rows[at].dataset.sound, { redirect: 'error' });
      play(await context.decodeAudioData(await response.arrayBuffer()));
    } catch (unplayable) {
      say(words.away, true);
    }
  }

  const acts = { record, stop, play: listenTo, again: record, keep, back: () => choose(at - 1, 'record'), next: () => choose(at + 1, 'record') };
  for (const name of buttons) part(name).addEventListener('click', () => { acts[name](); });
  for (const link of document.querySelectorAll('[data-choose]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      if (microphone) return;
      say('');
      choose(rows.indexOf(link.closest('tr')), 'record');
      desk.scrollIntoView({ block: 'nearest' });
    });
  }
  if (!window.AudioContext) return;
  if (desk.dataset.can && !(window.isSecureContext && navigator.mediaDevices)) {
    part('no-microphone').hidden = false;
    delete desk.dataset.can;
  }
  part('tools').hidden = false;
  choose(at);
})();
