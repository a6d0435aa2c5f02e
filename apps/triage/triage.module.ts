import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AssignmentModule } from '#assignment/assignment.module.js';
import { DirectoryModule } from '#directory/directory.module.js';
import { TriageModule as TriageStage } from '#triage/triage.module.js';
import { TriageProcess } from './triage.process.js';

@Module({
  imports: [ScheduleModule.forRoot(), DirectoryModule, TriageStage, AssignmentModule],
  providers: [TriageProcess],
})
export class TriageModule {}
