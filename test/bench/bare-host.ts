import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLauncherScript } from '../../src/clients/installer/launcher-script.ts';
import { extensionIds } from '../../src/protocol/extension-ids.ts';

/** Name under which the browser knows the host. */
export const bareHostName = 'cn.ca_bridge.bench';

/** Echoes each message; one that begins with `[n,` is answered by n bytes instead, so that both ways can be matched. */
const program = `
let unread = Buffer.alloc(0);
process.stdin.on('data', (chunk) => {
  unread = unread.length === 0 ? chunk : Buffer.concat([unread, chunk]);
  while (unread.length >= 4 && unread.length >= 4 + unread.readUInt32LE()) {
    const frame = unread.subarray(0, 4 + unread.readUInt32LE());
    unread = unread.subarray(frame.length);
    const wanted = /^\\[(\\d+),/.exec(frame.toString('latin1', 4, 16))?.[1];
    process.stdout.write(wanted === undefined ? frame : answerOf(Number(wanted)));
  }
});
const answers = new Map();
function answerOf(length) {
  if (!answers.has(length)) {
    const header = Buffer.alloc(4);
    header.writeUInt32LE(length);
    answers.set(length, Buffer.concat([header, Buffer.from(JSON.stringify('x'.repeat(length - 2)))]));
  }
  return answers.get(length);
}
`;

/** Registers a bare Node host with the browser of one throw-away profile; resolves with how to take it away again. */
export async function registerBareHost(profileFolder: string): Promise<() => Promise<void>> {
  const folder = join(profileFolder, 'NativeMessagingHosts');
  const files = { manifest: `${bareHostName}.json`, launcher: 'bare-host.sh', script: 'bare-host.cjs' };
  const pathOf = (name: keyof typeof files) => join(folder, files[name]);
  await writeFile(pathOf('script'), program);
  await writeFile(pathOf('launcher'), createLauncherScript(process.execPath, pathOf('script')));
  await chmod(pathOf('launcher'), 0o755);
  const manifest = {
    name: bareHostName,
    description: 'Bare Node host of the bench',
    path: pathOf('launcher'),
    type: 'stdio',
    allowed_origins: extensionIds.map((id) => `chrome-extension://${id}/`),
  };
  await writeFile(pathOf('manifest'), JSON.stringify(manifest));
  return async () => {
    for (const name of Object.values(files)) await rm(join(folder, name), { force: true });
  };
}
