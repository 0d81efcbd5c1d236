/** Where the web app begins. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.js';
import { nonce } from './app/nonce.js';
import './app/styles.js';

// Parts of the kit that add styles while they run look for the word of the page under this name.
Object.assign(globalThis, { __webpack_nonce__: nonce() });

const place = document.getElementById('app');
if (place) {
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
