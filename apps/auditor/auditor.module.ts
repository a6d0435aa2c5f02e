import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AuditorService } from './auditor.service.js';

@Module({ imports: [ScheduleModule.forRoot()], providers: [AuditorService] })
export class AuditorModule {}
