import type { ComponentProps } from 'react';
import { cn } from '../../lib/cn.ts';

/** A bordered surface. */
export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return <div {...rest} className={cn('rounded-lg border bg-raised', className)} />;
}
