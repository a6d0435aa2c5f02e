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

/** antd makes the grounds of tags and notes out of our dark colours, and makes them grey: text on them is below 3:1. */
const GROUNDS = {
  light: {
    colorSuccessBg: '#e9f6ee',
    colorSuccessBorder: '#a5d3b6',
    colorWarningBg: '#fdf1e3',
    colorWarningBorder: '#edc08d',
    colorErrorBg: '#fdeceb',
    colorErrorBorder: '#f0b1ab',
    colorInfoBg: '#e8f1fa',
    colorInfoBorder: '#a9c9e8',
    colorPrimaryBg: '#e8f1fa',
    colorPrimaryBgHover: '#d3e4f5',
    colorPrimaryBorder: '#a9c9e8',
  },
  dark: {},
};

/** The class that carries antd's variables; plain elements below one that has it may use them. */
export const CSS_VARIABLES = 'huiying';

export function themeOf(mode: 'light' | 'dark', large: boolean): ThemeConfig {
  return {
    algorithm: mode === 'dark' ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
    cssVar: { key: CSS_VARIABLES },
    token: {
      colorPrimary: PRIMARY[mode],
      colorInfo: PRIMARY[mode],
      colorLink: mode === 'dark' ? DARK_STATES.blue : PRIMARY.light,
      ...GROUNDS[mode],
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
      Menu: {
        itemSelectedBg: mode === 'dark' ? '#16283a' : '#e8f1fa',
        itemSelectedColor: mode === 'dark' ? DARK_STATES.blue : PRIMARY.light,
      },
      // The dark ground's blue is too light for white words.
      ...(mode === 'dark' ? { Button: { primaryColor: '#08131f', dangerColor: '#08131f' } } : {}),
    },
  };
}
