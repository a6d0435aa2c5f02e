import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel/error.js';
import type { Transaction } from '#platform/database/database.js';
import { type Actor, appendLedger } from '#platform/ledger/ledger.js';
import { renameBody } from './body-versions.store.js';
import { Directory } from './directory.js';
import {
  appoint,
  findTurn,
  insertTurn,
  type PersonRole,
  personsAt,
  type Turn,
  turnOverlaps,
  writeHandover,
} from './people.store.js';
import {
  type DirectoryRow,
  type DirectoryTable,
  type KnownDirectory,
  readDirectoryRows,
} from './rules/directory-rows.js';

/** Entries of this library in the ledger. */
export const DIRECTORY_EVENTS = {
  personAppointed: 'directory.personAppointed',
  turnPlanned: 'directory.turnPlanned',
  handedOver: 'directory.handedOver',
  imported: 'directory.imported',
} as const;

export interface ImportOutcome {
  applied: boolean;
  bodies: number;
  persons: number;
  turns: number;
  faults: DirectoryTable['faults'];
}

const MAX_FAULTS = 200;

/** People of bodies, their turns of duty, and tables of both. Changes are dated: nothing that an old case shows is overwritten. */
@Injectable()
export class PeopleService {
  constructor(private readonly directory: Directory) {}

  async appoint(
    tx: Transaction,
    person: { bodyId: string; name: string; post: string; role: PersonRole; phone: string | null; validFrom?: string },
    actor: Actor,
  ): Promise<string> {
    await this.requireBody(tx, person.bodyId);
    const now = await tx.now();
    const id = await appoint(tx, { ...person, validFrom: person.validFrom ?? officeDay(now), userId: null });
    await this.record(tx, DIRECTORY_EVENTS.personAppointed, actor, id, {
      bodyId: person.bodyId,
      name: person.name,
      role: person.role,
    });
    return id;
  }

  /** Plans a turn. People must be of the body when it begins; two turns of a body don't lie over each other. */
  async plan(tx: Transaction, turn: Omit<Turn, 'id' | 'handover' | 'version'>, actor: Actor): Promise<string> {
    await this.requireBody(tx, turn.bodyId);
    if (turn.endsAt <= turn.startsAt)
      throw new DomainError('DATES_REVERSED', 422, 'a turn ends after it begins', {}, 'endsAt');
    const people = new Set((await personsAt(tx, [turn.bodyId], turn.startsAt)).map(({ id }) => id));
    for (const [field, id] of [
      ['personId', turn.personId],
      ['deputyId', turn.deputyId],
    ] as const)
      if (id !== null && !people.has(id))
        throw new DomainError('PERSON_NOT_OF_BODY', 422, 'the body has nobody like that on that day', {}, field);
    if (turn.deputyId === turn.personId)
      throw new DomainError('OWN_DEPUTY', 422, 'nobody is the own deputy', {}, 'deputyId');
    if (await turnOverlaps(tx, turn))
      throw new DomainError('TURNS_OVERLAP', 409, 'somebody is on duty at that time already', {}, 'startsAt');
    const id = await insertTurn(tx, turn);
    await this.record(tx, DIRECTORY_EVENTS.turnPlanned, actor, id, {
      bodyId: turn.bodyId,
      startsAt: turn.startsAt.toISOString(),
      endsAt: turn.endsAt.toISOString(),
    });
    return id;
  }

  /** What the next one must know (交接记录). `mayWrite` decides by the body of the turn. */
  async handOver(
    tx: Transaction,
    turnId: string,
    note: string,
    by: { actor: Actor; mayWrite: (bodyId: string) => void },
  ): Promise<void> {
    const turn = await findTurn(tx, turnId);
    if (turn === undefined) throw new DomainError('TURN_NOT_FOUND', 404, 'no such turn of duty');
    by.mayWrite(turn.bodyId);
    const at = await tx.now();
    if (at < turn.startsAt) throw new DomainError('TURN_TO_COME', 409, 'the turn has not begun', {});
    await writeHandover(tx, turnId, { note, by: by.actor.name, at: at.toISOString() });
    await this.record(tx, DIRECTORY_EVENTS.handedOver, by.actor, turnId, { bodyId: turn.bodyId });
  }

  /** Reads a table; writes it when it is faultless and `apply` is set, else nothing. */
  async importTable(
    tx: Transaction,
    rows: Iterable<DirectoryRow>,
    options: { apply: boolean; actor: Actor },
  ): Promise<ImportOutcome> {
    const table = readDirectoryRows(rows, await this.known(tx));
    const applied = options.apply && table.faults.length === 0;
    if (applied) await this.write(tx, table, options.actor);
    return {
      applied,
      bodies: table.bodies.length,
      persons: table.persons.length,
      turns: table.turns.length,
      faults: table.faults.slice(0, MAX_FAULTS),
    };
  }

  private async write(tx: Transaction, table: DirectoryTable, actor: Actor): Promise<void> {
    for (const { bodyId, name, shortName, validFrom, parentId } of table.bodies) {
      await renameBody(tx, { bodyId, name, shortName, validFrom, by: actor.name });
      await tx.query('UPDATE bodies SET parent_id = $2 WHERE id = $1 AND parent_id IS DISTINCT FROM $2', [
        bodyId,
        parentId,
      ]);
    }
    for (const { row: _row, ...person } of table.persons) await appoint(tx, { ...person, userId: null });
    for (const turn of table.turns) {
      const people = await personsAt(tx, [turn.bodyId], turn.startsAt);
      const idOf = (name: string | null, column: string): string | null => {
        const person = people.find((candidate) => candidate.name === name);
        if (name !== null && person === undefined)
          throw new DomainError(
            'PERSON_NOT_OF_BODY',
            422,
            'the body has nobody like that on that day',
            { name },
            `row ${turn.row} ${column}`,
          );
        return person?.id ?? null;
      };
      if (await turnOverlaps(tx, turn))
        throw new DomainError('TURNS_OVERLAP', 409, 'somebody is on duty at that time already', {}, `row ${turn.row}`);
      await insertTurn(tx, { ...turn, personId: idOf(turn.person, '姓名')!, deputyId: idOf(turn.deputy, '副班') });
    }
    await this.record(tx, DIRECTORY_EVENTS.imported, actor, 'directory', {
      bodies: table.bodies.length,
      persons: table.persons.length,
      turns: table.turns.length,
    });
  }

  private async known(tx: Transaction): Promise<KnownDirectory> {
    const rows = await tx.query<{ id: string; parent: string | null }>('SELECT id, parent_id AS parent FROM bodies');
    const now = await tx.now();
    const people = new Map<string, Set<string>>();
    for (const { bodyId, name } of await personsAt(
      tx,
      rows.map(({ id }) => id),
      now,
    ))
      people.set(bodyId, (people.get(bodyId) ?? new Set()).add(name));
    return {
      parents: new Map(rows.map(({ id, parent }) => [id, parent])),
      codes: new Set(this.directory.city.types.keys()),
      people,
      today: officeDay(now),
    };
  }

  private async requireBody(tx: Transaction, bodyId: string): Promise<void> {
    if ((await tx.one('SELECT 1 FROM bodies WHERE id = $1', [bodyId])) === undefined)
      throw new DomainError('BODY_NOT_FOUND', 422, `no such body: ${bodyId}`, {}, 'bodyId');
  }

  private async record(
    tx: Transaction,
    type: string,
    actor: Actor,
    subjectId: string,
    payload: Record<string, unknown>,
  ): Promise<void> {
    await appendLedger(tx, [{ type, at: await tx.now(), actor, subjectId, payload }]);
  }
}

/** The day in China of an instant. */
export const officeDay = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(at);
