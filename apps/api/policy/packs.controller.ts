import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { loadDuties } from '#accounts/duties.js';
import { reachableBodies } from '#accounts/reachable-bodies.js';
import { ClockPolicies } from '#clocks/keeper.service.js';
import { checkPack, FINDING_CODES } from '#clocks/policy/check-pack.js';
import { checkReach } from '#clocks/policy/check-reach.js';
import type { PolicyPack } from '#clocks/policy/contract.js';
import { Directory } from '#directory/directory.js';
import { DomainError } from '#kernel/error.js';
import type { Environment } from '#platform/config/environment.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { defineRoute, Input, Route, type RouteInput } from '../http/route.js';
import { instant } from '../http/schemas.js';

const ruleSchema = z
  .object({
    id: z.string(),
    label: z.string(),
    act: z.string(),
    force: z.enum(['target', 'limit']),
    form: z.enum(['deadline', 'minimum', 'recurring', 'fixedDate']),
    ring: z.enum(['public', 'inner', 'duty']),
    amount: z.number().nullable(),
    unit: z.string(),
    fixedDates: z.array(z.string()),
    start: z.array(z.string()),
    stopEvidence: z.array(z.string()),
    owner: z.string(),
    appliesWhen: z.object({ class: z.string().optional(), heat: z.array(z.string()).optional() }),
    document: z.string(),
    article: z.string(),
    flag: z.enum(['S', 'N', 'L', 'M', 'J']),
  })
  .meta({ id: 'PackRule' });
/** Topics or channels that a document lists; they set no clock. */
const listSchema = z
  .object({ values: z.array(z.string()), document: z.string(), article: z.string(), flag: z.string() })
  .nullable();
const packSchema = z
  .object({
    id: z.string(),
    label: z.string(),
    invented: z.boolean(),
    inUse: z.boolean(),
    fastFrom: z.enum(['I', 'II', 'III', 'IV']),
    topics: listSchema,
    channels: listSchema,
    versions: z.array(
      z.object({
        version: z.string(),
        effectiveFrom: instant().nullable(),
        effectiveTo: instant().nullable(),
        rules: z.array(ruleSchema),
      }),
    ),
  })
  .meta({ id: 'PolicyPack' });
const finding = z
  .object({
    severity: z.enum(['error', 'warning', 'note']),
    where: z.string(),
    code: z.enum(FINDING_CODES),
    values: z.record(z.string(), z.union([z.string(), z.number()])),
    message: z.string(),
  })
  .meta({ id: 'PackFinding' });

const list = defineRoute({
  method: 'GET',
  path: '/policy-packs',
  summary: 'The policy packs of the installation and which one new cases run under',
  permission: 'policy.read',
  scope: 'none',
  response: z.object({
    items: z.array(z.object({ id: z.string(), label: z.string(), invented: z.boolean(), inUse: z.boolean() })),
    nextCursor: z.null(),
  }),
});
/** Without a name: the pack that new cases run under. */
const named = z.strictObject({ pack: z.string().max(40).optional() });
const read = defineRoute({
  method: 'GET',
  path: '/policy-packs/rules',
  summary: 'One pack as a table: what must be done, by when, from where, proven by what, after which document',
  permission: 'policy.read',
  scope: 'none',
  query: named,
  response: packSchema,
});
const preflight = defineRoute({
  method: 'GET',
  path: '/policy-packs/preflight',
  summary: 'What is wrong with a pack, and whether every category of every place reaches a body with a person',
  permission: 'account.manage',
  scope: 'administration',
  query: named,
  response: z.object({ ok: z.boolean(), findings: z.array(finding) }),
});

@Controller()
export class PacksController {
  constructor(
    private readonly policies: ClockPolicies,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Route(list)
  list(@Input() _input: RouteInput<typeof list>) {
    const items = this.policies.packIds().map((id) => {
      const { label, invented } = this.policies.packFor(id, false);
      return { id, label, invented, inUse: id === this.inUse() };
    });
    return { items, nextCursor: null };
  }

  @Route(read)
  read(@Input() { query }: RouteInput<typeof read>) {
    const pack = this.find(query.pack ?? this.inUse());
    return {
      id: pack.id,
      label: pack.label,
      invented: pack.invented,
      inUse: pack.id === this.inUse(),
      fastFrom: pack.fastFrom,
      topics: listOf(pack.topics),
      channels: listOf(pack.channels),
      versions: pack.versions.map(({ version, effectiveFrom, effectiveTo, rules }) => ({
        version,
        effectiveFrom: effectiveFrom === null ? null : new Date(effectiveFrom),
        effectiveTo: effectiveTo === null ? null : new Date(effectiveTo),
        rules: rules.map(rowOf),
      })),
    };
  }

  @Route(preflight)
  async preflight(@Input() { tx, query }: RouteInput<typeof preflight>) {
    const pack = this.find(query.pack ?? this.inUse());
    const people = await reachableBodies(tx, loadDuties(this.environment.configDir));
    // Where cases go depends on the city alone; it is looked at with the pack that its cases run under.
    const reach = pack.id === this.inUse() ? checkReach(this.directory.city, (bodyId) => people.has(bodyId)) : [];
    const findings = [...checkPack(pack), ...reach];
    return { ok: findings.every(({ severity }) => severity !== 'error'), findings };
  }

  private inUse(): string {
    return this.environment.policy ?? this.directory.city.policy;
  }

  private find(id: string): PolicyPack {
    if (!this.policies.packIds().includes(id)) throw new DomainError('PACK_NOT_FOUND', 404, 'no such policy pack');
    return this.policies.packFor(id, false);
  }
}

const listOf = (list: PolicyPack['topics']) => (list === null ? null : { values: [...list.values], ...list.basis });

function rowOf(rule: PolicyPack['versions'][number]['rules'][number]) {
  const { class: kind, heat } = rule.appliesWhen;
  const { document, article, flag } = rule.basis;
  return {
    id: rule.id,
    label: rule.label,
    act: rule.act,
    force: rule.force,
    form: rule.form,
    ring: rule.ring,
    amount: rule.amount,
    unit: rule.unit,
    fixedDates: [...rule.fixedDates],
    start: [...rule.start],
    stopEvidence: [...rule.stopEvidence],
    owner: rule.owner,
    appliesWhen: { ...(kind === undefined ? {} : { class: kind }), ...(heat === undefined ? {} : { heat: [...heat] }) },
    document,
    article,
    flag,
  };
}
