import { Module } from '@nestjs/common';
import { TriageModule } from '#triage/triage.module.js';
import { Coordinators } from './assignment.service.js';
import { DirectoryCoordinators } from './directory-coordinators.js';
import { MergedOrders } from './merged-orders.service.js';
import { RoutingService } from './routing.service.js';

@Module({
  imports: [TriageModule],
  providers: [RoutingService, MergedOrders, { provide: Coordinators, useClass: DirectoryCoordinators }],
  exports: [RoutingService, MergedOrders],
})
export class AssignmentModule {}
