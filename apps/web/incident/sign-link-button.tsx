import { Button, Modal, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, dataOf, type Schemas } from '../api/client';
import { copyText } from '../shell/copy';
import { useCommand } from '../shell/use-command';
import { Instant } from '../time/instant';
import { useSay } from '../shell/say';

interface Issued {
  path: string;
  expiresAt: string;
  person: string;
  text: string;
}

/** A link by which the body signs from a message. It is shown once; only its hash is kept. */
export function SignLinkButton({ order }: { order: Schemas['Assignment'] }) {
  const { t } = useTranslation();
  const message = useSay();
  const [issued, setIssued] = useState<Issued | null>(null);
  const issue = useCommand(async () => {
    setIssued(
      await dataOf(api.POST('/api/v1/assignments/{id}/sign-links', { params: { path: { id: order.id } }, body: {} })),
    );
  });
  const address = issued === null ? '' : `${window.location.origin}${issued.path}`;
  const copy = async () => {
    if (await copyText(`${issued?.text ?? ''}${address}`)) void message.success(t('signLink.copied'));
    else void message.warning(t('signLink.copyByHand'));
  };
  return (
    <>
      <Button size="small" loading={issue.isPending} onClick={() => issue.mutate(undefined as never)}>
        {t('signLink.issue')}
      </Button>
      <Modal
        open={issued !== null}
        title={t('signLink.title')}
        okText={t('signLink.copy')}
        cancelText={t('cancel')}
        onOk={() => void copy()}
        onCancel={() => setIssued(null)}
      >
        {issued !== null && (
          <>
            <Typography.Paragraph>{t('signLink.hint', { person: issued.person })}</Typography.Paragraph>
            <Typography.Paragraph type="secondary">
              <Instant at={issued.expiresAt} />
            </Typography.Paragraph>
            <Typography.Paragraph code style={{ overflowWrap: 'anywhere' }}>
              {address}
            </Typography.Paragraph>
          </>
        )}
      </Modal>
    </>
  );
}
