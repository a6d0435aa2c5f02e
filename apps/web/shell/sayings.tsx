import { message } from 'antd';
import { useEffect } from 'react';

type Speaker = ReturnType<typeof message.useMessage>[0];

/** Where antd shows them, by the theme of the page; says so once it can. */
export function Sayings({ onReady }: { onReady: (speaker: Speaker) => void }) {
  const [speaker, place] = message.useMessage();
  useEffect(() => onReady(speaker), [speaker, onReady]);
  return place;
}
