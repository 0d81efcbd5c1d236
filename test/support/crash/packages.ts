/** Packages as they are, but with attempts that are given up and made again soon: what is tested are many attempts. */
import type { PackageFiles } from '../../../registry/index.js';
import { readPackage } from '../package.js';

const HURRIED: Readonly<Record<string, string>> = {
  'jornada:timeout': 'PT10S',
  'jornada:backoff': 'PT0.5S',
  'jornada:backoffCoefficient': '1',
};

/** Reads a package of `definitions/`, and hurries its service tasks. */
export function hurriedPackage(key: string): PackageFiles {
  return Object.fromEntries(
    Object.entries(readPackage(key)).map(([path, text]) => [
      path,
      path.endsWith('.bpmn') ? hurry(String(text)) : text,
    ]),
  );
}

/** Class: pure. */
function hurry(xml: string): string {
  const headers = Object.entries(HURRIED)
    .map(([key, value]) => `<zeebe:header key="${key}" value="${value}" />`)
    .join('');
  return xml.replace(/<bpmn:serviceTask [\s\S]*?<\/bpmn:serviceTask>/g, (task) => {
    const bare = task
      .replace(/<zeebe:header key="jornada:(?:timeout|heartbeat|backoff\w*)"[^>]*\/>/g, '')
      .replace(/<zeebe:taskHeaders>\s*<\/zeebe:taskHeaders>/, '')
      .replace(/retries="\d+"/, 'retries="1000"');
    return bare.includes('<zeebe:taskHeaders>')
      ? bare.replace('<zeebe:taskHeaders>', `<zeebe:taskHeaders>${headers}`)
      : bare.replace(
          /<zeebe:taskDefinition [^>]*\/>/,
          (definition) => `${definition}<zeebe:taskHeaders>${headers}</zeebe:taskHeaders>`,
        );
  });
}
