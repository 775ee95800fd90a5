// Lets a language say its own name, where this device itself has a voice for it. Without one there
// is no button; nothing starts by itself, and a new word stops the old one.
'use strict';
(() => {
  const speech = window.speechSynthesis;
  if (!speech) return;
  const buttons = Array.from(document.querySelectorAll('[data-say]'));
  const own = (tag) => tag.toLowerCase().replace('_', '-');
  // A voice that lives on the device: a remote one would need the internet, and hear everything.
  const voiceFor = (tag) => speech.getVoices().find(
    (voice) => voice.localService && own(voice.lang).split('-')[0] === own(tag).split('-')[0]);

  function offer() {
    for (const button of buttons) button.hidden = !voiceFor(button.lang);
    const some = buttons.some((button) => !button.hidden);
    document.querySelector('.languages').classList.toggle('voiced', some);
  }

  function say(button) {
    const words = new SpeechSynthesisUtterance(button.textContent.trim());
    words.lang = button.lang;
    words.voice = voiceFor(button.lang);
    speech.cancel();
    speech.speak(words);
  }

  for (const button of buttons) button.addEventListener('click', () => say(button));
  speech.onvoiceschanged = offer; // Safari knows it in no other way
  offer();
})();
