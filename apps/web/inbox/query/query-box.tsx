import { CloseCircleFilled, FilterOutlined, SearchOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type RefObject, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lazily, onDemand } from '../../shell/lazily';
import type { useFilter } from '../use-inbox';

const ChoicesButton = onDemand(async () => (await import('./choices')).ChoicesButton);
const Understood = lazily(async () => (await import('./understood')).Understood);

type Filter = ReturnType<typeof useFilter>;
interface QueryBoxProps {
  of: Filter;
  box: RefObject<HTMLInputElement | null>;
}

/** One box for words and fields; what was understood stands below as chips, what was not is said in plain words. */
export function QueryBox({ of, box }: QueryBoxProps) {
  const { t } = useTranslation();
  const { filter, pinned } = of;
  const [choosing, setChoosing] = useState(false);
  const funnel = (
    <Button
      icon={<FilterOutlined />}
      aria-label={t('query.choose')}
      aria-expanded={false}
      onClick={() => setChoosing(true)}
    />
  );
  return (
    <div style={{ flex: '1 1 320px', minWidth: 0 }}>
      <div style={{ display: 'flex', gap: 8 }}>
        <Search key={filter.q} of={of} box={box} />
        {choosing ? (
          <Suspense fallback={funnel}>
            <ChoicesButton of={of} />
          </Suspense>
        ) : (
          funnel
        )}
      </div>
      {filter.query.chips.length + pinned.length + filter.query.errors.length > 0 && <Understood of={of} />}
    </div>
  );
}

function Search({ of: { filter, change }, box }: QueryBoxProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(filter.q);
  const wrong = filter.query.errors.length > 0;
  return (
    <form
      role="search"
      className="search"
      onSubmit={(event) => {
        event.preventDefault();
        change({ q: text });
      }}
    >
      <input
        ref={box}
        type="search"
        maxLength={300}
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={t('query.hint')}
        aria-label={t('inbox.search')}
        aria-describedby={wrong ? 'query-errors' : undefined}
        aria-invalid={wrong}
      />
      {text !== '' && (
        <button
          type="button"
          className="search-clear"
          aria-label={t('emptyHint.clear')}
          onClick={() => {
            setText('');
            change({ q: '' });
          }}
        >
          <CloseCircleFilled />
        </button>
      )}
      <Button htmlType="submit" icon={<SearchOutlined />} aria-label={t('inbox.shortcuts.search')} />
    </form>
  );
}
