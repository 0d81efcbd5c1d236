/** How the web app is built. What is used on one page alone is loaded there (`React.lazy`), and gets a file of its own. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';

const OF_A_PART = /@mantine\/core\/esm\/.*\/(\w+)\.module\.mjs$/;

/** Styles of the kit come with the parts that have them: a page loads those of what it shows, what a part is made of first. */
const stylesWithParts = {
  name: 'styles-with-parts',
  enforce: 'pre',
  transform(code, id) {
    const [, part] = OF_A_PART.exec(id.split('?')[0]) ?? [];
    return part ? `import '@mantine/core/styles/${part}.layer.css';\n${code}` : null;
  },
};

/** Handed to vite. `{{nonce}}` is replaced in each answer (api/pages/web-app.ts). */
export const webConfig = {
  root: dirname(fileURLToPath(import.meta.url)),
  base: '/',
  configFile: false,
  plugins: [stylesWithParts, react()],
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
