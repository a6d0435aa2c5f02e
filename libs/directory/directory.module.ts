import { Global, Module } from '@nestjs/common';
import type { Environment } from '#platform/config/environment.js';
import { ENVIRONMENT } from '#platform/process/platform.module.js';
import { Directory } from './directory.js';
import { DirectoryViews } from './directory.views.js';
import { loadCity } from './load-city.js';

@Global()
@Module({
  providers: [
    {
      provide: Directory,
      useFactory: (environment: Environment): Directory => ({
        city: loadCity(environment.configDir, environment.city),
      }),
      inject: [ENVIRONMENT],
    },
    DirectoryViews,
  ],
  exports: [Directory, DirectoryViews],
})
export class DirectoryModule {}
