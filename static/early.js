// Runs before the page is drawn: only the first screen is laid out, until survey.js takes over.
// If anything in our scripts fails, the page is the one plain form again.
'use strict';
document.documentElement.className = 'starting';
addEventListener('error', () => document.documentElement.classList.remove('starting'));
