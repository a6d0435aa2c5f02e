import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useLabel } from '../labels/labels';

/** The texts of a draft with what names a person masked. */
export type Masked = NonNullable<Schemas['DraftGuard']['masked']>;

/** What a draft should be looked at for before it goes out: told to people, deciding nothing. */
export function GuardPanel({
  statement,
  onMask,
}: {
  statement: Schemas['Statement'];
  onMask?: (masked: Masked) => void;
}) {
  const { t } = useTranslation();
  const label = useLabel();
  const query = useQuery({
    queryKey: ['incident', statement.incidentId, 'guard', statement.id, statement.version],
    queryFn: () => dataOf(api.GET('/api/v1/statements/{id}/guard', { params: { path: { id: statement.id } } })),
  });
  const guard = query.data;
  if (guard === undefined) return null;
  const open = guard.claims.filter((claim) => !claim.answered);
  const notes = [
    guard.foreignDuty === null
      ? ''
      : t('guard.foreignDuty', { name: guard.foreignDuty.name, words: guard.foreignDuty.words.join('、') }),
    guard.repost ? t('guard.repost') : '',
    guard.acknowledgementOnly ? t('guard.acknowledgement') : '',
    ...guard.figureConflicts.map(
      ({ figure, values }) =>
        `${t('guard.figures')}${t('colon')}${label('figure', figure)} ${values.map(({ value }) => value).join(' ≠ ')}`,
    ),
    ...guard.wording.map(
      ({ topic, wording, figure }) =>
        `${t('guard.wording')}${t('colon')}${topic}${figure === undefined ? '' : ` ${figure.said} ≠ ${figure.agreed}`}，${t('guard.agreed', { text: wording })}`,
    ),
    guard.personalData.length > 0
      ? `${t('guard.personal')}${t('colon')}${guard.personalData.map(({ text }) => text).join('、')}`
      : '',
    guard.secrecyWords.length > 0 ? `${t('guard.secrecy')}${t('colon')}${guard.secrecyWords.join('、')}` : '',
    guard.copied.length > 0 ? t('guard.copied', { percent: `${Math.round(guard.copiedShare * 100)}%` }) : '',
  ].filter((note) => note !== '');
  return (
    <section aria-label={t('guard.title')}>
      <Typography.Text strong>{t('guard.title')}</Typography.Text>
      {notes.length === 0 && open.length === 0 && <p style={{ margin: 0 }}>{t('guard.clear')}</p>}
      <Flex vertical gap={6}>
        {notes.map((note) => (
          <Alert key={note} type="warning" showIcon title={note} />
        ))}
      </Flex>
      {guard.masked !== null && onMask !== undefined && (
        <Button style={{ minHeight: 44, marginTop: 6 }} onClick={() => onMask(guard.masked!)}>
          {t('guard.mask')}
        </Button>
      )}
      {guard.claims.length > 0 && (
        <details open={open.length > 0} style={{ marginTop: 6 }}>
          <summary style={{ minHeight: 32 }}>
            {t('guard.claims', { open: open.length, total: guard.claims.length })}
          </summary>
          <ul className="rows">
            {guard.claims.map((claim) => (
              <li key={claim.text}>
                <Tag>{t(claim.answered ? 'guard.answered' : 'guard.unanswered')}</Tag>
                {claim.text}{' '}
                <Typography.Text type="secondary">
                  {t(claim.kind === 'question' ? 'guard.question' : 'guard.allegation')} ·{' '}
                  {t('guard.carried', { count: claim.texts })}
                </Typography.Text>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
