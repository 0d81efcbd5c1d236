import { Button, JsonInput, Select, Stack, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTexts } from '../../../texts/texts.js';
import type { Script } from '../api.js';
import type { Files } from '../saving.js';
import { DESIGNER_TEXTS } from '../texts.js';
import { samplesIn } from './samples.js';
import { isJson } from './script.js';

/** Asks with what a play begins: a scenario, or a clock, a start and answers of services. */
export function Beginning({
  script,
  files,
  begin,
}: {
  readonly script: Script;
  readonly files: Files;
  readonly begin: (script: Script) => void;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const samples = useQuery({
    queryKey: ['designer', 'samples', files.saves],
    queryFn: () => samplesIn(files.texts).catch(() => []),
    placeholderData: keepPreviousData,
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const [jobs, setJobs] = useState(JSON.stringify(script.jobs, null, 2));
  const [start, setStart] = useState('{ "start": {} }');
  const [now, setNow] = useState(script.now);
  const choose = (value: string | null): void => {
    setChosen(value);
    const sample = samples.data?.find((one) => one.value === value)?.script;
    if (!sample) return;
    setJobs(JSON.stringify(sample.jobs, null, 2));
    setStart(JSON.stringify(sample.acts[0], null, 2));
    setNow(sample.now);
  };
  const isSound = isJson(jobs) && isJson(start);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isSound) begin({ now, jobs: JSON.parse(jobs), acts: [JSON.parse(start)] });
      }}
    >
      <Stack gap="sm">
        <Select
          label={say('from')}
          data={samples.data?.map(({ value, label }) => ({ value, label })) ?? []}
          value={chosen}
          onChange={choose}
          searchable
          comboboxProps={{ withinPortal: true }}
        />
        <TextInput
          label={say('clock')}
          value={now}
          onChange={({ currentTarget }) => setNow(currentTarget.value)}
        />
        <JsonInput
          label={say('startAct')}
          value={start}
          onChange={setStart}
          validationError={say('badJson')}
          autosize
          minRows={3}
          maxRows={10}
        />
        <JsonInput
          label={say('services')}
          value={jobs}
          onChange={setJobs}
          validationError={say('badJson')}
          autosize
          minRows={3}
          maxRows={10}
        />
        <Button type="submit" disabled={!isSound}>
          {say('start')}
        </Button>
      </Stack>
    </form>
  );
}
