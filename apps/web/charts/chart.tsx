import { useEffect, useRef } from 'react';
import { init } from './echarts';

type Options = Parameters<ReturnType<typeof init>['setOption']>[0];

/** A drawing of ECharts that follows its box. `onPick` gets the index of the point along the axis and that of its series. */
export function Chart({
  options,
  label,
  onPick,
}: {
  options: Options;
  label: string;
  onPick: (point: number, series: number) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  const drawing = useRef<ReturnType<typeof init>>(undefined);
  useEffect(() => {
    const made = init(box.current!);
    drawing.current = made;
    made.on('click', ({ dataIndex, seriesIndex }) => pick.current(dataIndex, seriesIndex ?? 0));
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(box.current!);
    return () => {
      observer.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => drawing.current?.setOption(options, true), [options]);
  return <div ref={box} className="chart" role="img" aria-label={label} />;
}
