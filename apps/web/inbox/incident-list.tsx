import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useMemo, useRef } from 'react';
import { usePlaces } from '../api/reference';
import { IncidentCard } from './incident-card';
import { type IncidentRow, useActivity } from './use-inbox';

export interface IncidentListProps {
  rows: IncidentRow[];
  chosen?: string | undefined;
  /** The state that the list is filtered by; it need not stand on every row. */
  state: string;
  onChoose: (id: string) => void;
  onOpen: (id: string) => void;
  selected: ReadonlySet<string>;
  onSelect?: ((id: string) => void) | undefined;
  /** Called when the end of what is loaded comes near. */
  onEnd: () => void;
  label: string;
}

const ROW_PX = 72;
const OVERSCAN = 6;
const NEAR_END = 20;
/** Activity is asked for in blocks, so that scrolling by a row asks nothing anew. */
const BLOCK = 40;

/** Incidents, one row each; only the rows on the screen are in the page, however long the list is. */
export const IncidentList = memo(function IncidentList({
  rows,
  chosen,
  onEnd,
  label,
  selected,
  ...rest
}: IncidentListProps) {
  const frame = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]!.id,
    overscan: OVERSCAN,
  });
  const shown = list.getVirtualItems();
  const last = shown[shown.length - 1]?.index ?? 0;
  const first = shown[0]?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - NEAR_END) onEnd();
    // Asked again when the end moves, not when the caller's function is a new one.
  }, [last, rows.length]);
  const chosenAt = chosen === undefined ? -1 : rows.findIndex(({ id }) => id === chosen);
  useEffect(() => {
    if (chosenAt >= 0) list.scrollToIndex(chosenAt, { align: 'auto' });
    // The list is one object for its life; it need not be listed.
  }, [chosenAt]);
  const from = Math.floor(first / BLOCK) * BLOCK;
  const ids = useMemo(() => rows.slice(from, from + 2 * BLOCK).map(({ id }) => id), [rows, from]);
  const activity = useActivity(ids);
  const placeOf = usePlaces();
  return (
    <div ref={frame} className="incident-list" tabIndex={-1}>
      <ul aria-label={label} style={{ height: list.getTotalSize() }}>
        {shown.map(({ index, key, start }) => {
          const row = rows[index]!;
          return (
            <li
              key={key}
              ref={list.measureElement}
              data-index={index}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              <IncidentCard
                row={row}
                place={placeOf(row.jurisdiction)}
                current={row.id === chosen}
                activity={activity?.get(row.id)}
                selected={selected.has(row.id)}
                {...rest}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
});
