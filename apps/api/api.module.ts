import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccountsService } from '#accounts/accounts.service.js';
import { loadDuties } from '#accounts/duties.js';
import { Passwords } from '#accounts/password.js';
import { SessionsService } from '#accounts/sessions.service.js';
import { loadSignInPolicy } from '#accounts/sign-in-policy.js';
import { TokensService } from '#accounts/tokens.service.js';
import { AssignmentService, Coordinators } from '#assignment/assignment.service.js';
import { DirectoryCoordinators } from '#assignment/directory-coordinators.js';
import { Orders } from '#assignment/contract.js';
import { LeadDecisionService } from '#assignment/lead-decision.service.js';
import { OrderCompletion } from '#assignment/order-completion.js';
import { DisputeCourseService, DisputeTerms } from '#assignment/dispute-course.service.js';
import { HoldersViews } from '#assignment/holders.views.js';
import { ScoresService } from '#assignment/scores.service.js';
import { SignLinksService, SignLinkTerms } from '#assignment/sign-links.service.js';
import { ReturnsService, ReturnTerms } from '#assignment/returns.service.js';
import { ClocksViews } from '#clocks/clocks.views.js';
import { ClockKeeper, ClockPolicies } from '#clocks/keeper.service.js';
import { LoadedPolicies } from '#clocks/loaded-policies.js';
import { WorkChangesService } from '#clocks/work-changes.service.js';
import { Directory } from '#directory/directory.js';
import { DirectoryModule } from '#directory/directory.module.js';
import { PeopleService } from '#directory/people.service.js';
import { EscalationService } from '#escalation/escalation.service.js';
import { LadderPolicies } from '#escalation/ladder-policies.js';
import { SupervisionTerm } from '#escalation/supervision-term.js';
import { EscalationViews } from '#escalation/escalation.views.js';
import { IntakeViews } from '#ingest/intake.views.js';
import { ReceiveService } from '#ingest/receive.service.js';
import { SourcesService } from '#ingest/sources.service.js';
import type { Environment } from '#platform/config/environment.js';
import { Database } from '#platform/database/database.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { LedgerViews } from '#platform/ledger/ledger.views.js';
import { AttachmentsService } from '#response/attachments.service.js';
import { ArchiveService } from '#response/archive.service.js';
import { CaseReader } from '#response/case-reader.js';
import { ChannelsService } from '#response/channels.service.js';
import { CloseOutService, OpenObligations } from '#response/close-out.service.js';
import { ConferenceLimits } from '#response/conference-preparation.js';
import { ConferencesService } from '#response/conferences.service.js';
import { DispositionsService } from '#response/dispositions.service.js';
import { DraftGuardService, DutyReader, FigureReader } from '#response/draft-guard.service.js';
import { WithdrawalService } from '#response/withdrawal.service.js';
import { DraftLeaseService } from '#response/draft-lease.service.js';
import { ClockFacts, EffectEvaluationService } from '#response/effect-evaluation.service.js';
import { EffectSheet } from '#response/effect-weights.js';
import { FilesService } from '#response/files.service.js';
import { FirstReportsService } from '#response/first-reports.service.js';
import { ResponsePolicy } from '#response/response-policy.js';
import { PersonalDataReader } from '#response/statement-review.js';
import { TransfersService } from '#response/transfers.service.js';
import { WordingService } from '#response/wording.service.js';
import { BoardsViews } from '#reporting/boards.views.js';
import { BulletinService } from '#reporting/bulletin.service.js';
import { CasesViews } from '#reporting/cases.views.js';
import { ChartsService } from '#reporting/charts.service.js';
import { ChartsViews } from '#reporting/charts.views.js';
import { DocumentsService } from '#reporting/documents.service.js';
import { FreezeService } from '#reporting/freeze.service.js';
import { HotlineViews } from '#reporting/hotline.views.js';
import { IncidentPaperViews } from '#reporting/incident-paper.views.js';
import { GroundsViews } from '#reporting/grounds.views.js';
import { IndicatorsService } from '#reporting/indicators.service.js';
import { ThirdPartyService } from '#reporting/third-party.service.js';
import { IndicatorsViews } from '#reporting/indicators.views.js';
import { KnownEventsService } from '#reporting/known-events.service.js';
import { LedgerExportService } from '#reporting/ledger-export.service.js';
import { LedgerReportViews } from '#reporting/ledger-report.views.js';
import { EffectsViews } from '#reporting/effects.views.js';
import { SumsViews } from '#reporting/facts/sums.views.js';
import { ObjectionsService } from '#reporting/objections.service.js';
import { OverviewViews } from '#reporting/overview.views.js';
import { PastLinesViews } from '#reporting/past-lines.views.js';
import { PeriodicalService } from '#reporting/periodical.service.js';
import { PublicStatisticsViews } from '#reporting/public-statistics.views.js';
import { ReportPolicy } from '#reporting/report-policy.js';
import { RowsViews } from '#reporting/rows.views.js';
import { SheetsViews } from '#reporting/sheets.views.js';
import { StatementsService } from '#response/statements.service.js';
import { BulkService } from '#triage/bulk.service.js';
import { CasualtiesService } from '#triage/casualties.service.js';
import { Incidents } from '#triage/contract.js';
import { DeadLettersService } from '#triage/dead-letters.service.js';
import { DecisionsService } from '#triage/decisions.service.js';
import { ItemJudgementService, NewIncidentTerms } from '#triage/item-judgement.service.js';
import { loadHeatPolicy } from '#triage/policies.js';
import { SplitService } from '#triage/split.service.js';
import { IncidentsStore } from '#triage/incidents.store.js';
import { IncidentsViews } from '#triage/incidents.views.js';
import { RelationsViews } from '#triage/relations.views.js';
import { ModelsService } from '#triage/training.service.js';
import { WatchesService } from '#triage/watches.service.js';
import { AccountsController } from './accounts/accounts.controller.js';
import { SessionController } from './accounts/session.controller.js';
import { TokensController } from './accounts/tokens.controller.js';
import { DirectoryController } from './directory/directory.controller.js';
import { OwnTurnsController } from './directory/own-turns.controller.js';
import { PeopleController } from './directory/people.controller.js';
import { HealthController } from './health.controller.js';
import { AccessGuard, SignedCallers } from './http/access.guard.js';
import { Cookies } from './http/cookies.js';
import { Metrics } from './http/metrics.js';
import { OPENAPI, OpenApiController } from './http/openapi.controller.js';
import { buildOpenApi } from './http/openapi.js';
import { Origins } from './http/origin.js';
import { ProblemFilter } from './http/problem.filter.js';
import { RouteInterceptor } from './http/route.interceptor.js';
import { ClocksController } from './incidents/clocks.controller.js';
import { ClockChangesController } from './incidents/clock-changes.controller.js';
import { DecisionsController } from './incidents/decisions.controller.js';
import { SecondWaveController } from './incidents/second-wave.controller.js';
import { WhatIfController } from './incidents/what-if.controller.js';
import { ItemJudgementController } from './triage/item-judgement.controller.js';
import { SplitController } from './incidents/split.controller.js';
import { EscalationsController } from './incidents/escalations.controller.js';
import { PastIncidents } from './incidents/past-incidents.js';
import { IncidentsController } from './incidents/incidents.controller.js';
import { HotlineController } from './intake/hotline.controller.js';
import { HandEntryController } from './intake/hand-entry.controller.js';
import { ImportsController } from './intake/imports.controller.js';
import { ItemsController } from './intake/items.controller.js';
import { MonitoringController } from './intake/monitoring.controller.js';
import { Open311Controller } from './intake/open311.controller.js';
import { INTAKE_PROVIDERS } from './intake/providers.js';
import { SourceHealthController } from './intake/source-health.controller.js';
import { SourceListsController } from './intake/source-lists.controller.js';
import { SourcesController } from './intake/sources.controller.js';
import { WebhookCallers } from './intake/webhook-callers.js';
import { PresenceController } from './live/presence.controller.js';
import { LivePosition } from './live/position.js';
import { LedgerController } from './ledger/ledger.controller.js';
import { BoardsController } from './reports/boards.controller.js';
import { BulletinController } from './reports/bulletin.controller.js';
import { HoldersController } from './reports/holders.controller.js';
import { DocumentsController } from './reports/documents.controller.js';
import { LedgerReportController } from './reports/ledger-report.controller.js';
import { IncidentPapersController } from './reports/incident-papers.controller.js';
import { ObjectionsController } from './reports/objections.controller.js';
import { PeriodicalsController } from './reports/periodicals.controller.js';
import { SheetsController } from './reports/sheets.controller.js';
import { StatisticsController } from './reports/statistics.controller.js';
import { ThirdPartyController } from './reports/third-party.controller.js';
import { AssignmentsController } from './response/assignments.controller.js';
import { ChannelsController } from './response/channels.controller.js';
import { CloseOutController } from './response/close-out.controller.js';
import { ConferencesController } from './response/conferences.controller.js';
import { WithdrawalController } from './response/withdrawal.controller.js';
import { DraftsController } from './response/drafts.controller.js';
import { EvaluationController } from './response/evaluation.controller.js';
import { EvidenceController } from './response/evidence.controller.js';
import { FilesController } from './response/files.controller.js';
import { FirstReportsController } from './response/first-reports.controller.js';
import { DisputesController } from './response/disputes.controller.js';
import { loadDisputeTerms, loadSignLinkTerms } from './response/office-terms.js';
import { SignLinksController } from './response/sign-links.controller.js';
import { PackReturnTerms } from './response/pack-return-terms.js';
import { PublicObligations } from './response/public-obligations.js';
import { ReturnsController } from './response/returns.controller.js';
import { ConferenceClock, IntakePersonalData, StageCaseReader, StageClockFacts } from './response/stage-readers.js';
import { StatementsController } from './response/statements.controller.js';
import { TransfersController } from './response/transfers.controller.js';
import { RoutingDutyReader } from './response/routing-duty-reader.js';
import { TriageFigureReader } from './response/triage-figure-reader.js';
import { ScoresController } from './system/scores.controller.js';
import { PacksController } from './policy/packs.controller.js';
import { AlertsController } from './system/alerts.controller.js';
import { NoticeChannelsController } from './system/notice-channels.controller.js';
import { OperationsController } from './system/operations.controller.js';
import { ScreenController } from './system/screen.controller.js';
import { SystemController } from './system/system.controller.js';
import { BulkController } from './triage/bulk.controller.js';
import { HotSpotsController } from './triage/hot-spots.controller.js';
import { ModelsController } from './triage/models.controller.js';
import { TextTrial } from './triage/text-trial.js';
import { TextTrialController } from './triage/text-trial.controller.js';
import { WatchesController } from './triage/watches.controller.js';

/** Everything that the api answers. A controller that is not here is not reachable. */
export const CONTROLLERS: readonly Type[] = [
  HealthController,
  OpenApiController,
  SessionController,
  TokensController,
  AccountsController,
  IncidentsController,
  PresenceController,
  ClocksController,
  ClockChangesController,
  EscalationsController,
  StatementsController,
  ItemsController,
  HandEntryController,
  // Before the routes of one source: `opml` is no id.
  SourceListsController,
  SourcesController,
  SourceHealthController,
  MonitoringController,
  Open311Controller,
  LedgerController,
  DecisionsController,
  SecondWaveController,
  SplitController,
  ItemJudgementController,
  WhatIfController,
  AssignmentsController,
  ReturnsController,
  DisputesController,
  SignLinksController,
  HoldersController,
  ConferencesController,
  FirstReportsController,
  CloseOutController,
  EvidenceController,
  DraftsController,
  WithdrawalController,
  ChannelsController,
  FilesController,
  TransfersController,
  EvaluationController,
  HotlineController,
  ImportsController,
  DirectoryController,
  PeopleController,
  OwnTurnsController,
  ScoresController,
  SystemController,
  ScreenController,
  NoticeChannelsController,
  OperationsController,
  AlertsController,
  PacksController,
  LedgerReportController,
  BulletinController,
  BoardsController,
  SheetsController,
  PeriodicalsController,
  StatisticsController,
  ThirdPartyController,
  BulkController,
  HotSpotsController,
  WatchesController,
  ModelsController,
  TextTrialController,
  DocumentsController,
  ObjectionsController,
  IncidentPapersController,
];

/** What the controllers of the stages ask for. */
export const STAGE_PROVIDERS: readonly Provider[] = [
  IncidentsViews,
  PastLinesViews,
  PastIncidents,
  ClocksViews,
  EscalationViews,
  IntakeViews,
  EscalationService,
  SupervisionTerm,
  {
    provide: LadderPolicies,
    useFactory: ({ configDir, drillHourMs }: Environment) => LadderPolicies.load(configDir, drillHourMs),
    inject: [ENVIRONMENT],
  },
  StatementsService,
  SourcesService,
  LedgerViews,
  DecisionsService,
  DeadLettersService,
  SplitService,
  ItemJudgementService,
  {
    provide: NewIncidentTerms,
    useFactory: ({ configDir, policy }: Environment, { city }: Directory) => ({
      policyPack: policy ?? city.policy,
      heatPolicy: loadHeatPolicy(configDir),
    }),
    inject: [ENVIRONMENT, Directory],
  },
  AssignmentService,
  ReturnsService,
  LeadDecisionService,
  ReceiveService,
  ...INTAKE_PROVIDERS,
  { provide: SignedCallers, useClass: WebhookCallers },
  LedgerReportViews,
  LedgerExportService,
  SumsViews,
  EffectsViews,
  BulletinService,
  FreezeService,
  BoardsViews,
  SheetsViews,
  OverviewViews,
  CasesViews,
  HotlineViews,
  PeriodicalService,
  PublicStatisticsViews,
  IndicatorsViews,
  IndicatorsService,
  GroundsViews,
  ThirdPartyService,
  DocumentsService,
  RowsViews,
  ChartsViews,
  ChartsService,
  ObjectionsService,
  KnownEventsService,
  IncidentPaperViews,
  {
    provide: ReportPolicy,
    useFactory: (environment: Environment) => ReportPolicy.load(environment.configDir),
    inject: [ENVIRONMENT],
  },
  { provide: Coordinators, useClass: DirectoryCoordinators },
  {
    provide: ClockPolicies,
    useFactory: (environment: Environment, directory: Directory) =>
      LoadedPolicies.load(environment.configDir, directory.city, environment.drillHourMs),
    inject: [ENVIRONMENT, Directory],
  },
  ClockKeeper,
  WorkChangesService,
  ConferencesService,
  FirstReportsService,
  DispositionsService,
  CloseOutService,
  CasualtiesService,
  AttachmentsService,
  DraftGuardService,
  DraftLeaseService,
  WithdrawalService,
  WordingService,
  ChannelsService,
  FilesService,
  TransfersService,
  ArchiveService,
  EffectEvaluationService,
  {
    provide: ResponsePolicy,
    useFactory: ({ configDir }: Environment) => ResponsePolicy.load(configDir),
    inject: [ENVIRONMENT],
  },
  {
    provide: EffectSheet,
    useFactory: ({ configDir }: Environment) => EffectSheet.load(configDir),
    inject: [ENVIRONMENT],
  },
  { provide: CaseReader, useClass: StageCaseReader },
  { provide: PersonalDataReader, useClass: IntakePersonalData },
  { provide: ConferenceLimits, useClass: ConferenceClock },
  { provide: ClockFacts, useClass: StageClockFacts },
  { provide: FigureReader, useClass: TriageFigureReader },
  { provide: DutyReader, useClass: RoutingDutyReader },
  { provide: Orders, useClass: OrderCompletion },
  { provide: OpenObligations, useClass: PublicObligations },
  { provide: ReturnTerms, useClass: PackReturnTerms },
  SignLinksService,
  PeopleService,
  ScoresService,
  DisputeCourseService,
  HoldersViews,
  {
    provide: DisputeTerms,
    useFactory: ({ configDir }: Environment) => loadDisputeTerms(configDir),
    inject: [ENVIRONMENT],
  },
  {
    provide: SignLinkTerms,
    useFactory: ({ configDir }: Environment) => loadSignLinkTerms(configDir),
    inject: [ENVIRONMENT],
  },
  IncidentsStore,
  { provide: Incidents, useExisting: IncidentsStore },
  BulkService,
  WatchesService,
  RelationsViews,
  ModelsService,
  TextTrial,
];

@Module({})
export class ApiModule {
  /**
   * `platform` brings the database under the scoped role, the log, the settings and the queue. Throws `ConfigError`
   * when a route is undeclared or a configuration file is wrong.
   */
  static of(platform: DynamicModule, { configDir, publicUrl }: Environment): DynamicModule {
    const duties = loadDuties(configDir);
    const policy = loadSignInPolicy(configDir);
    return {
      module: ApiModule,
      imports: [platform, DirectoryModule],
      controllers: [...CONTROLLERS],
      providers: [
        ...STAGE_PROVIDERS,
        { provide: OPENAPI, useValue: JSON.stringify(buildOpenApi(CONTROLLERS)) },
        { provide: Cookies, useValue: new Cookies(publicUrl?.startsWith('https:') === true) },
        { provide: Origins, useValue: new Origins(publicUrl) },
        { provide: Metrics, useValue: new Metrics() },
        { provide: LivePosition, useValue: new LivePosition() },
        { provide: Passwords, useFactory: () => Passwords.create(policy.password) },
        {
          provide: SessionsService,
          useFactory: (database: Database, passwords: Passwords) =>
            new SessionsService({ database, duties, passwords, policy }),
          inject: [Database, Passwords],
        },
        {
          provide: TokensService,
          useFactory: (database: Database) => new TokensService(database, duties),
          inject: [Database],
        },
        {
          provide: AccountsService,
          useFactory: (passwords: Passwords) => new AccountsService(duties, passwords),
          inject: [Passwords],
        },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: RouteInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
