import type { Body, CityDirectory } from '#directory/contract.js';
import { WILL_PUBLISH } from './cues.js';
import { findMatters } from './find-matters.js';
import { returnState } from './returns.js';
import { RULES } from './rules.js';
import type { CoResponder, Decision, Facts, Party, RoutingInput, RoutingProposal } from './types.js';

/** A second matter this close to the first makes the office name the lead (R21; judgement). */
const MARGIN = 0.8;
/** Orders on one topic in 24 hours that make an opinion case (domain 6.3 b; judgement). */
const CASE_ORDERS = 10;

/**
 * Proposes who answers: jurisdiction × matter by the rules A1–A12 in order (NT19 Art.19, Art.44). Pure; a named person
 * confirms. Everything is explained: words with offsets, place, rule, candidates that lost with their scores.
 */
export function proposeRouting(input: RoutingInput, directory: CityDirectory): RoutingProposal {
  const place = directory.resolvePlace(input.text, input);
  const facts = withoutReturned(findMatters(input, place, directory), directory);
  const decision = decide(facts, directory);
  const unit = place.scope === 'unit' ? (place.units[0] ?? place.code ?? directory.root.code) : directory.root.code;
  const bodyAt = (code: string, at: 'unit' | 'root') =>
    existing(directory.bodyFor(at === 'unit' ? unit : directory.root.code, code), input.now);
  const lead = decision.leadCode === null ? null : partyOf(bodyAt(decision.leadCode, decision.at));
  const co =
    lead === null || decision.rule === 'A11' ? [] : coResponders(decision, facts, directory, { unit, lead, bodyAt });
  const close = lead === null ? undefined : closeSecond(facts, decision);
  const { disputed, firstReceiver } = returnState(input.returns ?? []);
  const best = facts.candidates[0];
  return {
    rule: decision.rule,
    rules: [decision.rule, ...(close !== undefined && decision.rule !== 'A5' ? (['A5'] as const) : [])],
    jurisdiction: { code: place.code, chain: place.chain, how: place.how, alternatives: place.alternatives },
    lead,
    coResponders: co,
    copies: lead === null ? [] : copiesOf(decision, directory, lead, bodyAt),
    coordinators:
      lead === null
        ? []
        : directory.roles.coordinators.map((c) => partyOf(bodyAt(c, 'root'))).filter((p) => p !== null),
    coordinator: disputed && firstReceiver !== null ? partyOf(receiver(firstReceiver, bodyAt, directory)) : null,
    sentence: decision.sentence,
    matched: facts.matched,
    rejected: facts.candidates
      .filter((c) => c.code !== lead?.code)
      .map((c) => ({
        ...c,
        why: co.some((p) => p.code === c.code)
          ? '协办'
          : decision.rule === 'A11'
            ? '待人工确认'
            : `得分低于牵头单位或规则${decision.rule}优先`,
      })),
    suggestion: decision.rule === 'A11' && best !== undefined ? partyOf(bodyAt(best.code, 'unit')) : null,
    disputed,
    leadDecisionBy: decision.leadDecisionBy ?? (close !== undefined ? directory.roles.leadDecider : null),
    opinionCase: isOpinionCase(input),
    sharedMatter: facts.sharedMatter?.id ?? null,
  };
}

function decide(facts: Facts, directory: CityDirectory): Decision {
  for (const rule of RULES) {
    const decision = rule(facts, directory);
    if (decision !== null) return decision;
  }
  throw new Error('the last rule always decides');
}

/** One return takes that body out of the candidates; the body that it proposes comes forward (R3). */
function withoutReturned(facts: Facts, directory: CityDirectory): Facts {
  const returns = facts.input.returns ?? [];
  if (returns.length === 0) return facts;
  const codes = new Set(returns.map((r) => codeOf(r.body)));
  const proposed = returns.at(-1)!.proposedBody;
  const rest = facts.candidates.filter((c) => !codes.has(c.code));
  const first =
    proposed === undefined || codes.has(codeOf(proposed)) || !directory.types.has(codeOf(proposed))
      ? undefined
      : codeOf(proposed);
  const candidates =
    first === undefined
      ? rest
      : [{ code: first, score: (rest[0]?.score ?? 0) + 1 }, ...rest.filter((c) => c.code !== first)];
  const sharedMatter = facts.sharedMatter !== null && codes.has(facts.sharedMatter.lead) ? null : facts.sharedMatter;
  return { ...facts, candidates, sharedMatter };
}

function codeOf(body: string): string {
  return body.includes('-') ? body.slice(body.indexOf('-') + 1) : body;
}

type BodyAt = (code: string, at: 'unit' | 'root') => Body | undefined;

/** Each department by its duty: what the rule names, the shared matter's partners, bodies named in the text, regulators, the counties. */
function coResponders(
  decision: Decision,
  facts: Facts,
  directory: CityDirectory,
  where: { unit: string; lead: Party; bodyAt: BodyAt },
): CoResponder[] {
  const { lead, bodyAt } = where;
  const wanted = [...(decision.co ?? [])].map((c) => ({ ...c, at: c.at ?? decision.at }));
  const add = (code: string, task: string) => wanted.push({ code, task, at: decision.at });
  if (decision.rule !== 'A5') {
    if (facts.sharedMatter?.lead === lead.code) facts.sharedMatter.co.forEach((c) => add(c.code, c.task));
    else if (facts.sharedMatter !== null && decision.rule === 'A9')
      facts.sharedMatter.co.forEach((c) => add(c.code, c.task));
    facts.named.forEach((n) => add(n.code, '按职责配合核实'));
    const close = closeSecond(facts, decision);
    if (close !== undefined) add(close, '按职责分别回应');
  }
  const body = directory.bodies.get(lead.bodyId);
  if (body?.regulator) add(codeOf(body.regulator), '行业监管并督促办理');
  const parties: CoResponder[] = [];
  const push = (found: Body | undefined, task: string) => {
    if (
      found !== undefined &&
      found.id !== lead.bodyId &&
      found.code !== lead.code &&
      !parties.some((p) => p.bodyId === found.id)
    )
      parties.push({ bodyId: found.id, code: found.code, task });
  };
  for (const { code, task, at } of wanted) push(bodyAt(code, at), task);
  if (decision.rule === 'A6') push(bodyAt(directory.roles.leadDecider, 'unit'), '属地协调');
  if (facts.place.scope === 'several' || facts.place.scope === 'acrossCities')
    for (const unit of facts.place.units)
      pushCounty(directory.bodyFor(unit, lead.code), parties, lead, '在本辖区内协助');
  if (directory.types.has('TOWN') && facts.place.scope === 'unit')
    push(directory.bodies.get(`${where.unit}-TOWN`), '属地配合处置');
  return parties;
}

/** Counties assist with their body of the same code, which `push` would take for the lead. */
function pushCounty(body: Body | undefined, parties: CoResponder[], lead: Party, task: string): void {
  if (body !== undefined && body.id !== lead.bodyId) parties.push({ bodyId: body.id, code: body.code, task });
}

function closeSecond({ candidates, matched, sharedMatter }: Facts, decision: Decision): string | undefined {
  const [first, second] = candidates;
  if (first === undefined || second === undefined || sharedMatter !== null || decision.leadCode !== first.code)
    return undefined;
  const strong = matched.some(
    (m) => m.code === second.code && m.weight > 1 && !matched.some((n) => n.code === first.code && n.start === m.start),
  );
  return strong && second.score >= first.score * MARGIN ? second.code : undefined;
}

/** The city's body of the same code supervises a county's; a rule may add copies. */
function copiesOf(decision: Decision, directory: CityDirectory, lead: Party, bodyAt: BodyAt): Party[] {
  const copies: Party[] = [];
  for (const code of [...(decision.copies ?? []), ...(decision.rule === 'A11' ? [] : [lead.code])]) {
    const body = bodyAt(code, code === lead.code ? 'root' : decision.at);
    if (body !== undefined && body.id !== lead.bodyId && !copies.some((c) => c.bodyId === body.id))
      copies.push({ bodyId: body.id, code: body.code });
  }
  return copies;
}

function receiver(body: string, bodyAt: BodyAt, directory: CityDirectory): Body | undefined {
  return directory.bodies.get(body) ?? bodyAt(codeOf(body), 'unit');
}

function partyOf(body: Body | undefined): Party | null {
  return body === undefined ? null : { bodyId: body.id, code: body.code };
}

/** A body that does not exist yet or any more is no addressee. */
function existing(body: Body | undefined, now: Date): Body | undefined {
  if (body === undefined || (body.validFrom === null && body.validTo === null)) return body;
  const day = now.toISOString().slice(0, 10);
  return (body.validFrom ?? '') <= day && day <= (body.validTo ?? '9999') ? body : undefined;
}

/** A single hotline order is a service request until it is many, grave or about to be public (domain 6.3). */
function isOpinionCase({ clusterSize, categories, text }: RoutingInput): boolean {
  if (clusterSize === undefined || clusterSize >= CASE_ORDERS) return true;
  return categories?.some((c) => /^C[567]/u.test(c)) === true || WILL_PUBLISH.test(text);
}
