/** An element of a formula: its name without prefix, its `m:val`, what is in it. */
interface Node {
  readonly name: string;
  readonly value: string | null;
  readonly text: string;
  readonly children: Node[];
}

/** Formulas nest a few levels; what is deeper than this is no formula, and its letters are all that is taken of it. */
const maxDepth = 60;

/**
 * A formula of Office's markup (the content of `m:oMath`) on one line, much as one types it in Word: `x=(-b±√(b^2-4ac))/(2a)`.
 * Text in it stays escaped as XML. Source: ECMA-376 part 1, section 22.1, and "UnicodeMath" (Unicode Technical Note 28).
 */
export function formulaText(xml: string): string {
  return oneLine(childrenText(treeOf(xml)));
}

function treeOf(xml: string): Node {
  const root: Node = { name: '', value: null, text: '', children: [] };
  const open = [root];
  for (const [, isEnd = '', tag = '', rest = '', text = ''] of xml.matchAll(/<(\/?)([\w:]{1,60})([^<>]*)>|([^<]+)/g)) {
    const parent = open.at(-1) ?? root;
    const name = tag.slice(tag.indexOf(':') + 1);
    if (tag === '') {
      if (parent.name === 't') parent.children.push({ name: '', value: null, text, children: [] });
    } else if (isEnd !== '') {
      if (open.length > 1 && parent.name === name) open.pop();
    } else {
      const node: Node = { name, value: /\bval="([^"]*)"/.exec(rest)?.[1] ?? null, text: '', children: [] };
      parent.children.push(node);
      if (!rest.endsWith('/') && open.length < maxDepth) open.push(node);
    }
  }
  return root;
}

const childrenText = ({ children }: Node): string => children.map(textOf).join('');
const partOf = ({ children }: Node, name: string): string =>
  children
    .filter((child) => child.name === name)
    .map(textOf)
    .join('');

/** What a part's properties say of it, an operator for instance; null: nothing. */
function propertyOf({ children }: Node, name: string): string | null {
  const properties = children.find((child) => child.name.endsWith('Pr'));
  return properties?.children.find((child) => child.name === name)?.value ?? null;
}

function textOf(node: Node): string {
  const part = (name: string): string => partOf(node, name);
  const property = (name: string, otherwise: string): string => propertyOf(node, name) ?? otherwise;
  const script = (mark: '_' | '^', name: string): string => (part(name) === '' ? '' : mark + bracketed(part(name)));
  switch (node.name) {
    case '':
      return node.text;
    case 'f':
      return `${bracketed(part('num'))}/${bracketed(part('den'))}`;
    case 'rad':
      return part('deg') === '' ? `√(${part('e')})` : `√(${part('deg')}&amp;${part('e')})`;
    case 'sSup':
    case 'sSub':
    case 'sSubSup':
      return bracketed(part('e')) + script('_', 'sub') + script('^', 'sup');
    case 'sPre':
      return script('_', 'sub') + script('^', 'sup') + part('e');
    case 'limLow':
      return `${part('e')}${script('_', 'lim')} `;
    case 'limUpp':
      return `${part('e')}${script('^', 'lim')} `;
    case 'nary':
      return `${property('chr', '∫')}${script('_', 'sub')}${script('^', 'sup')} ${part('e')}`;
    case 'func':
      return `${part('fName').trim()} ${part('e')}`;
    case 'acc':
      return part('e') + property('chr', '\u0302');
    case 'd':
      return property('begChr', '(') + listed(node, 'e', property('sepChr', '|')) + property('endChr', ')');
    case 'm':
      return `[${listed(node, 'mr', '; ')}]`;
    case 'mr':
      return listed(node, 'e', ', ');
    case 'eqArr':
      return listed(node, 'e', '; ');
    default:
      return node.name.endsWith('Pr') ? '' : childrenText(node);
  }
}

function listed({ children }: Node, name: string, separator: string): string {
  return children
    .filter((child) => child.name === name)
    .map(textOf)
    .join(separator);
}

/** A part of more than one number or name, held together. */
function bracketed(text: string): string {
  return /^(?:[\p{L}\p{M}]|[\d.,]+|&#?\w+;|\([^()]*\))$/u.test(text.trim()) ? text.trim() : `(${text.trim()})`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
