export const history = {
  name: 'Conversations',
  untitled: 'Untitled',
  empty: 'Your conversations will be listed here, each with what it cost.',
  order: { label: 'Sorted: {{order}}', newest: 'Newest first', dearest: 'Dearest first', title: 'By title' },
  group: {
    today: 'Today',
    yesterday: 'Yesterday',
    week: 'Last 7 days',
    month: 'Last 30 days',
    older: 'Older',
  },
  actionsFor: 'Actions for {{title}}',
  title: 'Title',
  rename: 'Rename',
  delete: 'Delete',
  deleted: 'Deleted “{{title}}”',
  deletedHelp: 'What it cost stays in your spend.',
} as const;
