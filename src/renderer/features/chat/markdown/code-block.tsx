import { isValidElement, memo, use, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Segments } from '../../../components/ui/segments.tsx';
import { CopyButton } from '../copy-button.tsx';
import { Diagram } from './diagram.tsx';
import type { ColouredLines } from './highlight-code.ts';
import { OpenBlockContext } from './open-block-context.ts';
import { useColouredCode } from './use-coloured-code.ts';

/** The text inside rendered elements. */
function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(textOf).join('');
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : '';
}

function languageOf(node: ReactNode): string | undefined {
  if (!isValidElement<{ className?: string }>(node)) return undefined;
  return /language-([^\s]{1,40})/.exec(node.props.className ?? '')?.[1];
}

/** A block of code, with its language and a way to copy it. Mermaid is drawn; anything else is shown as code whatever it says it is. */
export function CodeBlock({ children }: { children?: ReactNode }) {
  const { t } = useTranslation(['chat', 'markdown']);
  const isOpen = use(OpenBlockContext);
  const language = languageOf(children);
  const code = textOf(children);
  const isDiagram = language === 'mermaid' && !isOpen;
  const [view, setView] = useState<'diagram' | 'source'>('diagram');
  const options = (['diagram', 'source'] as const).map((value) => ({ value, label: t(`markdown:diagram.${value}`) }));
  return (
    <figure className="code-block">
      <figcaption>
        <span>{language ?? t('code.plain')}</span>
        <span className="flex items-center gap-1">
          {isDiagram && <Segments label={t('markdown:diagram.view')} value={view} options={options} onChange={setView} />}
          <CopyButton text={() => code} label={t('code.copy')} />
        </span>
      </figcaption>
      {isDiagram && view === 'diagram' ? (
        <Diagram source={code} fallback={<Code key={language} code={code} language={language} />} />
      ) : (
        <Code key={language} code={code} language={language} />
      )}
    </figure>
  );
}

function Code({ code, language }: { code: string; language: string | undefined }) {
  const coloured = useColouredCode(code, language);
  return (
    // Long lines scroll, and what scrolls must be reachable with the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre tabIndex={0} dir="ltr">
      <code>
        {coloured?.lines.map((line, index) => (
          <Line key={index} line={line} isFirst={index === 0} />
        ))}
        {code.slice(coloured?.code.length ?? 0)}
      </code>
    </pre>
  );
}

/** Finished lines keep their identity while more is written, and are not drawn again. */
const Line = memo(function Line({ line, isFirst }: { line: ColouredLines[number]; isFirst: boolean }) {
  return (
    <>
      {isFirst ? '' : '\n'}
      {line.map(({ content, color }, index) => (
        <span key={index} style={{ color }}>
          {content}
        </span>
      ))}
    </>
  );
});
