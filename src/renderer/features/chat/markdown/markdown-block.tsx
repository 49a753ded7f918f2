import { toJsxRuntime, type Components } from 'hast-util-to-jsx-runtime';
import { memo, useMemo, type ReactNode } from 'react';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import remend from 'remend';
import { CitationMark } from './citation-mark.tsx';
import { CodeBlock } from './code-block.tsx';
import { Formula, formulaOf } from './formula.tsx';
import { citationTag, noteTag } from './mark-text.ts';
import { NoteMark } from './note-mark.tsx';
import { OpenBlockContext } from './open-block-context.ts';
import { BlockedImage, OutsideLink } from './outside-link.tsx';
import { isTooTangled, parseBlock } from './parse-block.ts';
import type { MarkdownBlock } from './split-blocks.ts';
import { TaskMark } from './task-mark.tsx';

interface MarkProps {
  ordinal: string;
}

const components: Partial<Components> & Readonly<Record<string, unknown>> = {
  a: ({ href, children }) => <OutsideLink href={href}>{children}</OutsideLink>,
  img: ({ src, alt }) => <BlockedImage src={src} alt={alt} />,
  pre: ({ children }) => {
    const formula = formulaOf(children);
    return formula === null ? <CodeBlock>{children}</CodeBlock> : <Formula source={formula} isDisplayed />;
  },
  code: ({ children, className }) =>
    className?.includes('math-inline') === true ? (
      <Formula source={typeof children === 'string' ? children : ''} isDisplayed={false} />
    ) : (
      <code>{children}</code>
    ),
  table: ({ children }) => (
    <div
      className="table-scroll"
      // What scrolls must be reachable with the keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <table>{children}</table>
    </div>
  ),
  input: ({ checked }) => <TaskMark isDone={checked === true} />,
  [citationTag]: ({ ordinal }: MarkProps) => <CitationMark ordinal={Number(ordinal)} />,
  [noteTag]: ({ ordinal }: MarkProps) => <NoteMark number={Number(ordinal)} />,
  // Which levels a model uses is its whim; for whoever goes by headings they are all one below the answer.
  h1: ({ children }) => <h3 className="heading-1">{children}</h3>,
  h2: ({ children }) => <h3 className="heading-2">{children}</h3>,
  h4: ({ children }) => <h3>{children}</h3>,
  h5: ({ children }) => <h3>{children}</h3>,
  h6: ({ children }) => <h3>{children}</h3>,
};

/** A block that ends with the end of code. */
const closedFencePattern = /\n {0,3}(?:`{3,}|~{3,})[ \t]*\n*$/u;

interface BlockProps {
  kind: MarkdownBlock['kind'];
  text: string;
  definitions: string;
  noteIds: readonly string[];
  /** It may still be written: what it has begun and not ended is ended for it. */
  isLast: boolean;
}

/** One block of an answer, drawn anew only when its text has changed. */
export const MarkdownBlockView = memo(function MarkdownBlockView({ kind, text, definitions, noteIds, isLast }: BlockProps) {
  const drawn = useMemo(() => {
    const plain = <p className="whitespace-pre-wrap">{text}</p>;
    return kind === 'plain' || isTooTangled(text) ? plain : (draw(text, { definitions, noteIds, isLast }) ?? plain);
  }, [kind, text, definitions, noteIds, isLast]);
  const isOpen = isLast && !closedFencePattern.test(text);
  return (
    <OpenBlockContext value={isOpen}>
      <div dir="auto">{drawn}</div>
    </OpenBlockContext>
  );
});

function draw(text: string, { definitions, noteIds, isLast }: Omit<BlockProps, 'kind' | 'text'>): ReactNode {
  try {
    const whole = isLast ? remend(text, { linkMode: 'text-only' }) : text;
    return toJsxRuntime(parseBlock(whole, definitions, noteIds), { Fragment, jsx, jsxs, components, ignoreInvalidStyle: true });
  } catch {
    // Whatever a parser trips over is still the answer: it is shown as it stands.
    return null;
  }
}
