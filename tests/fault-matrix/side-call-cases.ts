import { refusals } from '../fake-openai/start-fake-openai.ts';
import { answered, refused, tokens, type FaultCase } from './fault-case.ts';

const unavailable = refused('PROVIDER_UNAVAILABLE');

/** The calls around an answer: rewriting the question, titles, embeddings. */
export const sideCalls: readonly FaultCase[] = [
  { name: 'a rewritten question', purpose: 'condense', replies: [{ tokens }], booked: [answered] },
  {
    name: 'a rewritten question at the third attempt',
    purpose: 'condense',
    replies: [refusals.serverError(), refusals.serverError(), { tokens }],
    booked: [unavailable, unavailable, answered],
  },
  {
    name: 'a rewritten question without usage',
    purpose: 'condense',
    replies: [{ tokens, fault: 'no-usage' }],
    booked: [['done', 'estimated']],
  },
  { name: 'a rewritten question, stopped', purpose: 'condense', stopAfter: 0, replies: [{ tokens }], booked: [['stopped', 'estimated']] },
  { name: 'a title, in one piece', purpose: 'title', replies: [{ tokens }], booked: [answered] },
  { name: 'a title in the Responses API', purpose: 'title', model: 'gpt-5.6-luna', replies: [{ tokens }], booked: [answered] },
  { name: 'a title with x_groq usage only', purpose: 'title', replies: [{ tokens, fault: 'groq-usage' }], booked: [answered] },
  { name: 'a title without usage', purpose: 'title', replies: [{ tokens, fault: 'no-usage' }], booked: [['done', 'estimated']] },
  {
    name: 'a title in another tier, which only the reply tells',
    purpose: 'title',
    model: 'gpt-5.4-mini',
    replies: [{ tokens, serviceTier: 'flex' }],
    booked: [answered],
  },
  {
    name: 'a title cut in the middle',
    purpose: 'title',
    replies: [{ tokens, fault: 'half-line' }],
    booked: [['failed', 'lower_bound', 'NOT_A_STREAM']],
  },
  {
    name: 'a title refused twice',
    purpose: 'title',
    replies: [refusals.serverError(), refusals.serverError()],
    booked: [unavailable, unavailable],
  },
  {
    name: 'a title that was stopped before it came',
    purpose: 'title',
    stopAfter: 'nothing',
    replies: [{ fault: 'stall-headers' }],
    booked: [['stopped', 'lower_bound']],
  },
  { name: 'embeddings of documents', purpose: 'index_embedding', replies: [{}], booked: [answered] },
  { name: 'an embedding of a question', purpose: 'query_embedding', replies: [{}], booked: [answered] },
  { name: 'embeddings without usage', purpose: 'index_embedding', replies: [{ fault: 'no-usage' }], booked: [['done', 'estimated']] },
  {
    name: 'embeddings at the third attempt',
    purpose: 'index_embedding',
    replies: [refusals.rateLimited(0.01), refusals.serverError(), {}],
    booked: [refused('RATE_LIMITED'), unavailable, answered],
  },
  {
    name: 'embeddings cut in the middle',
    purpose: 'index_embedding',
    replies: [{ fault: 'half-line' }],
    booked: [['failed', 'estimated', 'NOT_A_STREAM']],
  },
  {
    name: 'embeddings whose connection is reset',
    purpose: 'query_embedding',
    replies: [{ fault: 'reset' }, {}],
    booked: [['failed', 'estimated', 'NETWORK_UNREACHABLE'], answered],
  },
  {
    name: 'embeddings that were stopped',
    purpose: 'index_embedding',
    stopAfter: 'nothing',
    replies: [{ fault: 'stall-headers' }],
    booked: [['stopped', 'estimated']],
  },
];
