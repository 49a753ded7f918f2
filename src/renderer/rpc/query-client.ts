import { QueryClient } from '@tanstack/react-query';

/**
 * Answers of the core, kept until an event says they changed. The core is on this computer: being offline,
 * refocusing the window or trying again by itself mean nothing here.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { networkMode: 'always', staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false, retry: false },
    mutations: { networkMode: 'always', retry: false },
  },
});
