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

/** Starts watching; run in the page. Later calls start over. */
export const startProbe = `(() => {
  globalThis.probe?.stop();
  const timing = { intervalsMs: [], workMs: [], inputDelaysMs: [], inputToFrameMs: [], longTasksMs: [] };
  let isOn = true;
  let last = null;
  let pressedAt = [];
  const onKey = (event) => {
    timing.inputDelaysMs.push(performance.now() - event.timeStamp);
    pressedAt.push(event.timeStamp);
  };
  addEventListener('keydown', onKey, true);
  const channel = new MessageChannel();
  let startedAt = 0;
  channel.port1.onmessage = () => {
    const now = performance.now();
    timing.workMs.push(now - startedAt);
    for (const at of pressedAt.splice(0)) timing.inputToFrameMs.push(now - at);
    if (isOn) requestAnimationFrame(onFrame);
  };
  function onFrame(at) {
    if (last !== null) timing.intervalsMs.push(at - last);
    last = at;
    startedAt = performance.now();
    channel.port2.postMessage(null);
  }
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) timing.longTasksMs.push(entry.duration);
  });
  observer.observe({ type: 'longtask' });
  requestAnimationFrame(onFrame);
  globalThis.probe = {
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
