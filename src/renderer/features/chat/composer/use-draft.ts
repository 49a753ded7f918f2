import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { create } from 'zustand';
import type { Draft } from '../../../../shared/contract/drafts.ts';
import { rpc } from '../../../rpc/connection.ts';
import { queries } from '../../../rpc/queries.ts';
import { newConversationKey } from '../choice-store.ts';
import { createDraftSaver } from './draft-saver.ts';

/** How long typing has to rest before the draft is kept. */
const restMs = 300;

export const emptyDraft: Draft = { text: '', scope: null, images: [] };

/** Drafts that were changed on this page, by conversation. They are newer than what the core has. */
const useChangedDrafts = create<Readonly<Record<string, Draft>>>(() => ({}));

/** What changes of a draft, or how that follows from what it is by now. */
export type ChangeDraft = (change: Partial<Draft> | ((draft: Draft) => Partial<Draft>)) => void;

/** A draft and what can be done with it. */
export interface DraftInHand {
  readonly draft: Draft;
  readonly change: ChangeDraft;
  readonly forget: () => void;
}

/**
 * What is being written in a conversation. The core keeps it: soon after each change, and at once when the page is
 * hidden or left. `forget` does so too, so that a question that was sent does not come back.
 */
export function useDraft(conversationKey: string): DraftInHand {
  const conversationId = conversationKey === newConversationKey ? null : conversationKey;
  const changed = useChangedDrafts((drafts) => drafts[conversationKey]);
  const stored = useQuery({ ...queries.draft(conversationId), enabled: changed === undefined, staleTime: Infinity });
  const saver = useMemo(
    () => createDraftSaver((draft: Draft) => rpc.call('drafts.save', { conversationId, draft }), restMs),
    [conversationId],
  );
  useFlushWhenHidden(saver.flush);
  const draft = changed ?? stored.data ?? emptyDraft;

  const change = useCallback(
    (part: Parameters<ChangeDraft>[0]) => {
      const before = useChangedDrafts.getState()[conversationKey] ?? stored.data ?? emptyDraft;
      const next = { ...before, ...(typeof part === 'function' ? part(before) : part) };
      useChangedDrafts.setState({ [conversationKey]: next });
      saver.later(next);
    },
    [conversationKey, stored.data, saver],
  );
  const forget = useCallback(() => {
    change(emptyDraft);
    saver.flush();
  }, [change, saver]);
  return { draft, change, forget };
}

function useFlushWhenHidden(flush: () => void): void {
  useEffect(() => {
    const handleVisibility = () => document.hidden && flush();
    document.addEventListener('visibilitychange', handleVisibility);
    window.addEventListener('pagehide', flush);
    return () => {
      document.removeEventListener('visibilitychange', handleVisibility);
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);
}
