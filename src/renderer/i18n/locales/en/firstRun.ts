export const firstRun = {
  welcome: 'Welcome to Tally',
  promise:
    'Chat with any model, ask your own documents, and know to the token what every answer cost. Everything is kept on this computer.',
  language: 'Language',
  back: 'Back',
  skip: 'Look around first',
  door: {
    key: { title: 'I have an API key', body: 'OpenAI or any service that speaks its language. You pay them directly.' },
    local: {
      title: 'I run models on this computer',
      body: 'Ollama, LM Studio, llama.cpp or vLLM. Free, and nothing leaves this computer.',
    },
    demo: { title: 'Just show me', body: 'A built-in demo with a sample document. Free, and no account needed.' },
  },
  key: {
    title: 'Connect with your API key',
    submit: 'Test and continue',
    testing: 'Testing…',
  },
  local: {
    title: 'Models on this computer',
    looking: 'Looking for model servers…',
    found: 'Found on this computer:',
    use: 'Use this one',
    noModels: 'It has no model yet. Load one there, then look again.',
    nothing: 'No model server answered',
    nothingHelp: 'Start Ollama, LM Studio, llama.cpp or vLLM and look again. Tally asks their usual ports, nothing else.',
    again: 'Look again',
  },
  model: {
    title: 'Choose the model to start with',
    hint: 'You can switch at any time, even in the middle of a chat.',
    label: 'Model',
    none: 'This service names no chat models. Choose one in the settings later.',
    start: 'Start chatting',
  },
  demo: {
    title: 'Ask the sample document',
    about:
      'The handbook of a community garden. The demo model answers with sentences out of it and says where they stand; a real model writes its own.',
    preparing: 'Reading the sample…',
    ready: 'Ready. Choose a question:',
  },
} as const;
