import { changedKeys, equalValues } from './compare-values.ts';
import type { FormField } from './form-fields.ts';
import type { ObjectView } from './object-view.ts';
import { as, dictionaryOf, isArray, nameText, type PdfObject } from './pdf-values.ts';
import type { RevisionChangeKind } from './revision-change.ts';
import { sealKeys } from './seal-names.ts';
import { readText } from './text-string.ts';
import type { TouchedObject } from './touched-objects.ts';

export interface FormChange {
  readonly kind: RevisionChangeKind;
  readonly fieldName: string;
  /** The object that the field's page is known by. */
  readonly pageObject?: number;
}

export interface FormComparison {
  readonly changes: readonly FormChange[];
  /** Objects whose being touched is accounted for. */
  readonly explained: ReadonlySet<number>;
  /** Annotations that belong to a seal which the revision added, and the name of its field. */
  readonly sealMarks: ReadonlyMap<number, string>;
  /** Objects of all widgets of the form. */
  readonly widgets: ReadonlySet<number>;
}

const filling = new Set(['V', 'AP', 'AS', 'M', 'I', 'MK', 'RV', 'DA']);
const signing = new Set(['V', 'AP', 'M', 'F', 'MK', sealKeys.marks]);

/** Compares the fields of two revisions by their names. */
export async function compareForm(
  before: readonly FormField[],
  after: readonly FormField[],
  touched: ReadonlyMap<number, TouchedObject>,
  newer: ObjectView,
): Promise<FormComparison> {
  const changes: FormChange[] = [];
  const explained = new Set<number>();
  const sealMarks = new Map<number, string>();
  const oldFields = byName(before);
  const newFields = byName(after);
  const widgets = new Set(after.flatMap((field) => numbersOf(field)));

  async function addSignature(field: FormField): Promise<void> {
    const pageObject = as('reference', field.widgets[0]?.dictionary.entries.get('P'))?.number;
    const change = { kind: 'signatureAdded', fieldName: field.name } as const;
    changes.push(pageObject === undefined ? change : { ...change, pageObject });
    explainAdded(field.dictionary, touched, explained);
    for (const number of numbersOf(field)) explained.add(number);
    for (const number of await marksOf(newer, field)) {
      if (touched.get(number)?.before !== null) continue;
      sealMarks.set(number, field.name);
      explained.add(number);
    }
  }

  async function compareField(old: FormField, field: FormField): Promise<void> {
    const keys = new Set(changedKeys(old.dictionary, field.dictionary));
    const oldWidgets = old.widgets.map((widget) => widget.dictionary);
    for (const [index, { dictionary }] of field.widgets.entries()) {
      for (const key of changedKeys(oldWidgets[index], dictionary)) keys.add(key);
    }
    if (oldWidgets.length !== field.widgets.length) keys.add('Kids');
    const hasNewValue = !equalValues(old.value, field.value);
    const looks = appearancesOf(field).filter((number) => touched.has(number));
    if (keys.size === 0 && !hasNewValue && looks.length === 0) return;
    for (const number of [...numbersOf(field), ...looks]) explained.add(number);
    explainAdded(field.dictionary, touched, explained);
    const fieldName = field.name;
    if (field.type !== 'Sig' && old.type !== 'Sig') {
      const isFilling = [...keys].every((key) => filling.has(key));
      changes.push({ kind: isFilling ? 'formFilled' : 'formChanged', fieldName });
    } else if (old.value === null && isSigned(field)) {
      await addSignature(field);
      if ([...keys].some((key) => !signing.has(key))) changes.push({ kind: 'formChanged', fieldName });
    } else changes.push({ kind: 'signatureChanged', fieldName });
  }

  for (const [fieldName, field] of newFields) {
    const old = oldFields.get(fieldName);
    if (old !== undefined) await compareField(old, field);
    else if (isSigned(field)) await addSignature(field);
    else changes.push({ kind: 'formChanged', fieldName });
  }
  for (const [fieldName, field] of oldFields) {
    if (newFields.has(fieldName)) continue;
    changes.push({ kind: isSigned(field) ? 'signatureRemoved' : 'formChanged', fieldName });
  }
  return { changes, explained, sealMarks, widgets };
}

function byName(fields: readonly FormField[]): ReadonlyMap<string, FormField> {
  return new Map(fields.toReversed().map((field) => [field.name, field]));
}

function isSigned(field: FormField): boolean {
  return field.type === 'Sig' && dictionaryOf(field.value) !== undefined;
}

function numbersOf(field: FormField): readonly number[] {
  return [field, ...field.widgets].flatMap(({ reference }) =>
    reference === undefined ? [] : [reference.number],
  );
}

function appearancesOf(field: FormField): readonly number[] {
  return field.widgets.flatMap(({ dictionary }) => {
    const appearances = as('dictionary', dictionary.entries.get('AP'));
    return [...(appearances?.entries.values() ?? [])].flatMap(
      (value) => as('reference', value)?.number ?? [],
    );
  });
}

/**
 * The annotations of a seal's further marks: stamps that the field lists and that are named after it.
 */
export async function marksOf(view: ObjectView, field: FormField): Promise<readonly number[]> {
  const listed = await view.entry(field.dictionary, sealKeys.marks);
  const marks: number[] = [];
  for (const item of isArray(listed) ? listed : []) {
    const number = as('reference', item)?.number;
    const mark = as('dictionary', await view.resolve(item));
    const label = as('string', mark?.entries.get('NM'));
    const isOurs = label !== undefined && readText(label).startsWith(`${field.name}/`);
    if (number !== undefined && isOurs && nameText(mark?.entries.get('Subtype')) === 'Stamp')
      marks.push(number);
  }
  return marks;
}

/** Marks what the value leads to as accounted for, as far as the revision added it. */
export function explainAdded(
  value: PdfObject | undefined,
  touched: ReadonlyMap<number, TouchedObject>,
  explained: Set<number>,
): void {
  if (value === undefined || value === null || typeof value !== 'object') return;
  if (isArray(value)) {
    for (const item of value) explainAdded(item, touched, explained);
    return;
  }
  const number = as('reference', value)?.number;
  const object = number === undefined ? undefined : touched.get(number);
  if (number !== undefined && object?.before === null && !explained.has(number)) {
    explained.add(number);
    explainAdded(object.after, touched, explained);
  }
  for (const [key, item] of dictionaryOf(value)?.entries ?? []) {
    if (key !== 'P' && key !== 'Parent') explainAdded(item, touched, explained);
  }
}
