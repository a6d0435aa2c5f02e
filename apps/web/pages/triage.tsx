import { ExperimentOutlined, EyeOutlined, FileSearchOutlined, RobotOutlined } from '@ant-design/icons';
import { UnsureCount } from '../items/unsure-count';
import type { Page } from './page';

/** What is no incident yet, and risk notes, beside the daily work. */
export const TRIAGE_WORK: Page[] = [
  {
    path: 'items',
    load: async () => (await import('../items/items-page')).ItemsPage,
    menu: {
      label: 'items.nav',
      icon: <FileSearchOutlined />,
      open: (may) => may('incident.decide') && may('item.read'),
      count: UnsureCount,
    },
  },
  {
    path: 'watches',
    load: async () => (await import('../watches/watches-page')).WatchesPage,
    menu: { label: 'triage.nav.watches', icon: <EyeOutlined />, open: (may) => may('incident.decide') },
  },
];

/** What judges, and the bench on which it is tried. */
export const TRIAGE_ADMINISTRATION: Page[] = [
  {
    path: 'models',
    load: async () => (await import('../models/models-page')).ModelsPage,
    menu: { label: 'triage.nav.models', icon: <RobotOutlined />, open: (may) => may('model.manage') },
  },
  {
    path: 'rules',
    load: async () => (await import('../trial/trial-page')).TrialPage,
    menu: { label: 'triage.nav.trial', icon: <ExperimentOutlined />, open: (may) => may('rules.test') },
  },
];
