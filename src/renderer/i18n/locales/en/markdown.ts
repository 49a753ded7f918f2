export const markdown = {
  showEarlier_one: 'Show the part before',
  showEarlier_other: 'Show the {{formatted}} parts before',
  note: 'Footnote {{number}}',
  notes: 'Footnotes',
  formulaFailed: 'This formula cannot be drawn; this is its source.',
  foreignHost: 'This address has letters of another alphabet in it. What it reads like may not be where it leads.',
  diagram: {
    view: 'How to show the diagram',
    diagram: 'Diagram',
    source: 'Source',
    drawing: 'Drawing the diagram…',
    failed: 'This diagram cannot be drawn. Here is its source.',
    alt: 'Diagram; its source is behind the switch above.',
  },
};
