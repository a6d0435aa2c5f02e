import type { FeedHints } from './feed-document.js';
import { child, children, trimmed } from './markup.js';
import type { XmlElement } from './xml-tree.js';

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const PERIOD_SECONDS: Record<string, number> = { hourly: 3_600, daily: 86_400, weekly: 604_800 };

/** What an RSS channel asks of its readers: `ttl` in minutes, `skipHours` and `skipDays` in GMT (RSS 2.0), `sy:updatePeriod`. */
export function hintsOf(root: XmlElement): FeedHints | undefined {
  const channel = root.name === 'channel' ? root : (child(root, 'channel') ?? root);
  const ttl = Number(trimmed(child(channel, 'ttl')));
  const period = PERIOD_SECONDS[trimmed(child(channel, 'sy:updateperiod')).toLowerCase()];
  const frequency = Math.max(1, Number(trimmed(child(channel, 'sy:updatefrequency'))) || 1);
  const listed = (list: string, part: string) =>
    children(channel, list).flatMap((element) => children(element, part).map((each) => trimmed(each)));
  const skipHours = listed('skiphours', 'hour')
    .map(Number)
    .filter((hour) => Number.isInteger(hour) && hour >= 0 && hour <= 24)
    .map((hour) => hour % 24);
  const skipDays = listed('skipdays', 'day')
    .map((day) => DAYS.indexOf(day.toLowerCase()))
    .filter((day) => day >= 0);
  const ttlSeconds = Number.isFinite(ttl) && ttl > 0 ? ttl * 60 : period === undefined ? undefined : period / frequency;
  const hints: FeedHints = {
    ...(ttlSeconds === undefined ? {} : { ttlSeconds: Math.round(ttlSeconds) }),
    ...(skipHours.length === 0 ? {} : { skipHours: [...new Set(skipHours)] }),
    ...(skipDays.length === 0 ? {} : { skipDays: [...new Set(skipDays)] }),
  };
  return Object.keys(hints).length === 0 ? undefined : hints;
}
