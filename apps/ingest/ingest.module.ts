import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { IngestModule as IngestStage } from '#ingest/ingest.module.js';
import { IngestProcess, IntakeServices } from './ingest.process.js';

@Module({ imports: [ScheduleModule.forRoot(), IngestStage], providers: [IngestProcess, IntakeServices] })
export class IngestModule {}
