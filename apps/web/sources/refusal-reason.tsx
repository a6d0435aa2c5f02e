import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSourceError } from './source-error';

/** Why something was refused, and the value that was the reason. The server's own words only where we have none. */
export function RefusalReason({ code, message }: { code: string; message: string }) {
  const { i18n } = useTranslation();
  const reasonText = useSourceError();
  const known = i18n.exists(`ingest.sourceError.${code}`);
  // Of `not a time: 昨天` the value is to be seen, the sentence is said already.
  const detail = known ? message.split(': ').slice(1).join(': ') : message;
  return (
    <>
      {reasonText(code)}
      {detail !== '' && (
        <Typography.Text type="secondary" style={{ display: 'block' }}>
          {detail}
        </Typography.Text>
      )}
    </>
  );
}
