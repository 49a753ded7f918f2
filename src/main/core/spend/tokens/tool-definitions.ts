import { listOf, objectOf, textOf, type JsonObject } from '../json-fields.ts';

/** A function as a request declares it, in either dialect. */
export interface DeclaredFunction {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonObject;
}

/** The functions among a request's tools: nested under `function` in Chat Completions, flat in the Responses API. */
export function functionsOf(tools: readonly unknown[]): readonly DeclaredFunction[] {
  return tools.flatMap((tool) => {
    const declared = objectOf(tool);
    if (declared?.type !== 'function') return [];
    const { name, description, parameters } = objectOf(declared.function) ?? declared;
    return [{ name: textOf(name) ?? '', description: textOf(description) ?? '', parameters: objectOf(parameters) ?? {} }];
  });
}

/**
 * The functions as OpenAI's models are shown them: TypeScript types in a namespace. The layout is not documented; this one gives
 * the billed counts of GPT-4o and GPT-4.1 to the token on recorded requests, which the cookbook's formula misses by up to three.
 */
export function describeFunctions(functions: readonly DeclaredFunction[]): string {
  const types = functions.flatMap(({ name, description, parameters }) => [
    ...(description === '' ? [] : [`// ${description}`]),
    hasProperties(parameters) ? `type ${name} = (_: ${objectType(parameters, 0)}) => any;` : `type ${name} = () => any;`,
    '',
  ]);
  return ['namespace functions {', '', ...types, '} // namespace functions'].join('\n');
}

function hasProperties(schema: JsonObject): boolean {
  return Object.keys(objectOf(schema.properties) ?? {}).length > 0;
}

function objectType(schema: JsonObject, depth: number): string {
  const required = new Set(listOf(schema.required));
  const properties = Object.entries(objectOf(schema.properties) ?? {}).map(([name, value]) => {
    const property = objectOf(value) ?? {};
    return { comment: textOf(property.description), line: `${name}${required.has(name) ? '' : '?'}: ${typeOf(property, depth + 1)}` };
  });
  if (properties.every(({ comment }) => comment === null)) return `{ ${properties.map(({ line }) => line).join(', ')} }`;
  const lines = properties.flatMap(({ comment, line }) => [...(comment === null ? [] : [`// ${comment}`]), `${line},`]);
  return ['{', ...lines, '}'].join('\n');
}

/** Schemas may nest without end; nobody's tool does. */
const maxDepth = 20;

function typeOf(schema: JsonObject, depth: number): string {
  if (depth > maxDepth) return 'any';
  const choices = listOf(schema.enum);
  if (choices.length > 0) return choices.map((choice) => JSON.stringify(choice)).join(' | ');
  const alternatives = [...listOf(schema.anyOf), ...listOf(schema.oneOf)];
  if (alternatives.length > 0) return alternatives.map((choice) => typeOf(objectOf(choice) ?? {}, depth + 1)).join(' | ');
  if (schema.type === 'array') return `${typeOf(objectOf(schema.items) ?? {}, depth + 1)}[]`;
  if (schema.type === 'object') return hasProperties(schema) ? objectType(schema, depth + 1) : 'object';
  if (schema.type === 'integer') return 'number';
  return textOf(schema.type) ?? 'any';
}
