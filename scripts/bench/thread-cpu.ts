import type { Browser, CDPSession } from 'playwright/test';

/** What a page's thread did, in milliseconds of processor time: what other programs took of the processor is not in it. */
export interface ThreadCpu {
  /** For each frame, the task that made it: scripts, style, layout and paint. */
  readonly framesMs: readonly number[];
  /** Every task, frames among them. */
  readonly tasksMs: readonly number[];
}

/** An event of a trace (https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU); times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

const taskPattern = /RunTask$/u;
const frameEvent = 'FireAnimationFrame';
const stampEvent = 'TimeStamp';

/** Run in the page: tasks after it and before the next one are left out. */
export const togglePause = "console.timeStamp('pause or resume')";

/** Starts following the tasks of every thread; the function it resolves with ends that, and says what the thread with most frames did. */
export async function traceThread(browser: Browser): Promise<() => Promise<ThreadCpu>> {
  const devtools = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  // The protocol leaves the shape of what is collected open.
  devtools.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[]).filter(isOfUse)));
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    bufferUsageReportingInterval: 0,
    traceConfig: {
      recordMode: 'recordUntilFull',
      traceBufferSizeInKb: 400_000,
      includedCategories: ['toplevel', 'devtools.timeline'],
      excludedCategories: ['*'],
    },
  });
  return async () => {
    const complete = nextEvent(devtools);
    await devtools.send('Tracing.end');
    await complete;
    await devtools.detach();
    return cpuOf(events);
  };
}

function nextEvent(devtools: CDPSession): Promise<void> {
  return new Promise((resolve) => devtools.once('Tracing.tracingComplete', () => resolve()));
}

function isOfUse({ name, ph }: TraceEvent): boolean {
  return name === stampEvent || (ph === 'X' && (name === frameEvent || taskPattern.test(name)));
}

/** Tasks lie one in another where one is run from another; the outermost counts. */
function cpuOf(events: readonly TraceEvent[]): ThreadCpu {
  const own = busiestThread(events).toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  const tasks: { readonly cpuMs: number; isFrame: boolean }[] = [];
  let end = 0;
  let isPaused = false;
  for (const { name, ts, dur = 0, tdur = 0 } of own) {
    const task = tasks.at(-1);
    if (name === stampEvent) isPaused = !isPaused;
    else if (ts >= end && name !== frameEvent) {
      end = ts + dur;
      if (!isPaused) tasks.push({ cpuMs: tdur / 1_000, isFrame: false });
    } else if (name === frameEvent && task !== undefined && !isPaused) task.isFrame = true;
  }
  return { tasksMs: tasks.map(({ cpuMs }) => cpuMs), framesMs: tasks.filter(({ isFrame }) => isFrame).map(({ cpuMs }) => cpuMs) };
}

/** The events of the thread that has drawn most frames: the page's. */
function busiestThread(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const threads = Map.groupBy(events, ({ pid, tid }) => `${pid}:${tid}`);
  const frameCount = (thread: readonly TraceEvent[]): number => thread.filter(({ name }) => name === frameEvent).length;
  return [...threads.values()].toSorted((a, b) => frameCount(b) - frameCount(a))[0] ?? [];
}
