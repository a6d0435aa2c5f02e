import type { IncidentState } from '../contract.js';

/** Who may move an incident where. docs/states.md is made from this table; the service refuses every other move. */
export const INCIDENT_TRANSITIONS: Record<IncidentState, readonly IncidentState[]> = {
  proposed: ['confirmed', 'rejected', 'merged', 'outOfArea'],
  confirmed: ['assigned', 'rejected', 'merged', 'outOfArea', 'responded'],
  assigned: ['responded', 'rectified', 'merged', 'confirmed', 'outOfArea'],
  responded: ['rectified', 'merged', 'assigned'],
  rectified: ['accepted', 'assigned', 'responded'],
  accepted: ['struckOff', 'rectified', 'responded'],
  struckOff: ['confirmed'],
  rejected: ['proposed', 'confirmed'],
  merged: ['proposed', 'confirmed', 'assigned', 'responded'],
  outOfArea: ['proposed', 'confirmed'],
};

/** States in which an incident still needs somebody. */
export const OPEN_INCIDENT_STATES: readonly IncidentState[] = [
  'proposed',
  'confirmed',
  'assigned',
  'responded',
  'rectified',
  'accepted',
];
/** States in which the clocks of an incident run: a named person has confirmed it. */
export const RUNNING_INCIDENT_STATES: readonly IncidentState[] = [
  'confirmed',
  'assigned',
  'responded',
  'rectified',
  'accepted',
];

export function mayMove(from: IncidentState, to: IncidentState): boolean {
  return from === to || INCIDENT_TRANSITIONS[from].includes(to);
}
