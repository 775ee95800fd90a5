// Offers to listen wherever something can speak: clips from the kiosk, else a voice of the device
// itself. What speaks is fetched at the first touch, so that it delays no page.
'use strict';
const voices = (() => {
  const kiosk = window.frameElement ? parent.kioskScreen : null;
  const speech = window.speechSynthesis;
  const audio = document.createElement('audio');
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const own = (tag) => tag.toLowerCase().replace('_', '-').split('-')[0];
  // A voice that lives on the device: a remote one would need the internet, and hear everything.
  const voiceFor = (tag) => speech && speech.getVoices().find((voice) => voice.localService && own(voice.lang) === own(tag));
  const tagOf = (element) => element.closest('[lang]').lang;
  const canSay = (element) => Boolean(element.closest('[data-sound]') || voiceFor(tagOf(element)));

  function offer() {
    const names = all('[data-say]');
    for (const button of names) button.hidden = !canSay(button);
    const some = names.length ? names.some((button) => !button.hidden) : canSay(document.body);
    if (names.length) document.querySelector('.languages').classList.toggle('voiced', some);
    for (const button of all('[data-listen]')) button.hidden = !some;
    document.documentElement.classList.toggle('sound', some);
    return some;
  }

  let loading = false;
  async function begin(button) {
    audio.load(); // on iPhones only a touch may let a page sound
    if (loading) return;
    loading = true;
    try {
      const script = document.createElement('script');
      script.textContent = kiosk ? kiosk.listener() : await (await fetch(document.querySelector('[data-listen]').dataset.listen)).text();
      document.head.appendChild(script);
      removeEventListener('click', first, true);
      button.click();
    } catch (unreachable) { loading = false; }
  }

  function first(event) {
    const button = event.target.closest('[data-listen], [data-say]');
    if (!button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    begin(button);
  }

  addEventListener('click', first, true);
  addEventListener('shown', offer);
  if (speech) speech.onvoiceschanged = offer; // Safari knows it in no other way
  offer();
  return { kiosk, speech, audio, all, voiceFor, tagOf, offer };
})();
