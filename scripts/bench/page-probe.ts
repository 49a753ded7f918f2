/** What a page came to while it was watched; times in milliseconds. */
export interface PageTiming {
  /** Between two frames. */
  readonly intervalsMs: readonly number[];
  /** Work of the page's thread for one frame: scripts, style, layout and paint, from the frame's first callback to the next task. */
  readonly workMs: readonly number[];
  /** From a key being pressed to the page's first handler. */
  readonly inputDelaysMs: readonly number[];
  /** From a key being pressed to the end of the frame that shows it. */
  readonly inputToFrameMs: readonly number[];
  /** Tasks of 50 ms and more, which is what browsers report (https://w3c.github.io/longtasks/). */
  readonly longTasksMs: readonly number[];
}

/**
 * Starts watching; run in the page. Later calls start over. `probe.pause()` and `probe.resume()` stand around what the
 * watcher itself makes the page do: tasks and frames between them are left out.
 */
export const startProbe = `(() => {
  globalThis.probe?.stop();
  const timing = { intervalsMs: [], workMs: [], inputDelaysMs: [], inputToFrameMs: [], longTasksMs: [] };
  let isOn = true;
  let last = null;
  let pressedAt = [];
  let pausedAt = null;
  const pauses = [];
  const isPaused = (from, to) => (pausedAt !== null && to >= pausedAt) || pauses.some((pause) => from <= pause.to && to >= pause.from);
  const onKey = (event) => {
    timing.inputDelaysMs.push(performance.now() - event.timeStamp);
    pressedAt.push(event.timeStamp);
  };
  addEventListener('keydown', onKey, true);
  const channel = new MessageChannel();
  let startedAt = 0;
  channel.port1.onmessage = () => {
    const now = performance.now();
    if (!isPaused(startedAt, now)) timing.workMs.push(now - startedAt);
    for (const at of pressedAt.splice(0)) if (!isPaused(at, now)) timing.inputToFrameMs.push(now - at);
    if (isOn) requestAnimationFrame(onFrame);
  };
  function onFrame(at) {
    if (last !== null && !isPaused(last, at)) timing.intervalsMs.push(at - last);
    last = at;
    startedAt = performance.now();
    channel.port2.postMessage(null);
  }
  const observer = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      if (!isPaused(startTime, startTime + duration)) timing.longTasksMs.push(duration);
    }
  });
  observer.observe({ type: 'longtask' });
  requestAnimationFrame(onFrame);
  globalThis.probe = {
    pause() {
      pausedAt = performance.now();
    },
    resume() {
      pauses.push({ from: pausedAt, to: performance.now() });
      pausedAt = null;
    },
    stop() {
      isOn = false;
      removeEventListener('keydown', onKey, true);
      observer.disconnect();
      return timing;
    },
  };
})()`;

/** Ends watching and returns a PageTiming. */
export const stopProbe = 'globalThis.probe.stop()';
