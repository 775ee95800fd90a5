// Sends frozen submissions and gives none up: each is resent until the server repeats its id.
// What could not be sent at once waits in IndexedDB, without time or order, and is erased when
// the server has it. Works over plain http.
'use strict';
const outbox = (() => {
  const NAME = 'kiosk-outbox', STORE = 'waiting', LONGEST = 8000, PATIENCE = 10000;

  const database = () => new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  // Runs one action on the store; where storage is refused, the page itself still keeps its answers.
  async function stored(mode, action) {
    let db;
    try {
      db = await database();
      return await new Promise((resolve, reject) => {
        const transaction = db.transaction(STORE, mode);
        const request = action(transaction.objectStore(STORE));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
      });
    } catch (refused) {
      return undefined;
    } finally {
      if (db) db.close();
    }
  }

  const keep = (entry) => stored('readwrite', (store) => store.put(entry));
  // Asking makes no database where there is none.
  const exists = async () => !indexedDB.databases || (await indexedDB.databases()).some((db) => db.name === NAME);
  const waiting = async () => ((await exists()) && (await stored('readonly', (store) => store.getAll()))) || [];

  const erase = (id) => stored('readwrite', (store) => store.delete(id));

  async function tidy() {
    if (!(await waiting()).length) indexedDB.deleteDatabase(NAME);
  }

  // Fetches JSON, or fails when the time is up; browsers that cannot abort a request let it go.
  async function ask(url, options, patience) {
    const stop = window.AbortController ? new AbortController() : { abort: () => {} };
    let timer;
    const late = new Promise((resolve, reject) => {
      timer = setTimeout(() => { stop.abort(); reject(new Error('late')); }, patience);
    });
    const given = { method: 'POST', credentials: 'same-origin', headers: { Accept: 'application/json' } };
    const asked = fetch(url, Object.assign(given, options, stop.signal && { signal: stop.signal }));
    try {
      return await Promise.race([asked.then((response) => response.json()), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  // One try. Returns the server's word if it is final, undefined if it should be tried again.
  async function post(entry, patience = PATIENCE) {
    const headers = { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' };
    try {
      const answer = await ask(entry.url, { body: entry.body, headers }, patience);
      if (answer.stored ? answer.submission_id === entry.id : answer.final) return answer;
    } catch (unreachable) { /* tried again below */ }
    return undefined;
  }

  let wake = () => {};
  const pause = (milliseconds) => new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    wake = () => { clearTimeout(timer); resolve(); };
  });
  for (const event of ['online', 'pageshow']) addEventListener(event, () => wake());
  document.addEventListener('visibilitychange', () => wake());

  // Sends until the server has the last word; `whileWaiting` is called after each failed try.
  async function send(entry, whileWaiting) {
    let answer = await post(entry);
    if (!answer) await keep(entry);
    else return answer;
    for (let delay = 1000; !answer; delay = Math.min(2 * delay, LONGEST)) {
      whileWaiting();
      await pause(delay * (0.75 + Math.random() / 2));
      answer = await post(entry);
    }
    await erase(entry.id);
    await tidy();
    return answer;
  }

  // What an earlier page could not send goes out now.
  async function drain() {
    for (const entry of await waiting()) if (await post(entry)) await erase(entry.id);
    await tidy();
  }

  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(18));
    return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_');
  }

  return { ask, send, post, keep, waiting, erase, tidy, drain, newId, wake: () => wake() };
})();
