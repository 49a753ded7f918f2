/** What of a conversation goes along with the next question. */
export const context = {
  share: '{{percent}} of the window',
  unknownWindow: '{{formatted}} tokens, window not known',
  usedTokens: '{{formatted}} tokens',
  room: 'Room for the answer',
  leftOut_one: '{{formatted}} older message is left out: it does not fit.',
  leftOut_other: '{{formatted}} older messages are left out: they do not fit.',
} as const;
