import { monitorEventLoopDelay } from 'node:perf_hooks';

const probeEveryMs = 1;

/** How long the event loop was kept from its work, in milliseconds. */
export interface LoopStalls {
  /** By the clock, the longest and the 99th percentile. */
  readonly longestMs: number;
  readonly p99Ms: number;
  /** The longest by the thread's processor time: what is left of it where other programs take the processor too. */
  readonly longestCpuMs: number;
}

/** Watches the event loop of this thread until `stop`. */
export function watchLoop(): { stop(): LoopStalls } {
  const histogram = monitorEventLoopDelay({ resolution: probeEveryMs });
  histogram.enable();
  let longestCpuMs = 0;
  let last = process.threadCpuUsage();
  const probe = setInterval(() => {
    const { user, system } = process.threadCpuUsage(last);
    longestCpuMs = Math.max(longestCpuMs, (user + system) / 1_000);
    last = process.threadCpuUsage();
  }, probeEveryMs);
  return {
    stop() {
      clearInterval(probe);
      histogram.disable();
      return { longestMs: histogram.max / 1e6 - probeEveryMs, p99Ms: histogram.percentile(99) / 1e6 - probeEveryMs, longestCpuMs };
    },
  };
}
