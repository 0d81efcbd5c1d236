import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../cli/main.js';

const PAGE = readFileSync('docs/cli.md', 'utf8');
const GENERAL = 'What holds for all';

/** A command that does something: `search pi`, with every flag that may follow. */
interface Leaf {
  readonly name: string;
  readonly alias: string;
  readonly flags: readonly string[];
}

const program = createProgram({ code: 0 }, {} as never, false);
const leaves = leavesOf(program, []);

function leavesOf(command: Command, path: readonly string[]): readonly Leaf[] {
  if (command.commands.length > 0) {
    return command.commands.flatMap((one) => leavesOf(one, [...path, one.name()]));
  }
  const flags = command.options.map(({ long }) => long ?? '');
  return [{ name: path.join(' '), alias: command.alias(), flags }];
}

/** Sections by their headings. */
const sections = new Map(
  PAGE.split(/^## /m).map((text) => {
    const end = text.indexOf('\n');
    return [text.slice(0, end), text.slice(end)] as const;
  }),
);
const flagsIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(/(?<![\w-])--[a-z][a-z-]*/g), ([flag]) => flag);
const headed = (heading: string): readonly string[] => heading.split(', ');
const isIn =
  (heading: string) =>
  ({ name }: Leaf): boolean =>
    headed(heading).some((part) => name === part || name.startsWith(`${part} `));
const told = [...sections].filter(([heading]) => leaves.some(isIn(heading)));

describe('docs/cli.md and the commands that there are', () => {
  test('list the same resources, with their verbs', () => {
    const rows = Array.from(
      PAGE.matchAll(/^\| `(\w+)` \| `([\w-]+)` \|[^|]*\| ([a-z ]+) \|$/gm),
      ([, short, long, verbs = '']) => verbs.split(' ').map((verb) => `${verb} ${short} ${long}`),
    );
    const named = leaves.filter(({ alias }) => alias).map(({ name, alias }) => `${name} ${alias}`);
    expect(rows.flat().toSorted()).toEqual(named.toSorted());
  });

  test('list the same commands without a long name', () => {
    const [, also = '', without = ''] =
      PAGE.match(/^Also: (.*)\. Without a resource: `(.*)`\.$/m) ?? [];
    const pairs = Array.from(also.matchAll(/`([^`]+)`/g), ([, pair = '']) => pair);
    const others = leaves.filter(({ alias }) => !alias).map(({ name }) => name);
    const expected = [...pairs, ...without.split(' ')].map((one) =>
      one === 'scenario' ? 'scenario run' : one,
    );
    expect(expected.toSorted()).toEqual(others.toSorted());
  });

  test('have a section each', () => {
    const untold = leaves.filter((leaf) => !told.some(([heading]) => isIn(heading)(leaf)));
    expect(untold.map(({ name }) => name)).toEqual([]);
    const parts = told.flatMap(([heading]) => headed(heading));
    const unknown = parts.filter((part) => !leaves.some(isIn(part)));
    expect(unknown).toEqual([]);
  });

  test.each(leaves)('every flag of $name is told', (leaf) => {
    const own = told.filter(([heading]) => isIn(heading)(leaf));
    const text = [sections.get(GENERAL) ?? '', ...own.map(([, section]) => section)].join('\n');
    expect(leaf.flags.filter((flag) => !flagsIn(text).includes(flag))).toEqual([]);
  });

  test.each(told)('section %s: every flag that it tells is there', (heading, text) => {
    const flags = new Set(leaves.filter(isIn(heading)).flatMap((one) => one.flags));
    // What an answer advises is a command of its own.
    const own = text.replace(/ npx jornada .*$/gm, '');
    expect(flagsIn(own).filter((flag) => !flags.has(flag))).toEqual([]);
  });

  test('tell no flag for all that no command has', () => {
    const flags = new Set(['--help', '--version', ...leaves.flatMap((one) => one.flags)]);
    expect(flagsIn(PAGE).filter((flag) => !flags.has(flag))).toEqual([]);
  });

  const examples = Array.from(PAGE.matchAll(/^\$ jornada (.*)$/gm), ([, line = '']) => line);

  test.each(examples)('jornada %s', (line) => {
    const leaf = leaves.find(({ name }) => line === name || line.startsWith(`${name} `));
    expect(leaf).toBeDefined();
    expect(flagsIn(line).filter((flag) => !leaf?.flags.includes(flag))).toEqual([]);
  });
});
