import { QuestionCircleOutlined } from '@ant-design/icons';
import { Alert, Button, Empty, Flex, Input, Skeleton, type InputRef } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../api/session';
import { IncidentActions } from '../incident/incident-actions';
import { IncidentPanel } from '../incident/incident-panel';
import { useIncident } from '../incident/use-incident';
import { useIsPhone } from '../shell/use-is-phone';
import { useProblemText } from '../shell/use-command';
import { BulkBar } from './bulk-bar';
import { DecisionBar } from './decision-bar';
import { IncidentList } from './incident-list';
import { SavedFilters } from './saved-filters';
import { ShortcutSheet } from './shortcut-sheet';
import { StateTiles } from './state-tiles';
import { useDecide } from './use-decisions';
import { type IncidentRow, useFilter, useIncidents } from './use-inbox';
import { useShortcuts } from './use-shortcuts';
import { useSteadyList } from './use-steady-list';

/** The analyst's working place: a list that never jumps, the chosen incident beside it, one key for each decision. */
export function InboxPage() {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const mayDecide = useMay()('incident.decide');
  const navigate = useNavigate();
  const problemText = useProblemText();
  const { filter, change, narrowed } = useFilter();
  const query = useIncidents(filter);
  const { shown, waiting, takeIn, put, back } = useSteadyList(
    query.data?.items ?? [],
    JSON.stringify(filter),
    !query.isPlaceholderData,
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [help, setHelp] = useState(false);
  const search = useRef<InputRef>(null);
  const actions = useRef<Record<string, () => void>>({});
  const index = Math.max(
    0,
    shown.findIndex((row) => row.id === chosen),
  );
  const current = shown[index];
  const move = (by: number) => setChosen(shown[Math.min(Math.max(index + by, 0), shown.length - 1)]?.id ?? null);
  const open = () => current !== undefined && void navigate(`/incidents/${current.id}`);
  const select = (id: string) =>
    setSelected((before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]));
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
    x: () => mayDecide && current !== undefined && select(current.id),
    Enter: open,
    Escape: () => setSelected(new Set()),
    '/': () => search.current?.focus(),
    '?': () => setHelp(true),
    a: () => actions.current.assign?.(),
    c: () => actions.current.confirm?.(),
    e: () => actions.current.reject?.(),
    h: () => actions.current.snooze?.(),
    m: () => actions.current.merge?.(),
  });
  const choose = (id: string) => (phone ? void navigate(`/incidents/${id}`) : setChosen(id));
  return (
    <div className="page">
      <Flex gap={8} wrap align="center" style={{ marginBottom: 10 }}>
        <StateTiles state={filter.state} onChoose={(state) => change({ state })} />
        <Input.Search
          key={filter.q}
          ref={search}
          allowClear
          defaultValue={filter.q}
          placeholder={t('inbox.search')}
          aria-label={t('inbox.search')}
          onSearch={(q) => change({ q })}
          style={{ width: 200, flex: phone ? 1 : undefined }}
        />
        <SavedFilters filter={filter} change={change} />
        {!phone && (
          <Button
            type="text"
            icon={<QuestionCircleOutlined />}
            onClick={() => setHelp(true)}
            aria-label={t('inbox.help')}
            title="?"
          />
        )}
      </Flex>
      <BulkBar
        rows={shown.filter((row) => selected.has(row.id))}
        onClear={() => setSelected(new Set())}
        onDone={() => void query.refetch()}
      />
      <div aria-live="polite">
        {waiting > 0 && (
          <Button block type="dashed" onClick={takeIn} style={{ marginBottom: 8 }}>
            {t('inbox.newItems', { count: waiting })}
          </Button>
        )}
      </div>
      {query.isError && (
        <Alert
          type="error"
          showIcon
          title={problemText(query.error)}
          action={<Button onClick={() => void query.refetch()}>{t('retry')}</Button>}
          style={{ marginBottom: 8 }}
        />
      )}
      {query.isPending && <Skeleton active />}
      {query.data !== undefined && shown.length === 0 && waiting === 0 && (
        <NothingHere
          state={filter.state}
          narrowed={narrowed}
          onClear={() => change({ q: null, category: null, overdue: null })}
        />
      )}
      {shown.length > 0 && (
        <Flex gap={16} align="flex-start">
          <div style={{ flex: phone ? '1 1 100%' : '0 0 42%', minWidth: 0 }}>
            <IncidentList
              rows={shown}
              state={filter.state}
              chosen={phone ? undefined : current?.id}
              onChoose={choose}
              onOpen={(id) => void navigate(`/incidents/${id}`)}
              selected={selected}
              onSelect={mayDecide && !phone && filter.state === 'proposed' ? select : undefined}
            />
          </div>
          {!phone && current !== undefined && (
            <div className="side">
              {mayDecide && (
                <DecisionBar
                  key={current.id}
                  incident={current}
                  actions={actions}
                  onDecide={(decision) => decide.mutate({ incident: current, decision })}
                />
              )}
              {mayDecide && <SideActions row={current} actions={actions} />}
              <IncidentPanel key={`panel-${current.id}`} id={current.id} />
            </div>
          )}
        </Flex>
      )}
      <ShortcutSheet open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

/** Merge and corrections need the incident as a whole, which is being read anyway. */
function SideActions({ row, actions }: { row: IncidentRow; actions: React.RefObject<Record<string, () => void>> }) {
  const incident = useIncident(row.id);
  return incident.data === undefined ? null : (
    <IncidentActions key={row.id} incident={incident.data} actions={actions} />
  );
}

function NothingHere({ state, narrowed, onClear }: { state: string; narrowed: boolean; onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <Empty
      style={{ marginTop: 64 }}
      description={
        narrowed ? (
          <>
            {t('emptyHint.filtered')}
            <br />
            <Button type="link" onClick={onClear}>
              {t('emptyHint.clear')}
            </Button>
          </>
        ) : state !== 'proposed' ? (
          t('emptyHint.none')
        ) : (
          <>
            <strong>{t('inbox.empty')}</strong>
            <br />
            {t('inbox.emptyNext')}
          </>
        )
      }
    />
  );
}
