import { Flex, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Instant } from '../time/instant';
import { type Piece, sharedPieces, sharePercent } from './shared-text';
import type { IncidentDetail } from './use-incident';

type Item = IncidentDetail['items'][number];

/** Two messages of an incident beside each other, what both say marked: whether they are one post, a copy, or two things. */
export function SideBySide({ items }: { items: Item[] }) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(items[0]!.id);
  const [right, setRight] = useState(items[1]!.id);
  const find = (id: string, otherwise: number) => items.find((item) => item.id === id) ?? items[otherwise]!;
  const [one, two] = [find(left, 0), find(right, 1)];
  const pieces = sharedPieces(one.body, two.body);
  const options = items.map((item, index) => ({ value: item.id, label: `${index + 1} · ${item.title}` }));
  const column = (item: Item, marked: Piece[], choose: (id: string) => void) => (
    <section className="item-card compared" key={`${item.id} ${choose === setLeft}`}>
      <Select
        value={item.id}
        options={options}
        onChange={choose}
        aria-label={t('case.compareWith')}
        style={{ width: '100%' }}
      />
      <p className="item-body">{piecesOf(item.body, marked)}</p>
      <Typography.Text type="secondary">
        {item.sourceName} · {item.channel} · <Instant at={item.publishedAt ?? item.receivedAt} />
      </Typography.Text>
    </section>
  );
  return (
    <>
      <Typography.Paragraph type="secondary">
        {t('case.shared', { percent: sharePercent(one.body, pieces) })}
      </Typography.Paragraph>
      <Flex wrap gap={12} align="stretch">
        {column(one, pieces, setLeft)}
        {column(two, sharedPieces(two.body, one.body), setRight)}
      </Flex>
    </>
  );
}

function piecesOf(text: string, pieces: readonly Piece[]) {
  const parts = [];
  let at = 0;
  for (const { start, end } of pieces) {
    parts.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  return [...parts, text.slice(at)];
}
