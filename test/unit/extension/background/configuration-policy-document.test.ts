import { readFileSync } from 'node:fs';
import { SaxesParser } from 'saxes';
import * as v from 'valibot';
import { describe, expect, it, test } from 'vitest';
import { configurationSchema } from '../../../../src/protocol/configuration.ts';
import { extensionIds } from '../../../../src/protocol/extension-ids.ts';
import { projectPath } from '../../../support/project-paths.ts';
import { parseRegistryFile, registryValue } from './registry-policy.ts';
import { shapeOfValibot, type Shape } from './schema-shape.ts';

const text = readFileSync(projectPath('src/extension/POLICY.md'), 'utf8');
const managedSchema: unknown = JSON.parse(
  readFileSync(projectPath('src/extension/public/managed-schema.json'), 'utf8'),
);
const [id] = extensionIds;

function examples(language: string): string[] {
  const blocks = text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'));
  return [...blocks].map(([, block = '']) => block);
}

const shape = shapeOfValibot(configurationSchema);

/** Section of an entry. */
function section(name: string): string {
  return new RegExp(`^### \`${name}\`\\n(.*?)(?=^##)`, 'ms').exec(text)?.[1] ?? '';
}

const flat = (one: Shape): Shape => (one.items === undefined ? one : flat(one.items));
const fieldsOf = (one: Shape): string[] => Object.keys(flat(one).properties ?? {});

describe('every entry is documented', () => {
  test.each(Object.entries(shape.properties ?? {}))('%s', (name, entry) => {
    const words = section(name);
    expect(words.length).toBeGreaterThan(20);
    expect(fieldsOf(entry).filter((field) => !words.includes(`\`${field}\``))).toEqual([]);
  });

  test.each(
    Object.entries(shape.properties ?? {}).flatMap(([name, entry]) => [
      [name, flat(entry).values ?? []] as const,
      ...Object.values(flat(entry).properties ?? {}).map((one) => [name, flat(one).values ?? []] as const),
    ]),
  )('%s with its values %j', (name, values) => {
    // The six scenes and the platforms are listed once.
    const words = ['promptRules', 'platforms', 'defaultPlatform'].includes(name) ? text : section(name);
    expect(values.filter((value) => !words.includes(`\`${value}\``))).toEqual([]);
  });

  it('and no other', () => {
    const documented = [...text.matchAll(/^### `(\w+)`$/gm)].map(([, name]) => name);
    expect(documented.toSorted()).toEqual(Object.keys(shape.properties ?? {}).toSorted());
  });
});

const fileSchema = v.strictObject({
  ExtensionInstallForcelist: v.array(v.string()),
  '3rdparty': v.strictObject({ extensions: v.strictObject({ [id]: configurationSchema }) }),
});

describe('the JSON example', () => {
  it('is a policy file that is taken', () => {
    const files = examples('json').map((example) => v.safeParse(fileSchema, JSON.parse(example)));
    expect(files.map(({ issues }) => issues)).toEqual([undefined]);
  });

  it('shows every entry and every field', () => {
    const [file] = examples('json').map((example) => v.parse(fileSchema, JSON.parse(example)));
    const policy: unknown = file?.['3rdparty'].extensions[id];
    expect(Object.keys(v.parse(v.looseObject({}), policy)).toSorted()).toEqual(
      Object.keys(shape.properties ?? {}).toSorted(),
    );
    const fields = Object.values(shape.properties ?? {}).flatMap(fieldsOf);
    const unseen = fields.filter((field) => !JSON.stringify(policy).includes(`"${field}":`));
    // A platform that policy does not allow needs no front server.
    expect(unseen).toEqual(['yue-qi-qian']);
  });
});

describe.each([
  ['Chrome', 'Google\\Chrome'],
  ['Edge', 'Microsoft\\Edge'],
])('the registry example for %s', (_browser, vendor) => {
  const root = `HKEY_LOCAL_MACHINE\\Software\\Policies\\${vendor}`;
  const file = examples('reg').find((example) => example.includes(root)) ?? '';
  const keys = parseRegistryFile(file);

  it('is a policy that is taken', () => {
    const policy = registryValue(keys, `${root}\\3rdparty\\extensions\\${id}\\policy`, managedSchema);
    const parsed = v.safeParse(configurationSchema, policy);
    expect(parsed.issues).toBeUndefined();
    expect(Object.keys(parsed.success ? parsed.output : {}).length).toBeGreaterThan(2);
  });

  it('installs this extension, and has keys of nothing else', () => {
    expect(keys.get(`${root}\\ExtensionInstallForcelist`)?.get('1')).toMatch(new RegExp(`^${id};https://`));
    const foreign = [...keys.keys()].filter(
      (key) => !key.startsWith(`${root}\\3rdparty\\extensions\\${id}\\policy`),
    );
    expect(foreign).toEqual([`${root}\\ExtensionInstallForcelist`]);
  });
});

interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** @throws Error where the text is not well-formed */
function tagsOf(xml: string): Tag[] {
  const tags: Tag[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => tags.push({ name, attributes }));
  parser.write(xml).close();
  return tags;
}

describe('the administrative template', () => {
  const [template = [], words = []] = examples('xml').map(tagsOf);
  const own = `Software\\Policies\\Google\\Chrome\\3rdparty\\extensions\\${id}\\policy`;

  it('is two well-formed documents', () => {
    expect([template[0]?.name, words[0]?.name]).toEqual(['policyDefinitions', 'policyDefinitionResources']);
  });

  it('writes below the key of this extension alone', () => {
    const written = template.flatMap(({ attributes }) => attributes['key'] ?? []);
    expect(written.length).toBeGreaterThan(4);
    expect(written.filter((key) => key !== own && !key.startsWith(`${own}\\`))).toEqual([]);
  });

  it('writes entries that there are', () => {
    const lists = template.filter(({ name }) => name === 'list');
    const names = [
      ...template.flatMap(({ name, attributes }) => (name === 'policy' ? (attributes['name'] ?? []) : [])),
      ...lists.map(({ attributes }) => attributes['key']?.slice(own.length + 1) ?? ''),
    ];
    expect(names.filter((name) => !Object.hasOwn(shape.properties ?? {}, name))).toEqual([]);
    expect(lists.map(({ attributes }) => attributes['valuePrefix'])).toEqual(lists.map(() => ''));
  });

  it('has a word and a form for everything that it shows', () => {
    const referred = template.flatMap(({ attributes }) =>
      Object.values(attributes).flatMap((value) => /^\$\((string|presentation)\.(\w+)\)$/.exec(value) ?? []),
    );
    const wanted = referred.flatMap((_v, index) =>
      index % 3 === 0 ? [`${referred[index + 1]} ${referred[index + 2]}`] : [],
    );
    const given = new Set(words.map(({ name, attributes }) => `${name} ${attributes['id'] ?? ''}`));
    expect(wanted.length).toBeGreaterThan(8);
    expect(wanted.filter((one) => !given.has(one))).toEqual([]);
    const forms = words.flatMap(({ attributes }) => attributes['refId'] ?? []);
    const elements = template.filter(({ name }) => ['list', 'text', 'enum'].includes(name));
    expect(forms).toEqual(elements.map(({ attributes }) => attributes['id']));
  });
});
