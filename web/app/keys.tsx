/**
 * Keys for everything: single letters, or `g` and a letter. Each page says which it has while it is shown; `?` lists them.
 * They do nothing while somebody types, and can be switched off (WCAG 2.2, 2.1.4). Class: side effect (listens).
 */
import { useLocalStorage } from '@mantine/hooks';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';

/** A key of a page. */
export interface Key {
  /** As typed: `j`, `?`, `Enter`, `g i`. */
  readonly keys: string;
  /** What it does, in the language of whoever reads. */
  readonly text: string;
  readonly act: () => void;
}

/** Keys of one part of the page, under its name. */
export interface KeyGroup {
  readonly title: string;
  readonly keys: readonly Key[];
}

interface Keys {
  readonly groups: readonly KeyGroup[];
  readonly isOn: boolean;
  readonly switchTo: (isOn: boolean) => void;
  readonly put: (id: string, group: KeyGroup | null) => void;
}

const Access = createContext<Keys | null>(null);

/** How long the second key of two may take. */
const WITHIN_MS = 1200;

/** Listens for keys below it. */
export function KeysProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [groups, setGroups] = useState<ReadonlyMap<string, KeyGroup>>(new Map());
  const [isOn, switchTo] = useLocalStorage({ key: 'jornada-keys', defaultValue: true });
  const first = useRef({ key: '', at: 0 });
  const put = useMemo(
    () => (id: string, group: KeyGroup | null) =>
      setGroups((before) => {
        const after = new Map(before);
        if (group) after.set(id, group);
        else after.delete(id);
        return after;
      }),
    [],
  );
  useEffect(() => {
    if (!isOn) return;
    const hear = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      if (isTyping(event.target)) return;
      const { key, at } = first.current;
      const two = event.timeStamp - at < WITHIN_MS ? `${key} ${event.key}` : event.key;
      const all = [...groups.values()].flatMap((group) => group.keys).toReversed();
      const found =
        all.find(({ keys }) => keys === two) ?? all.find((one) => one.keys === event.key);
      first.current = { key: event.key, at: event.timeStamp };
      if (!found || isOfControl(event)) return;
      first.current = { key: '', at: 0 };
      event.preventDefault();
      found.act();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [groups, isOn]);
  const access = useMemo(
    () => ({ groups: byTitle(groups.values()), isOn, switchTo, put }),
    [groups, isOn, switchTo, put],
  );
  return <Access value={access}>{children}</Access>;
}

/** What is typed into belongs to whoever types. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.closest('input, textarea, select, [role="dialog"]') !== null
  );
}

/** Enter and space work the button or link that has the focus. */
function isOfControl({ key, target }: KeyboardEvent): boolean {
  if (key !== 'Enter' && key !== ' ') return false;
  return target instanceof HTMLElement && target.closest('a, button, summary, [role]') !== null;
}

/** Parts that say keys under the same name are one, in the order of the first. */
function byTitle(groups: Iterable<KeyGroup>): readonly KeyGroup[] {
  const found = new Map<string, readonly Key[]>();
  for (const { title, keys } of groups) found.set(title, [...(found.get(title) ?? []), ...keys]);
  return [...found].map(([title, keys]) => ({ title, keys }));
}

/** All keys that work now. */
export function useKeyGroups(): Keys {
  const access = useContext(Access);
  if (!access) throw new Error('there is a KeysProvider around the app');
  return access;
}

/** Makes keys work while this part is shown. `keys` may change with each rendering. */
export function useKeys(title: string, keys: readonly Key[]): void {
  const { put } = useKeyGroups();
  const id = useId();
  const latest = useRef(keys);
  latest.current = keys;
  const names = keys.map(({ keys: typed, text }) => `${typed}\u0000${text}`).join('\u0001');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a key does is read when it is typed
  useEffect(() => {
    const group = latest.current.map((key, index) => ({
      ...key,
      act: () => latest.current[index]?.act(),
    }));
    put(id, group.length === 0 ? null : { title, keys: group });
    return () => put(id, null);
  }, [id, title, names, put]);
}
