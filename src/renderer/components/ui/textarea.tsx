import type { ComponentProps } from 'react';
import { cn } from '../../lib/cn.ts';
import { fieldStyles } from './input.tsx';

/** A text field of several lines, as tall as its text where `field-sizing` is known. */
export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea {...rest} className={cn(fieldStyles, 'field-sizing-content min-h-16 resize-none py-1.5', className)} />;
}
