import { Alert, Button, Flex, Form, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiProblem, dataOf, ifMatch, type Schemas } from '../api/client';
import { useBeAt } from '../presence/use-be-at';
import { useCommand } from '../shell/use-command';
import { clockTime } from '../time/format';
import { type Conflict, ConflictChoice } from './conflict-choice';
import { bodyOf, DraftFields, type DraftValues, valuesOf } from './draft-fields';
import { GuardPanel, type Masked } from './guard-panel';
import { useLease } from './use-lease';

/** One shared draft: written by one person at a time, taken over visibly, and nobody's words are lost in a conflict. */
export function DraftEditor({ statement }: { statement: Schemas['Statement'] }) {
  const { t } = useTranslation();
  const [modal, modalPlace] = Modal.useModal();
  const [form] = Form.useForm<DraftValues>();
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const lease = useLease(statement);
  const { mine } = lease;
  useBeAt(statement.incidentId, mine ? 'drafting' : null);
  useEffect(() => {
    if (!mine) form.setFieldsValue(valuesOf(statement));
  }, [form, mine, statement]);
  const save = useCommand(async (values: DraftValues) => {
    try {
      setConflict(null);
      await dataOf(
        api.PATCH('/api/v1/statements/{id}', {
          params: { path: { id: statement.id }, header: ifMatch(statement.version) },
          body: bodyOf(values),
        }),
      );
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'VERSION_CONFLICT')
        setConflict((error.params['fields'] ?? {}) as Conflict);
      throw error;
    }
  }, t('draft.saved'));
  // The masked texts come into the form, to be read and saved by the writer; words that are not saved yet stay.
  const onMask = ({ title, body, ...elements }: Masked) => {
    const saved = valuesOf(statement);
    if (form.getFieldValue('title') === saved.title) form.setFieldValue('title', title);
    if (form.getFieldValue('body') === saved.body) form.setFieldValue('body', body);
    for (const [name, text] of Object.entries(elements)) {
      const element = name as keyof typeof elements;
      if (text !== '' && form.getFieldValue([element, 'text']) === saved[element]?.text)
        form.setFieldValue([element, 'text'], text);
    }
  };
  const holder = mine ? null : liveEditor(statement);
  const takeOver = () =>
    modal.confirm({
      title: t('draft.takeOver'),
      content: t('draft.takeOverAsk', { name: holder?.name }),
      okText: t('draft.takeOver'),
      cancelText: t('course.cancel'),
      onOk: () => lease.hold.mutateAsync(true),
    });
  return (
    <Flex vertical gap={10}>
      {modalPlace}
      {holder !== null && (
        <Alert
          type="info"
          showIcon
          title={t('draft.held', { name: holder.name, time: clockTime(holder.since) })}
          action={
            <Button style={{ minHeight: 44 }} onClick={takeOver}>
              {t('draft.takeOver')}
            </Button>
          }
        />
      )}
      {mine && <Alert type="success" showIcon title={t('draft.writing', { time: clockTime(lease.until!) })} />}
      {conflict !== null && <ConflictChoice conflict={conflict} form={form} onDone={() => setConflict(null)} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={valuesOf(statement)}
        onFinish={(values) => save.mutate({ ...valuesOf(statement), ...values })}
      >
        <DraftFields disabled={!mine} isNew={false} />
        <Flex wrap gap={8}>
          {mine ? (
            <>
              <Button type="primary" htmlType="submit" style={{ minHeight: 48, flex: 1 }} loading={save.isPending}>
                {t('course.save')}
              </Button>
              <Button style={{ minHeight: 48 }} onClick={() => void lease.release()}>
                {t('draft.release')}
              </Button>
            </>
          ) : (
            holder === null && (
              <Button
                block
                style={{ minHeight: 48 }}
                loading={lease.hold.isPending}
                onClick={() => lease.hold.mutate(false)}
              >
                {t('draft.write')}
              </Button>
            )
          )}
        </Flex>
      </Form>
      <GuardPanel statement={statement} {...(mine ? { onMask } : {})} />
    </Flex>
  );
}

/** Who writes now, by the lease that the last reading showed. */
function liveEditor({ editor, editorUntil }: Schemas['Statement']): { name: string; since: string } | null {
  return editor !== null && editorUntil !== null && Date.parse(editorUntil) > Date.now() ? editor : null;
}
