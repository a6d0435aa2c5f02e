import { ConfigProvider } from 'antd';
import { SayingsPlace } from '../shell/sayings-place';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CSS_VARIABLES, DARK_STATES, LIGHT_STATES, type StatePalette, themeOf } from './theme';

export type Mode = 'light' | 'dark';

interface Appearance {
  mode: Mode;
  large: boolean;
  states: StatePalette;
  /** Ground and text of the strip that says that this is a drill. */
  drill: { ground: string; text: string };
  setMode(mode: Mode): void;
  setLarge(large: boolean): void;
}

const Context = createContext<Appearance | null>(null);
const MODE = 'huiying.mode';
const LARGE = 'huiying.large';

function firstMode(): Mode {
  const asked = new URLSearchParams(window.location.search).get('mode') ?? localStorage.getItem(MODE);
  if (asked === 'light' || asked === 'dark') return asked;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Light or dark, normal or large text; kept in this browser. */
export function AppearanceProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const [mode, setMode] = useState<Mode>(firstMode);
  const [large, setLarge] = useState(localStorage.getItem(LARGE) === '1');
  useEffect(() => {
    document.documentElement.dataset.mode = mode;
    localStorage.setItem(MODE, mode);
    localStorage.setItem(LARGE, large ? '1' : '0');
  }, [mode, large]);
  const value = useMemo(
    () => ({
      mode,
      large,
      states: mode === 'dark' ? DARK_STATES : LIGHT_STATES,
      drill: mode === 'dark' ? { ground: '#3a2a52', text: '#e6d5fa' } : { ground: '#efe4fb', text: '#4d1f7a' },
      setMode,
      setLarge,
    }),
    [mode, large],
  );
  return (
    <Context.Provider value={value}>
      <ConfigProvider
        button={{ autoInsertSpace: false }}
        theme={themeOf(mode, large)}
        locale={i18n.language === 'en' ? enUS : zhCN}
      >
        <div className={`app ${CSS_VARIABLES}`}>{children}</div>
        <SayingsPlace />
      </ConfigProvider>
    </Context.Provider>
  );
}

export function useAppearance(): Appearance {
  const value = useContext(Context);
  if (value === null) throw new Error('useAppearance outside of AppearanceProvider');
  return value;
}
