import * as v from 'valibot';

/** What two notations of one schema must have in common. */
export interface Shape {
  readonly type: 'object' | 'array' | 'string' | 'number';
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  /** Allowed values, where they are listed. */
  readonly values?: readonly string[];
}

const nodeSchema = v.looseObject({
  type: v.string(),
  wrapped: v.optional(v.unknown()),
  entries: v.optional(v.record(v.string(), v.unknown())),
  item: v.optional(v.unknown()),
  options: v.optional(v.array(v.string())),
});

/** Shape of a valibot schema. @throws Error for a kind that managed policy cannot express */
export function shapeOfValibot(schema: unknown): Shape {
  const { type, wrapped, entries = {}, item, options } = v.parse(nodeSchema, schema);
  switch (type) {
    case 'optional':
      return shapeOfValibot(wrapped);
    case 'strict_object':
      return { type: 'object', properties: mapped(entries, shapeOfValibot) };
    case 'array':
      return { type: 'array', items: shapeOfValibot(item) };
    case 'picklist':
      return { type: 'string', values: options ?? [] };
    case 'string':
    case 'number':
      return { type };
    default:
      throw new Error(`no shape for ${type}`);
  }
}

export const jsonSchemaNode = v.strictObject({
  type: v.picklist(['object', 'array', 'string', 'number']),
  title: v.optional(v.string()),
  description: v.optional(v.string()),
  properties: v.optional(v.record(v.string(), v.unknown())),
  items: v.optional(v.unknown()),
  additionalProperties: v.optional(v.unknown()),
});

/** Shape of a JSON schema, with the values that its descriptions list after "One of: ". */
export function shapeOfJsonSchema(schema: unknown): Shape {
  const { type, properties, items, description = '' } = v.parse(jsonSchemaNode, schema);
  const listed = /One of: ([\w, -]+)$/.exec(description)?.[1];
  return {
    type,
    ...(properties === undefined ? {} : { properties: mapped(properties, shapeOfJsonSchema) }),
    ...(items === undefined ? {} : { items: shapeOfJsonSchema(items) }),
    ...(listed === undefined ? {} : { values: listed.split(', ') }),
  };
}

function mapped<From, To>(
  from: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, map(value)]));
}
