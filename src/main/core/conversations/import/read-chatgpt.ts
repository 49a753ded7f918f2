import { z } from 'zod';
import { UnreadableConversation, type ImportedConversation, type ImportedMessage } from './imported-conversation.ts';

/** Seconds since 1970, with fractions. */
const seconds = z.number().nullish().catch(null);
const text = z.string();

const message = z.object({
  author: z.object({ role: text }),
  create_time: seconds,
  content: z.object({ content_type: text.catch(''), parts: z.array(z.unknown()).optional().catch(undefined) }).nullish(),
  recipient: text.nullish().catch(null),
  metadata: z
    .object({ model_slug: text.nullish().catch(null), is_visually_hidden_from_conversation: z.boolean().nullish().catch(null) })
    .nullish()
    .catch(null),
});

const node = z.object({ parent: text.max(200).nullish(), message: message.nullish().catch(null) });

/** A conversation of ChatGPT's `conversations.json`, as far as it is read. What is not named here is ignored. */
const chatGptConversation = z.object({
  conversation_id: text.min(1).max(200).nullish().catch(null),
  id: text.min(1).max(200).nullish().catch(null),
  title: text.nullish().catch(null),
  create_time: seconds,
  update_time: seconds,
  current_node: text.nullish().catch(null),
  mapping: z.record(text.min(1).max(200), node),
});
type Nodes = z.infer<typeof chatGptConversation>['mapping'];

const imagePart = z.object({ content_type: z.literal('image_asset_pointer') });
const spokenPart = z.object({ content_type: z.literal('audio_transcription'), text });

/** Marks of sources and widgets that only ChatGPT's own page can draw. */
const privateMarks = /\uE200[^\uE201]*\uE201/gu;

/**
 * Reads one conversation of ChatGPT's export: all branches, without what its page hides (instructions, tools and their calls). Pieces
 * of one answer that tools interrupted become one. Throws UnreadableConversation.
 */
export function readChatGpt(value: unknown): ImportedConversation {
  const parsed = chatGptConversation.safeParse(value);
  if (!parsed.success) throw new UnreadableConversation('not_a_conversation', titleIn(value));
  const { mapping, title, conversation_id: conversationId, id, current_node: currentNode, ...times } = parsed.data;
  const shownParent = shownParents(mapping, title ?? null);
  const shown = Object.entries(mapping).flatMap(([nodeId, stored]) => shownMessage(nodeId, stored, shownParent(stored.parent ?? null)));
  const { messages, placeOf } = joinPieces(shown, title ?? null);
  const leaf = shownParent(currentNode ?? null);
  return {
    source: 'chatgpt',
    sourceId: conversationId ?? id ?? Object.keys(mapping)[0] ?? '',
    title: title ?? '',
    systemPrompt: '',
    leafMessageId: leaf === null ? null : placeOf(leaf),
    createdAt: milliseconds(times.create_time),
    updatedAt: milliseconds(times.update_time),
    messages,
    otherCalls: [],
  };
}

function titleIn(value: unknown): string | null {
  const titled = z.object({ title: text }).safeParse(value);
  return titled.success ? titled.data.title.slice(0, 200) : null;
}

function milliseconds(time: number | null | undefined): number | null {
  return time === null || time === undefined ? null : time * 1_000;
}

/** For a node: itself where it is shown, else the nearest one above it that is. Every answer is kept, so that long chains stay cheap. */
function shownParents(nodes: Nodes, title: string | null): (nodeId: string | null) => string | null {
  const known = new Map<string, string | null>();
  return (nodeId) => {
    const passed: string[] = [];
    const seen = new Set<string>();
    let at = nodeId;
    let found: string | null = null;
    while (at !== null && Object.hasOwn(nodes, at)) {
      if (seen.has(at)) throw new UnreadableConversation('broken_tree', title);
      seen.add(at);
      const answer = known.get(at);
      if (answer !== undefined) {
        found = answer;
        break;
      }
      const stored = nodes[at];
      if (stored !== undefined && contentOf(stored) !== null) {
        found = at;
        break;
      }
      passed.push(at);
      at = stored?.parent ?? null;
    }
    for (const id of passed) known.set(id, found);
    return found;
  };
}

/** What of a node is shown: its text and how many images it has; null: nothing. */
function contentOf({ message: stored }: Nodes[string]): { text: string; imageCount: number } | null {
  if (stored === null || stored === undefined) return null;
  const { author, content, recipient, metadata } = stored;
  if (author.role !== 'user' && author.role !== 'assistant') return null;
  if (metadata?.is_visually_hidden_from_conversation === true) return null;
  // What an answer says to a tool.
  if (recipient !== null && recipient !== undefined && recipient !== 'all') return null;
  if (content?.content_type !== 'text' && content?.content_type !== 'multimodal_text') return null;
  const parts = content.parts ?? [];
  const said = parts.map(textOfPart).filter((part) => part.trim() !== '');
  const imageCount = parts.filter((part) => imagePart.safeParse(part).success).length;
  return said.length === 0 && imageCount === 0 ? null : { text: said.join('\n\n'), imageCount };
}

function textOfPart(part: unknown): string {
  if (typeof part === 'string') return part.replaceAll(privateMarks, '');
  const spoken = spokenPart.safeParse(part);
  return spoken.success ? spoken.data.text : '';
}

function shownMessage(id: string, stored: Nodes[string], parentId: string | null): ImportedMessage[] {
  const content = contentOf(stored);
  if (content === null || !stored.message) return [];
  const { author, create_time: createdAt, metadata } = stored.message;
  const isAnswer = author.role === 'assistant';
  return [
    {
      id,
      parentId,
      role: isAnswer ? 'assistant' : 'user',
      text: content.text,
      missingImages: Array.from({ length: content.imageCount }, () => ''),
      status: 'done',
      failure: null,
      modelLabel: isAnswer ? (metadata?.model_slug?.slice(0, 200) ?? null) : null,
      condensedQuestion: null,
      reasoning: '',
      reasoningMs: null,
      sources: [],
      calls: [],
      requestParts: [],
      createdAt: milliseconds(createdAt),
      finishedAt: null,
    },
  ];
}

/** An answer that alone follows another is the same answer going on. `placeOf` tells where a message went. */
function joinPieces(
  shown: readonly ImportedMessage[],
  title: string | null,
): { messages: ImportedMessage[]; placeOf: (id: string) => string } {
  const byId = new Map(shown.map((item) => [item.id, item]));
  const followers = Map.groupBy(shown, ({ parentId }) => parentId);
  const before = ({ role, parentId }: ImportedMessage): ImportedMessage | undefined => {
    const parent = parentId === null ? undefined : byId.get(parentId);
    return role === 'assistant' && parent?.role === 'assistant' && followers.get(parentId)?.length === 1 ? parent : undefined;
  };
  const places = new Map<string, string>();
  const messages: ImportedMessage[] = [];
  for (const first of shown) {
    if (before(first) !== undefined) continue;
    const pieces = [first];
    for (let next = soleFollower(first); next !== undefined; next = soleFollower(next)) pieces.push(next);
    for (const { id } of pieces) places.set(id, first.id);
    messages.push({
      ...first,
      text: pieces.map((piece) => piece.text).join('\n\n'),
      missingImages: pieces.flatMap(({ missingImages }) => missingImages),
      modelLabel: pieces.findLast(({ modelLabel }) => modelLabel !== null)?.modelLabel ?? null,
    });
  }
  function soleFollower({ id }: ImportedMessage): ImportedMessage | undefined {
    const [only] = followers.get(id) ?? [];
    return only !== undefined && before(only) !== undefined ? only : undefined;
  }
  // Those that follow each other in a circle have no first.
  if (places.size !== shown.length) throw new UnreadableConversation('broken_tree', title);
  const placeOf = (id: string): string => places.get(id) ?? id;
  return { messages: messages.map((item) => ({ ...item, parentId: item.parentId === null ? null : placeOf(item.parentId) })), placeOf };
}
