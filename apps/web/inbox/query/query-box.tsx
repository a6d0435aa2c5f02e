import { FilterOutlined } from '@ant-design/icons';
import { Alert, Button, Flex, Input, type InputRef, Popover, Select, Switch, Tag } from 'antd';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBodies, useBodyName, useJurisdictions, usePlaces } from '../../api/reference';
import { type LabelGroup, useLabel } from '../../labels/labels';
import { CATEGORIES, GRADES, useOptions } from '../../labels/options';
import type { useFilter } from '../use-inbox';
import { type Field, FIELDS, type QueryError, withField, withoutChip } from './parse';

const GROUP: Partial<Record<Field, LabelGroup>> = {
  category: 'category',
  grade: 'grade',
  heat: 'heat',
  state: 'incidentState',
};

type Filter = ReturnType<typeof useFilter>;
interface QueryBoxProps {
  of: Filter;
  box: RefObject<InputRef | null>;
}

/** One box for words and fields; what was understood stands below as chips, what was not is said in plain words. */
export function QueryBox({ of, box }: QueryBoxProps) {
  const { t } = useTranslation();
  const { filter, change, pinned } = of;
  const textOf = useChipText();
  const [help, setHelp] = useState(false);
  return (
    <div style={{ flex: '1 1 320px', minWidth: 0 }}>
      <Flex gap={8}>
        <Input.Search
          key={filter.q}
          ref={box}
          allowClear
          defaultValue={filter.q}
          maxLength={300}
          placeholder={t('query.hint')}
          aria-label={t('inbox.search')}
          aria-describedby={filter.query.errors.length > 0 ? 'query-errors' : undefined}
          aria-invalid={filter.query.errors.length > 0}
          onSearch={(q) => change({ q })}
          style={{ minWidth: 0 }}
        />
        <Popover
          trigger="click"
          open={help}
          onOpenChange={setHelp}
          placement="bottomRight"
          title={t('query.choose')}
          content={<Choices of={of} />}
        >
          <Button icon={<FilterOutlined />} aria-label={t('query.choose')} aria-expanded={help} />
        </Popover>
      </Flex>
      {(filter.query.chips.length > 0 || pinned.length > 0) && (
        <Flex wrap gap={4} style={{ marginTop: 4 }}>
          {filter.query.chips.map((chip) => (
            <Tag key={chip.text} closable onClose={() => change({ q: withoutChip(filter.q, chip) })}>
              {textOf(chip.field, chip.values)}
            </Tag>
          ))}
          {pinned.map(({ field, value }) => (
            <Tag key={field} closable onClose={() => change({ [field]: null })}>
              {textOf(field, value.split(','))}
            </Tag>
          ))}
        </Flex>
      )}
      {filter.ready && filter.query.errors.length > 0 && <Errors errors={filter.query.errors} />}
    </div>
  );
}

function Errors({ errors }: { errors: QueryError[] }) {
  const { t } = useTranslation();
  const sentence = ({ code, text, field, near }: QueryError) =>
    t(`query.errors.${code}`, {
      text,
      field: field === undefined ? '' : t(`query.fields.${field}`),
      near: near.join('、'),
      fields: FIELDS.map((name) => t(`query.fields.${name}`)).join('、'),
    }) + (near.length > 0 && code === 'unknownValue' ? t('query.near', { near: near.join('、') }) : '');
  return (
    <Alert
      id="query-errors"
      type="warning"
      role="alert"
      style={{ marginTop: 4, padding: '4px 10px' }}
      title={errors.map((error) => (
        <div key={error.text}>{sentence(error)}</div>
      ))}
    />
  );
}

/** A field and its values in the words of the chosen language. */
function useChipText(): (field: Field, values: readonly string[]) => string {
  const { t } = useTranslation();
  const label = useLabel();
  const bodyName = useBodyName();
  const placeOf = usePlaces();
  const valueText = (field: Field, value: string): string => {
    const group = GROUP[field];
    if (group !== undefined) return label(group, value);
    if (field === 'body') return bodyName(value);
    if (field === 'jurisdiction') return placeOf(value);
    if (field === 'due') return t('query.within', { minutes: value });
    if (field === 'sort') return t(`saved.sorts.${value as 'grade'}`);
    return t(value === '1' ? 'query.yes' : 'query.no');
  };
  return (field, values) =>
    `${t(`query.fields.${field}`)}: ${values.map((value) => valueText(field, value)).join('、')}`;
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
