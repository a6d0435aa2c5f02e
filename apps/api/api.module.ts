import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import type { Logger } from 'pino';
import { AccountsService } from '#accounts/accounts.service.js';
import { loadDuties } from '#accounts/duties.js';
import { Passwords } from '#accounts/password.js';
import { SessionsService } from '#accounts/sessions.service.js';
import { loadSignInPolicy } from '#accounts/sign-in-policy.js';
import { TokensService } from '#accounts/tokens.service.js';
import { ClocksViews } from '#clocks/clocks.views.js';
import { EscalationService } from '#escalation/escalation.service.js';
import { EscalationViews } from '#escalation/escalation.views.js';
import { IntakeViews } from '#ingest/intake.views.js';
import { Database } from '#platform/database/database.js';
import { StatementsService } from '#response/statements.service.js';
import { Incidents } from '#triage/contract.js';
import { IncidentsStore } from '#triage/incidents.store.js';
import { IncidentsViews } from '#triage/incidents.views.js';
import { AccountsController } from './accounts/accounts.controller.js';
import { SessionController } from './accounts/session.controller.js';
import { TokensController } from './accounts/tokens.controller.js';
import { HealthController } from './health.controller.js';
import { AccessGuard } from './http/access.guard.js';
import { Cookies } from './http/cookies.js';
import { Metrics } from './http/metrics.js';
import { OPENAPI, OpenApiController } from './http/openapi.controller.js';
import { buildOpenApi } from './http/openapi.js';
import { Origins } from './http/origin.js';
import { LOGGER, ProblemFilter } from './http/problem.filter.js';
import { RouteInterceptor } from './http/route.interceptor.js';
import { ClocksController } from './incidents/clocks.controller.js';
import { EscalationsController } from './incidents/escalations.controller.js';
import { IncidentsController } from './incidents/incidents.controller.js';
import { ItemsController } from './intake/items.controller.js';
import { StatementsController } from './response/statements.controller.js';

/** Everything that the api answers. A controller that is not here is not reachable. */
export const CONTROLLERS: readonly Type[] = [
  HealthController,
  OpenApiController,
  SessionController,
  TokensController,
  AccountsController,
  IncidentsController,
  ClocksController,
  EscalationsController,
  StatementsController,
  ItemsController,
];

/** What the controllers of the stages ask for. */
export const STAGE_PROVIDERS: readonly Provider[] = [
  IncidentsViews,
  ClocksViews,
  EscalationViews,
  IntakeViews,
  EscalationService,
  StatementsService,
  IncidentsStore,
  { provide: Incidents, useExisting: IncidentsStore },
];

/** What the process brings: its pool under the scoped role, its log, its configuration folder and its public address. */
export interface ApiParts {
  database: Database;
  log: Logger;
  configDir: string;
  publicUrl: string | undefined;
}

@Module({})
export class ApiModule {
  /** Throws `ConfigError` when a route is undeclared or a configuration file is wrong. */
  static of(parts: ApiParts): DynamicModule {
    const duties = loadDuties(parts.configDir);
    const policy = loadSignInPolicy(parts.configDir);
    const { database } = parts;
    return {
      module: ApiModule,
      controllers: [...CONTROLLERS],
      providers: [
        ...STAGE_PROVIDERS,
        { provide: Database, useValue: database },
        { provide: LOGGER, useValue: parts.log },
        { provide: OPENAPI, useValue: JSON.stringify(buildOpenApi(CONTROLLERS)) },
        { provide: Cookies, useValue: new Cookies(parts.publicUrl?.startsWith('https:') === true) },
        { provide: Origins, useValue: new Origins(parts.publicUrl) },
        { provide: Metrics, useValue: new Metrics() },
        { provide: Passwords, useFactory: () => Passwords.create(policy.password) },
        { provide: SessionsService, useFactory: (passwords: Passwords) => new SessionsService({ database, duties, passwords, policy }), inject: [Passwords] },
        { provide: TokensService, useValue: new TokensService(database, duties) },
        { provide: AccountsService, useFactory: (passwords: Passwords) => new AccountsService(duties, passwords), inject: [Passwords] },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: RouteInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
