import { useEffect } from 'react';
import { beAt, type Doing } from '../api/presence';

/** While the part is shown, the colleagues at the incident see that one is there; with null nothing is said. */
export function useBeAt(incidentId: string, doing: Doing | null): void {
  useEffect(() => (doing === null ? undefined : beAt(incidentId, doing)), [incidentId, doing]);
}
