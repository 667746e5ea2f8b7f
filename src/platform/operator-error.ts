/** What keeps a command from working and an operator can mend; the message says it in one line. */
export class OperatorError extends Error {}
