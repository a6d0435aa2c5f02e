import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { memo, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../api/session';
import { offerActions } from '../shell/palette-actions';
import { Note } from '../shell/note';
import { Waiting } from '../shell/waiting';
import { useSteady } from '../shell/use-steady';
import { useIsPhone } from '../shell/use-is-phone';
import { useProblemText } from '../shell/use-command';
import { HotSpots } from './hot-spots';
import { IncidentList } from './incident-list';
import { rememberList } from './neighbours';
import { QueryBox } from './query/query-box';
import { SavedFilters } from './saved-filters';
import { SidePanel } from './side-panel';
import { StateTiles } from './state-tiles';
import { useDecide } from './use-decisions';
import { useFilter, useIncidents } from './use-inbox';
import { useSelection } from './use-selection';
import { useShortcuts } from './use-shortcuts';
import { useSteadyList } from './use-steady-list';
import { lazily } from '../shell/lazily';

const NothingHere = lazily(async () => (await import('./nothing-here')).NothingHere);
const BulkBar = lazily(async () => (await import('./bulk-bar')).BulkBar);
const ShortcutSheet = lazily(async () => (await import('./shortcut-sheet')).ShortcutSheet);
const ConflictDialog = lazily(async () => (await import('./conflict-dialog')).ConflictDialog);

/** States in which something can be done to several incidents at once. */
const BULK = new Set(['proposed', 'confirmed']);

/** The decisions on the chosen incident, as the bar beside it has put them down. */
const actsOf = (actions: RefObject<Record<string, () => void>>) => ({
  confirmAssign: () => actions.current.assign?.(),
  confirm: () => actions.current.confirm?.(),
  reject: () => actions.current.reject?.(),
  snooze: () => actions.current.snooze?.(),
  merge: () => actions.current.merge?.(),
});

interface HeadProps {
  of: ReturnType<typeof useFilter>;
  box: RefObject<HTMLInputElement | null>;
  /** Whether the list is there, so that what is less urgent may be read. */
  listed: boolean;
  onHelp: (() => void) | undefined;
}

/** What narrows and orders the list; drawn when the filter changes, not with every decision. */
const Head = memo(function Head({ of, box, listed, onHelp }: HeadProps) {
  const { t } = useTranslation();
  const { filter, change } = of;
  return (
    <div className="head-row">
      <StateTiles state={filter.state} counting={listed} onChoose={(state) => change({ state })} />
      <QueryBox of={of} box={box} />
      <SavedFilters filter={filter} change={change} />
      {onHelp !== undefined && (
        <Button type="text" icon={<QuestionCircleOutlined />} onClick={onHelp} aria-label={t('inbox.help')} title="?" />
      )}
    </div>
  );
});
const Spots = memo(HotSpots);

/** The analyst's working place: a list that never jumps, the chosen incident beside it, one key for each decision. */
export function InboxPage() {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const mayDecide = useMay()('incident.decide');
  const navigate = useNavigate();
  const problemText = useProblemText();
  const filterOf = useFilter();
  const { filter, narrowed, clear } = filterOf;
  const query = useIncidents(filter);
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const pages = query.data?.pages.length ?? 0;
  const listed = !query.isPending || query.fetchStatus === 'idle';
  const { shown, waiting, takeIn, put, back } = useSteadyList(rows, {
    key: JSON.stringify(filter.asked),
    pages,
    settled: !query.isPlaceholderData,
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const selection = useSelection();
  const [help, setHelp] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const actions = useRef<Record<string, () => void>>({});
  const [act] = useState(() => actsOf(actions));
  const index = Math.max(
    0,
    shown.findIndex((row) => row.id === chosen),
  );
  const current = shown[index];
  useEffect(() => rememberList(shown), [shown]);
  const move = (by: number) => setChosen(shown[Math.min(Math.max(index + by, 0), shown.length - 1)]?.id ?? null);
  const openPage = useSteady((id: string) => void navigate(`/incidents/${id}`));
  const onEnd = useSteady(() => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  });
  const openHelp = useSteady(() => setHelp(true));
  const bulk = mayDecide && !phone && BULK.has(filter.state);
  const decide = useDecide({
    // The next one opens by itself; at the end of the list, the one before.
    put: (id) => {
      if (id === current?.id) setChosen((shown[index + 1] ?? shown[index - 1])?.id ?? null);
      put(id);
    },
    back,
  });
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ']': () => move(1),
    '[': () => move(-1),
    x: () => bulk && current !== undefined && selection.toggle(current.id),
    Enter: () => current !== undefined && openPage(current.id),
    Escape: selection.clear,
    '/': () => box.current?.focus(),
    '?': () => setHelp(true),
    a: act.confirmAssign,
    c: act.confirm,
    e: act.reject,
    h: act.snooze,
    m: act.merge,
  });
  useEffect(
    () =>
      offerActions([
        { label: t('inbox.shortcuts.assign'), key: 'a', run: act.confirmAssign },
        { label: t('inbox.shortcuts.confirm'), key: 'c', run: act.confirm },
        { label: t('inbox.shortcuts.reject'), key: 'e', run: act.reject },
        { label: t('inbox.shortcuts.snooze'), key: 'h', run: act.snooze },
        { label: t('inbox.shortcuts.merge'), key: 'm', run: act.merge },
        { label: t('inbox.shortcuts.search'), key: '/', run: () => box.current?.focus() },
        { label: t('inbox.help'), key: '?', run: () => setHelp(true) },
      ]),
    // What they run is reached through references, so they are offered once a language and not at every drawing.
    [t, act],
  );
  return (
    <div className="page inbox">
      <Head of={filterOf} box={box} listed={listed} onHelp={phone ? undefined : openHelp} />
      <Spots wanted={listed} />
      {selection.selected.size > 0 && (
        <BulkBar
          rows={shown.filter((row) => selection.selected.has(row.id))}
          onClear={selection.clear}
          onDone={(ids) => ids.forEach(put)}
          onBack={back}
        />
      )}
      <div aria-live="polite">
        {waiting > 0 && (
          <Button block type="dashed" onClick={takeIn} style={{ marginBottom: 8 }}>
            {t('inbox.newItems', { count: waiting })}
          </Button>
        )}
      </div>
      {query.isError && (
        <Note
          tone="error"
          title={problemText(query.error)}
          action={<Button onClick={() => void query.refetch()}>{t('retry')}</Button>}
        />
      )}
      {query.isLoading && <Waiting />}
      {query.data !== undefined && shown.length === 0 && waiting === 0 && (
        <NothingHere state={filter.state} narrowed={narrowed} onClear={clear} />
      )}
      {shown.length > 0 && (
        <div className="beside">
          <div style={{ flex: phone ? '1 1 100%' : '0 0 42%', minWidth: 0 }}>
            <IncidentList
              rows={shown}
              state={filter.state}
              label={t('list.label')}
              chosen={phone ? undefined : current?.id}
              onChoose={phone ? openPage : setChosen}
              onOpen={openPage}
              selected={selection.selected}
              onSelect={bulk ? selection.toggle : undefined}
              onEnd={onEnd}
            />
          </div>
          {!phone && current !== undefined && (
            <SidePanel
              row={current}
              actions={actions}
              onDecide={(decision) => decide.mutate({ incident: current, decision })}
            />
          )}
        </div>
      )}
      {decide.conflict !== null && (
        <ConflictDialog
          key={decide.conflict.incident.id}
          conflict={decide.conflict}
          onDrop={decide.endConflict}
          onRetry={(incident, decision) => {
            decide.endConflict();
            decide.mutate({ incident, decision });
          }}
        />
      )}
      {help && <ShortcutSheet open onClose={() => setHelp(false)} />}
    </div>
  );
}
