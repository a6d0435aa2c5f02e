import { Injectable } from '@nestjs/common';
import { findMatters } from '#assignment/rules/routing/find-matters.js';
import { Directory } from '#directory/directory.js';
import { DutyReader } from '#response/draft-guard.service.js';
import type { SpokenMatter } from '#response/rules/own-duties.js';

/** Kinds of bodies that stand for a place, and offices that release for others (NT19 Art.19). */
const FOR_ALL = new Set(['division', 'town']);

/** The matters of a draft, read as those of an incident are when a body is proposed. */
@Injectable()
export class RoutingDutyReader extends DutyReader {
  constructor(private readonly directory: Directory) {
    super();
  }

  matters(text: string, now: Date): SpokenMatter[] {
    const { city } = this.directory;
    const { candidates, matched } = findMatters({ text, now }, city.resolvePlace(text, {}), city);
    return candidates.map(({ code, score }) => ({
      code,
      score,
      name: city.types.get(code)?.names[0] ?? code,
      words: [...new Set(matched.flatMap((hit) => (hit.code === code ? [hit.word] : [])))].slice(0, 10),
    }));
  }

  ownDuty(bodyId: string): { code: string; speaksForAll: boolean } {
    const { city } = this.directory;
    const body = city.bodies.get(bodyId);
    const code = body?.code ?? bodyId.slice(bodyId.indexOf('-') + 1);
    const offices: readonly string[] = [city.roles.leadDecider, ...city.roles.coordinators];
    const speaksForAll = offices.includes(code) || (body !== undefined && FOR_ALL.has(body.kind));
    return { code: city.standIns.get(code) ?? code, speaksForAll };
  }
}
