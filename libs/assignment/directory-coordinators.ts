import { Injectable } from '@nestjs/common';
import { Directory } from '#directory/directory.js';
import { officeYear } from '#kernel/time.js';
import { Coordinators } from './assignment.service.js';

/** Who coordinates, after the city's directory: propaganda and network office of the city see every case (NT19 Art.19, R23). */
@Injectable()
export class DirectoryCoordinators extends Coordinators {
  constructor(private readonly directory: Directory) {
    super();
  }

  of(jurisdiction: string): string[] {
    const { city } = this.directory;
    return city.roles.coordinators.flatMap(
      (code) => city.bodyFor(jurisdiction, code)?.id ?? city.bodyFor(city.root.code, code)?.id ?? [],
    );
  }

  orderSeries(now: Date): string {
    return `${this.directory.city.numberPrefix}网舆交〔${officeYear(now)}〕`;
  }

  bodyExists(bodyId: string): boolean {
    return this.directory.city.bodies.has(bodyId);
  }
}
