/** How the web app is built. What is used on one page alone is loaded there (`React.lazy`), and gets a file of its own. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';

/** Handed to vite. `{{nonce}}` is replaced in each answer (api/pages/web-app.ts). */
export const webConfig = {
  root: dirname(fileURLToPath(import.meta.url)),
  base: '/',
  configFile: false,
  plugins: [react()],
  html: { cspNonce: '{{nonce}}' },
  resolve: {
    // Newer browsers have a Temporal of their own, another implementation: everybody computes by the same.
    alias: [{ find: /^temporal-polyfill$/, replacement: 'temporal-polyfill/implementation' }],
  },
  build: {
    target: 'es2023',
    assetsDir: 'web',
    emptyOutDir: true,
    sourcemap: false,
    // The policy of our pages lets files of ours in, not what stands in an address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2500,
  },
};
