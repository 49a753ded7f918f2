import type { OfficeContentNode } from 'officeparser';

/** A slide deck, sheet or text as Markdown pieces; a piece with a number is that slide. */
export interface OfficePiece {
  readonly slide: number | null;
  readonly markdown: string;
}

/** The tree officeparser reads a file into, as Markdown: one piece a slide with its notes, else one a top-level node. */
export function officeToMarkdown(nodes: readonly OfficeContentNode[]): OfficePiece[] {
  const pieces: { slide: number | null; blocks: string[] }[] = [];
  for (const node of nodes) {
    const slide = slideOf(node);
    const last = pieces.at(-1);
    const blocks = blocksOf(node);
    if (last !== undefined && slide !== null && last.slide === slide) last.blocks.push(...blocks);
    else pieces.push({ slide, blocks });
  }
  return pieces.map(({ slide, blocks }) => ({ slide, markdown: blocks.filter((block) => block.trim() !== '').join('\n\n') }));
}

function slideOf(node: OfficeContentNode): number | null {
  return node.metadata !== undefined && 'slideNumber' in node.metadata ? node.metadata.slideNumber : null;
}

function blocksOf(node: OfficeContentNode): string[] {
  const children = node.children ?? [];
  switch (node.type) {
    case 'heading': {
      const level = node.metadata !== undefined && 'level' in node.metadata ? node.metadata.level : 1;
      return textOf(node) === '' ? [] : [`${'#'.repeat(Math.min(Math.max(level, 1), 6))} ${textOf(node)}`];
    }
    case 'table':
      return [rowsOf(children)];
    case 'sheet': {
      const title = node.metadata !== undefined && 'sheetName' in node.metadata ? node.metadata.sheetName : '';
      return [`# ${title}`, rowsOf(children)];
    }
    case 'list':
      return [`- ${textOf(node)}`];
    case 'slide':
    case 'note':
    case 'page':
      return children.flatMap(blocksOf);
    case 'image':
    case 'drawing':
    case 'break':
      return [];
    case 'chart':
    case 'paragraph':
    case 'row':
    case 'cell':
    case 'text':
      return [node.text ?? textOf(node)];
  }
}

function rowsOf(nodes: readonly OfficeContentNode[]): string {
  const rows = nodes.filter((node) => node.type === 'row');
  return rows.map((row) => (row.children ?? []).map(textOf).join(' | ')).join('\n');
}

/** The node's text on one line. */
function textOf(node: OfficeContentNode): string {
  const text = node.text ?? (node.children ?? []).map(textOf).join(' ');
  return text.replace(/\s+/g, ' ').trim();
}
