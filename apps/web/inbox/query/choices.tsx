import { FilterOutlined } from '@ant-design/icons';
import { Button, Flex, Popover, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBodies, useJurisdictions } from '../../api/reference';
import { CATEGORIES, GRADES, useOptions } from '../../labels/options';
import type { useFilter } from '../use-inbox';
import { type Field, withField } from './parse';

type Filter = ReturnType<typeof useFilter>;

/** The button that opens the choices, with the choices open from its first drawing on. */
export function ChoicesButton({ of }: { of: Filter }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(true);
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      placement="bottomRight"
      title={t('query.choose')}
      content={<Choices of={of} />}
    >
      <Button autoFocus icon={<FilterOutlined />} aria-label={t('query.choose')} aria-expanded={open} />
    </Popover>
  );
}

/** The same fields to choose from, for whoever does not write them. */
function Choices({ of: { filter, change } }: { of: Filter }) {
  const { t } = useTranslation();
  const options = useOptions();
  const bodies = useBodies();
  const places = useJurisdictions();
  const set = (field: Field, value: string | null) => change({ q: withField(filter.q, filter.query, field, value) });
  const choice = (field: Field, choices: { value: string; label: string }[]) => (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={filter.query.values[field]?.[0] ?? null}
      onChange={(value: string | null) => set(field, value ?? null)}
      options={choices}
      placeholder={t(`query.fields.${field}`)}
      aria-label={t(`query.fields.${field}`)}
      style={{ width: '100%' }}
    />
  );
  return (
    <Flex vertical gap={8} style={{ width: 280, maxWidth: '80vw' }}>
      {choice('category', options('category', CATEGORIES))}
      {choice('grade', options('grade', GRADES))}
      {choice(
        'jurisdiction',
        (places.data ?? []).map(({ code, name }) => ({ value: code, label: name })),
      )}
      {choice(
        'body',
        (bodies.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
      )}
      {(['overdue', 'snoozed'] as const).map((field) => (
        <label key={field} style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
          <Switch
            size="small"
            checked={filter.query.values[field]?.[0] === '1'}
            onChange={(on) => set(field, on ? '1' : null)}
          />
          {t(`query.only.${field}`)}
        </label>
      ))}
      <span className="muted" style={{ fontSize: '0.93em', whiteSpace: 'pre-line' }}>
        {t('query.syntax')}
      </span>
    </Flex>
  );
}
