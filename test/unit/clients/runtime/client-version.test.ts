import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { clientVersion } from '../../../../src/clients/runtime/client-version.ts';
import { projectPath } from '../../../support/project-paths.ts';

test("the clients' version is that of package.json", () => {
  expect(JSON.parse(readFileSync(projectPath('package.json'), 'utf8'))).toMatchObject({
    version: clientVersion,
  });
});
