import * as v from 'valibot';
import { jsonSchemaNode } from './schema-shape.ts';

/** Values of each key of a registry file, by the key's full path. */
export type RegistryKeys = ReadonlyMap<string, ReadonlyMap<string, string | number>>;

const header = 'Windows Registry Editor Version 5.00';

/** Reads a registry file with texts and dwords. @throws Error for a line that is neither */
export function parseRegistryFile(text: string): RegistryKeys {
  const [first, ...lines] = text.split('\n');
  if (first !== header) throw new Error('no registry file');
  const keys = new Map<string, Map<string, string | number>>();
  let values: Map<string, string | number> | undefined;
  for (const line of lines.filter((one) => one !== '')) {
    const key = /^\[(HKEY_LOCAL_MACHINE(?:\\[^\\\]]+)+)\]$/.exec(line)?.[1];
    if (key !== undefined) {
      if (keys.has(key)) throw new Error(`twice: ${key}`);
      values = new Map();
      keys.set(key, values);
      continue;
    }
    const [, name, data, number] =
      /^"((?:[^"\\]|\\["\\])+)"=(?:"((?:[^"\\]|\\["\\])*)"|dword:([0-9a-f]{8}))$/.exec(line) ?? [];
    if (name === undefined || values === undefined) throw new Error(`not a value: ${line}`);
    const value = data === undefined ? Number.parseInt(number ?? '', 16) : unescaped(data);
    values.set(unescaped(name), value);
  }
  return keys;
}

const unescaped = (text: string): string => text.replaceAll(/\\(["\\])/g, '$1');

/**
 * The value below `path` as Chromium makes it of the registry under this schema: an object of values and keys, a list
 * of numbered values, and either of them also of JSON in one text.
 */
export function registryValue(keys: RegistryKeys, path: string, schema: unknown): unknown {
  const { type, properties = {}, items } = v.parse(jsonSchemaNode, schema);
  const values = [...(keys.get(path) ?? [])];
  if (type === 'array') return values.map(([, value]) => converted(value, items));
  if (type !== 'object') throw new Error(`a key cannot hold a ${type}`);
  const parts = [...keys.keys()]
    .filter((key) => key.startsWith(`${path}\\`) && !key.slice(path.length + 1).includes('\\'))
    .map((key) => [key.slice(path.length + 1), key] as const);
  return Object.fromEntries([
    ...values.map(([name, value]) => [name, converted(value, known(properties, name))] as const),
    ...parts.map(([name, key]) => [name, registryValue(keys, key, known(properties, name))] as const),
  ]);
}

function converted(value: string | number, schema: unknown): unknown {
  const { type } = v.parse(jsonSchemaNode, schema);
  return (type === 'array' || type === 'object') && typeof value === 'string' ? JSON.parse(value) : value;
}

function known(properties: Readonly<Record<string, unknown>>, name: string): unknown {
  if (!Object.hasOwn(properties, name)) throw new Error(`the schema has no ${name}`);
  return properties[name];
}
