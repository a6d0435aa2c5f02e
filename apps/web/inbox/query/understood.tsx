import { Alert, Flex, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useBodyName, usePlaces } from '../../api/reference';
import { type LabelGroup, useLabel } from '../../labels/labels';
import type { useFilter } from '../use-inbox';
import { type Field, FIELDS, type QueryError, withoutChip } from './parse';

const GROUP: Partial<Record<Field, LabelGroup>> = {
  category: 'category',
  grade: 'grade',
  heat: 'heat',
  state: 'incidentState',
};

/** What was understood of a query, as chips, and what was not, in plain words. */
export function Understood({ of: { filter, change, pinned } }: { of: ReturnType<typeof useFilter> }) {
  const textOf = useChipText();
  return (
    <>
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
    </>
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
