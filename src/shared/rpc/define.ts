import type { z } from 'zod';

/** What may cross the wire: JSON and nothing else, so structured clone and JSON cannot differ. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** JSON, with optional keys allowed (an absent key and an undefined one are the same on the wire). */
type JsonLike = Json | undefined | readonly JsonLike[] | { readonly [key: string]: JsonLike };

/** One request, one result. */
export interface CallDefinition<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'call';
  readonly input: I;
  readonly output: O;
}

/** One request, many items, an end. */
export interface StreamDefinition<I extends z.ZodType = z.ZodType, T extends z.ZodType = z.ZodType> {
  readonly kind: 'stream';
  readonly input: I;
  readonly item: T;
}

/** Route name -> definition. Route names are `domain.verb`. */
export type Contract = Readonly<Record<string, CallDefinition | StreamDefinition>>;

type JsonSchema = z.ZodType<JsonLike | void>;

/** Defines a route answered once. Input and output must be JSON. */
export function call<I extends JsonSchema, O extends JsonSchema>(definition: { input: I; output: O }): CallDefinition<I, O> {
  return { kind: 'call', ...definition };
}

/** Defines a route answered by a stream of items. Input and items must be JSON. */
export function stream<I extends JsonSchema, T extends JsonSchema>(definition: { input: I; item: T }): StreamDefinition<I, T> {
  return { kind: 'stream', ...definition };
}

export type CallRoute<C extends Contract> = { [R in keyof C]: C[R] extends CallDefinition ? R : never }[keyof C] & string;
export type StreamRoute<C extends Contract> = { [R in keyof C]: C[R] extends StreamDefinition ? R : never }[keyof C] & string;

/** What a caller passes: before defaults are filled in. */
export type InputOf<D> = D extends { input: infer I extends z.ZodType } ? z.input<I> : never;
/** What a handler receives: after parsing. */
export type ParsedInputOf<D> = D extends { input: infer I extends z.ZodType } ? z.output<I> : never;
export type OutputOf<D> = D extends { output: infer O extends z.ZodType } ? z.output<O> : never;
export type ItemOf<D> = D extends { item: infer T extends z.ZodType } ? z.output<T> : never;

/** What every handler gets besides its input. `signal` aborts on cancel and on loss of the connection. */
export interface RequestContext {
  readonly signal: AbortSignal;
}

type HandlerFor<D> = D extends StreamDefinition
  ? (input: ParsedInputOf<D>, context: RequestContext) => AsyncIterable<ItemOf<D>>
  : (input: ParsedInputOf<D>, context: RequestContext) => OutputOf<D> | Promise<OutputOf<D>>;

/** One handler a route; a missing, extra or wrongly typed one does not compile. */
export type HandlersFor<C extends Contract> = { readonly [R in keyof C]: HandlerFor<C[R]> };
