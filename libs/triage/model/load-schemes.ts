import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from '#kernel/error.js';
import { readYaml } from './read-yaml.js';

const schemes = z.strictObject({
  version: z.int().positive(),
  schemes: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        label: z.string().min(1),
        document: z.string().min(1),
        article: z.string().min(1),
        codes: z
          .array(
            z.strictObject({
              code: z.string().min(1),
              label: z.string().min(1),
              definition: z.string().min(1),
              mapsTo: z.enum(['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7']),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
});

/** A local list of what must be watched; each code maps to one of C1–C7 (domain 2.1). */
export type CategoryScheme = z.infer<typeof schemes>['schemes'][number];

/** The schemes of `<configDir>/categories/schemes.yaml`. Throws `ConfigError`, also for an id or code that stands twice. */
export function loadSchemes(configDir: string): CategoryScheme[] {
  const file = path.join(configDir, 'categories', 'schemes.yaml');
  const loaded = readYaml(file, schemes).schemes;
  refuseTwice(
    file,
    loaded.map((scheme) => scheme.id),
  );
  for (const scheme of loaded)
    refuseTwice(
      `${file}, schemes.${scheme.id}`,
      scheme.codes.map((code) => code.code),
    );
  return loaded;
}

function refuseTwice(where: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new ConfigError(where, `${twice} stands twice`);
}
