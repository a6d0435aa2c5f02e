import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { rowsAddress } from '../reports/report-table';
import { type Table, useReportWords } from '../reports/use-words';

/** Counties as tiles: the number says how many, the bar below it how many of the most. */
export function Tiles({ table }: { table: Table }) {
  const { t } = useTranslation();
  const { cellOf } = useReportWords();
  const most = Math.max(1, ...table.rows.map((row) => Number(row[1]?.value ?? 0)));
  return (
    <ul className="tiles">
      {table.rows.map(([place, count], index) => {
        const name = cellOf(place!);
        const n = Number(count!.value);
        const tile = (
          <>
            <span>{name}</span>
            <strong className="digits">{n}</strong>
            <span className="tile-bar" style={{ width: `${(n / most) * 100}%` }} />
          </>
        );
        return (
          <li key={index}>
            {n === 0 || count!.rows === undefined ? (
              <div className="tile">{tile}</div>
            ) : (
              <Link
                className="tile"
                to={rowsAddress(count!.rows)}
                aria-label={t('reports.openRows', { figure: name, n })}
              >
                {tile}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}
