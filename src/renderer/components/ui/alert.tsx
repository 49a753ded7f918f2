import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '../../lib/cn.ts';

export type AlertTone = 'info' | 'ok' | 'warn' | 'danger';

const looks = {
  info: { Icon: Info, box: 'bg-sunken', icon: 'text-muted' },
  ok: { Icon: CircleCheck, box: 'bg-ok-soft', icon: 'text-ok' },
  warn: { Icon: TriangleAlert, box: 'bg-warn-soft', icon: 'text-warn' },
  danger: { Icon: CircleAlert, box: 'bg-danger-soft', icon: 'text-danger' },
} as const;

interface AlertProps {
  tone?: AlertTone;
  title?: ReactNode;
  /** The one thing that helps: a button. */
  action?: ReactNode;
  className?: string;
  children?: ReactNode;
}

/** Something to know, in place. Problems are announced at once, the rest when the reader has time. */
export function Alert({ tone = 'info', title, action, className, children }: AlertProps) {
  const { Icon, box, icon } = looks[tone];
  return (
    <div role={tone === 'danger' ? 'alert' : 'status'} className={cn('flex items-start gap-2.5 rounded-lg px-3 py-2.5', box, className)}>
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', icon)} />
      <div className="min-w-0 flex-1">
        {title !== undefined && <p className="font-medium">{title}</p>}
        {children !== undefined && <div className={cn(title !== undefined && 'text-muted')}>{children}</div>}
      </div>
      {action}
    </div>
  );
}
