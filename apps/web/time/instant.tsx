import { Hint } from '../shell/hint';
import { fullTime, shortTime } from './format';

/** An instant in short form; the whole of it on hover. */
export function Instant({ at }: { at: string | null | undefined }) {
  if (at == null) return <span>—</span>;
  return (
    <Hint words={() => fullTime(at)}>
      <time dateTime={at} className="digits">
        {shortTime(at)}
      </time>
    </Hint>
  );
}
