export const composer = {
  label: 'Your question',
  scope: {
    name: 'Searched for this question only',
    remove: 'Do not limit to {{name}}',
    askedIn: 'Searched in {{names}}',
    and: ', ',
    gone_one: 'something that is gone',
    gone_other: '{{count}} that are gone',
  },
  suggest: {
    prompts: 'Prompts',
    places: 'Search only in',
    document: 'Document',
    collection: 'Collection',
    noPrompts: 'There are no prompts yet.',
    noPlaces: 'There are no documents yet. Drop a file here to add one.',
    count_one: '{{count}} choice. Enter takes it.',
    count_other: '{{count}} choices. Arrow keys move, Enter takes one.',
  },
  fill: {
    name: 'Fill in: {{name}}',
    next: 'next',
    end: 'leave as it is',
  },
} as const;
