import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Modal, Typography } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../api/client';
import { useBodyName } from '../api/reference';
import { fullTime, span, type SpanUnits } from '../time/format';

/** One line of the arithmetic, as the server gives it; instants in epoch milliseconds, `from` and `to` of days as text. */
type Step = { step: string } & Record<string, string | number | null | { amount: number; unit: string } | undefined>;

const at = (value: unknown): string => (typeof value === 'number' ? fullTime(value) : String(value ?? ''));

/** A step as a plain sentence. A step that this page does not know yet is shown as it is rather than left out. */
function sentenceOf(t: TFunction, step: Step): { text: string; note?: string } {
  const words = (group: string, key: unknown) =>
    (t(group, { returnObjects: true }) as unknown as Record<string, string>)[String(key)] ?? String(key);
  const stamp = words('stamp', step.stamp);
  const unit = words('unit', step.unit);
  switch (step.step) {
    case 'start': {
      const source = words('stampSource', String(step.source ?? '').split(':')[0]);
      return {
        text: t(source === '' ? 'computation.startBare' : 'computation.start', { stamp, at: at(step.at), source }),
      };
    }
    case 'rule': {
      const milliseconds = step.unit === 'millisecond' && typeof step.amount === 'number';
      const units = t('countdown', { returnObjects: true }) as unknown as SpanUnits;
      const amount = milliseconds ? span(step.amount as number, units, 3) : step.amount;
      const values = { label: step.label, amount, unit: milliseconds ? '' : unit };
      return {
        text:
          t(step.amount === null ? 'computation.ruleBare' : 'computation.rule', values) +
          (milliseconds ? ` · ${t('computation.drillScale')}` : ''),
        note: t('computation.basis', {
          document: step.document,
          article: step.article,
          standing: words('standing', step.flag),
          ruleId: step.ruleId,
        }),
      };
    }
    case 'extended': {
      const by = step.by as { amount: number; unit: string };
      return {
        text: t('computation.extended', { ...step, at: at(step.at), amount: by.amount, unit: words('unit', by.unit) }),
      };
    }
    case 'paused': {
      const units = t('countdown', { returnObjects: true }) as unknown as SpanUnits;
      return {
        text: t('computation.paused', {
          from: at(step.from),
          to: at(step.to),
          span: span(Number(step.movedMs), units),
        }),
      };
    }
    case 'counted':
    case 'rolled':
      return { text: t(`computation.${step.step}`, { from: step.from, to: step.to, amount: step.amount, unit }) };
    case 'coMargin':
      return {
        text: t('clocks.coMargin', { at: at(step.leadDueAt), percent: Number(step.marginFraction) * 100 }),
        note: `${String(step.document)} ${String(step.article)}`,
      };
    case 'notBeforeGrade':
    case 'instructed':
    case 'due':
      return { text: t(`computation.${step.step}`, { at: at(step.at) }) };
    case 'corrected':
      return {
        text: t('computation.corrected', {
          at: at(step.at),
          stamp,
          source: words('stampSource', String(step.source ?? '').split(':')[0]),
        }),
      };
    case 'breachStands':
      return { text: t('computation.breachStands', { at: at(step.at), dueWouldBe: at(step.dueWouldBe) }) };
    default:
      return { text: JSON.stringify(step) };
  }
}

/** The arithmetic of one due time, line by line, fit to be printed and filed (时限计算单). */
export function Computation({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const nameOf = useBodyName();
  const query = useQuery({
    queryKey: ['computation', id],
    queryFn: () => dataOf(api.GET('/api/v1/clocks/{id}/computation', { params: { path: { id } } })),
  });
  const clock = query.data;
  const steps = (clock?.computation.steps ?? []) as Step[];
  return (
    <Modal
      open
      width={640}
      onCancel={onClose}
      title={t('computation.title')}
      loading={query.isPending}
      footer={
        <Button icon={<PrinterOutlined />} href={`/api/v1/clocks/${id}/sheet`} target="_blank">
          {t('clocks.sheet')}
        </Button>
      }
    >
      {clock !== undefined && (
        <div className="print-sheet">
          <Typography.Paragraph>
            <strong>{clock.label}</strong> · {nameOf(clock.bodyId)}
            <br />
            {clock.incidentNumber} {clock.incidentTitle}
          </Typography.Paragraph>
          <ol className="computation">
            {steps.map((step, index) => {
              const { text, note } = sentenceOf(t, step);
              return (
                <li key={index} data-step={step.step}>
                  {text}
                  {note !== undefined && <div className="muted">{note}</div>}
                </li>
              );
            })}
          </ol>
          <BothTimes computation={clock.computation} />
          <Typography.Text type="secondary">
            {t('computation.pack', { pack: clock.policyPack, version: clock.policyVersion })}
          </Typography.Text>
        </div>
      )}
    </Modal>
  );
}

/** Both ways to count (domain 3.3): from the event, and from the detection. */
function BothTimes({ computation }: { computation: Record<string, unknown> }) {
  const { t } = useTranslation();
  const units = t('countdown', { returnObjects: true }) as unknown as SpanUnits;
  const lines = [
    ['clocks.legal', computation.legalStartAt, computation.legalSeconds],
    ['clocks.assessment', computation.assessmentStartAt, computation.assessmentSeconds],
  ] as const;
  return lines.map(([name, from, seconds]) =>
    typeof from === 'number' ? (
      <div key={name}>
        {t(name)} <span className="digits">{fullTime(from)}</span>
        {typeof seconds === 'number' && <strong> · {span(seconds * 1_000, units, 3)}</strong>}
      </div>
    ) : null,
  );
}
