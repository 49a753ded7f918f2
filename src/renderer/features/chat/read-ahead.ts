import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { BranchEntry } from '../../../shared/contract/conversations.ts';
import { queries } from '../../rpc/queries.ts';

/** How many messages are read together, and how many such groups before and after what is looked at. */
const groupSize = 20;
const groupsAhead = 1;

/** Reads the messages from one place of a branch to another (inclusive) that are not there yet. Failures show where they are drawn. */
export async function readMessages(
  client: QueryClient,
  conversationId: string,
  branch: readonly BranchEntry[],
  range: { readonly first: number; readonly last: number },
): Promise<void> {
  const entries = branch.slice(Math.max(0, range.first), range.last + 1);
  await Promise.all(entries.map(({ id }) => client.prefetchQuery(queries.message(conversationId, id))));
}

/** Reads the messages around what is looked at, so that scrolling shows no gaps. Jumps further away read only where they end. */
export function useReadAhead(conversationId: string, branch: readonly BranchEntry[], firstShown: number): void {
  const client = useQueryClient();
  const group = Math.floor(firstShown / groupSize);
  const lastGroup = useRef(group);
  useEffect(() => {
    const isNear = Math.abs(group - lastGroup.current) <= groupsAhead;
    lastGroup.current = group;
    if (!isNear) return;
    const first = (group - groupsAhead) * groupSize;
    void readMessages(client, conversationId, branch, { first, last: first + (2 * groupsAhead + 1) * groupSize - 1 });
  }, [client, conversationId, branch, group]);
}
