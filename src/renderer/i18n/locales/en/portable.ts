/** What leaves Tally as a file and what comes in from one. */
export const portable = {
  export: {
    open: 'Export…',
    openThis: 'Export this conversation',
    copy: 'Copy as Markdown',
    copyThis: 'Copy this conversation as Markdown',
    copied: 'Conversation copied as Markdown',
    title: 'Export conversation',
    format: 'Format',
    formats: { markdown: 'Markdown', json: 'JSON' },
    hints: {
      markdown: 'The branch that is shown, to read and to pass on. Images are named, not included.',
      json: 'Every branch with its sources and usage records. Tally can read it in again. Images are named, not included.',
    },
    withCosts: 'With costs',
    withCostsHint: 'A line under each answer, and what they come to.',
    save: 'Save file',
    copyButton: 'Copy',
    untitled: 'Untitled',
    you: 'You',
    answer: 'Answer',
    image: 'Image: {{name}}',
    sources: 'Sources',
    page: 'p. {{page}}',
    cost: 'Cost',
    total: 'Cost of this branch',
  },
} as const;
