import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { ClocksModule as ClocksStage } from '#clocks/clocks.module.js';
import { DirectoryModule } from '#directory/directory.module.js';
import { EscalationModule } from '#escalation/escalation.module.js';
import { ClocksProcess } from './clocks.process.js';

@Module({
  imports: [ScheduleModule.forRoot(), DirectoryModule, ClocksStage, EscalationModule],
  providers: [ClocksProcess],
})
export class ClocksModule {}
