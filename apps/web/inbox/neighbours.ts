/** The list that an incident was opened from, so that its page can go to the next one. Kept while the document lives. */
let ids: readonly string[] = [];

export const rememberList = (rows: readonly { id: string }[]): void => {
  ids = rows.map((row) => row.id);
};

/** The incident before or after another one in the list it was opened from. */
export function neighbourOf(id: string, by: 1 | -1): string | undefined {
  const index = ids.indexOf(id);
  return index < 0 ? undefined : ids[index + by];
}
