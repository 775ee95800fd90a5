// Injected by the benchmark before the page's own scripts; it only watches.
'use strict';
(() => {
  const bench = { paints: [], ready: 0, taken: 0 };
  window.bench = bench;
  let lifted = 0, began = 0;
  // The task after the next frame: the frame that holds the change has been painted by then.
  const note = (what) => {
    const since = lifted, ours = began;
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => {
        const now = performance.now();
        bench.paints.push({ what, ms: now - since, ours: now - ours });
      };
      after.port2.postMessage('');
    });
  };
  addEventListener('pointerup', (event) => { lifted = event.timeStamp; }, true);
  addEventListener('click', () => { began = performance.now(); }, true);
  addEventListener('change', () => note('answer'), true);

  // The page's script has run: every tap from now on is heard; the first that counts is probed.
  const probe = () => {
    document.querySelector('[data-go="s-practice"]').click();
    if (document.getElementById('s-consent').hidden) bench.taken = performance.now();
    else setTimeout(probe, 8);
  };
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (target === document.documentElement && target.className === 'steps' && !bench.ready) {
        bench.ready = performance.now();
        if (window.benchProbes) setTimeout(probe, 8);
      } else if (target.classList.contains('screen') && !target.hidden && lifted) note(target.id);
    }
  }).observe(document, { subtree: true, attributeFilter: ['class', 'hidden'] });
})();
