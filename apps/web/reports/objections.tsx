import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Modal, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { useBodyName } from '../api/reference';
import { useMay, useSession } from '../api/session';
import { useCommand } from '../shell/use-command';
import { Instant } from '../time/instant';
import { useReportWords } from './use-words';

type Frozen = Pick<Schemas['FrozenBulletin'], 'id' | 'bodyIds' | 'standing'>;
const FIGURES = ['dispatched', 'signedInTime', 'feedbackInTime', 'responded', 'onTime', 'targetMet', 'conferenceOnTime', 'firstResponse', 'returned', 'returnsUpheld', 'reminders', 'supervisions', 'referrals'] as const; // prettier-ignore

/** What bodies have against a bulletin: they file, the office decides with a reason. */
export function Objections({ bulletin }: { bulletin: Frozen }) {
  const { t } = useTranslation();
  const may = useMay();
  const { duties } = useSession();
  const [objecting, setObjecting] = useState(false);
  const [deciding, setDeciding] = useState<string | null>(null);
  const list = useQuery({
    queryKey: ['live', 'objections', bulletin.id],
    queryFn: () =>
      dataOf(api.GET('/api/v1/reports/bulletins/{id}/objections', { params: { path: { id: bulletin.id } } as never })),
  });
  const held = duties.flatMap(({ bodyId }) => (bodyId === null ? [] : [bodyId]));
  const mine = [...new Set(held)].filter((body) => bulletin.bodyIds.includes(body));
  const items = list.data?.items ?? [];
  const open = bulletin.standing === 'objections' && may('report.object') && mine.length > 0;
  return (
    <section>
      <Flex align="center" gap={12}>
        <h2 className="part">
          {t('reports.frozen.objections')} {list.data === undefined ? '…' : items.length}
        </h2>
        {open && (
          <Button size="small" onClick={() => setObjecting(true)}>
            {t('reports.frozen.object')}
          </Button>
        )}
      </Flex>
      {list.data !== undefined && items.length === 0 && (
        <Typography.Text type="secondary">{t('reports.frozen.noObjections')}</Typography.Text>
      )}
      <ul className="rows">
        {items.map(
          (item) =>
          <ObjectionRow key={item.id} item={item} {...(may('report.freeze') && item.state === 'filed' ? { onDecide: () => setDeciding(item.id) } : {})} />, // prettier-ignore
        )}
      </ul>
      {objecting && <ObjectDialog bulletin={bulletin} bodies={mine} onClose={() => setObjecting(false)} />}
      {deciding !== null && <DecideDialog id={deciding} onClose={() => setDeciding(null)} />}
    </section>
  );
}

function ObjectionRow({ item, onDecide }: { item: Schemas['BulletinObjection']; onDecide?: () => void }) {
  const { t } = useTranslation();
  const { word } = useReportWords();
  return (
    <li>
      <strong>{item.bodyName}</strong> · {word('words', item.figure, item.figure)} · <Instant at={item.filedAt} /> ·{' '}
      {t(`reports.frozen.${item.state}`)}
      <div className="report-text">{item.text}</div>
      {item.decision !== null && (
        <div className="muted">
          {item.decidedByName}
          {t('colon')}
          {item.decision} <Instant at={item.decidedAt} />
        </div>
      )}
      {onDecide !== undefined && (
        <Button size="small" onClick={onDecide}>
          {t('reports.frozen.decide')}
        </Button>
      )}
    </li>
  );
}

function ObjectDialog({ bulletin, bodies, onClose }: { bulletin: Frozen; bodies: string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const nameOf = useBodyName();
  const { word } = useReportWords();
  const [form] = Form.useForm<{ bodyId: string; figure: string; text: string }>();
  const send = useCommand(
    (body: { bodyId: string; figure: string; text: string }) =>
      dataOf(api.POST('/api/v1/reports/bulletins/{id}/objections', { params: { path: { id: bulletin.id } } as never, body })), // prettier-ignore
    t('reports.frozen.done'),
  );
  return (
    <Modal open title={t('reports.frozen.object')} onCancel={onClose} onOk={() => form.submit()}>
      <Typography.Paragraph type="secondary">{t('reports.frozen.objectHint')}</Typography.Paragraph>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ bodyId: bodies[0], figure: 'onTime' }}
        onFinish={(body) => send.mutate(body, { onSuccess: onClose })}
      >
        <Form.Item name="bodyId" label={t('reports.frozen.body')} rules={[{ required: true }]}>
          <Select options={bodies.map((value) => ({ value, label: nameOf(value) }))} />
        </Form.Item>
        <Form.Item name="figure" label={t('reports.frozen.figure')} rules={[{ required: true }]}>
          <Select options={FIGURES.map((value) => ({ value, label: word('words', value, value) }))} />
        </Form.Item>
        <Form.Item name="text" label={t('reports.frozen.text')} rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea rows={4} maxLength={2_000} showCount />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function DecideDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ state: 'upheld' | 'dismissed'; decision: string }>();
  const send = useCommand(
    (body: { state: 'upheld' | 'dismissed'; decision: string }) =>
      dataOf(api.POST('/api/v1/bulletin-objections/{id}/decide', { params: { path: { id } } as never, body })),
    t('reports.frozen.done'),
  );
  return (
    <Modal open title={t('reports.frozen.decide')} onCancel={onClose} onOk={() => form.submit()}>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ state: 'dismissed' }}
        onFinish={(body) => send.mutate(body, { onSuccess: onClose })}
      >
        <Form.Item name="state" label={t('reports.frozen.decide')} extra={t('reports.frozen.upheldHint')}>
          <Select
            options={(['upheld', 'dismissed'] as const).map((value) => ({
              value,
              label: t(`reports.frozen.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="decision" label={t('reports.frozen.decision')} rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea rows={3} maxLength={2_000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
