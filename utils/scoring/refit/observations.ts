/** Labelled rows for a fit, each as the features that are not 0: most criteria do not hold for most leads. */
export interface Observations {
  /** How many features there are; they are numbered from 0. */
  width: number;
  /** Where each row begins in `features` and `values`; one entry more than there are rows. */
  starts: Int32Array;
  features: Int32Array;
  values: Float64Array;
  /** What came of each row: 1 or 0, or a share between. */
  labels: Float64Array;
  /** How much each row counts; 0 leaves it out. */
  weights: Float64Array;
}

/** A row as it is handed in: pairs of a feature's number and its value. */
export interface SparseRow {
  entries: readonly (readonly [feature: number, value: number])[];
  label: number;
  weight?: number;
}

/** Packs rows. Throws a RangeError that names the row when a value, label or weight is no finite number, or a feature is not one of `width`. */
export function packRows(rows: readonly SparseRow[], width: number): Observations {
  const size = rows.reduce((sum, row) => sum + row.entries.length, 0);
  const packed: Observations = {
    width,
    starts: new Int32Array(rows.length + 1),
    features: new Int32Array(size),
    values: new Float64Array(size),
    labels: new Float64Array(rows.length),
    weights: new Float64Array(rows.length),
  };
  let at = 0;
  for (const [index, { entries, label, weight = 1 }] of rows.entries()) {
    for (const [feature, value] of entries) {
      packed.features[at] = feature;
      packed.values[at] = value;
      at += 1;
    }
    packed.starts[index + 1] = at;
    packed.labels[index] = label;
    packed.weights[index] = weight;
  }
  requireSound(packed);
  return packed;
}

/** Throws a RangeError that names the first row which no fit can take. */
export function requireSound({ width, starts, features, values, labels, weights }: Observations): void {
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] as number;
    if (!(label >= 0 && label <= 1)) throw new RangeError(`Row ${row + 1} has the label ${label}: it takes 0 to 1.`);
    const weight = weights[row] as number;
    if (!(weight >= 0 && weight < Infinity)) {
      throw new RangeError(`Row ${row + 1} has the weight ${weight}: it takes a number from 0 on.`);
    }
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
      const feature = features[at] as number;
      if (feature < 0 || feature >= width)
        throw new RangeError(`Row ${row + 1} has no feature ${feature} of ${width}.`);
      if (!Number.isFinite(values[at])) {
        throw new RangeError(`Row ${row + 1} has the value ${values[at]} for feature ${feature}: it takes a number.`);
      }
    }
  }
}
