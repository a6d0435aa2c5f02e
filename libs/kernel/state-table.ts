/** What may be done in which state, and where it leads: the one table that a service obeys and that docs/states.md is made from. */
export type StateTable<State extends string, Act extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Act, State>>>>
>;

/** Where an act leads from a state, or undefined when it can't be done there. */
export function nextState<State extends string, Act extends string>(
  table: StateTable<State, Act>,
  from: State,
  act: Act,
): State | undefined {
  return table[from][act];
}

/** The states in which an act can be done, for the refusal that names them. */
export function statesFor<State extends string, Act extends string>(table: StateTable<State, Act>, act: Act): State[] {
  return (Object.keys(table) as State[]).filter((state) => table[state][act] !== undefined);
}
