import { readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signatureClients } from './client-processes.ts';
import { untilState, type Lab } from './lab.ts';
import { startSigning, type Signing } from './signing-calls.ts';

export interface FrozenSigning extends Signing {
  /** The stopped process; SIGCONT lets it go on. */
  readonly client: number;
}

/** Milliseconds in which the client must come as far as a test wants it. */
const patience = 20_000;

/** Asks for a seal on a big PDF of the disk, and stops the client as soon as its process is there. */
export const whileStarting = (lab: Lab, path: string) => frozenWhen(lab, path, () => true);

/** The same, and stops the client when it has a part of the file. */
export const whileReading = (lab: Lab, path: string) => frozenWhen(lab, path, hasPartOfFile);

async function frozenWhen(
  lab: Lab,
  path: string,
  isThere: (client: number) => boolean,
): Promise<FrozenSigning> {
  const page = await lab.openSite();
  await page.evaluate(`document.body.innerHTML = '<input type=file id=big>'`);
  await page.locator('#big').setInputFiles(path);
  const opening = lab.nextPrompt();
  const report = await startSigning(
    page,
    `bridge.seal({ files: [{ file: document.querySelector('#big').files[0], places: [{ kind: 'point', page: 1, x: 200,
      y: 200 }] }], platform: 'zhongzhao-hulian' }, options)`,
  );
  const client = await stopClientWhen(lab, isThere);
  const prompt = await opening;
  await untilState(prompt, 'requested');
  return { page, prompt, report, client };
}

/** Looks without a pause: the moment is short. */
async function stopClientWhen(lab: Lab, isThere: (client: number) => boolean): Promise<number> {
  for (const end = Date.now() + patience; Date.now() < end;) {
    const client = signatureClients(lab.browser).find(isThere);
    if (client !== undefined) {
      process.kill(client, 'SIGSTOP');
      return client;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('the client never came that far');
}

function hasPartOfFile(client: number): boolean {
  const folder = readdirSync(tmpdir()).find((name) => name.startsWith(`ca-bridge-client-${client}-`));
  if (folder === undefined) return false;
  const parent = join(tmpdir(), folder);
  return readdirSync(parent).some((name) => name.endsWith('.part') && sizeOf(join(parent, name)) > 0);
}

/** 0 where the file has gone meanwhile. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
