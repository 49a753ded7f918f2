import { Input as BaseInput } from '@base-ui/react/input';
import type { ComponentProps } from 'react';
import { cn } from '../../lib/cn.ts';

/** How a text field looks, one line or many. */
export const fieldStyles =
  'w-full rounded-md border border-line-strong/60 bg-canvas px-2.5 text-base text-ink transition-colors hover:border-line-strong focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-60 data-invalid:border-danger';

/** A one-line text field. Inside a `Field` it takes the field's label, hint and error by itself. */
export function Input({ className, ...rest }: Omit<ComponentProps<typeof BaseInput>, 'className'> & { className?: string }) {
  return <BaseInput {...rest} className={cn(fieldStyles, 'h-8', className)} />;
}
