import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@jest/globals';
import { DESKTOP, pictured, seriousFindings, signIn } from '../../support/browser.js';
import { inOrder, type Stage } from './stage.js';

const run = promisify(execFile);

/** Reads the ledger and proves it, on the screen and by a program that shares no code with the product. */
export function auditorJourney(stage: () => Stage): void {
  const step = inOrder();
  const desk = async (path: string) => {
    const page = await signIn(stage().browser, stage().product, { username: 'auditor', viewport: DESKTOP });
    await page.goto(path);
    return page;
  };

  step('the sealed ledger is read in words and verified on the screen', async () => {
    const page = await desk('/ledger');
    await page.getByRole('row').nth(2).waitFor();
    await page.getByRole('button', { name: '核验链条' }).click();
    await page.getByText(/^链条完整：已核验/).waitFor();
    await pictured(page, 'auditor-ledger');
    expect(await seriousFindings(page)).toEqual([]);
  });

  step('the case ledger (台账) is taken along as a file, and the whole chain is verified from outside', async () => {
    const page = await desk('/reports/ledger');
    await page.getByRole('row').nth(1).waitFor();
    await pictured(page, 'auditor-case-ledger');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('link', { name: /CSV/ })
        .or(page.getByRole('button', { name: /CSV/ }))
        .first()
        .click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.csv$/);
    const verifier = path.resolve('tools/ledger-verify.mjs');
    const env = { ...process.env, HUIYING_DATA_DIR: stage().product.dataDir, NODE_OPTIONS: '' };
    const { stdout } = await run(process.execPath, [verifier, 'verify'], { env });
    expect(stdout).toMatch(/^the chain holds: [1-9]\d* seals/);
    expect(stdout).toMatch(/exported roots compared: [1-9]/);
  });
}
