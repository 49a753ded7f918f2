import { memo, type ComponentProps } from 'react';
import { defaultRemarkPlugins, Streamdown } from 'streamdown';
import { CitationMark } from './citation-mark.tsx';
import { citationTag, rehypeCitations } from './citations.ts';
import { CodeBlock } from './code-block.tsx';
import { BlockedImage, OutsideLink } from './outside-link.tsx';
import { TaskMark } from './task-mark.tsx';
import './markdown.css';

type StreamdownProps = ComponentProps<typeof Streamdown>;

// Every name that Streamdown would draw with its own controls or styles is drawn here, plainly.
const components: NonNullable<StreamdownProps['components']> = {
  a: ({ href, children }) => <OutsideLink href={href}>{children}</OutsideLink>,
  img: ({ src, alt }) => <BlockedImage src={typeof src === 'string' ? src : undefined} alt={alt} />,
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  code: ({ children, className }) => <code className={className}>{children}</code>,
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
  [citationTag]: ({ ordinal }) => <CitationMark ordinal={Number(ordinal)} />,
  // Which levels a model uses is its whim; for whoever goes by headings they are all one below the answer.
  h1: ({ children }) => <h3 className="heading-1">{children}</h3>,
  h2: ({ children }) => <h3 className="heading-2">{children}</h3>,
  h3: 'h3',
  h4: 'h3',
  h5: 'h3',
  h6: 'h3',
  ul: 'ul',
  ol: 'ol',
  li: 'li',
  hr: 'hr',
  strong: 'strong',
  blockquote: 'blockquote',
  thead: 'thead',
  tbody: 'tbody',
  tr: 'tr',
  th: 'th',
  td: 'td',
  sup: 'sup',
  sub: 'sub',
};

const remarkPlugins = Object.values(defaultRemarkPlugins);
// Without rehype-raw, HTML of the model stays text; nothing is left for a sanitiser to miss.
const rehypePlugins: NonNullable<StreamdownProps['rehypePlugins']> = [rehypeCitations];
const repair: NonNullable<StreamdownProps['remend']> = { linkMode: 'text-only' };
const off = { enabled: false };

/**
 * Text of a model as Markdown, while it streams and after: the same pipeline both times, so that what was
 * safe to look at while it came stays what one sees later. No HTML, no remote content, no link without a question.
 */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <Streamdown
      className="markdown"
      components={components}
      remarkPlugins={remarkPlugins}
      rehypePlugins={rehypePlugins}
      remend={repair}
      controls={false}
      linkSafety={off}
      dir="auto"
    >
      {text}
    </Streamdown>
  );
});
