import type { DemoAccount } from './client.js';
import { DemoClient } from './client.js';
import type { Story, StoryStep } from './content.js';
import type { DemoSite } from './site.js';

interface IncidentSummary {
  id: string;
  title: string;
  state: string;
  version: number;
  leadBodyId: string | null;
}
interface IncidentDetail extends IncidentSummary {
  items: { title: string; body: string }[];
  proposal: { leadBodyId: string | null; coBodyIds: string[]; copyBodyIds: string[]; rule: string } | null;
  assignments: { id: string; bodyId: string; role: string; state: string; version: number }[];
  escalations: { id: string; step: string; state: string; version: number }[];
}

/** Who passes each gate, with the marks that it asks for. */
const GATES = [
  { gate: 'competentBody', by: 'review', checks: ['political', 'policy', 'wording'] },
  { gate: 'secrecy', by: 'secrecy', checks: ['stateSecrets', 'personalData'] },
  { gate: 'approver', by: 'head', checks: [] },
] as const;

const LOOK_EVERY_MS = 1_000;
const PATIENCE_ROUNDS = 600;

/** The visible hand of the demonstration: signs in as its accounts and does over HTTP what a story says, so that every judgement has a name. */
export class DemoActor {
  private readonly clients = new Map<string, DemoClient>();
  private readonly told = new Set<Story>();
  private stopped = false;

  constructor(
    private readonly base: string,
    private readonly accounts: DemoAccount[],
    private readonly stories: Story[],
    private readonly site: { site: DemoSite; address: string },
    private readonly log: (line: string) => void,
  ) {}

  /** Looks for the incidents of its stories until all are told. */
  async run(): Promise<void> {
    for (let round = 0; round < PATIENCE_ROUNDS && !this.stopped && this.told.size < this.stories.length; round += 1) {
      await pause(LOOK_EVERY_MS);
      await this.look().catch((error: unknown) => this.log(`demonstration: ${(error as Error).message}`));
    }
  }

  stop(): void {
    this.stopped = true;
  }

  private async look(): Promise<void> {
    const { items } = await this.as('analyst').get<{ items: IncidentSummary[] }>('/incidents?state=proposed&limit=50');
    for (const story of this.stories) {
      const incident = items.find((candidate) => candidate.title.includes(story.match));
      if (incident === undefined || this.told.has(story)) continue;
      this.told.add(story);
      void this.tell(story, incident.id).catch((error: unknown) =>
        this.log(`demonstration: ${(error as Error).message}`),
      );
    }
  }

  private async tell(story: Story, incidentId: string): Promise<void> {
    for (const step of story.steps) {
      await pause(step.after * 1000);
      if (this.stopped) return;
      await this.act(step, incidentId);
    }
  }

  private async act(step: StoryStep, incidentId: string): Promise<void> {
    const incident = await this.as('analyst').get<IncidentDetail>(`/incidents/${incidentId}`);
    switch (step.do) {
      case 'confirm':
        return this.command(step, incident, 'confirm', { reason: step.reason });
      case 'assign':
        return this.assign(step, incident);
      case 'superviseWhenProposed':
        return this.supervise(incidentId);
      case 'acknowledge':
      case 'verify':
        return this.answerOrder(step, incident);
      case 'publish':
        return this.publish(step, incident);
    }
  }

  private async command(step: StoryStep, incident: IncidentDetail, verb: string, body: unknown): Promise<void> {
    await this.as(step.as).post(`/incidents/${incident.id}/${verb}`, body, incident.version);
  }

  private async assign(step: StoryStep, incident: IncidentDetail): Promise<void> {
    const proposal = incident.proposal;
    if (proposal?.leadBodyId == null) throw new Error(`no lead was proposed for ${incident.title}`);
    const addressees = [
      { bodyId: proposal.leadBodyId, role: 'lead' },
      ...proposal.coBodyIds.map((bodyId) => ({ bodyId, role: 'co' })),
      ...proposal.copyBodyIds.map((bodyId) => ({ bodyId, role: 'copy' })),
    ];
    await this.command(step, incident, 'assign', { addressees });
  }

  private async answerOrder(step: StoryStep, incident: IncidentDetail): Promise<void> {
    const order = incident.assignments.find((assignment) => assignment.role === 'lead');
    if (order === undefined) throw new Error(`${incident.title} has no lead order`);
    const client = this.spokesperson(order.bodyId);
    if (step.do === 'acknowledge') await client.post(`/assignments/${order.id}/acknowledge`, {}, order.version);
    else
      await client.post(
        `/assignments/${order.id}/verify`,
        { facts: step.facts, factSource: '现场核查' },
        order.version,
      );
  }

  private async publish(step: StoryStep, incident: IncidentDetail): Promise<void> {
    const body = incident.leadBodyId!;
    const client = this.spokesperson(body);
    const draft = await client.post<{ id: string }>(`/incidents/${incident.id}/statements`, {
      bodyId: body,
      kind: 'majorEmergencyRelease',
      title: step.title,
      body: step.body,
      competentBodyId: body,
      cause: { text: step.body },
      solution: { text: step.body },
      constraints: { text: step.body },
      speaker: { name: '演示发言人', post: '主要负责人', rank: '主要负责人' },
    });
    const version = async () => (await client.get<{ version: number }>(`/statements/${draft.id}`)).version;
    await client.post(`/statements/${draft.id}/submit`, {}, await version());
    for (const { gate, by, checks } of GATES)
      await this.ofBody(by, body).post(`/statements/${draft.id}/approve`, { gate, checks }, await version());
    const path = this.site.site.publish(step.title!, step.body!);
    await client.post(`/statements/${draft.id}/publish`, { url: `${this.site.address}${path}` }, await version());
  }

  /** Waits for the ladder to propose a supervision, and issues it as the supervising person. */
  private async supervise(incidentId: string): Promise<void> {
    for (let round = 0; round < PATIENCE_ROUNDS && !this.stopped; round += 1) {
      const { escalations } = await this.as('supervisor').get<IncidentDetail>(`/incidents/${incidentId}`);
      const proposed = escalations.find(
        (escalation) => escalation.step === 'supervision' && escalation.state === 'proposed',
      );
      if (proposed !== undefined) {
        await this.as('supervisor').post(`/escalations/${proposed.id}/issue`, {}, proposed.version);
        return;
      }
      await pause(LOOK_EVERY_MS);
    }
  }

  private as(role: string): DemoClient {
    return this.client(this.accounts.find((account) => account.role === role));
  }

  private spokesperson(body: string): DemoClient {
    return this.ofBody('spokes', body);
  }

  /** The account of a body whose name begins so: `spokes`, `review`, `secrecy`, `head`. */
  private ofBody(kind: string, body: string): DemoClient {
    return this.client(
      this.accounts.find((account) => account.body === body && account.username.startsWith(`${kind}.`)),
    );
  }

  private client(account: DemoAccount | undefined): DemoClient {
    if (account === undefined) throw new Error('the demonstration has no account for this step');
    let client = this.clients.get(account.username);
    if (client === undefined) {
      client = new DemoClient(this.base, account);
      this.clients.set(account.username, client);
    }
    return client;
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
