import { theme as antTheme, type ThemeConfig } from 'antd';

/** Colours of states, each readable on its ground (WCAG AA), and never the only sign: a word or an icon stands beside them. */
export interface StatePalette {
  red: string;
  orange: string;
  yellow: string;
  green: string;
  blue: string;
  purple: string;
  grey: string;
}

export const LIGHT_STATES: StatePalette = {
  red: '#b42318',
  orange: '#a84300',
  yellow: '#7a5b00',
  green: '#176b3a',
  blue: '#0b4f8f',
  purple: '#6b2fa0',
  grey: '#565d66',
};
export const DARK_STATES: StatePalette = {
  red: '#ff8a80',
  orange: '#ffab66',
  yellow: '#f2cf63',
  green: '#7fd6a1',
  blue: '#82b8f5',
  purple: '#cfa6f5',
  grey: '#a9b1ba',
};

/** antd's default blue on white is below 4.5:1; this one is 8:1. */
const PRIMARY = { light: '#0b4f8f', dark: '#5b9fe3' };

export function themeOf(mode: 'light' | 'dark', large: boolean): ThemeConfig {
  return {
    algorithm: mode === 'dark' ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
    cssVar: { key: 'huiying' },
    token: {
      colorPrimary: PRIMARY[mode],
      colorLink: PRIMARY[mode],
      colorError: mode === 'dark' ? DARK_STATES.red : LIGHT_STATES.red,
      colorSuccess: mode === 'dark' ? DARK_STATES.green : LIGHT_STATES.green,
      colorWarning: mode === 'dark' ? DARK_STATES.orange : LIGHT_STATES.orange,
      // The default grey of secondary text is 3.4:1 on white.
      colorTextDescription: mode === 'dark' ? DARK_STATES.grey : LIGHT_STATES.grey,
      colorTextTertiary: mode === 'dark' ? DARK_STATES.grey : LIGHT_STATES.grey,
      ...(mode === 'dark' ? { colorBgLayout: '#101214', colorBgContainer: '#1a1d21', colorBgElevated: '#22262b' } : {}),
      colorTextPlaceholder: mode === 'dark' ? '#9aa3ad' : '#68707a',
      borderRadius: 6,
      fontSize: large ? 17 : 14,
      controlHeight: large ? 40 : 34,
      fontFamily: `system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif`,
    },
    components: {
      Layout: { headerPadding: '0 16px' },
      Table: { cellPaddingBlockSM: 6 },
      Menu: { itemSelectedBg: mode === 'dark' ? '#16283a' : '#e8f1fa' },
    },
  };
}
