/** The steps of the model that is drawn, beside it: chosen, named, added and taken out by keys alone. */
import { ActionIcon, Button, Group, Menu, Text, TextInput, Tooltip } from '@mantine/core';
import { ArrowLeft, ArrowRight, Pencil, Plus, SlidersHorizontal, Trash2 } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { centreOn } from '../../../parts/diagram/drawn.js';
import { kindNameIn, kindOfType } from '../../../parts/diagram/kinds.js';
import { Outline } from '../../../parts/diagram/outline.js';
import { useLocale, useTexts } from '../../../texts/texts.js';
import { DESIGNER_TEXTS } from '../texts.js';
import {
  APPENDED,
  appendTo,
  type Modelling,
  mayAppend,
  nameOf,
  removeStep,
  renameStep,
  selectStep,
  useSteps,
} from './modelling.js';

/** Shows it. `openProperties`: puts the focus on the properties of what is selected. */
export function ModelOutline({
  modeler,
  isReadOnly,
  openProperties,
}: {
  readonly modeler: Modelling;
  readonly isReadOnly: boolean;
  readonly openProperties: () => void;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const { steps, selected } = useSteps(modeler);
  const [named, setNamed] = useState<string | null>(null);
  const [isAppending, setAppending] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const [toFocus, setToFocus] = useState<string | null>(null);
  // Steps that were just made are in the list with its next drawing.
  useEffect(() => {
    // While a name is written the focus stays there.
    if (named !== null || toFocus === null || !steps.some(({ elementId }) => elementId === toFocus))
      return;
    place.current?.querySelector<HTMLElement>(`[data-step="${CSS.escape(toFocus)}"]`)?.focus();
    setToFocus(null);
  }, [toFocus, steps, named]);
  const look = (id: string): void => {
    selectStep(modeler, id);
    centreOn(modeler, id);
  };
  const append = (type: string): void => {
    if (selected === null) return;
    const made = appendTo(modeler, selected, type);
    if (made === null) return;
    look(made);
    setNamed(made);
  };
  const remove = (id: string): void => {
    const at = steps.findIndex(({ elementId }) => elementId === id);
    const near = steps[at + 1] ?? steps[at - 1];
    removeStep(modeler, id);
    if (!near) return;
    look(near.elementId);
    setToFocus(near.elementId);
  };
  const press = (event: KeyboardEvent, id: string): boolean => {
    if ((event.ctrlKey || event.metaKey) && !isReadOnly) {
      const asked = { z: event.shiftKey ? 'redo' : 'undo', y: 'redo' }[event.key.toLowerCase()];
      if (asked !== undefined) modeler.get('commandStack')[asked as 'undo']?.();
      return asked !== undefined;
    }
    const acts: Readonly<Record<string, (() => void) | undefined>> = {
      p: openProperties,
      ...(!isReadOnly && {
        F2: () => setNamed(id),
        Delete: () => remove(id),
        a: () => setAppending(true),
      }),
    };
    const act = event.altKey ? undefined : acts[event.key];
    if (!act) return false;
    look(id);
    act();
    return true;
  };
  return (
    <div className="designer-outline" ref={place}>
      {selected !== null && (
        <Tools
          {...{ modeler, selected, isReadOnly, isAppending, append, look }}
          setAppending={(is) => {
            setAppending(is);
            if (!is && named === null) setToFocus(selected);
          }}
          rename={() => setNamed(selected)}
          remove={() => remove(selected)}
          openProperties={openProperties}
        />
      )}
      <Outline
        rows={steps}
        selected={selected}
        onSelect={look}
        onKey={press}
        field={
          named === null
            ? null
            : {
                elementId: named,
                node: (
                  <Name
                    key={named}
                    before={nameOf(modeler, named)}
                    label={say('stepName')}
                    done={(name) => {
                      if (name !== null) renameStep(modeler, named, name);
                      setNamed(null);
                      setToFocus(named);
                    }}
                  />
                ),
              }
        }
      />
      <Text size="xs" c="dimmed" mt={4}>
        {say(isReadOnly ? 'outlineKeysRead' : 'outlineKeys')}
      </Text>
    </div>
  );
}

function Name({
  before,
  label,
  done,
}: {
  readonly before: string;
  readonly label: string;
  readonly done: (name: string | null) => void;
}): ReactNode {
  const [name, setName] = useState(before);
  return (
    <TextInput
      size="xs"
      aria-label={label}
      value={name}
      autoFocus
      onChange={({ currentTarget }) => setName(currentTarget.value)}
      onBlur={() => done(name)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done(name);
        else if (event.key === 'Escape') done(null);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}

function Tools({
  modeler,
  selected,
  isReadOnly,
  isAppending,
  setAppending,
  append,
  look,
  rename,
  remove,
  openProperties,
}: {
  readonly modeler: Modelling;
  readonly selected: string;
  readonly isReadOnly: boolean;
  readonly isAppending: boolean;
  readonly setAppending: (is: boolean) => void;
  readonly append: (type: string) => void;
  readonly look: (id: string) => void;
  readonly rename: () => void;
  readonly remove: () => void;
  readonly openProperties: () => void;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const locale = useLocale();
  const { steps } = useSteps(modeler);
  const step = steps.find(({ elementId }) => elementId === selected);
  const acts = [
    ['previousStep', ArrowLeft, step?.previous[0] ? () => look(step.previous[0] ?? '') : null],
    ['nextStep', ArrowRight, step?.next[0] ? () => look(step.next[0] ?? '') : null],
    ['properties', SlidersHorizontal, openProperties],
    ['rename', Pencil, isReadOnly ? null : rename],
    ['delete', Trash2, isReadOnly ? null : remove],
  ] as const;
  return (
    <Group gap={2} wrap="nowrap" mb={4}>
      {!isReadOnly && (
        <Menu opened={isAppending} onChange={setAppending} returnFocus={false}>
          <Menu.Target>
            <Button
              size="compact-xs"
              variant="default"
              disabled={!mayAppend(modeler, selected)}
              leftSection={<Plus size={12} aria-hidden />}
            >
              {say('append')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {APPENDED.map((type) => (
              <Menu.Item key={type} onClick={() => append(type)}>
                {kindNameIn(locale, kindOfType(type))}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {acts.map(([name, Icon, act]) => (
        <Tooltip key={name} label={say(name)}>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={say(name)}
            disabled={act === null}
            onClick={() => act?.()}
          >
            <Icon size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </Group>
  );
}
