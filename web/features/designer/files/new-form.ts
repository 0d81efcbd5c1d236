/** A form to begin with: a question, in both languages. Class: pure. */
export const newForm = (id: string, title: string): string =>
  `${JSON.stringify(
    {
      ...{ type: 'default', id, schemaVersion: 19 },
      ...{ executionPlatform: 'Camunda Cloud', executionPlatformVersion: '8.8.0' },
      components: [
        {
          ...{ type: 'text', text: `# ${title}`, id: `${id}-1` },
          properties: { 'text:pt-BR': `# ${title}` },
        },
        {
          ...{ type: 'textarea', key: 'note', label: 'Note', id: `${id}-2` },
          validate: { maxLength: 2000 },
          properties: { 'label:pt-BR': 'Observação' },
        },
      ],
    },
    null,
    2,
  )}\n`;
