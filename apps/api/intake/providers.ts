import type { Provider } from '@nestjs/common';
import { HandEntryService } from '#ingest/hand-entry.service.js';
import { loadRetentionDays } from '#ingest/monitoring-policy.js';
import { MonitoringService } from '#ingest/monitoring.service.js';
import { Open311Intake } from '#ingest/open311.service.js';
import { Open311Views, ServiceCatalogue } from '#ingest/open311.views.js';
import { PersonalData } from '#ingest/personal-data.js';
import { SourceHealthViews } from '#ingest/source-health.views.js';
import { WebhookKeys } from '#ingest/webhook-keys.js';
import type { Environment } from '#platform/config/environment.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { Vault } from '#platform/seal/vault.js';

/** What the controllers of the intake ask for. A key that is missing or has a wrong length refuses the start. */
export const INTAKE_PROVIDERS: readonly Provider[] = [
  SourceHealthViews,
  MonitoringService,
  HandEntryService,
  Open311Intake,
  {
    provide: PersonalData,
    useFactory: (environment: Environment) =>
      new PersonalData(Vault.of(environment.personalKey), loadRetentionDays(environment.configDir)),
    inject: [ENVIRONMENT],
  },
  {
    provide: WebhookKeys,
    useFactory: (environment: Environment) => new WebhookKeys(Vault.of(environment.personalKey)),
    inject: [ENVIRONMENT],
  },
  {
    provide: ServiceCatalogue,
    useFactory: (environment: Environment) => ServiceCatalogue.load(environment.configDir),
    inject: [ENVIRONMENT],
  },
  {
    provide: Open311Views,
    useFactory: (catalogue: ServiceCatalogue) => new Open311Views(catalogue),
    inject: [ServiceCatalogue],
  },
];
