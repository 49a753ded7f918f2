import { toast } from 'sonner';
import { failureOf, type useErrorSentence } from '../../components/error-sentence.ts';

/** Long enough to read the numbers and decide. */
const decisionMs = 15_000;

/**
 * Says why something was not sent. Where a budget did not allow it, with a button that sends it once all the same: `again` is given the
 * budget to pass, which is written down.
 */
export function reportRefusedSend(
  error: unknown,
  { sentence, sendOnce }: { readonly sentence: ReturnType<typeof useErrorSentence>; readonly sendOnce: string },
  again: (passBudgetId: string) => void,
): void {
  const failure = failureOf(error);
  const { title, help } = sentence(failure);
  const budgetId = failure.data?.['budgetId'];
  if (!failure.code.startsWith('BUDGET_') || typeof budgetId !== 'string') return void toast.error(title, { description: help });
  toast.error(title, { description: help, duration: decisionMs, action: { label: sendOnce, onClick: () => again(budgetId) } });
}
