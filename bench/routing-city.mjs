import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Nantong with as many invented counties as make twelve. */
export function benchCity(loadCity, configDir) {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'huiying-bench-'));
  try {
    cpSync(configDir, dir, { recursive: true });
    const file = path.join(dir, 'cities', 'nantong.yaml');
    const more = Array.from({ length: 4 }, (_, n) => `  - { code: "32069${n + 1}", name: 第${'一二三四'[n]}试验县 }\n`);
    writeFileSync(file, readFileSync(file, 'utf8').replace('ordinaryNames:', `${more.join('')}ordinaryNames:`));
    return loadCity(dir, 'nantong');
  } finally {
    rmSync(dir, { recursive: true });
  }
}
