import type { Failure } from '../../../shared/contract/chat.ts';
import type { SummaryRun } from '../../../shared/contract/context.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { HandlersFor } from '../../../shared/rpc/define.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { StoredSummary, SummaryStore } from '../conversations/summary-store.ts';
import { toStorageError } from '../db/database.ts';
import type { AppEvents } from '../events.ts';
import type { Logger } from '../ports.ts';
import { failureOf } from '../providers/describe-failure.ts';
import type { ProviderClients } from '../providers/provider-clients.ts';
import type { BudgetService } from '../spend/budgets/budget-service.ts';
import type { BranchHistory } from './branch-history.ts';
import { planSummary, type SummaryPlan } from './plan-summary.ts';
import { prepareSummary, type PreparedSummary, type SummaryPreparing } from './prepare-summary.ts';
import { refusal } from './send-within-budgets.ts';
import { writeSummary, type WrittenSummary } from './write-summary.ts';

export interface SummaryDeps extends SummaryPreparing {
  readonly clients: ProviderClients;
  readonly history: BranchHistory;
  readonly summaries: SummaryStore;
  readonly budgets: Pick<BudgetService, 'judge' | 'letThrough'>;
  readonly events: AppEvents;
  readonly log: Logger;
  readonly newId: () => string;
}

type Handlers = HandlersFor<AppContract>;

/** Has summaries written and keeps them. The writing belongs to the core: a page may leave and come back. */
export interface SummaryService {
  make: Handlers['summaries.make'];
  stop: Handlers['summaries.stop'];
  use: Handlers['summaries.use'];
  edit: Handlers['summaries.edit'];
  remove: Handlers['summaries.remove'];
  restore: Handlers['summaries.restore'];
  dismiss: Handlers['summaries.dismiss'];
  /** What is being written for a conversation, or why it could not be; null: nothing. */
  runOf(conversationId: string): SummaryRun | null;
  /** Ends what is being written for a conversation; resolves when it is booked. */
  stopRunsOf(conversationId: string): Promise<void>;
  /** Ends all writing, and begins none any more. */
  close(): Promise<void>;
}

interface Writing {
  readonly stopping: AbortController;
  readonly done: Promise<void>;
}

/** Creates the service. At most one summary is written for a conversation at a time. */
export function createSummaryService(deps: SummaryDeps): SummaryService {
  const { summaries, budgets } = deps;
  const writing = new Map<string, Writing>();
  /** Why the last summary of a conversation could not be written. */
  const failed = new Map<string, SummaryRun>();
  let isClosed = false;

  function changed(conversationId: string): void {
    deps.events.emit({ type: 'context.changed', conversationId });
  }

  function begin(order: Omit<WriteRequest, 'signal'>): void {
    const stopping = new AbortController();
    failed.delete(order.conversationId);
    writing.set(order.conversationId, { stopping, done: write({ ...order, signal: stopping.signal }) });
    changed(order.conversationId);
  }

  async function write({ conversationId, plan, prepared, runId, signal }: WriteRequest): Promise<void> {
    // Not of a message: what its answer has cost stays what it was.
    const attribution = { runId, conversationId, messageId: null, documentId: null };
    const written = await writeSummary(deps, { prepared, before: plan.before, attribution, signal });
    const failure = written.status === 'done' ? keep({ conversationId, plan, prepared, runId }, written.text) : failureIn(written);
    if (failure !== null) {
      deps.log.warn('summary.failed', { runId, code: failure.code });
      failed.set(conversationId, { state: 'failed', failure });
    }
    writing.delete(conversationId);
    changed(conversationId);
  }

  /** Stores a summary. Returns why that could not be done; null when it was. */
  function keep({ conversationId, plan, prepared, runId }: Omit<WriteRequest, 'signal'>, text: string): Failure | null {
    const { messageId, messageCount } = plan;
    const made = { createdAt: deps.now(), editedAt: null, removedAt: null };
    try {
      summaries.save({ messageId, conversationId, messageCount, text, isUsed: true, model: prepared.model, runId, ...made });
      return null;
    } catch (error) {
      return failureOf(toStorageError(error, ''), {});
    }
  }

  function summaryAt(messageId: string): StoredSummary {
    const summary = summaries.get(messageId);
    if (summary === undefined) throw new AppError('NOT_FOUND', 'No such summary.');
    return summary;
  }

  function change(messageId: string, values: Partial<Pick<StoredSummary, 'isUsed' | 'text' | 'editedAt'>>): void {
    const summary = summaryAt(messageId);
    summaries.save({ ...summary, ...values });
    changed(summary.conversationId);
  }

  async function stopRunsOf(conversationId: string): Promise<void> {
    const current = writing.get(conversationId);
    current?.stopping.abort();
    await current?.done;
  }

  return {
    async make({ conversationId, leafId, model, passBudgetId }, { signal }) {
      deps.history.requireParent(conversationId, leafId);
      const plan = planSummary(deps.history.branchTo(leafId));
      if (plan === null) throw new AppError('NOT_FOUND', 'There is nothing to summarise.');
      if (plan.turns.some(({ isFinal }) => !isFinal)) throw new AppError('CONFLICT', 'An answer is still being written.');
      const prepared = await prepareSummary(deps, plan, model, signal);
      const notice = budgets.judge({ conversationId, calls: prepared.calls });
      const isRefused = notice !== null && notice.verdict !== 'notice';
      if (isRefused && notice.budget.id !== passBudgetId) throw refusal(notice);
      if (isClosed) throw new AppError('CANCELLED');
      if (writing.has(conversationId)) throw new AppError('CONFLICT', 'A summary is being written.');
      const runId = deps.newId();
      if (isRefused) budgets.letThrough(notice, { runId, conversationId });
      begin({ conversationId, plan, prepared, runId });
      return { runId };
    },
    async stop({ conversationId }) {
      await stopRunsOf(conversationId);
      if (failed.delete(conversationId)) changed(conversationId);
    },
    use: ({ messageId, isUsed }) => change(messageId, { isUsed }),
    edit: ({ messageId, text }) => change(messageId, { text, editedAt: deps.now() }),
    remove({ messageId }) {
      const { conversationId } = summaryAt(messageId);
      summaries.remove(messageId, deps.now());
      changed(conversationId);
    },
    restore({ messageId }) {
      if (!summaries.restore(messageId)) throw new AppError('NOT_FOUND', 'No such summary.');
      changed(summaryAt(messageId).conversationId);
    },
    dismiss({ conversationId, now: { inputTokens, amount } }) {
      deps.history.requireParent(conversationId, null);
      summaries.dismiss(conversationId, { inputTokens, costNanos: 'costNanos' in amount ? amount.costNanos : null });
      changed(conversationId);
    },
    runOf: (conversationId) => (writing.has(conversationId) ? { state: 'writing' } : (failed.get(conversationId) ?? null)),
    stopRunsOf,
    async close() {
      isClosed = true;
      await Promise.all([...writing.keys()].map(stopRunsOf));
    },
  };
}

interface WriteRequest {
  readonly conversationId: string;
  readonly plan: SummaryPlan;
  readonly prepared: PreparedSummary;
  readonly runId: string;
  readonly signal: AbortSignal;
}

function failureIn(written: WrittenSummary): Failure | null {
  return written.status === 'failed' ? written.failure : null;
}
