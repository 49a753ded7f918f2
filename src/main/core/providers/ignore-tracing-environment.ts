/** Variables by which LangChain sends prompts to LangSmith, prints them, or changes the shape of its messages. */
const tracingVariable = /^(?:LANGCHAIN|LANGSMITH|LC)_/;

/**
 * Removes LangChain's own switches from an environment. LangChain reads them at each call and offers no option
 * that overrides them, and a developer's shell often has them set: chats must not leave by that door.
 */
export function ignoreTracingEnvironment(environment: Record<string, string | undefined>): void {
  for (const name of Object.keys(environment)) {
    if (tracingVariable.test(name)) delete environment[name];
  }
}
