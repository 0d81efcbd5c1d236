/** The check of what is handed out, as one file. Class: side effect. */
import { fileURLToPath } from 'node:url';

/** The check as one file that needs nothing but Node: made from the code that checks here. */
export async function bundleVerifier(): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../audit/offline/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
