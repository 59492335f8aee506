import { describe, expect, it, test } from 'vitest';
import { PdfError } from '../../../src/pdf/pdf-error.ts';
import { dictionary } from '../../../src/pdf/pdf-values.ts';
import { undoPredictor } from '../../../src/pdf/predictors.ts';

const png = dictionary({ Predictor: 15, Columns: 3 });
const undo = (rows: readonly (readonly number[])[], parameters = png) => [
  ...undoPredictor(Uint8Array.from(rows.flat()), parameters),
];

describe('prediction is undone', () => {
  test.each<[string, readonly (readonly number[])[], readonly number[]]>([
    ['none', [[0, 1, 2, 3]], [1, 2, 3]],
    ['left', [[1, 1, 1, 255]], [1, 2, 1]],
    [
      'up',
      [
        [0, 1, 2, 3],
        [2, 1, 1, 1],
      ],
      [1, 2, 3, 2, 3, 4],
    ],
    [
      'average',
      [
        [0, 10, 20, 30],
        [3, 1, 1, 1],
      ],
      [10, 20, 30, 6, 14, 23],
    ],
    [
      'Paeth',
      [
        [0, 10, 20, 30],
        [4, 1, 1, 1],
      ],
      [10, 20, 30, 11, 21, 31],
    ],
  ])('of PNG, %s', (_, rows, expected) => expect(undo(rows)).toEqual(expected));

  it('of TIFF, with two colours', () => {
    expect(undo([[1, 10, 1, 10, 5, 5, 1, 1]], dictionary({ Predictor: 2, Colors: 2, Columns: 2 }))).toEqual([
      1, 10, 2, 20, 5, 5, 6, 6,
    ]);
  });

  test.each([
    { Predictor: 3 },
    { Predictor: 16 },
    { Predictor: 12, Columns: 0 },
    { Predictor: 12, Columns: -1 },
    { Predictor: 12, Colors: 1000 },
    { Predictor: 12, BitsPerComponent: 3 },
  ])('or refused: %j', (parameters) =>
    expect(() => undo([[0, 1, 2, 3]], dictionary(parameters))).toThrow(PdfError),
  );

  it('or refused: a PNG filter that there is not', () =>
    expect(() => undo([[5, 1, 2, 3]])).toThrow(PdfError));
});
