import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../tests/seeded-random.ts';
import { createSseReader } from './sse-reader.ts';

const stream = '\uFEFF: comment\r\n\r\nevent: note\ndata: 一\ndata:two\n\ndata: {"a":"👩‍👩‍👧"}\r\rid: 7\ndata\n\ndata: last';
const expected = [{ event: 'note', data: '一\ntwo' }, { data: '{"a":"👩‍👩‍👧"}' }, { data: '' }, { data: 'last' }];

describe('createSseReader', () => {
  it('reads the same events however the bytes are cut', () => {
    const bytes = new TextEncoder().encode(stream);
    const random = seededRandom(3);
    for (let round = 0; round < 500; round += 1) {
      const reader = createSseReader(1_000);
      const events = [];
      for (let at = 0; at < bytes.length;) {
        const end = at + 1 + Math.floor(random() * 12);
        events.push(...reader.push(bytes.subarray(at, end)));
        at = end;
      }
      events.push(...reader.end());
      expect(events.map(({ event, data }) => (event === undefined ? { data } : { event, data }))).toEqual(expected);
    }
  });

  it('holds no more of a line than the limit', () => {
    const reader = createSseReader(1_000);
    const chunk = new TextEncoder().encode('x'.repeat(400));
    reader.push(new TextEncoder().encode('data: '));
    reader.push(chunk);
    reader.push(chunk);
    expect(() => reader.push(chunk)).toThrow(expect.objectContaining({ code: 'REPLY_TOO_LARGE' }));
  });

  it('holds no more of an event of many lines than the limit', () => {
    const reader = createSseReader(1_000);
    const line = new TextEncoder().encode('data: 0123456789\n');
    const endless = (): void => {
      for (let count = 0; count < 1_000; count += 1) reader.push(line);
    };
    expect(endless).toThrow(expect.objectContaining({ code: 'REPLY_TOO_LARGE' }));
  });
});
