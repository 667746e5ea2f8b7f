// States in SQL: conditions are written from the lists of states that modules declare, so that a new state is in all of them.

/** `column in ('a', 'b')`. The states are a module's own words, never a caller's. */
export const stateIn = <State extends string>(column: string, states: readonly State[]): string =>
  `${column} in (${states.map((state) => `'${state}'`).join(', ')})`
