/** Events that people's decisions on clocks write; what the engine itself does is `clock.<state>`. */
export const CLOCK_EVENTS = {
  changeAsked: 'clock.changeAsked',
  paused: 'clock.pauseRequested',
  resumed: 'clock.resumed',
  extended: 'clock.extensionRequested',
  databaseJumped: 'clock.databaseJumped',
  instructionReceived: 'instruction.received',
  instructionAnswered: 'instruction.answered',
} as const;
