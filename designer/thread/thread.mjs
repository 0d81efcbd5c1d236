// Begins a thread of the designer: from a bundle, or from the sources, through tsx, where no bundle can be kept.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleOf } from '../../cli/bundle.js';

const bundled = async () => {
  try {
    const folder = await bundleOf('designer', 'designer/thread/main.ts');
    await import(pathToFileURL(join(folder, 'main.mjs')).href);
    return true;
  } catch {
    return false;
  }
};

if (!(await bundled())) {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./main.js');
}
