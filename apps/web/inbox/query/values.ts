import type { Schemas } from '../../api/client';

export const SORTS = ['deadline', 'newest', 'heat', 'grade'] as const;
export type Sort = (typeof SORTS)[number];

export const STATES: Schemas['IncidentState'][] = [
  'proposed',
  'confirmed',
  'assigned',
  'responded',
  'rectified',
  'accepted',
  'struckOff',
  'rejected',
  'merged',
  'outOfArea',
];
