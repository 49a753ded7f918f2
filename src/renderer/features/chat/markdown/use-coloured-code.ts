import { useEffect, useRef, useState } from 'react';
import { colourInWorker } from './colour-in-worker.ts';
import type { ColouredLines } from './highlight-code.ts';

/** Longest code that is coloured, in UTF-16 code units. */
const maxCodeChars = 30_000;

interface Coloured {
  readonly code: string;
  readonly lines: ColouredLines;
}

let lastBlock = 0;

/** What of some growing code in one language has its colours by now; null while nothing has, and where the language is not known. */
export function useColouredCode(code: string, language: string | undefined): Coloured | null {
  const [coloured, setColoured] = useState<Coloured | null>(null);
  const latest = useRef(code);
  const lines = useRef<ColouredLines>([]);
  const [block] = useState(() => (lastBlock += 1));
  const isAsking = useRef(false);
  const isHopeless = useRef(language === undefined);

  useEffect(() => {
    latest.current = code;
    if (isAsking.current || isHopeless.current || language === undefined) return;
    isAsking.current = true;
    async function follow(wanted: string): Promise<void> {
      for (let asked = ''; asked !== latest.current && latest.current.length <= maxCodeChars;) {
        asked = latest.current;
        const reply = await colourInWorker({ block, language: wanted, code: asked });
        const added = reply?.lines ?? null;
        isHopeless.current = added === null;
        if (reply === null || added === null) break;
        lines.current = [...lines.current.slice(0, reply.firstLine), ...added];
        setColoured({ code: asked, lines: lines.current });
      }
      isAsking.current = false;
    }
    void follow(language);
  }, [code, language, block]);

  return coloured !== null && code.startsWith(coloured.code) ? coloured : null;
}
