/** A binary min-heap of numbers. */
export interface KeyHeap {
  readonly size: number;
  /** Empties the heap and makes room for this many keys. */
  reset(capacity: number): void;
  /** Adds a key. Throws RangeError beyond the capacity. */
  push(key: number): void;
  /** Takes out the smallest key. Call it only while `size` is positive. */
  pop(): number;
}

/** An empty heap; its memory is kept between resets. */
export function createKeyHeap(): KeyHeap {
  let keys = new Float64Array(1024);
  let size = 0;
  return {
    get size() {
      return size;
    },
    reset(capacity) {
      size = 0;
      if (keys.length < capacity) keys = new Float64Array(capacity);
    },
    push(key) {
      if (size === keys.length) throw new RangeError('The heap is full.');
      let index = size;
      size += 1;
      while (index > 0) {
        const parentIndex = (index - 1) >> 1;
        const parent = keys[parentIndex] ?? 0;
        if (parent <= key) break;
        keys[index] = parent;
        index = parentIndex;
      }
      keys[index] = key;
    },
    pop() {
      const smallest = keys[0] ?? 0;
      size -= 1;
      const last = keys[size] ?? 0;
      let index = 0;
      for (let child = 1; child < size; child = 2 * index + 1) {
        let least = keys[child] ?? 0;
        const right = child + 1 < size ? (keys[child + 1] ?? 0) : Number.POSITIVE_INFINITY;
        if (right < least) {
          child += 1;
          least = right;
        }
        if (least >= last) break;
        keys[index] = least;
        index = child;
      }
      keys[index] = last;
      return smallest;
    },
  };
}
