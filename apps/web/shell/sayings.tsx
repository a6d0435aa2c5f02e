import { message } from 'antd';
import { useEffect } from 'react';
import { speakWith } from './say';

/** Where antd shows them, by the theme of the page. */
export function Sayings() {
  const [speaker, place] = message.useMessage();
  useEffect(() => speakWith(speaker), [speaker]);
  return place;
}
