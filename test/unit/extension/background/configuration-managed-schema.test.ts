import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it, test } from 'vitest';
import { configurationSchema } from '../../../../src/protocol/configuration.ts';
import { projectPath } from '../../../support/project-paths.ts';
import { jsonSchemaNode, shapeOfJsonSchema, shapeOfValibot } from './schema-shape.ts';

const managed: unknown = JSON.parse(
  readFileSync(projectPath('src/extension/public/managed-schema.json'), 'utf8'),
);
const { properties = {} } = v.parse(jsonSchemaNode, managed);

/** Attributes that Chromium's policy code knows for each type; for any other it refuses to load the extension. */
const known: Readonly<Record<string, readonly string[]>> = {
  object: ['type', 'title', 'description', 'properties', 'additionalProperties'],
  array: ['type', 'title', 'description', 'items'],
  string: ['type', 'title', 'description'],
  number: ['type', 'title', 'description'],
};

interface Place {
  readonly path: string;
  readonly node: v.InferOutput<typeof jsonSchemaNode>;
}

function places(schema: unknown, path: string): Place[] {
  const node = v.parse(jsonSchemaNode, schema);
  return [
    { path, node },
    ...Object.entries(node.properties ?? {}).flatMap(([key, child]) => places(child, `${path}.${key}`)),
    ...(node.items === undefined ? [] : places(node.items, `${path}[]`)),
    ...(node.additionalProperties === undefined ? [] : places(node.additionalProperties, `${path}.*`)),
  ];
}

describe("the browser's schema of managed policy", () => {
  it('has the entries, the nesting, the types and the listed values of the one that the extension checks by', () => {
    expect(shapeOfJsonSchema(managed)).toEqual(shapeOfValibot(configurationSchema));
  });

  test.each(places(managed, 'policy').map(({ path, node }) => [path, node] as const))(
    '%s uses only what the browser knows',
    (_path, node) => {
      expect(known[node.type]).toEqual(expect.arrayContaining(Object.keys(node)));
    },
  );

  it('lists no values: the browser would leave out a wrong one without telling anybody', () => {
    expect(JSON.stringify(managed)).not.toMatch(/"(?:enum|pattern|minimum|maximum|required)"/);
  });

  test.each(Object.keys(properties))('%s has a title and a description for administrators', (name) => {
    const { title = '', description = '' } = v.parse(jsonSchemaNode, properties[name]);
    expect(title).toMatch(/^[A-Z]/);
    expect(description.length).toBeGreaterThan(20);
  });

  test.each(
    places(managed, 'policy')
      .filter(({ path, node }) => node.type === 'object' && path !== 'policy')
      .map(({ path, node }) => [path, node] as const),
  )('%s lets unknown fields through, so that the extension can name them', (_path, node) => {
    expect(node.additionalProperties).toBeDefined();
  });

  it('is open at no place where the browser demands it closed', () => {
    expect(v.parse(jsonSchemaNode, managed).additionalProperties).toBeUndefined();
  });
});

describe('the comparison itself', () => {
  it('sees a missing entry, another type and another value', () => {
    const shape = shapeOfValibot(v.strictObject({ a: v.optional(v.picklist(['x', 'y'])) }));
    const schema = (a: object) => shapeOfJsonSchema({ type: 'object', properties: { a } });
    expect(schema({ type: 'string', description: 'One of: x, y' })).toEqual(shape);
    expect(schema({ type: 'string', description: 'One of: x' })).not.toEqual(shape);
    expect(schema({ type: 'number' })).not.toEqual(shape);
    expect(shapeOfJsonSchema({ type: 'object', properties: {} })).not.toEqual(shape);
  });
});
