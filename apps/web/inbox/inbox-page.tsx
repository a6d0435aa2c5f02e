import { QuestionCircleOutlined } from '@ant-design/icons';
import { Alert, Button, Empty, Flex, Input, Skeleton, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../api/session';
import { useIsPhone } from '../shell/use-is-phone';
import { IncidentPanel } from '../incident/incident-panel';
import { DecisionBar } from './decision-bar';
import { IncidentList } from './incident-list';
import { ShortcutSheet } from './shortcut-sheet';
import { StateTiles } from './state-tiles';
import { useFilter, useIncidents } from './use-inbox';
import { useShortcuts } from './use-shortcuts';

/** The analyst's working place: a list that never jumps, the chosen incident beside it, one key for each decision. */
export function InboxPage() {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const may = useMay();
  const navigate = useNavigate();
  const { filter, change } = useFilter();
  const query = useIncidents(filter);
  const { shown, waiting, takeIn } = useSteadyList(query.data?.items ?? [], JSON.stringify(filter));
  const [chosen, setChosen] = useState<string | null>(null);
  const [help, setHelp] = useState(false);
  const search = useRef<InputRef>(null);
  const index = Math.max(
    0,
    shown.findIndex((row) => row.id === chosen),
  );
  const current = shown[index];
  const move = (by: number) => setChosen(shown[Math.min(Math.max(index + by, 0), shown.length - 1)]?.id ?? null);
  const open = () => current !== undefined && void navigate(`/incidents/${current.id}`);
  const actions = useRef<Record<string, () => void>>({});
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    Enter: open,
    '/': () => search.current?.focus(),
    '?': () => setHelp(true),
    c: () => actions.current.confirm?.(),
    e: () => actions.current.reject?.(),
    h: () => actions.current.snooze?.(),
  });
  const choose = (id: string) => (phone ? void navigate(`/incidents/${id}`) : setChosen(id));
  return (
    <div className="page">
      <Flex gap={8} wrap align="center" style={{ marginBottom: 12 }}>
        <StateTiles state={filter.state} onChoose={(state) => change({ state })} />
        <Input.Search
          ref={search}
          allowClear
          defaultValue={filter.q}
          placeholder={t('inbox.search')}
          aria-label={t('inbox.search')}
          onSearch={(q) => change({ q })}
          style={{ width: 220 }}
        />
        {!phone && (
          <Button
            type="text"
            icon={<QuestionCircleOutlined />}
            onClick={() => setHelp(true)}
            aria-label={t('inbox.help')}
          />
        )}
      </Flex>
      {waiting > 0 && (
        <Button block type="dashed" onClick={takeIn} style={{ marginBottom: 8 }} aria-live="polite">
          {t('inbox.newItems', { count: waiting })}
        </Button>
      )}
      {query.isError && (
        <Alert
          type="error"
          showIcon
          title={t('error.network')}
          action={<Button onClick={() => void query.refetch()}>{t('retry')}</Button>}
        />
      )}
      {query.isPending ? (
        <Skeleton active />
      ) : shown.length === 0 ? (
        <Empty
          description={
            <>
              <strong>{t('inbox.empty')}</strong>
              <br />
              {t('inbox.emptyNext')}
            </>
          }
          style={{ marginTop: 64 }}
        />
      ) : (
        <Flex gap={16} align="flex-start">
          <div style={{ flex: phone ? '1 1 100%' : '0 0 46%', minWidth: 0 }}>
            <IncidentList
              rows={shown}
              chosen={phone ? undefined : current?.id}
              onChoose={choose}
              onOpen={(id) => void navigate(`/incidents/${id}`)}
            />
          </div>
          {!phone && current !== undefined && (
            <div
              style={{
                flex: 1,
                minWidth: 0,
                position: 'sticky',
                top: 8,
                maxHeight: 'calc(100vh - 140px)',
                overflowY: 'auto',
              }}
            >
              {may('incident.decide') && (
                <DecisionBar key={current.id} incident={current} actions={actions} onDecided={() => move(1)} />
              )}
              <IncidentPanel id={current.id} />
            </div>
          )}
        </Flex>
      )}
      <ShortcutSheet open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

type Row = NonNullable<ReturnType<typeof useIncidents>['data']>['items'][number];

/** Rows that are shown change in place; new ones wait behind a banner until they are asked for, so nothing moves under the hand. */
function useSteadyList(rows: Row[], filterKey: string) {
  const [known, setKnown] = useState<{ key: string; ids: Set<string> }>({ key: '', ids: new Set() });
  const ids = rows.map((row) => row.id).join();
  useEffect(() => {
    setKnown((before) =>
      before.key === filterKey && before.ids.size > 0
        ? before
        : { key: filterKey, ids: new Set(rows.map((row) => row.id)) },
    );
    // The set of ids is what matters, not the array that carries it.
  }, [filterKey, ids]);
  const shown = rows.filter((row) => known.ids.has(row.id));
  return {
    shown,
    waiting: rows.length - shown.length,
    takeIn: () => setKnown({ key: filterKey, ids: new Set(rows.map((row) => row.id)) }),
  };
}
