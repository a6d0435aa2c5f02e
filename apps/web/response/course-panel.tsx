import type { IncidentDetail } from '../incident/use-incident';
import { CloseOut } from './close-out';
import { Conferences } from './conferences';
import { Dispositions } from './dispositions';
import { Evaluate } from './evaluation';
import { FirstReports } from './first-reports';
import { WordingSheet } from './wording-sheet';

/** The course of a response from the first report to the evaluation, in the order in which it goes. */
export function CoursePanel({ incident }: { incident: IncidentDetail }) {
  return (
    <>
      <FirstReports incident={incident} />
      <WordingSheet incident={incident} />
      <Conferences incident={incident} />
      <Dispositions incident={incident} />
      <CloseOut incident={incident} />
      <Evaluate incident={incident} />
    </>
  );
}
