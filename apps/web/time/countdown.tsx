import { ClockCircleOutlined, ExclamationCircleFilled, PauseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { wordsOf } from '../i18n/words';
import { Hint } from '../shell/hint';
import { useAppearance } from '../theme/appearance';
import { fullTime, span, type SpanUnits } from './format';
import { useServerClock } from './server-clock';

/** How urgent a due instant is; the whole span is needed for the share that is used up. */
export function urgencyOf(dueAt: number, startedAt: number | null, now: number): 'over' | 'soon' | 'half' | 'ample' {
  if (now > dueAt) return 'over';
  const whole = startedAt === null ? null : dueAt - startedAt;
  const left = dueAt - now;
  if (whole !== null && left <= whole * 0.2) return 'soon';
  if (whole !== null && left <= whole * 0.5) return 'half';
  return 'ample';
}

interface CountdownProps {
  dueAt: string;
  startedAt?: string | null;
  large?: boolean;
}

/** Time left or over, by the server's clock, with the absolute instant on hover. Screen readers hear it only when asked. */
export function Countdown({ dueAt, startedAt = null, large = false }: CountdownProps) {
  const { t, i18n } = useTranslation();
  const { now, online } = useServerClock();
  const { states } = useAppearance();
  const due = Date.parse(dueAt);
  const urgency = urgencyOf(due, startedAt === null ? null : Date.parse(startedAt), now);
  const color = { over: states.red, soon: states.orange, half: states.yellow, ample: states.green }[urgency];
  const units = wordsOf(i18n, 'countdown') as unknown as SpanUnits;
  const text = t(urgency === 'over' ? 'countdown.over' : 'countdown.left', { span: span(due - now, units) });
  const Icon = !online ? PauseCircleOutlined : urgency === 'over' ? ExclamationCircleFilled : ClockCircleOutlined;
  return (
    <Hint words={() => fullTime(dueAt)}>
      <span
        role="timer"
        className="digits"
        style={{
          color: online ? color : states.grey,
          fontWeight: urgency === 'ample' ? 400 : 600,
          fontSize: large ? '1.4em' : undefined,
        }}
      >
        <Icon aria-hidden /> {text}
      </span>
    </Hint>
  );
}
