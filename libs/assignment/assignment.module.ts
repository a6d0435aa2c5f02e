import { Module } from '@nestjs/common';
import { TriageModule } from '#triage/triage.module.js';
import { RoutingService } from './routing.service.js';

@Module({ imports: [TriageModule], providers: [RoutingService], exports: [RoutingService] })
export class AssignmentModule {}
