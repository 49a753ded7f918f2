import { isValidElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../copy-button.tsx';

/** The text inside rendered elements. */
function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(textOf).join('');
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : '';
}

function languageOf(node: ReactNode): string | undefined {
  if (!isValidElement<{ className?: string }>(node)) return undefined;
  return /language-([^\s]+)/.exec(node.props.className ?? '')?.[1];
}

/** A block of code, shown as code whatever it says it is, with its language and a way to copy it. */
export function CodeBlock({ children }: { children?: ReactNode }) {
  const { t } = useTranslation('chat');
  const language = languageOf(children);
  const code = textOf(children);
  return (
    <figure className="code-block">
      <figcaption>
        <span>{language ?? t('code.plain')}</span>
        <CopyButton text={() => code} label={t('code.copy')} />
      </figcaption>
      {/* Long lines scroll, and what scrolls must be reachable with the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} dir="ltr">
        <code>{code}</code>
      </pre>
    </figure>
  );
}
